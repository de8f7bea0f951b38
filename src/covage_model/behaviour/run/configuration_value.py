"""
Where an order is, as a plain value that a database can keep, and back.

The value names what it was made for: a digest of the lifecycle, and a short one of each part of it. A value of a
lifecycle that behaves otherwise is refused, and the refusal names the parts that are not as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from covage_model.behaviour.space.memory import carried
from covage_model.ground import json_value
from covage_model.ground.digests import blake2b
from covage_model.ground.nearest import one_of
from covage_model.pack.definitions import texts
from covage_model.pack.model.conditions import Scalar
from covage_model.pack.model.lifecycle import Action, Case, Lifecycle, State, Transition, Variable
from covage_model.pack.model.orders import Variant

_KEYS = ("order", "state", "variables", "digest", "parts")
_PART, _WHOLE = 4, 16  # bytes of a digest
_FEW = 5  # changes that a refusal names


class WrongConfiguration(ValueError):
    """A value that is no configuration of this order; the text says why, and what to do."""


def written(lifecycle: Lifecycle, variant: Variant, state: str, variables: Mapping[str, Scalar]) -> dict[str, Any]:
    """
    A configuration as JSON data: `order`, `state` and `variables`, then the `digest` and `parts` of the lifecycle.

    The variables are followed by what is remembered of states that are gone back to.
    """
    parts = digests(lifecycle)
    return {
        "order": variant.name,
        "state": state,
        "variables": dict(variables),
        "digest": _digest(sorted(parts.items()), _WHOLE),
        "parts": parts,
    }


def read(lifecycle: Lifecycle, variant: Variant, value: Any) -> tuple[str, dict[str, Scalar]]:
    """The state and the variables that `written` made the value of. Raises WrongConfiguration."""
    if not isinstance(value, Mapping) or any(key not in value for key in _KEYS):
        raise WrongConfiguration(f"this is no configuration: one has {', '.join(_KEYS)}")
    if value["order"] != variant.name:
        raise WrongConfiguration(f"the configuration is of {value['order']!r}, and this is {variant.name!r}")
    parts = digests(lifecycle)
    if value["digest"] != _digest(sorted(parts.items()), _WHOLE):
        changes = list(_changes(value["parts"], parts)) or ["its digest is another"]
        more = len(changes) - _FEW
        told = ", ".join(islice(changes, _FEW)) + (f" and {more} more" if more > 0 else "")
        raise WrongConfiguration(f"the configuration is of a lifecycle {lifecycle.name} that was another: {told}")
    state = value["state"]
    if state not in [each.name for each in lifecycle.resting]:
        raise WrongConfiguration(f"the lifecycle {lifecycle.name} has no state {state!r} in which an order can be")
    return state, dict(_values(lifecycle, value["variables"]))


def digests(lifecycle: Lifecycle) -> dict[str, str]:
    """
    A short digest of each state, variable, named condition and transition, by kind and name: `state draft`.

    Titles, sources, messages and properties do not count: they change nothing of what an order may do.
    """
    return lifecycle.once("digests", lambda: {name: _digest(part, _PART) for name, part in _parts(lifecycle)})


def _parts(lifecycle: Lifecycle) -> Iterator[tuple[str, Any]]:
    yield from ((f"state {state.name}", _state(state)) for state in lifecycle.states)
    yield from ((f"variable {variable.name}", _variable(variable)) for variable in lifecycle.variables)
    yield from ((f"condition {named.name}", texts.condition(named.when)) for named in lifecycle.conditions)
    yield from ((f"transition {each.name}", _transition(each)) for each in lifecycle.transitions)


def _state(state: State) -> Any:
    actions = [None if action is None else _action(action) for action in (state.entry, state.exit)]
    return [state.parent, state.initial, state.final, state.editable, state.status, *actions]


def _variable(variable: Variable) -> Any:
    shown = [[texts.scalar(each.value), texts.condition(each.when)] for each in variable.shown]
    return [variable.whole, [text for text, _ in texts.values(variable)], shown]


def _transition(transition: Transition) -> Any:
    deadline = transition.deadline
    after = None if deadline is None else [deadline.seconds, deadline.states]
    cases = [[texts.case(case), *_action(case)] for case in transition.cases]
    return [transition.by, transition.outcome_of, after, cases]


def _action(action: Case | Action) -> list[Any]:
    return [[[name, texts.becomes(value)] for name, value in action.effects], action.emits]


def _digest(thing: Any, size: int) -> str:
    return blake2b(json_value.canonical(thing).encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def _changes(before: Any, now: Mapping[str, str]) -> Iterator[str]:
    known = before if isinstance(before, Mapping) else {}
    for name in dict.fromkeys([*known, *now]):
        if name not in now:
            yield f"the {name} is gone"
        elif name not in known:
            yield f"the {name} is new"
        elif known[name] != now[name]:
            yield f"the {name} has changed"


def _values(lifecycle: Lifecycle, given: Any) -> Iterator[tuple[str, Scalar]]:
    """Each variable with its value, as the lifecycle spells it: 1.0 of a file is the 1 of the lifecycle."""
    for variable in carried(lifecycle):
        if not isinstance(given, Mapping) or variable.name not in given:
            raise WrongConfiguration(f"the configuration does not say what {variable.name} is")
        legal = [value for value in variable.values if json_value.equal(value, given[variable.name])]
        if not legal:
            raise WrongConfiguration(f"{variable.name} is never {given[variable.name]!r}: {one_of(variable.values)}")
        yield variable.name, legal[0]
