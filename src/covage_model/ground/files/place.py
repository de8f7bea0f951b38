"""A value with its offsets in the text. Both readers make it; lines and pointers are computed from it."""

from __future__ import annotations

from typing import Any

from covage_model.ground import pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.files.node import Node
from covage_model.ground.files.text import Text


@dataclass(frozen=True, slots=True)
class Place:
    """
    A scalar, a dict[str, Place] or a list[Place], and the offsets of its start and of its key's.

    It has no pointers: those of a hostile file could fill the memory.
    """

    value: Any
    start: int
    key: int | None = None


def bare(place: Place) -> Any:
    """The data without offsets."""
    if isinstance(place.value, dict):
        return {name: bare(item) for name, item in place.value.items()}
    if isinstance(place.value, list):
        return [bare(item) for item in place.value]
    return place.value


def node(place: Place, text: Text, at: str = "") -> Node:
    """The same tree with a location for everything; `at` is its pointer."""
    value = place.value
    if isinstance(value, dict):
        value = {name: node(item, text, at + pointer.join([name])) for name, item in value.items()}
    elif isinstance(value, list):
        value = [node(item, text, f"{at}/{index}") for index, item in enumerate(value)]
    key = None if place.key is None else text.location(place.key, at)
    return Node(value, text.location(place.start, at), key)


def find(root: Place, at: str) -> tuple[Place, bool]:
    """The place at the pointer, and True; or the nearest place that would hold it, and False."""
    place = root
    for name in pointer.split(at):
        inside = _inside(place, name)
        if inside is None:
            return place, False
        place = inside
    return place, True


def _inside(place: Place, name: str) -> Place | None:
    if isinstance(place.value, dict):
        return place.value.get(name)
    if isinstance(place.value, list) and len(name) < 10 and name.isascii() and name.isdigit():
        index = int(name)
        return place.value[index] if index < len(place.value) and str(index) == name else None
    return None
