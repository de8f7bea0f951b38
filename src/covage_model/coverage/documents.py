"""
What one document, or account, exercised: the values that it shows, and what was decided of it.

Values are shown by whatever was given, or judged; whether something is required, forbidden or right is
decided where it is judged, and nowhere else. A second look at what was judged, by the same sheet: judging
itself pays nothing for it. A document that fits no order exercises nothing: what is said of the nearest
one is help, not a verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from covage_model import pointer
from covage_model.conditions import truth
from covage_model.coverage.items import BROKEN, Items, matched
from covage_model.diagnostics import Origin
from covage_model.model.conditions import Starts
from covage_model.model.orders import Leaf
from covage_model.orders import demands, rules
from covage_model.orders import question as asking
from covage_model.orders.question import Question, Role
from covage_model.presence.sheet import Demand, Sheet, Slot


@dataclass(slots=True)
class SheetItems:
    """A sheet with the ids of what it says."""

    sheet: Sheet
    items: Items
    required: list[tuple[Demand, str]] = field(init=False)
    forbidden: list[tuple[Demand, str]] = field(init=False)

    def __post_init__(self) -> None:
        """Names each demand once."""
        self.required = list(self._named("required", self.sheet.required))
        self.forbidden = list(self._named("forbidden", self.sheet.forbidden))

    def _named(self, word: str, found: tuple[Demand, ...]) -> Iterator[tuple[Demand, str]]:
        """The spans of one field stand at one place, in the order written; a type included twice says them twice."""
        seen: dict[Any, int] = {}
        for demand in found:
            ids = self.placed(word, demand.origin)
            place = (demand.origin.location, demand.path)
            if ids:
                yield demand, ids[seen.get(place, 0) % len(ids)]
            seen[place] = seen.get(place, 0) + 1

    def placed(self, word: str, origin: Origin) -> list[str]:
        """The ids of what a definition at that place says."""
        return self.items.placed.get((word, origin.location), [])


def shown(known: SheetItems, leaf: Leaf | None, data: Any) -> Iterator[str]:
    """The ids of the values that a document of `leaf` shows, or an account (None), each once."""
    yield from dict.fromkeys(chain(_matched(known, leaf, data) if leaf is not None else (), _legal(known, data)))


def decided(known: SheetItems, data: Any, question: Question) -> Iterator[str]:
    """The ids of what a document, or an account, was judged by, each once."""
    parts = (_demanded, _ruled, _read_only)
    yield from dict.fromkeys(name for part in parts for name in part(known, data, question))


def leaf_id(leaf: Leaf) -> str:
    """The id of an order and variant."""
    return pointer.join(("order", leaf.order.name, *(("variant", leaf.variant.name) if leaf.variant else ())))


def _matched(known: SheetItems, leaf: Leaf, data: Any) -> Iterator[str]:
    for entry in leaf.match:
        value = truth.at(data, entry.path)
        for name, legal in zip(known.placed("match", entry.origin), matched(entry), strict=False):
            starts = isinstance(entry.test, Starts) and isinstance(value, str) and value.startswith(str(legal))
            if starts or (value is not truth.ABSENT and truth.equal(value, legal)):
                yield name


def _demanded(known: SheetItems, data: Any, question: Question) -> Iterator[str]:
    for demand, name in known.required:
        if _applies(demand, data, question):
            yield name
            if any(demands.missing(demand, known.sheet, data, question)):
                yield broken(name)
    for demand, name in known.forbidden:
        if _applies(demand, data, question):
            yield name
            if any(demands.forbidden(demand, known.sheet, data, question)):
                yield broken(name)


def broken(name: str) -> str:
    """The id of having decided a finding."""
    return f"{name}/{BROKEN}"


def _applies(demand: Demand, data: Any, question: Question) -> bool:
    if question.status not in demand.statuses or (demand.records_only and question.role is Role.REQUEST):
        return False
    return any(
        demand.when is None or truth.holds(demand.when, at.scopes, question.account)
        for at in asking.objects(data, demand.path[: demand.start], demand.level)
    )


def _ruled(known: SheetItems, data: Any, question: Question) -> Iterator[str]:
    for rule in known.sheet.rules:
        if question.status in rule.statuses:
            applied: list[Origin] = []
            found = [one for one in rules.broken(rule, known.sheet, data, question, applied) if one.code == "CM407"]
            for name in known.placed("rule", rule.origin) if applied else ():
                yield name
                if found:
                    yield broken(name)


def _legal(known: SheetItems, data: Any) -> Iterator[str]:
    for slot, value in _places(known.sheet.root, data):
        for keyword in slot.keywords if value is not truth.ABSENT else ():
            if keyword.name == "enum":
                for name, one in zip(known.placed("enum", keyword.origin), keyword.value, strict=False):
                    if truth.equal(value, one):
                        yield name


def _read_only(known: SheetItems, data: Any, question: Question) -> Iterator[str]:
    for slot, value in _places(known.sheet.root, data) if question.role is Role.REQUEST else ():
        for name in known.placed("read_only", slot.read_only) if slot.read_only is not None else ():
            yield name
            if value is not truth.ABSENT:
                yield broken(name)


def _places(slot: Slot, value: Any) -> Iterator[tuple[Slot, Any]]:
    """A place and all below it that there are objects for, each with its value, ABSENT where there is none."""
    yield slot, value
    for name, inner in (slot.properties or {}).items() if isinstance(value, dict) else ():
        yield from _places(inner, value.get(name, truth.ABSENT))
    if slot.items is not None and isinstance(value, list):
        for item in value:
            yield from _places(slot.items, item)
