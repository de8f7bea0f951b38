"""Where orders of one order and variant went: counts that are painted on its own picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from covage_model import pointer
from covage_model.coverage import runs
from covage_model.model.lifecycle import Lifecycle

_WALK, _STATE, _MOVE, _EDIT = "walk", "state", "move", "edit"


@dataclass(frozen=True, slots=True)
class Step:
    """A leaf's order in a state; with a trigger and a case of it, making a move; `edits`: its document is changed."""

    leaf: str
    state: str
    trigger: str | None = None
    case: str = ""
    edits: bool = False


def state(leaf: str, name: str) -> str:
    """The id of a leaf's order being in a state."""
    return pointer.join((_WALK, leaf, _STATE, name))


def move(leaf: str, source: str, trigger: str, case: str) -> str:
    """The id of a move of a leaf's order out of (or within) the state `source`."""
    return pointer.join((_WALK, leaf, _MOVE, source, trigger, case))


def edit(leaf: str, source: str) -> str:
    """The id of the document being changed in a state."""
    return pointer.join((_WALK, leaf, _EDIT, source))


def read(name: str) -> Iterator[Step]:
    """What an id of these says; nothing for any other."""
    match pointer.split(name):
        case ("walk", leaf, "state", place):
            yield Step(leaf, place)
        case ("walk", leaf, "edit", place):
            yield Step(leaf, place, edits=True)
        case ("walk", leaf, "move", place, trigger, case):
            yield Step(leaf, place, trigger, case)


def known(step: Step, lifecycle: Lifecycle) -> bool:
    """Whether the lifecycle has that state and, where the step makes a move, that case."""
    if all(one.name != step.state for one in lifecycle.resting):
        return False
    if step.trigger is None:
        return True
    moves = (one for one in lifecycle.transitions if one.name == step.trigger)
    return any(step.case == name for one in moves for name, _ in runs.cases_of(one))
