"""A mutable cursor in a document or an account: a place with its value, its parent and its slot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from covage_model.documents.presence.sheet import Slot
from covage_model.ground import json_value, pointer
from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """What must stay: the number of items that each list had, by its id. With `grows`, items may be added."""

    items: dict[int, int]
    grows: bool


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """
    A place: the member or item `key` of `holder`, with its slot if the sheet has one. Its value may be ABSENT.

    The value of a `fixed` place cannot change. `kept` says which items of the lists below are fixed.
    """

    holder: Any
    key: Any
    slot: Slot | None
    fixed: bool = False
    kept: Kept | None = None

    @property
    def value(self) -> Any:
        """The current value, or ABSENT."""
        if isinstance(self.holder, dict):
            return self.holder.get(self.key, json_value.ABSENT)
        return self.holder[self.key] if self.key < len(self.holder) else json_value.ABSENT

    def put(self, value: Any) -> None:
        """Sets the value, unless the place is fixed or is beyond the end of a list."""
        gone = isinstance(self.holder, list) and self.key >= len(self.holder)
        if not self.fixed and not gone and value is not json_value.ABSENT:
            self.holder[self.key] = value

    def drop(self) -> None:
        """Removes the value, unless the place is fixed."""
        if not self.fixed and self.value is not json_value.ABSENT:
            del self.holder[self.key]

    def below(self, name: str) -> DocumentPlace:
        """The place of a member of this object."""
        slot = (self.slot.properties or {}).get(name) if self.slot is not None else None
        return DocumentPlace(self.value, name, slot, self.fixed, self.kept)

    def item(self, number: int) -> DocumentPlace:
        """The place of an item of this list."""
        fixed = self.fixed and self.kept is not None and number < self.kept.items.get(id(self.value), 0)
        return DocumentPlace(self.value, number, self.slot.items if self.slot is not None else None, fixed, self.kept)

    def step(self, name: str) -> DocumentPlace | None:
        """The place of a member or an item, by one token of a JSON Pointer; None if there can be none."""
        if isinstance(self.value, dict):
            return self.below(name)
        if isinstance(self.value, list) and name.isascii() and name.isdigit():
            return self.item(int(name))
        return None

    def items(self) -> list[DocumentPlace]:
        """The places of all items; empty if this is no list."""
        return [self.item(number) for number in range(len(self.value))] if isinstance(self.value, list) else []

    @property
    def may_grow(self) -> bool:
        """Whether an item may be added to this list."""
        return not self.fixed or (self.kept is not None and self.kept.grows)


def root(document: Any, slot: Slot | None, kept: Kept | None = None) -> DocumentPlace:
    """The place of a whole document; `holder[0]` is the document."""
    return DocumentPlace([document], 0, slot, kept is not None, kept)


def keeping(account: Any, *, grows: bool) -> Kept:
    """A `Kept` that keeps everything in `account`."""
    lengths: dict[int, int] = {}
    pending = [account]
    for value in pending:  # grows as it is read
        if isinstance(value, list):
            lengths[id(value)] = len(value)
            pending.extend(value)
        elif isinstance(value, dict):
            pending.extend(value.values())
    return Kept(lengths, grows)


def at_pointer(start: DocumentPlace, where: str, grown: Callable[[Slot | None], Any]) -> DocumentPlace | None:
    """The place at a JSON Pointer, or None if it cannot exist. Missing values on the way are made by `grown`."""
    place = start
    for name in pointer.split(where):
        if place.value is json_value.ABSENT:
            place.put(grown(place.slot))
        below = place.step(name)
        if below is None:
            return None
        place = below
    return place


def scopes_at(start: DocumentPlace, path: Sequence[str], level: int) -> Iterator[tuple[DocumentPlace, ...]]:
    """For each object at `path`, the places of the scopes around it, the document first."""
    for scopes, last in _walked(start, path, (start,)):
        if len(scopes) == level + 1 and isinstance(last.value, dict):
            yield scopes


def _walked(
    place: DocumentPlace, names: Sequence[str], scopes: tuple[DocumentPlace, ...]
) -> Iterator[tuple[tuple[DocumentPlace, ...], DocumentPlace]]:
    value = place.value
    if isinstance(value, list):
        for item in place.items():
            yield from _walked(item, names, (*scopes, item))
    elif isinstance(value, dict):
        if not names:
            yield scopes, place
        elif names[0] in value:
            yield from _walked(place.below(names[0]), names[1:], scopes)


def every_place(place: DocumentPlace, names: Sequence[str]) -> Iterator[DocumentPlace]:
    """All existing places at `names`, through objects and the items of lists."""
    value = place.value
    if isinstance(value, list):
        for item in place.items():
            yield from every_place(item, names)
    elif not names:
        yield place
    elif isinstance(value, dict) and names[0] in value:
        yield from every_place(place.below(names[0]), names[1:])


def values_of(scopes: Sequence[DocumentPlace]) -> list[Any]:
    """The values of the scopes."""
    return [scope.value for scope in scopes]
