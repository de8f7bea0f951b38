"""Coverage as marks on a lifecycle's diagram: how often each state and move was seen, and which never."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from covage_model.behaviour.draw.marks import Level, MoveKey, Paint, PaintMark
from covage_model.behaviour.space.space import StateSpace
from covage_model.documents.judge.verdict import judge_of
from covage_model.pack.definitions.walk import cases_of
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.orders import Variant
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.coverage import walks
from covage_model.quality.coverage.record import Record
from covage_model.quality.coverage.unreachable import tables

_TEXTS: Mapping[str, tuple[str, str, str, str, str]] = {
    "en": (
        "Exercised by scenarios",
        "seen 3 times",
        "seen 3 times: one of the two that are drawn as one",
        "never seen",
        "cannot happen to any order",
    ),
    "fr": (
        "Exercé par des scénarios",
        "vu 3 fois",
        "vu 3 fois : l'un des deux qui sont dessinés en un",
        "jamais vu",
        "n'arrive à aucune commande",
    ),
}
_NEVER = PaintMark(Level.MISSED, 0)
_FADED = PaintMark(Level.FADED)


def paint_of(pack: SpecPack, lifecycle: Lifecycle, variant: Variant | None, record: Record, language: str) -> Paint:
    """The marks for the diagram of a variant, or of a lifecycle: then for all variants that follow it."""
    variants = (
        [variant] if variant is not None else [each for each in pack.variants if each.order.follows == lifecycle.name]
    )
    states, moves = _counted(record, lifecycle, {each.name for each in variants})
    possible = _possible(pack, lifecycle, variants)
    title, often, partly, never, cannot = _TEXTS.get(language, _TEXTS["en"])
    marked = {state.name: _mark(states[state.name], _can(possible, state.name)) for state in lifecycle.resting}
    moved = {key: _mark(moves[key], _can(possible, key)) for key in _keys(lifecycle)}
    impossible = variant is None and _FADED in {
        *marked.values(),
        *(moved[key] for key in moved if key.case is not None),
    }
    legend = (
        (PaintMark(Level.PLAIN, 3), often),
        (PaintMark(Level.PLAIN, 3, share=(1, 2)), partly),
        (_NEVER, never),
        *([(_FADED, f"({cannot})")] if impossible else []),
    )
    return Paint(title, marked, moved, legend=legend)


def _mark(count: int, possible: bool, /) -> PaintMark:  # noqa: FBT001  a count, and whether it can happen
    return PaintMark(Level.PLAIN, count) if count else _NEVER if possible else _FADED


def _can(possible: frozenset[str | MoveKey] | None, what: str | MoveKey) -> bool:
    """Whether it counts as possible. If a table is too large, everything does. Edits need not be covered."""
    if isinstance(what, MoveKey) and what.case is None:
        return False
    return possible is None or what in possible


def _keys(lifecycle: Lifecycle) -> Iterator[MoveKey]:
    for state in lifecycle.resting:
        if state.editable is not None:
            yield MoveKey("", state.name, None)
    for transition in lifecycle.transitions:
        for number, case in enumerate(transition.cases):
            yield from (MoveKey(transition.name, source, number) for source in case.source)


def _counted(record: Record, lifecycle: Lifecycle, variants: set[str]) -> tuple[Counter[str], Counter[MoveKey]]:
    numbers = {
        (transition.name, name): number
        for transition in lifecycle.transitions
        for number, (name, _) in enumerate(cases_of(transition))
    }
    states: Counter[str] = Counter()
    moves: Counter[MoveKey] = Counter()
    for name, count in record.hits.items():
        for step in walks.read(name):
            if step.variant in variants and step.edits:
                moves[MoveKey("", step.state, None)] += count
            elif step.variant in variants and step.trigger is not None:
                if (step.trigger, step.case) in numbers:
                    moves[MoveKey(step.trigger, step.state, numbers[step.trigger, step.case])] += count
            elif step.variant in variants:
                states[step.state] += count
    return states, moves


def _possible(pack: SpecPack, lifecycle: Lifecycle, variants: list[Variant]) -> frozenset[str | MoveKey] | None:
    """Every state and move that is possible for one of the variants; None if a table is too large."""
    numbers = {id(case): number for transition in lifecycle.transitions for number, case in enumerate(transition.cases)}
    spaces = tables(judge_of(pack), [variant.name for variant in variants])
    return frozenset(key for space in spaces for key in _of(space, numbers)) if spaces else None


def _of(space: StateSpace, numbers: Mapping[int, int]) -> Iterator[str | MoveKey]:
    for number in range(len(space)):
        state = space.state(number)
        yield state
        for row in range(space.offsets[number], space.offsets[number + 1]):
            transition, case = space.numbered[space.cases[row]]
            yield MoveKey(transition.name, state, numbers[id(case)])
