"""CM329: what entering or leaving a state does, where orders are in the state and none ever enters or leaves it."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.behaviour.space.memory import is_within
from covage_model.behaviour.space.passage import crossed
from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.states import rested_in

_Crossing = tuple[str, str]  # `entry` or `exit`, and the state


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    Each `entry` of a state in which orders begin, and each `exit` of one in which they are, that no move does.

    Nothing of a lifecycle that is not wholly explored. Another check tells of states in which no order is.
    """
    for lifecycle in ground.lifecycles:
        acting = [state for state in lifecycle.states if state.entry is not None or state.exit is not None]
        if not acting or not ground.wholly_explored(lifecycle):
            continue
        spaces = ground.lives(lifecycle).values()
        done = {each for space in spaces for each in _crossings(lifecycle, space)}
        rested = rested_in(ground, lifecycle)
        for state in acting:
            if (
                state.entry is not None
                and ("entry", state.name) not in done
                and is_within(lifecycle.initial.name, state.name)
            ):
                hint = "let the variables begin with these values" if state.entry.effects else None
                yield _finding("start", state.name, state.entry.origin.location, hint)
            if (
                state.exit is not None
                and ("exit", state.name) not in done
                and any(is_within(name, state.name) for name in rested)
            ):
                yield _finding("exit", state.name, state.exit.origin.location, None)


def _finding(form: str, state: str, place: Location, hint: str | None) -> Diagnostic:
    return Diagnostic("CM329", form, {"state": state}, place, hint, severity=Severity.WARNING)


def _crossings(lifecycle: Lifecycle, space: StateSpace) -> Iterator[_Crossing]:
    """What the moves of a table enter and leave; each way of a case is looked at once."""
    shift, names = space.layout.state_shift, space.layout.states
    ways = {
        (space.cases[n], space.codes[number] >> shift, space.codes[space.targets[n]] >> shift)
        for number in range(len(space))
        for n in range(space.offsets[number], space.offsets[number + 1])
    }
    for case, source, target in ways:
        left, entered = crossed(lifecycle, space.numbered[case][1], names[source].name, names[target].name)
        yield from (("exit", state.name) for state in left)
        yield from (("entry", state.name) for state in entered)
