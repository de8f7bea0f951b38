"""What a run exercised: where it was, which moves it made, and what each part of each guard asked was."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model import pointer
from covage_model.conditions import truth
from covage_model.coverage import spelled
from covage_model.model.conditions import Condition, DocumentReady, Holds, Leaf
from covage_model.model.lifecycle import Case, Lifecycle, Transition
from covage_model.statespace.situation import Situation, is_named, named_condition

_WAYS = {True: "true", False: "false"}


def state_id(lifecycle: Lifecycle, state: str) -> str:
    """The id of being in a state."""
    return pointer.join(("lifecycle", lifecycle.name, "state", state))


def fired(lifecycle: Lifecycle, transition: Transition, case: Case) -> Iterator[str]:
    """A trigger accepted: the transition, and the case where there are several."""
    here = ("lifecycle", lifecycle.name, "transition", transition.name)
    yield pointer.join(here)
    if len(transition.cases) > 1:
        yield pointer.join((*here, "case", str(number_of(transition, case))))


def number_of(transition: Transition, case: Case) -> int:
    """Which case of a transition this is, from 0."""
    return next(number for number, one in enumerate(transition.cases) if one is case)


def asked(here: Situation, transition: Transition) -> Iterator[str]:
    """Each part of each guard that stands for the state, with the truth that it has; once each."""
    return iter(dict.fromkeys(_asked(here, transition)))


def _asked(here: Situation, transition: Transition) -> Iterator[str]:
    told: set[str] = set()
    for number, case in enumerate(transition.cases):
        if here.state is not None and here.state.name in case.source:
            yield from _parts(here, guard_of(here.lifecycle, transition, number), case.guard, told)


def _parts(here: Situation, place: tuple[str, ...], condition: Condition, told: set[str]) -> Iterator[str]:
    for leaf in truth.leaves(condition):
        way = here.truth(leaf)
        if way is not None:
            yield part_id(place, leaf, way=way)
        name = named_by(here.lifecycle, leaf)
        if name is not None and name not in told:
            told.add(name)
            yield from _parts(here, inside_of(here.lifecycle, name), named_condition(here.lifecycle, name), told)


def guard_of(lifecycle: Lifecycle, transition: Transition, number: int) -> tuple[str, ...]:
    """Where the parts of a case's guard have their ids."""
    return ("lifecycle", lifecycle.name, "transition", transition.name, "case", str(number), "guard")


def inside_of(lifecycle: Lifecycle, name: str) -> tuple[str, ...]:
    """Where the parts of a named condition have their ids."""
    return ("lifecycle", lifecycle.name, "condition", name)


def part_id(place: tuple[str, ...], leaf: Leaf, *, way: bool) -> str:
    """The id of a part of a guard being true, or false."""
    return pointer.join((*place, spelled.condition(leaf), _WAYS[way]))


def named_by(lifecycle: Lifecycle, leaf: Leaf) -> str | None:
    """The named condition that a part reads, or None."""
    if not isinstance(leaf, Holds) or leaf.ref.root != "variable":
        return None
    return leaf.ref.names[0] if is_named(lifecycle, leaf.ref.names[0]) else None


def statuses_asked(state: str, transition: Transition) -> Iterator[str]:
    """The statuses that a document must be ready for, by the guards that stand for the state."""
    leaves = (leaf for case in transition.cases if state in case.source for leaf in truth.leaves(case.guard))
    yield from dict.fromkeys(leaf.status for leaf in leaves if isinstance(leaf, DocumentReady))
