"""
What an order carries besides its state: its variables, and the steps in which states with a history were left.

A step is kept only while it can still be asked for: where no way leads back through the history of the state, nothing
is remembered, so that configurations do not differ by what nothing reads.
"""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.pack.model.conditions import Scalar
from covage_model.pack.model.lifecycle import Case, Lifecycle, Variable


def carried(lifecycle: Lifecycle) -> tuple[Variable, ...]:
    """The variables in spec order, then the history of each state that `to` goes back to."""
    return lifecycle.once("carried", lambda: (*lifecycle.variables, *_histories(lifecycle)))


def history_of(lifecycle: Lifecycle, state: str) -> Variable:
    """The history of a state: the resting step that was left last; None for the initial step, and for none."""
    name = _name(state)
    return next(variable for variable in carried(lifecycle) if variable.name == name)


def is_history(variable: str) -> bool:
    """Whether the name is that of a history. No name in a pack has a blank."""
    return " " in variable


def remembered(lifecycle: Lifecycle, source: str, target: str) -> Iterator[tuple[str, Scalar]]:
    """The histories that a move between two resting states changes, and their new values."""
    for state, history in _remembering(lifecycle).items():
        asked = _asked(lifecycle, state)
        if is_within(source, state):
            if not is_within(target, state) and target in asked and source in history.values:
                yield history.name, source
        elif source in asked and target not in asked:
            yield history.name, None


def is_within(name: str, state: str) -> bool:
    """Whether a state is another one, or a step of it."""
    return f"{name}.".startswith(f"{state}.")


def _name(state: str) -> str:
    return f"history of {state}"


def _histories(lifecycle: Lifecycle) -> Iterator[Variable]:
    yield from _remembering(lifecycle).values()


def _remembering(lifecycle: Lifecycle) -> dict[str, Variable]:
    """The history of each state that a case goes back to, by the state."""
    return lifecycle.once("histories", lambda: {case.to or "": _history(lifecycle, case) for case in _back(lifecycle)})


def _back(lifecycle: Lifecycle) -> Iterator[Case]:
    return (case for transition in lifecycle.transitions for case in transition.cases if case.history)


def _history(lifecycle: Lifecycle, case: Case) -> Variable:
    state = lifecycle.state(case.to or "")
    steps = [step for step in lifecycle.resting_below(state.name) if step != case.target]
    title = {"en": _name(state.name), "fr": f"historique de {state.name}"}
    return Variable(_name(state.name), (None, *steps), title, state.origin)


def _asked(lifecycle: Lifecycle, state: str) -> frozenset[str]:
    """The resting states outside from which a way, guards aside, leads back through the history of `state`."""
    return lifecycle.once(("asked", state), lambda: frozenset(_ways_back(lifecycle, state)))


def _ways_back(lifecycle: Lifecycle, state: str) -> set[str]:
    outside = {each.name for each in lifecycle.resting if not is_within(each.name, state)}
    into: dict[str, set[str]] = {}
    found: set[str] = set()
    for transition in lifecycle.transitions:
        for case in transition.cases:
            sources = outside.intersection(case.source)
            if case.history and case.to == state:
                found |= sources
            for target in lifecycle.targets(case):
                into.setdefault(target, set()).update(sources)
    pending = list(found)
    while pending:
        new = into.get(pending.pop(), set()) - found
        found |= new
        pending.extend(new)
    return found
