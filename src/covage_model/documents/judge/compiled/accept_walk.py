"""The source of a walk over the values of a document, while an acceptor is written."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from covage_model.documents.judge.compiled.accept_conditions import ConditionSource
from covage_model.documents.judge.compiled.accept_source import SourceSpot
from covage_model.documents.judge.compiled.accept_values import value_checks
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Slot
from covage_model.ground.classes import dataclass

if TYPE_CHECKING:
    from covage_model.documents.judge.compiled.typed import TypedPlace


@dataclass(slots=True)
class WalkSource(ConditionSource):
    """
    Source lines about one document, from its root down.

    `sure` are the paths that must be there where the object around them is, `read` those that conditions read.
    `seen_sure` are those of `sure` that the walk refuses to miss.
    """

    sure: frozenset[tuple[str, ...]] = frozenset()
    read: frozenset[tuple[str, ...]] = frozenset()
    seen_sure: set[tuple[str, ...]] = field(default_factory=set, init=False)

    def value(self, spot: SourceSpot) -> None:
        """A value that is there."""
        slot, name, depth = spot.slot, spot.name, spot.depth
        assert slot is not None
        if slot.read_only is not None and self.context.role is Role.REQUEST:
            self.refuse(depth, "True")
        elif slot.shows_status:
            statuses = self.constant(frozenset(self.sheet.statuses))
            self.refuse(depth, f"type({name}) is not str or {name} not in {statuses}")
        elif not slot.judged_by_choice:
            for check in value_checks(slot, name, self.constant, spot.demanded):
                self.refuse(depth, check)
            if slot.path in self.gathered and not slot.is_list:
                self.line(depth, f"{self.gathered[slot.path]}.append({name})")
            if slot.properties is not None:
                self._fields(spot, slot.properties)
            if slot.items is not None:
                self._items(spot, slot.items)

    def _fields(self, spot: SourceSpot, properties: dict[str, Slot]) -> None:
        """The fields of an object; it may be nothing else, and has no others."""
        if spot.typed is not None and spot.typed.properties is not None:
            self._typed_fields(spot, spot.typed.properties, properties)
            return
        name, depth, counted = spot.name, spot.depth, self.local()
        if "object" not in {said.value for said in spot.slot.types} if spot.slot else True:
            self.refuse(depth, f"type({name}) is not dict")
        self.line(depth, f"if {name}:")
        depth += 1
        self.line(depth, f"{counted} = 0")
        for key, child in properties.items():
            path = None if spot.path is None else (*spot.path, key)
            if child.read_only is not None and self.context.role is Role.REQUEST:
                if path is not None:
                    self.names[path] = "None"  # where it is there, the count of the others falls short
                continue
            below = self.local()
            if path is not None:
                self.names[path] = below
            self.line(depth, f"{below} = {name}.get({self.constant(key)})")
            self.line(depth, f"if {below} is not None:")
            self.line(depth + 1, f"{counted} += 1")
            self.value(SourceSpot(child, below, depth + 1, path))
        self.refuse(depth, f"{counted} != len({name})")
        self.line(depth, f"members += {counted}")

    def _typed_fields(self, spot: SourceSpot, places: dict[str, TypedPlace], properties: dict[str, Slot]) -> None:
        """The fields of an object that has only those of its type."""
        begun, sure = len(self.lines), 0
        for key, place in places.items():
            child = properties.get(key)
            path = None if spot.path is None else (*spot.path, key)
            value = f"{spot.name}.{place.attribute}"
            if child is None or (child.read_only is not None and self.context.role is Role.REQUEST):
                if child is not None and path is not None:
                    self.names[path] = "None"
                self.refuse(spot.depth, f"{value} is not None")
            elif child.path in self.sure:
                sure += 1
                self.seen_sure.add(child.path)
                self._typed_field(SourceSpot(child, value, spot.depth, path, typed=place), is_sure=True)
            else:
                self._typed_field(SourceSpot(child, value, spot.depth, path, typed=place), is_sure=False)
        if sure:
            self.lines.insert(begun, f"{'    ' * spot.depth}members += {sure}")

    def _typed_field(self, spot: SourceSpot, *, is_sure: bool) -> None:
        """A field that may be there, `is_sure` if it must be; it has a variable where more is asked of it."""
        begun, below = len(self.lines), self.local()
        if spot.path is not None:
            self.names[spot.path] = below
        self.line(spot.depth, f"{below} = {spot.name}")
        if is_sure:
            self.refuse(spot.depth, f"{below} is None")
        else:
            self.line(spot.depth, f"if {below} is not None:")
            self.line(spot.depth + 1, "members += 1")
        asked = len(self.lines)
        self.value(replace(spot, name=below, depth=spot.depth if is_sure else spot.depth + 1))
        if len(self.lines) == asked and (spot.path is None or spot.path not in self.read):
            del self.lines[begun:]
            self.names.pop(spot.path or (below,), None)
            absent, there = ("is None", "return None") if is_sure else ("is not None", "members += 1")
            self.line(spot.depth, f"if {spot.name} {absent}: {there}")

    def _items(self, spot: SourceSpot, items: Slot) -> None:
        item = self.local()
        if spot.item_type is None and ("array" not in {said.value for said in spot.slot.types} if spot.slot else True):
            self.refuse(spot.depth, f"type({spot.name}) is not list")
        self.line(spot.depth, f"for {item} in {spot.name}:")
        self.line(spot.depth + 1, "pass")
        self.value(SourceSpot(items, item, spot.depth + 1, None, typed=spot.item_type))
