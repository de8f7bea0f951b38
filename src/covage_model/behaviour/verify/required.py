"""The truths of atoms that a run needs to show its verdict, for each of its documents."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.behaviour.space import interpreter
from covage_model.behaviour.space.reach import Mask
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.behaviour.verify.judge import EvidenceRun
from covage_model.documents.make.valid.lived import Valuation
from covage_model.ground.classes import dataclass

_MANY = 2048  # valuations compared to see whether an atom matters; with more of them it is taken to matter


def required_truths(space: StateSpace, evidence: EvidenceRun) -> tuple[Valuation, ...]:
    """
    The truths that each document of the run must have: the first document, and one for each edit.

    An atom is left out if the run shows the same whether it holds or not. Atoms are tried one at a time,
    from the last to the first in spec order.
    """
    return tuple(_required(space, stretch) for stretch in _stretches(space, evidence))


def reads_none(space: StateSpace, shown: EvidenceRun) -> bool:
    """Whether no move is an edit and every guard is decided without a document."""
    for move in shown.run.moves:
        here = space.configuration(move.source)
        if move.is_edit:
            return False
        outcome = interpreter.fire(
            space.lifecycle, space.variant, here.state, dict(here.variables), move.trigger, lambda _: None
        )
        if not isinstance(outcome, interpreter.Accepted) or outcome.case is not move.case:
            return False
    return True


@dataclass(frozen=True, slots=True)
class _Waypoint:
    """A configuration of the run without its atoms, the sets that it must be in, and the case taken from it, if any."""

    rest: int
    marks: tuple[Mask, ...]
    case: int | None


@dataclass(frozen=True, slots=True)
class _DocumentStretch:
    """The part of a run on one document, whose valuation is `bits`; only the bits in `read` can matter."""

    bits: int
    read: int
    places: tuple[_Waypoint, ...]


def _stretches(space: StateSpace, shown: EvidenceRun) -> Iterator[_DocumentStretch]:
    marks: dict[int, tuple[Mask, ...]] = {}
    for place, mask in shown.marks:
        marks[place] = (*marks.get(place, ()), mask)
    atoms, read = space.layout.atoms_mask, shown.read
    places: list[_Waypoint] = []
    for place, number in enumerate(shown.run.numbers):
        move = shown.run.moves[place] if place < len(shown.run.moves) else None
        code = space.codes[number]
        places.append(_Waypoint(code & ~atoms, marks.get(place, ()), _case(space, move)))
        if move is not None and move.case is not None:
            read |= space.guards.guard(move.case.guard).mask
        else:
            yield _DocumentStretch(code & atoms, read & atoms, tuple(places))
            places, read = [], shown.read


def _case(space: StateSpace, move: Move | None) -> int | None:
    """The number of the case that is taken; None if the run ends or the document is edited."""
    if move is None or move.case is None:
        return None
    return next(case for case in space.enabled(move.source) if space.numbered[case][1] is move.case)


def _required(space: StateSpace, stretch: _DocumentStretch) -> Valuation:
    differing = {bits & stretch.read: bits for bits in space.valuations}  # one for each value of the bits that are read
    shows: dict[int, bool] = {}
    kept = stretch.read
    for place in range(len(space.atoms)):
        fewer = kept & ~(1 << place)
        if fewer != kept:
            alike = [bits for bits in differing.values() if not (bits ^ stretch.bits) & fewer]
            if len(alike) <= _MANY and all(_remembered(space, stretch, bits, shows) for bits in alike):
                kept = fewer
    bits = [(atom, 1 << len(space.atoms) - 1 - place) for place, atom in enumerate(space.atoms)]
    return tuple((atom, bool(stretch.bits & bit)) for atom, bit in bits if kept & bit)


def _remembered(space: StateSpace, stretch: _DocumentStretch, bits: int, shows: dict[int, bool]) -> bool:
    if bits not in shows:
        shows[bits] = all(_shows(space, place, bits) for place in stretch.places)
    return shows[bits]


def _shows(space: StateSpace, place: _Waypoint, bits: int) -> bool:
    """Whether the run takes the same case there, in the same sets, on a document with the valuation `bits`."""
    number = space.lookup.find(place.rest | bits)
    if number is None or not all(mask[number] for mask in place.marks):
        return False
    return place.case is None or place.case in space.enabled(number)
