"""CM327: a history of a state that only ever leads back to its first step."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.pack.model.lifecycle import Case, Lifecycle, Transition
from covage_model.quality.checks.ground import Ground


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    For each `to: {history: …}`: the state has no steps, or no order goes back to another step than its first.

    A move that no order makes is not judged, and neither is a lifecycle that is not wholly explored.
    """
    for lifecycle in ground.lifecycles:
        entered = _entered(ground, lifecycle) if ground.wholly_explored(lifecycle) else {}
        for transition in lifecycle.transitions:
            for case in transition.cases:
                if case.history and case.to is not None:
                    form = _form(lifecycle, case.to, case, entered.get(id(case), set()))
                    if form is not None:
                        yield _finding(form, transition, case, case.to)


def _form(lifecycle: Lifecycle, state: str, case: Case, entered: set[str]) -> str | None:
    if not lifecycle.state(state).steps:
        return "bare"
    return "first" if entered == {case.target} else None


def _entered(ground: Ground, lifecycle: Lifecycle) -> dict[int, set[str]]:
    """The states that the moves of each case lead to, over all orders of the lifecycle."""
    found: dict[int, set[str]] = {}
    for space in ground.lives(lifecycle).values():
        for case, state in _led(space):
            found.setdefault(case, set()).add(state)
    return found


def _led(space: StateSpace) -> Iterator[tuple[int, str]]:
    """Each case that makes a move, by its identity, with the state that the move leads to; each pair once."""
    shift, names = space.layout.state_shift, space.layout.states
    led = {(case, space.codes[target] >> shift) for case, target in zip(space.cases, space.targets, strict=True)}
    return ((id(space.numbered[case][1]), names[state].name) for case, state in led)


def _finding(form: str, transition: Transition, case: Case, state: str) -> Diagnostic:
    arguments = {"trigger": transition.name, "state": state, "target": case.target}
    hint = f"write `to: {state}`"
    return Diagnostic("CM327", form, arguments, case.origin.location, hint, severity=Severity.WARNING)
