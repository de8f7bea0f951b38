"""Lossless conversion of frozen values to JSON and back, for the cache. Only listed classes are constructed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import Enum
from importlib import import_module
from typing import Any

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
    """A value as JSON: the list of its classes (`nouns`), and the value, which names a class by its number."""
    nouns: dict[type, int] = {}
    return {"value": _encoded(value, nouns), "nouns": [f"{noun.__module__}:{noun.__name__}" for noun in nouns]}


def _encoded(value: Any, nouns: dict[type, int]) -> Any:
    """Scalars unchanged; everything else as a list that begins with its type."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return ["t", *(_encoded(item, nouns) for item in value)]
    if isinstance(value, list):
        return ["l", *(_encoded(item, nouns) for item in value)]
    if isinstance(value, frozenset):
        return ["s", *(_encoded(item, nouns) for item in sorted(value))]
    if isinstance(value, dict):
        return ["d", [*value], [_encoded(item, nouns) for item in value.values()]]
    number = nouns.setdefault(type(value), len(nouns))
    if isinstance(value, Enum):
        return [number, value.value]
    fields = type(value).__dataclass_fields__
    return [number, *(_encoded(getattr(value, name), nouns) for name, field in fields.items() if field.init)]


def decoded(data: dict[str, Any]) -> Any:
    """
    The inverse of `encoded`.

    Raises TypeError, ValueError, KeyError or IndexError for other data.
    """
    return _decoded(data["value"], [_noun(name) for name in data["nouns"]])


def _noun(name: str) -> Callable[..., Any]:
    module, _, noun = name.partition(":")
    if not module.startswith(_HOUSE) or module.removeprefix(_HOUSE) not in _ROOMS:
        raise ValueError(f"no noun of ours: {name}")
    room = sys.modules.get(module) or import_module(module)
    found = vars(room)[noun]
    if not isinstance(found, type) or found.__module__ != module:
        raise ValueError(f"no noun of ours: {name}")
    return found


def _decoded(value: Any, nouns: list[Callable[..., Any]]) -> Any:
    if not isinstance(value, list):
        return value
    what = value[0]
    if what == "s":
        return frozenset(value[1:])
    if what == "d":
        return dict(zip(value[1], _each_decoded(value[2], nouns), strict=True))
    items = _each_decoded(value[1:], nouns)
    if what == "t":
        return tuple(items)
    return items if what == "l" else nouns[what](*items)


def _each_decoded(items: list[Any], nouns: list[Callable[..., Any]]) -> list[Any]:
    return [_decoded(item, nouns) if type(item) is list else item for item in items]  # most are scalars
