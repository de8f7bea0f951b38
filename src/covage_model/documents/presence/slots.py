"""Walks over the tree of slots: all slots, the slot at a path, the lists on the way. Other rooms use these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from covage_model.documents.presence.sheet import Slot
from covage_model.ground import json_value
from covage_model.pack.conditions import truth
from covage_model.pack.model.text import Text


def may_hold_anything(slot: Slot) -> bool:
    """Whether the slot accepts any fields: an object without described fields, or a value without a type."""
    return slot.properties is None and all(keyword.value == "object" for keyword in slot.types)


def every_slot(root: Slot) -> Iterator[Slot]:
    """The slot and all slots below it, in spec order, parents first."""
    pending = [root]
    while pending:
        slot = pending.pop()
        yield slot
        if slot.items is not None:
            pending.append(slot.items)
        pending.extend(reversed((slot.properties or {}).values()))


def innermost(slot: Slot | None) -> Slot | None:
    """The slot itself; for a list (also a list of lists) the slot of its items, None if they are not described."""
    while slot is not None and slot.is_list:
        slot = slot.items
    return slot


def field_of(slot: Slot | None, name: str) -> Slot | None:
    """The slot of a field of the object here; None for a list and for a name that is not described."""
    return (slot.properties or {}).get(name) if slot is not None else None


def slot_at(root: Slot | None, path: Sequence[str]) -> Slot | None:
    """The slot at a path of names, through the items of lists, or None."""
    slot = root
    for name in path:
        slot = field_of(innermost(slot), name)
    return slot


def slot_at_steps(root: Slot | None, steps: Sequence[str | int]) -> Slot | None:
    """The slot at the steps of a JSON Pointer: names, and indices of items (as numbers or digits). Or None."""
    slot = root
    for step in steps:
        if slot is not None and slot.is_list:
            slot = slot.items if str(step).isdigit() else None
        else:
            slot = field_of(slot, str(step))
    return slot


def slots_on(root: Slot, path: Sequence[str]) -> Iterator[Slot]:
    """The slot of each name of a path, through the items of lists, as far as they exist."""
    slot: Slot | None = root
    for name in path:
        slot = field_of(innermost(slot), name)
        if slot is None:
            return
        yield slot


def through_objects(root: Slot | None, path: Sequence[str]) -> Slot | None:
    """The slot at a path that crosses no list; None if there is a list on the way or no such slot."""
    slot = root
    for name in path:
        slot = None if slot is None or slot.is_list else field_of(slot, name)
    return slot


def crossings(root: Slot, path: Sequence[str]) -> list[int]:
    """
    For each list crossed on the way to the object at `path`, the number of names that lead to the list.

    A list of lists counts twice. A list at the end of `path` counts too.
    """
    return [number for number, _ in _lists_crossed(root, path)]


def scopes(root: Slot, path: Sequence[str]) -> list[Slot | None]:
    """The slots of the scopes: the document, then the items of each list crossed on the way to `path`."""
    return [root, *(items for _, items in _lists_crossed(root, path))]


def _lists_crossed(root: Slot, path: Sequence[str]) -> Iterator[tuple[int, Slot | None]]:
    slot: Slot | None = root
    for number, name in enumerate((*path, None)):
        while slot is not None and slot.is_list:
            slot = slot.items
            yield number, slot
        slot = field_of(slot, name) if name is not None else None


def first_list(root: Slot, path: Sequence[str]) -> int | None:
    """The number of names that lead to the first list on the way to `path`, or None."""
    return next((number for number, _ in _lists_crossed(root, path[:-1])), None)


def up_to_first_list(slot: Slot | None, names: Sequence[str]) -> list[str]:
    """The first name, and the names after it up to the first list. Missing fields below a list have no pointer."""
    kept = list(names[:1])
    for name in names[1:]:
        if slot is not None and slot.is_list:
            break
        kept.append(name)
        slot = field_of(slot, name)
    return kept


def keyword_values(slot: Slot, name: str) -> list[Any]:
    """The values of all keywords of that name; a slot can have several."""
    return [keyword.value for keyword in slot.keywords if keyword.name == name]


def member_titles(slot: Slot) -> list[tuple[Any, Text]]:
    """The listed values of a slot that have a title, with it."""
    return [titled for keyword in slot.keywords for titled in keyword.titles]


def listed_values(slot: Slot) -> list[Any]:
    """The values that `match`, `const` and `enum` list for a slot, in spec order, each once."""
    values: list[Any] = []
    for entry in slot.chosen:
        values.extend(truth.listed(entry.test) or ())
    for keyword in slot.keywords:
        if keyword.name == "const":
            values.append(keyword.value)
        elif keyword.name == "enum":
            values.extend(keyword.value)
    return json_value.distinct(values)


def with_each_scalar(
    slot: Slot | None, value: Any, change: Callable[[Any, Slot | None, bool], Any], *, personal: bool = False
) -> Any:
    """
    A copy of a value in which `change` makes each value that is no object and no list.

    `change` gets the value, its slot (None if it is not described), and whether the slot, or one around it, is
    personal; with `personal`, all are.
    """
    personal = personal or (slot is not None and slot.personal)
    if isinstance(value, dict):
        members = value.items()
        return {name: with_each_scalar(field_of(slot, name), item, change, personal=personal) for name, item in members}
    if isinstance(value, list):
        items = None if slot is None else slot.items
        return [with_each_scalar(items, item, change, personal=personal) for item in value]
    return change(value, slot, personal)


def as_request(slot: Slot, value: Any) -> Any:
    """A record's value without what only the platform writes: read-only fields, and those that are not described."""
    if isinstance(value, list) and slot.items is not None:
        return [as_request(slot.items, item) for item in value]
    if not isinstance(value, dict) or slot.properties is None:
        return value
    known = ((name, slot.properties.get(name), below) for name, below in value.items())
    return {
        name: as_request(child, below) for name, child, below in known if child is not None and child.read_only is None
    }
