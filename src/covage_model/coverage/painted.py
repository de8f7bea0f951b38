"""Coverage on a lifecycle's picture: how often each state and move was seen, and what never was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from covage_model.coverage import runs, walks
from covage_model.coverage.record import Record
from covage_model.coverage.unreachable import tables
from covage_model.draw.paint import Level, Mark, MoveKey, Paint
from covage_model.model.lifecycle import Lifecycle
from covage_model.model.orders import Leaf
from covage_model.model.pack import SpecPack
from covage_model.orders.verdict import judge_of
from covage_model.statespace.space import StateSpace

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
_NEVER = Mark(Level.MISSED, 0)
_FADED = Mark(Level.FADED)


def paint_of(pack: SpecPack, lifecycle: Lifecycle, leaf: Leaf | None, record: Record, language: str) -> Paint:
    """The marks for the picture of a leaf, or of a lifecycle: then of all orders and variants that follow it."""
    leaves = [leaf] if leaf is not None else [one for one in pack.leaves if one.order.follows == lifecycle.name]
    states, moves = _counted(record, lifecycle, {one.name for one in leaves})
    possible = _possible(pack, lifecycle, leaves)
    title, often, partly, never, cannot = _TEXTS.get(language, _TEXTS["en"])
    marked = {state.name: _mark(states[state.name], _can(possible, state.name)) for state in lifecycle.resting}
    moved = {key: _mark(moves[key], _can(possible, key)) for key in _keys(lifecycle)}
    impossible = leaf is None and _FADED in {*marked.values(), *(moved[key] for key in moved if key.case is not None)}
    legend = (
        (Mark(Level.PLAIN, 3), often),
        (Mark(Level.PLAIN, 3, share=(1, 2)), partly),
        (_NEVER, never),
        *([(_FADED, f"({cannot})")] if impossible else []),
    )
    return Paint(title, marked, moved, legend=legend)


def _mark(count: int, possible: bool, /) -> Mark:  # noqa: FBT001  a count and whether it could be more
    return Mark(Level.PLAIN, count) if count else _NEVER if possible else _FADED


def _can(possible: frozenset[str | MoveKey] | None, what: str | MoveKey) -> bool:
    """Whether it can happen; nobody knows of a table that is too large, so there it can. An edit need not be seen."""
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


def _counted(record: Record, lifecycle: Lifecycle, leaves: set[str]) -> tuple[Counter[str], Counter[MoveKey]]:
    numbers = {
        (transition.name, name): number
        for transition in lifecycle.transitions
        for number, (name, _) in enumerate(runs.cases_of(transition))
    }
    states: Counter[str] = Counter()
    moves: Counter[MoveKey] = Counter()
    for name, count in record.hits.items():
        for step in walks.read(name):
            if step.leaf in leaves and step.edits:
                moves[MoveKey("", step.state, None)] += count
            elif step.leaf in leaves and step.trigger is not None:
                if (step.trigger, step.case) in numbers:
                    moves[MoveKey(step.trigger, step.state, numbers[step.trigger, step.case])] += count
            elif step.leaf in leaves:
                states[step.state] += count
    return states, moves


def _possible(pack: SpecPack, lifecycle: Lifecycle, leaves: list[Leaf]) -> frozenset[str | MoveKey] | None:
    """Every state and move that happens to one of these; None where a table is too large."""
    numbers = {id(case): number for transition in lifecycle.transitions for number, case in enumerate(transition.cases)}
    spaces = tables(judge_of(pack), [leaf.name for leaf in leaves])
    return frozenset(key for space in spaces for key in _of(space, numbers)) if spaces else None


def _of(space: StateSpace, numbers: Mapping[int, int]) -> Iterator[str | MoveKey]:
    for number in range(len(space)):
        state = space.state(number)
        yield state
        for row in range(space.offsets[number], space.offsets[number + 1]):
            transition, case = space.numbered[space.cases[row]]
            yield MoveKey(transition.name, state, numbers[id(case)])
