"""
Mutation operators for lifecycles: transitions, cases, guards, effects, events, targets, states.

Properties are not mutated: they check the spec and do not change what it does. Nor is `after`: no scenario waits, and
no property knows of time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import tree
from covage_model.pack.definitions import texts
from covage_model.pack.model.conditions import TRUE, Condition, Not, Scalar
from covage_model.pack.model.lifecycle import Action, Case, Lifecycle, State, Sum, Transition, Variable
from covage_model.quality.mutants import conditions
from covage_model.quality.mutants.mutant import MutantEdit, Path, ValueChange, without


def edits(lifecycle: Lifecycle, path: Path) -> Iterator[MutantEdit]:
    """Every mutation of the lifecycle at `path` of its pack."""
    for number, transition in enumerate(lifecycle.transitions):
        yield MutantEdit(
            "transition-drop",
            transition.origin,
            transition.name,
            None,
            None,
            ValueChange((*path, "transitions"), without(lifecycle.transitions, number)),
        )
        yield from _of_actors(lifecycle, transition, (*path, "transitions", number, "by"))
        yield from _of_transition(lifecycle, transition, (*path, "transitions", number))
    for number, variable in enumerate(lifecycle.variables):
        values = variable.values
        if len(values) > 1:
            start = ValueChange((*path, "variables", number, "values"), (*values[1:], values[0]))
            yield MutantEdit("start-swap", variable.origin, variable.name, values[0], values[1], start)
        yield from _of_shown(variable, (*path, "variables", number, "shown"))
        if variable.whole:
            most = max(value for value in values if isinstance(value, int))
            wider = ValueChange((*path, "variables", number, "values"), (*values, most + 1))
            yield MutantEdit("range-widen", variable.origin, variable.name, most, most + 1, wider)
    for number, named in enumerate(lifecycle.conditions):
        there = (*path, "conditions", number, "when")
        yield from of_condition("condition", named.when, named.origin, named.name, there)
        negated = ValueChange(there, Not(named.when))
        yield MutantEdit("condition-negate", named.origin, named.name, named.when, None, negated)
    yield from _of_states(lifecycle, path)


def _of_shown(variable: Variable, path: Path) -> Iterator[MutantEdit]:
    """The mutations of what records show of a variable."""
    for number, shown in enumerate(variable.shown):
        fewer = ValueChange(path, without(variable.shown, number))
        yield MutantEdit(
            "shown-drop", shown.origin, f"{variable.name}: {texts.plain(shown.value)}", shown.when, None, fewer
        )
        yield from of_condition("condition", shown.when, shown.origin, variable.name, (*path, number, "when"))


def of_condition(role: str, condition: Condition, origin: Origin, at: str, path: Path) -> Iterator[MutantEdit]:
    """The mutations inside a condition: `ROLE-part-drop`, `ROLE-value-drop`, `ROLE-bound-relax`."""
    names = {"part": f"{role}-part-drop", "value": f"{role}-value-drop", "limit": f"{role}-bound-relax"}
    for mutated in conditions.changed(condition):
        change = ValueChange(path, mutated.condition)
        yield MutantEdit(names[mutated.what], mutated.origin or origin, at, mutated.old, mutated.new, change)


def _of_transition(lifecycle: Lifecycle, transition: Transition, path: Path) -> Iterator[MutantEdit]:
    cases = transition.cases
    for number, case in enumerate(cases):
        if len(cases) > 1:
            shorter = ValueChange((*path, "cases"), without(cases, number))
            yield MutantEdit("case-drop", case.origin, transition.name, ", ".join(case.source), None, shorter)
        yield from _of_guard(case, transition.name, (*path, "cases", number))
        yield from _of_effects(lifecycle, case, transition.name, (*path, "cases", number))
        yield from _of_states_of_case(lifecycle, case, transition.name, (*path, "cases", number))


def _of_actors(lifecycle: Lifecycle, transition: Transition, path: Path) -> Iterator[MutantEdit]:
    """One of several actors gone. Outcomes share what their trigger says: at its first, one mutant for all of them."""
    name = transition.outcome_of or transition.name
    first = next(each for each in lifecycle.transitions if name in (each.outcome_of, each.name))
    for number, actor in enumerate(transition.by if len(transition.by) > 1 else ()):
        yield MutantEdit("by-drop", first.origin, name, actor, None, ValueChange(path, without(transition.by, number)))


def _of_guard(case: Case, name: str, path: Path) -> Iterator[MutantEdit]:
    if not any(True for _ in tree.atoms(case.guard)):
        return
    there = (*path, "guard")
    origin = conditions.place_of(case.guard) or case.origin
    yield MutantEdit("guard-drop", origin, name, case.guard, None, ValueChange(there, TRUE))
    yield MutantEdit("guard-negate", origin, name, case.guard, None, ValueChange(there, Not(case.guard)))
    yield from of_condition("guard", case.guard, case.origin, name, there)


def _of_effects(lifecycle: Lifecycle, action: Case | Action, name: str, path: Path) -> Iterator[MutantEdit]:
    """The mutations of what a case does, or entering or leaving a state."""
    legal = {variable.name: variable for variable in lifecycle.variables}
    there, origin = (*path, "effects"), action.origin
    for number, (variable, value) in enumerate(action.effects):
        effect = f"{variable}: {_spelled(value)}"
        fewer = ValueChange(there, without(action.effects, number))
        yield MutantEdit("effect-drop", origin, name, effect, None, fewer)
        other = _other_value(legal.get(variable), value)
        if other is not None:
            swapped = tuple((key, other[0] if key == variable else old) for key, old in action.effects)
            new = f"{variable}: {_spelled(other[0])}"
            yield MutantEdit("effect-swap", origin, name, effect, new, ValueChange(there, swapped))
    for number, event in enumerate(action.emits):
        fewer = ValueChange((*path, "emits"), without(action.emits, number))
        yield MutantEdit("event-drop", origin, f"{name} ({', '.join(action.emits)})", event, None, fewer)


def _other_value(variable: Variable | None, value: Scalar | Sum) -> tuple[Scalar | Sum] | None:
    """The next value, or one more (of what is decreased, one less), as a tuple; None if there is no other."""
    if isinstance(value, Sum):
        return (replace(value, add=value.add + (-1 if value.add < 0 else 1)),) if value.add else None
    return None if variable is None else _next(variable.values, value)


def _of_states_of_case(lifecycle: Lifecycle, case: Case, name: str, path: Path) -> Iterator[MutantEdit]:
    open_states = [state.name for state in lifecycle.resting if state.final is None]
    there = (*path, "source")
    for state in open_states:
        if state not in case.source:
            wider = tuple(each for each in open_states if each in case.source or each == state)
            yield MutantEdit("from-add", case.origin, name, None, state, ValueChange(there, wider))
        elif len(case.source) > 1:
            narrower = tuple(each for each in case.source if each != state)
            yield MutantEdit("from-drop", case.origin, name, state, None, ValueChange(there, narrower))
    if case.history:
        yield MutantEdit("history-drop", case.origin, name, case.to, None, ValueChange((*path, "history"), value=False))
    elif case.target is not None:
        other = _next([state.name for state in lifecycle.resting], case.target)
        if other is not None:
            yield MutantEdit(
                "target-swap", case.origin, name, case.target, other[0], ValueChange((*path, "target"), other[0])
            )


def _of_states(lifecycle: Lifecycle, path: Path) -> Iterator[MutantEdit]:
    for number, state in enumerate(lifecycle.states):
        for key, action in (("entry", state.entry), ("exit", state.exit)):
            if action is not None:
                yield from _of_effects(lifecycle, action, f"{state.name} {key}", (*path, "states", number, key))
        if state.editable is not None:
            closed = ValueChange((*path, "states", number, "editable"), None)
            yield MutantEdit("editable-drop", state.origin, state.name, None, None, closed)
        if state.initial:
            other = _next([each.name for each in lifecycle.states if each.parent == state.parent], state.name)
            if other is not None:
                moved = ValueChange((*path, "states"), _starting(lifecycle.states, state.name, other[0]))
                yield MutantEdit("initial-swap", state.origin, state.name, state.name, other[0], moved)


def _starting(states: tuple[State, ...], old: str, new: str) -> tuple[State, ...]:
    return tuple(replace(state, initial=state.name == new) if state.name in (old, new) else state for state in states)


def _next(values: Sequence[Any], value: Scalar) -> tuple[Any] | None:
    """The value after this one, cyclically, as a tuple; None if there is no other."""
    numbers = [number for number, other in enumerate(values) if type(other) is type(value) and other == value]
    if not numbers or len(values) < 2:
        return None
    return (values[(numbers[0] + 1) % len(values)],)


def _spelled(value: Scalar | Sum) -> str:
    if isinstance(value, Sum):
        return f"{value.at} {'-' if value.add < 0 else '+'} {abs(value.add)}" if value.add else value.at
    return texts.plain(value)
