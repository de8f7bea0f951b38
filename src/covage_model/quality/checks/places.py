"""Where in a sheet a path leads, and what sort of value can be there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.documents.presence.anchor import is_list
from covage_model.documents.presence.sheet import Slot
from covage_model.ground.diagnostics import Location


def every_slot(root: Slot) -> Iterator[Slot]:
    """Each place of a document, what holds it first; the items of a list are a place of their own."""
    pending = [root]
    while pending:
        slot = pending.pop()
        yield slot
        below = [] if slot.items is None else [slot.items]
        pending.extend(reversed([*below, *(slot.properties or {}).values()]))


def through_objects(slot: Slot | None, names: Sequence[str]) -> Slot | None:
    """The place that names lead to, None where a list is in the way or nothing is known."""
    for name in names:
        if slot is None or is_list(slot):
            return None
        slot = (slot.properties or {}).get(name)
    return slot


def through_lists(slot: Slot | None, names: Sequence[str]) -> Slot | None:
    """The place that names lead to, in the items of the lists on the way."""
    for name in names:
        slot = (slot.properties or {}).get(name) if (slot := object_in(slot)) is not None else None
    return slot


def object_in(slot: Slot | None) -> Slot | None:
    """The place itself, or for a list that of its items."""
    while slot is not None and is_list(slot):
        slot = slot.items
    return slot


def first_list(root: Slot, path: Sequence[str]) -> int | None:
    """How many names lead to the first list that a path crosses, None where it crosses none."""
    slot: Slot | None = root
    for number, name in enumerate(path):
        if slot is None:
            return None
        if is_list(slot):
            return number
        slot = (slot.properties or {}).get(name)
    return None


def scopes(root: Slot, path: Sequence[str]) -> list[Slot | None]:
    """The document, then the items of each list on the way to the object at `path`: what levels stand for."""
    found: list[Slot | None] = [root]
    slot: Slot | None = root
    for name in (*path, None):
        while slot is not None and is_list(slot):
            slot = slot.items
            found.append(slot)
        slot = (slot.properties or {}).get(name) if slot is not None and name is not None else None
    return found


def rank(location: Location) -> int:
    """How close to one document a definition is written: in a type or event, an order, a variant."""
    first = location.pointer.split("/", 2)[1] if location.pointer else ""
    return {"types": 0, "events": 0, "variants": 2}.get(first, 1)


def in_reading_order(one: Location, other: Location) -> bool:
    """Whether `one` is said first: in what is used, then in what uses it; else in file order."""
    return (rank(one), one) <= (rank(other), other)
