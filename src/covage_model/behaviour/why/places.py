"""Documents changed in one place: a value set, or removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from covage_model.ground import json_value


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """The value at `steps` (names, and numbers of items) set, or removed where `value` is ABSENT."""

    steps: tuple[str, ...]
    value: Any = json_value.ABSENT


def changed(data: Any, change: PlaceChange) -> Any:
    """
    The document after the change; objects on the way are made, and what cannot hold the place is replaced.

    >>> changed({"a": {"b": 1}}, Change(("a", "c"), 2)), changed({"a": [1, 2]}, Change(("a", "0")))
    ({'a': {'b': 1, 'c': 2}}, {'a': [2]})
    """
    return _changed(data, change.steps, change.value)


def _changed(here: Any, steps: Sequence[str], value: Any) -> Any:
    if not steps:
        return value
    first, rest = steps[0], steps[1:]
    if isinstance(here, list) and first.isdigit():
        return _in_list(here, int(first), rest, value)
    result = dict(here) if isinstance(here, dict) else {}
    if value is json_value.ABSENT and first not in result:
        return here
    below = _changed(result.get(first, {}), rest, value)
    if below is json_value.ABSENT:
        result.pop(first, None)
    else:
        result[first] = below
    return result


def _in_list(here: list[Any], number: int, rest: Sequence[str], value: Any) -> list[Any]:
    if number >= len(here):
        return here if value is json_value.ABSENT else [*here, _changed({}, rest, value)]
    below = _changed(here[number], rest, value)
    return [*here[:number], *([] if below is json_value.ABSENT else [below]), *here[number + 1 :]]


def value_at(data: Any, steps: Sequence[str]) -> Any:
    """What stands there, ABSENT for nothing."""
    for step in steps:
        if isinstance(data, list) and step.isdigit() and int(step) < len(data):
            data = data[int(step)]
        elif isinstance(data, dict) and step in data:
            data = data[step]
        else:
            return json_value.ABSENT
    return data


def names(steps: Sequence[str]) -> tuple[str, ...]:
    """The path of a place, list steps unmarked."""
    return tuple(step for step in steps if not step.isdigit())
