"""What to type for a field that older documents have: the path at which it is today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import json_value
from covage_model.ground.dotted import dotted
from covage_model.pack.model.keys import OlderPath

_Path = tuple[str, ...]


def meant(slot: Slot, name: str, there: dict[str, Any], is_barred: Callable[[Slot], bool]) -> list[OlderPath]:
    """
    What the unknown field `name` of the object `there` may stand for; that of which a value stands already is first.

    No path is meant through a slot that `is_barred`.
    """
    known = [
        said
        for said in slot.formerly
        if said.path[0] == name and _holds(there, said.path) and not any(map(is_barred, slots.slots_on(slot, said.now)))
    ]
    return sorted(known, key=lambda said: not _holds(there, said.now))


def hint(known: Sequence[OlderPath], there: dict[str, Any]) -> str:
    """The hint for an unknown field that is meant so, one path at least."""
    first = known[0]
    if _holds(there, first.now):
        if _may_be_joined(there, first):
            return f"an older name: move what it holds to {dotted(first.now)}"
        return f"{dotted(first.now)!r} is there already: remove one of them"
    return _moves(known)


def hint_of_column(root: Slot, path: _Path, takes: Callable[[_Path], bool]) -> str | None:
    """A hint for a column at a path that no document has: the path of today, if documents take it."""
    for depth in range(len(path)):
        holder = slots.innermost(slots.slot_at(root, path[:depth]))
        for said in () if holder is None else holder.formerly:
            now = (*path[:depth], *said.now)
            older = (*path[:depth], *said.path)
            if path[: len(older)] == older and takes((*now, *path[len(older) :])):
                return _write(now) if path == older else f"older names: move {dotted(older)} → {dotted(now)}"
    return None


def _moves(known: Sequence[OlderPath]) -> str:
    if len(known) == 1 and len(known[0].path) == 1:
        return _write(known[0].now)
    moves = ", ".join(f"{dotted(said.path)} → {dotted(said.now)}" for said in known)
    return f"older names: move {moves}"


def _write(now: _Path) -> str:
    return f"an older name: write {dotted(now)}"


def _holds(value: Any, path: _Path) -> bool:
    """Whether there is a value at a path, in any item of the lists on the way."""
    return any(True for _ in json_value.every_value_at(value, path))


def _may_be_joined(there: dict[str, Any], said: OlderPath) -> bool:
    """Whether both paths lead to objects without a key in common: each is a part of what belongs together."""
    values = [*json_value.every_value_at(there, said.path), *json_value.every_value_at(there, said.now)]
    keys = [key for value in values if isinstance(value, dict) for key in value]
    return len(said.path) == 1 and all(isinstance(value, dict) for value in values) and len(set(keys)) == len(keys)
