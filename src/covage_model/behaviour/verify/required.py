"""The truths of atoms without which a run would not show its verdict, for each of its documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from covage_model.behaviour.space import interpreter
from covage_model.behaviour.space.reach import Mask
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.behaviour.verify.judge import EvidenceRun
from covage_model.documents.make.valid.lived import Valuation

_MANY = 2048  # valuations that agree on the rest: beyond it an atom is asked for without a look at them


def required_truths(space: StateSpace, shown: EvidenceRun) -> tuple[Valuation, ...]:
    """
    What each document of the run must be: the first, and one more for each edit.

    An atom is left out where the run shows the same whether it holds or not: tried one at a time,
    the last in spec order first.
    """
    return tuple(_asked(space, stretch) for stretch in _stretches(space, shown))


def reads_none(space: StateSpace, shown: EvidenceRun) -> bool:
    """Whether every move is accepted by somebody who knows of no document at all."""
    for move in shown.run.moves:
        here = space.configuration(move.source)
        if move.is_edit:
            return False
        done = interpreter.fire(
            space.lifecycle, space.variant, here.state, dict(here.variables), move.trigger, lambda _: None
        )
        if not isinstance(done, interpreter.Accepted) or done.case is not move.case:
            return False
    return True


@dataclass(frozen=True, slots=True)
class _Waypoint:
    """Somewhere on the way: state and variables, the sets it must be in, the case that is taken from it, if any."""

    rest: int
    marks: tuple[Mask, ...]
    case: int | None


@dataclass(frozen=True, slots=True)
class _DocumentStretch:
    """What a run does on one document, whose atoms are `bits`; those in `read` alone can matter."""

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
    """The number of the case that is taken; None where the run ends or the document is changed."""
    if move is None or move.case is None:
        return None
    row = space.cases[space.offsets[move.source] : space.offsets[move.source + 1]]
    return next(case for case in row if space.numbered[case][1] is move.case)


def _asked(space: StateSpace, stretch: _DocumentStretch) -> Valuation:
    differing = {bits & stretch.read: bits for bits in space.valuations}  # one for all that read alike
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
    """Whether the same happens there, and shows the same, on a document whose atoms are `bits`."""
    number = space.lookup.find(place.rest | bits)
    if number is None or not all(mask[number] for mask in place.marks):
        return False
    return place.case is None or place.case in space.cases[space.offsets[number] : space.offsets[number + 1]]
