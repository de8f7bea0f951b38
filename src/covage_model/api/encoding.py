"""Lossless conversion of frozen values to JSON and back, for the cache. Only listed classes are constructed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from enum import Enum
from importlib import import_module
from typing import Any

from covage_model.ground.classes import dataclass

_HOUSE = "covage_model."
_ROOMS = frozenset(
    {
        "ground.diagnostics",
        "ground.files.node",
        "pack.model.conditions",
        "pack.model.keys",
        "pack.model.keywords",
        "pack.model.lifecycle",
        "pack.model.matches",
        "pack.model.orders",
        "pack.model.pack",
        "pack.model.profile",
        "pack.model.scenario",
        "pack.model.values",
        "documents.judge.prepared",
        "documents.presence.sheet",
    }
)


def encoded(value: Any) -> dict[str, Any]:
    """
    A value as JSON: the list of its classes (`nouns`), the list of its parts, and the value.

    A part is a list that begins with its type: the number of a class, or a letter. In it, and as the value, scalars
    stand as they are, and an earlier part as `[its number]`. Equal parts that cannot be changed are written once:
    most of a pack's places and conditions are there many times.
    """
    encoder = _Encoder({}, [], {})
    return {"value": encoder.encoded(value), "parts": encoder.parts, "nouns": encoder.names()}


@dataclass(slots=True)
class _Encoder:
    nouns: dict[type, int]
    parts: list[list[Any]]
    known: dict[tuple[Any, ...], list[int]]

    def names(self) -> list[str]:
        return [f"{noun.__module__}:{noun.__name__}" for noun in self.nouns]

    def encoded(self, value: Any) -> Any:
        if value is None or isinstance(value, str | int | float):
            return value
        if isinstance(value, list):
            return self._added(["l", *map(self.encoded, value)])
        if isinstance(value, dict):
            return self._added(["d", [*value], *map(self.encoded, value.values())])
        if isinstance(value, tuple):
            return self._part("t", value)
        if isinstance(value, frozenset):
            return self._part("s", sorted(value))
        number = self.nouns.setdefault(type(value), len(self.nouns))
        if isinstance(value, Enum):
            return self._part(number, [value.value])
        fields = type(value).__dataclass_fields__
        return self._part(number, [getattr(value, name) for name, field in fields.items() if field.init])

    def _part(self, what: str | int, items: Iterable[Any]) -> list[int]:
        part = [what, *map(self.encoded, items)]
        key = tuple((type(item), item[0] if type(item) is list else repr(item)) for item in part)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._added(part)
        return found

    def _added(self, part: list[Any]) -> list[int]:
        self.parts.append(part)
        return [len(self.parts) - 1]


def decoded(data: dict[str, Any]) -> Any:
    """
    The inverse of `encoded`.

    Raises TypeError, ValueError, KeyError or IndexError for other data.
    """
    nouns = [_noun(name) for name in data["nouns"]]
    made: list[Any] = []
    for what, *rest in data["parts"]:
        items = [made[item[0]] if type(item) is list and what != "d" else item for item in rest]
        if type(what) is int:
            made.append(nouns[what](*items))
        elif what == "t":
            made.append(tuple(items))
        elif what == "l":
            made.append(items)
        elif what == "s":
            made.append(frozenset(items))
        else:
            keys, *values = rest
            values = [made[item[0]] if type(item) is list else item for item in values]
            made.append(dict(zip(keys, values, strict=True)))
    value = data["value"]
    return made[value[0]] if type(value) is list else value


def _noun(name: str) -> Callable[..., Any]:
    module, _, noun = name.partition(":")
    if not module.startswith(_HOUSE) or module.removeprefix(_HOUSE) not in _ROOMS:
        raise ValueError(f"no noun of ours: {name}")
    room = sys.modules.get(module) or import_module(module)
    found = vars(room)[noun]
    if not isinstance(found, type) or found.__module__ != module:
        raise ValueError(f"no noun of ours: {name}")
    return found
