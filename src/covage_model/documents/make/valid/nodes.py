"""All values of a document, each with its pointer and its slot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.documents.make.valid.places import DocumentPlace
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import pointer
from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class PlacedValue:
    """A value at its place; `scopes` are the document and the list items around it, without the value itself."""

    pointer: str
    place: DocumentPlace
    scopes: tuple[Any, ...]


def nodes(place: DocumentPlace, where: str = "", scopes: tuple[Any, ...] = ()) -> Iterator[PlacedValue]:
    """The value at the place and all values below it, parents first."""
    yield PlacedValue(where, place, scopes)
    value = place.value
    if isinstance(value, dict):
        for name in list(value):
            yield from nodes(place.below(name), where + pointer.join([name]), scopes or (value,))
    elif isinstance(value, list):
        for number, item in enumerate(place.items()):
            yield from nodes(item, f"{where}/{number}", (*scopes, item.value))


def at_slot(place: DocumentPlace, slot: Slot) -> Iterator[PlacedValue]:
    """The values of this slot."""
    return (node for node in nodes(place) if node.place.slot is slot)


def objects_at(place: DocumentPlace, path: tuple[str, ...]) -> Iterator[PlacedValue]:
    """The objects at a path, through the items of lists."""
    for node in nodes(place):
        if isinstance(node.place.value, dict) and _names(node) == path and node.place.slot is not None:
            yield node


def _names(node: PlacedValue) -> tuple[str, ...]:
    return node.place.slot.path if node.place.slot is not None else ("",)
