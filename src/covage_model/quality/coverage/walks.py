"""Coverage ids for the states and moves of one variant, which are drawn on the variant's own diagram."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.ground import pointer
from covage_model.ground.classes import dataclass
from covage_model.pack.definitions.walk import cases_of
from covage_model.pack.model.lifecycle import Lifecycle

_WALK, _STATE, _MOVE, _EDIT = "walk", "state", "move", "edit"


@dataclass(frozen=True, slots=True)
class WalkPoint:
    """A state of a variant; with a trigger and a case, a move from it; with `edits`, an edit in it."""

    variant: str
    state: str
    trigger: str | None = None
    case: str = ""
    edits: bool = False


def state(variant: str, name: str) -> str:
    """The id of a state of a variant."""
    return pointer.join((_WALK, variant, _STATE, name))


def move(variant: str, source: str, trigger: str, case: str) -> str:
    """The id of a move of a variant from the state `source`."""
    return pointer.join((_WALK, variant, _MOVE, source, trigger, case))


def edit(variant: str, source: str) -> str:
    """The id of an edit of the document in a state."""
    return pointer.join((_WALK, variant, _EDIT, source))


def read(name: str) -> Iterator[WalkPoint]:
    """The point that an id stands for; nothing for any other id."""
    match pointer.split(name):
        case ("walk", variant, "state", place):
            yield WalkPoint(variant, place)
        case ("walk", variant, "edit", place):
            yield WalkPoint(variant, place, edits=True)
        case ("walk", variant, "move", place, trigger, case):
            yield WalkPoint(variant, place, trigger, case)


def known(step: WalkPoint, lifecycle: Lifecycle) -> bool:
    """Whether the lifecycle has the state and, for a move, the case."""
    if all(state.name != step.state for state in lifecycle.resting):
        return False
    if step.trigger is None:
        return True
    transitions = (transition for transition in lifecycle.transitions if transition.name == step.trigger)
    return any(step.case == name for transition in transitions for name, _ in cases_of(transition))
