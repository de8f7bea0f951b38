"""Frozen values as JSON and back, exactly: what the cache keeps."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import Any

from covage_model import diagnostics
from covage_model.model import conditions, lifecycle, orders, pack, scenario, values

_ROOMS = (diagnostics, conditions, values, orders, lifecycle, scenario, pack)
_CLASSES: dict[str, Any] = {
    name: thing
    for room in _ROOMS
    for name, thing in vars(room).items()
    if isinstance(thing, type) and thing.__module__ == room.__name__
}
_NUMBERS = {name: number for number, name in enumerate(sorted(_CLASSES))}
_BY_NUMBER = [_CLASSES[name] for name in sorted(_CLASSES)]
_FIELDS = {
    name: [field.name for field in dataclasses.fields(thing)]
    for name, thing in _CLASSES.items()
    if dataclasses.is_dataclass(thing)
}


def encoded(value: Any) -> Any:
    """A value as JSON: scalars as they are, all else a list that begins with what it is."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return ["t", *map(encoded, value)]
    if isinstance(value, list):
        return ["l", *map(encoded, value)]
    if isinstance(value, dict):
        return ["d", [*value], [encoded(item) for item in value.values()]]
    name = type(value).__name__
    if isinstance(value, Enum):
        return [_NUMBERS[name], value.value]
    return [_NUMBERS[name], *(encoded(getattr(value, field)) for field in _FIELDS[name])]


def decoded(value: Any) -> Any:
    """The value that `encoded` made this from. Raises TypeError, ValueError, KeyError or IndexError for anything else."""
    if not isinstance(value, list):
        return value
    what = value[0]
    if what == "t":
        return tuple(map(decoded, value[1:]))
    if what == "l":
        return list(map(decoded, value[1:]))
    if what == "d":
        return dict(zip(value[1], map(decoded, value[2]), strict=True))
    return _BY_NUMBER[what](*map(decoded, value[1:]))
