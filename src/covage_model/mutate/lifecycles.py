"""
Operators over lifecycles: transitions, cases, guards, effects, events, targets, states.

Properties are left alone: they are what a spec is held against, not what it does. So is `by`: no
scenario can expect an actor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from covage_model.conditions import truth
from covage_model.diagnostics import Origin
from covage_model.model.conditions import TRUE, Condition, Not, Scalar
from covage_model.model.lifecycle import Case, Lifecycle, State, Transition
from covage_model.mutate import conditions
from covage_model.mutate.mutant import Change, Edit, Path, without


def edits(lifecycle: Lifecycle, path: Path) -> Iterator[Edit]:
    """Every edit of a lifecycle that stands at `path` of its pack."""
    for number, transition in enumerate(lifecycle.transitions):
        yield Edit(
            "transition-drop",
            transition.origin,
            transition.name,
            None,
            None,
            Change((*path, "transitions"), without(lifecycle.transitions, number)),
        )
        yield from _of_transition(lifecycle, transition, (*path, "transitions", number))
    for number, variable in enumerate(lifecycle.variables):
        values = variable.values
        if len(values) > 1:
            start = Change((*path, "variables", number, "values"), (*values[1:], values[0]))
            yield Edit("start-swap", variable.origin, variable.name, values[0], values[1], start)
    for number, named in enumerate(lifecycle.conditions):
        there = (*path, "conditions", number, "when")
        yield from of_condition("condition", named.when, named.origin, named.name, there)
        negated = Change(there, Not(named.when))
        yield Edit("condition-negate", named.origin, named.name, named.when, None, negated)
    yield from _of_states(lifecycle, path)


def of_condition(role: str, condition: Condition, origin: Origin, at: str, path: Path) -> Iterator[Edit]:
    """The edits inside a condition: `ROLE-part-drop`, `ROLE-value-drop`, `ROLE-bound-relax`."""
    names = {"part": f"{role}-part-drop", "value": f"{role}-value-drop", "limit": f"{role}-bound-relax"}
    for one in conditions.changed(condition):
        yield Edit(names[one.what], one.origin or origin, at, one.old, one.new, Change(path, one.condition))


def _of_transition(lifecycle: Lifecycle, transition: Transition, path: Path) -> Iterator[Edit]:
    cases = transition.cases
    for number, case in enumerate(cases):
        if len(cases) > 1:
            shorter = Change((*path, "cases"), without(cases, number))
            yield Edit("case-drop", case.origin, transition.name, ", ".join(case.source), None, shorter)
        yield from _of_guard(case, transition.name, (*path, "cases", number))
        yield from _of_effects(lifecycle, case, transition.name, (*path, "cases", number))
        yield from _of_states_of_case(lifecycle, case, transition.name, (*path, "cases", number))


def _of_guard(case: Case, name: str, path: Path) -> Iterator[Edit]:
    if not any(True for _ in truth.leaves(case.guard)):
        return
    there = (*path, "guard")
    origin = conditions.place_of(case.guard) or case.origin
    yield Edit("guard-drop", origin, name, case.guard, None, Change(there, TRUE))
    yield Edit("guard-negate", origin, name, case.guard, None, Change(there, Not(case.guard)))
    yield from of_condition("guard", case.guard, case.origin, name, there)


def _of_effects(lifecycle: Lifecycle, case: Case, name: str, path: Path) -> Iterator[Edit]:
    legal = {variable.name: variable.values for variable in lifecycle.variables}
    for number, (variable, value) in enumerate(case.effects):
        said = f"{variable}: {_spelled(value)}"
        there = (*path, "effects")
        yield Edit("effect-drop", case.origin, name, said, None, Change(there, without(case.effects, number)))
        other = _next(legal.get(variable, ()), value)
        if other is not None:
            swapped = tuple((key, other[0] if key == variable else old) for key, old in case.effects)
            new = f"{variable}: {_spelled(other[0])}"
            yield Edit("effect-swap", case.origin, name, said, new, Change(there, swapped))
    for number, event in enumerate(case.emits):
        fewer = Change((*path, "emits"), without(case.emits, number))
        yield Edit("event-drop", case.origin, f"{name} ({', '.join(case.emits)})", event, None, fewer)


def _of_states_of_case(lifecycle: Lifecycle, case: Case, name: str, path: Path) -> Iterator[Edit]:
    open_states = [state.name for state in lifecycle.resting if state.final is None]
    there = (*path, "source")
    for state in open_states:
        if state not in case.source:
            wider = tuple(one for one in open_states if one in case.source or one == state)
            yield Edit("from-add", case.origin, name, None, state, Change(there, wider))
        elif len(case.source) > 1:
            narrower = tuple(one for one in case.source if one != state)
            yield Edit("from-drop", case.origin, name, state, None, Change(there, narrower))
    if case.target is not None:
        other = _next([state.name for state in lifecycle.resting], case.target)
        if other is not None:
            yield Edit("target-swap", case.origin, name, case.target, other[0], Change((*path, "target"), other[0]))


def _of_states(lifecycle: Lifecycle, path: Path) -> Iterator[Edit]:
    for number, state in enumerate(lifecycle.states):
        if state.editable is not None:
            closed = Change((*path, "states", number, "editable"), None)
            yield Edit("editable-drop", state.origin, state.name, None, None, closed)
        if state.initial:
            other = _next([one.name for one in lifecycle.states if one.parent == state.parent], state.name)
            if other is not None:
                moved = Change((*path, "states"), _starting(lifecycle.states, state.name, other[0]))
                yield Edit("initial-swap", state.origin, state.name, state.name, other[0], moved)


def _starting(states: tuple[State, ...], old: str, new: str) -> tuple[State, ...]:
    return tuple(replace(one, initial=one.name == new) if one.name in (old, new) else one for one in states)


def _next(values: Sequence[Any], value: Scalar) -> tuple[Any] | None:
    """The value after this one, the first after the last; None where there is no other."""
    others = [number for number, one in enumerate(values) if type(one) is type(value) and one == value]
    if not others or len(values) < 2:
        return None
    return (values[(others[0] + 1) % len(values)],)


def _spelled(value: Scalar) -> str:
    return value if isinstance(value, str) else repr(value)
