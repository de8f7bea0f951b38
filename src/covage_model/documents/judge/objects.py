"""The objects of a document at a path, each with the scopes that conditions read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from covage_model.ground import pointer
from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class ScopedObject:
    """An object of a document with its JSON Pointer; `scopes` are the document and the items around it."""

    scopes: tuple[Any, ...]
    value: Any
    pointer: str


def objects(data: Any, path: Sequence[str], level: int) -> Iterator[ScopedObject]:
    """
    Each object at `path`, with the scopes of the `level` lists crossed on the way.

    Other values are passed over, and so are objects with fewer or more lists around them: their types
    are wrong already, and a condition has no item to read there.
    """
    if not path and isinstance(data, dict):
        return iter((ScopedObject((data,), data, ""),) if level == 0 else ())
    return (at for at in _below(data, path, (data,), "") if len(at.scopes) == level + 1)


def _below(value: Any, path: Sequence[str], scopes: tuple[Any, ...], where: str) -> Iterator[ScopedObject]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _below(item, path, (*scopes, item), f"{where}/{index}")
    elif isinstance(value, dict):
        if not path:
            yield ScopedObject(scopes, value, where)
        elif path[0] in value:
            yield from _below(value[path[0]], path[1:], scopes, pointer.below(where, path[0]))
