"""What to type for a field that older documents have: the path at which it is today."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Origin
from covage_model.ground.dotted import dotted
from covage_model.pack.model.keys import OlderPath

_Path = tuple[str, ...]


def hint(slot: Slot, name: str, there: dict[str, Any], is_barred: Callable[[Slot], bool]) -> tuple[str, Origin] | None:
    """
    A hint for the unknown field `name` of the object `there`, and what says so; None where the pack knows nothing.

    No path is offered through a slot that `is_barred`, nor one at which a value stands already.
    """
    meant = [said for said in slot.formerly if said.path[0] == name and _holds(there, said.path)]
    known = [said for said in meant if not any(map(is_barred, slots.slots_on(slot, said.now)))]
    if not known:
        return None
    taken = next((said for said in known if _holds(there, said.now)), None)
    if taken is not None:
        if _may_be_joined(there, taken):
            return f"an older name: move what it holds to {dotted(taken.now)}", taken.origin
        return f"{dotted(taken.now)!r} is there already: remove one of them", taken.origin
    if len(known) == 1 and len(known[0].path) == 1:
        return f"an older name: write {dotted(known[0].now)}", known[0].origin
    moves = ", ".join(f"{dotted(said.path)} → {dotted(said.now)}" for said in known)
    return f"older names: move {moves}", known[0].origin


def _holds(value: Any, path: _Path) -> bool:
    """Whether there is a value at a path, in any item of the lists on the way."""
    return any(True for _ in json_value.every_value_at(value, path))


def _may_be_joined(there: dict[str, Any], said: OlderPath) -> bool:
    """Whether both paths lead to objects without a key in common: each is a part of what belongs together."""
    values = [*json_value.every_value_at(there, said.path), *json_value.every_value_at(there, said.now)]
    keys = [key for value in values if isinstance(value, dict) for key in value]
    return len(said.path) == 1 and all(isinstance(value, dict) for value in values) and len(set(keys)) == len(keys)
