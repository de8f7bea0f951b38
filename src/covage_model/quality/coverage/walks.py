"""Where orders of one order and variant went: counts that are painted on its own picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from covage_model.ground import pointer
from covage_model.pack.definitions.walk import cases_of
from covage_model.pack.model.lifecycle import Lifecycle

_WALK, _STATE, _MOVE, _EDIT = "walk", "state", "move", "edit"


@dataclass(frozen=True, slots=True)
class WalkPoint:
    """A variant's order in a state; with a trigger and a case, a move; `edits`: its document is changed."""

    variant: str
    state: str
    trigger: str | None = None
    case: str = ""
    edits: bool = False


def state(variant: str, name: str) -> str:
    """The id of a variant's order being in a state."""
    return pointer.join((_WALK, variant, _STATE, name))


def move(variant: str, source: str, trigger: str, case: str) -> str:
    """The id of a move of a variant's order out of (or within) the state `source`."""
    return pointer.join((_WALK, variant, _MOVE, source, trigger, case))


def edit(variant: str, source: str) -> str:
    """The id of the document being changed in a state."""
    return pointer.join((_WALK, variant, _EDIT, source))


def read(name: str) -> Iterator[WalkPoint]:
    """What an id of these says; nothing for any other."""
    match pointer.split(name):
        case ("walk", variant, "state", place):
            yield WalkPoint(variant, place)
        case ("walk", variant, "edit", place):
            yield WalkPoint(variant, place, edits=True)
        case ("walk", variant, "move", place, trigger, case):
            yield WalkPoint(variant, place, trigger, case)


def known(step: WalkPoint, lifecycle: Lifecycle) -> bool:
    """Whether the lifecycle has that state and, where the step makes a move, that case."""
    if all(one.name != step.state for one in lifecycle.resting):
        return False
    if step.trigger is None:
        return True
    moves = (one for one in lifecycle.transitions if one.name == step.trigger)
    return any(step.case == name for one in moves for name, _ in cases_of(one))
