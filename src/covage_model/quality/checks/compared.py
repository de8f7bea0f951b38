"""CM308: two values that are compared and have no order, or can never be equal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import keyword_values, listed_values
from covage_model.ground import ordering
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.dotted import dotted
from covage_model.pack.model.conditions import Compare, Ref

_NUMBERS = frozenset({"integer", "number"})
_TEXTS = (ordering.DATE, ordering.DATE_TIME)


def findings(test: Compare, path: str, slot: Slot, other: Slot | None, place: Location) -> Iterator[Diagnostic]:
    """What is wrong with a comparison of the value of a slot with that of another, or with a literal."""
    to: Any = test.other
    if isinstance(to, Ref):
        if other is None:
            return  # a path that leads nowhere, or into what may hold anything, is found elsewhere
        to = dotted(to.names) or dotted(other.path)
        if other is slot:
            yield Diagnostic("CM308", "itself", {"path": path}, place)
            return
    theirs = _types(other) if other is not None else frozenset[str]()
    mine = _types(slot)
    if test.relation == "is":
        if mine and theirs and mine.isdisjoint(theirs):
            yield Diagnostic("CM308", "unequal", {"path": path, "other": to}, place)
        return
    kinds = _kind(slot), _kind(other) if other is not None else ordering.kind_of(test.other)
    if None in kinds or kinds[0] != kinds[1]:
        arguments = {"path": path, "other": to, "kind": _said(kinds[0]), "against": _said(kinds[1])}
        hint = "both must be numbers, or have `format: date`, or have `format: date-time`"
        yield Diagnostic("CM308", "unordered", arguments, place, hint)


def _types(slot: Slot) -> frozenset[str]:
    types = frozenset(keyword.value for keyword in slot.types)
    return types | _NUMBERS if types & _NUMBERS else types


def _kind(slot: Slot) -> str | None:
    """The kind of all values of a slot; None where some have no order, or there are several kinds."""
    listed = {ordering.kind_of(value) for value in listed_values(slot)}
    if listed:
        return listed.pop() if len(listed) == 1 else None
    if slot.types and {keyword.value for keyword in slot.types} <= _NUMBERS:
        return ordering.NUMBER
    return next((name for name in keyword_values(slot, "format") if name in _TEXTS), None)


def _said(kind: str | None) -> str:
    return kind or "without order"
