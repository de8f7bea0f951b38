"""
What one document or account exercised: the values that it shows, and the rules that were decided for it.

A document shows its values as soon as it is given. Presence and rules are
decided only when it is judged. This goes over the judged document a second time, with the same sheet, so that
judging does not slow down. A document of no order exercises nothing: findings about the nearest
order are help, not a verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from itertools import chain
from typing import Any

from covage_model.documents.judge import demands, rules
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.objects import objects
from covage_model.documents.judge.uniqueness import UniquePaths
from covage_model.documents.judge.verdict import Verdict
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Demand, Sheet, Slot
from covage_model.ground import json_value, pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import truth
from covage_model.pack.definitions.walk import matched
from covage_model.pack.model.conditions import Starts
from covage_model.pack.model.orders import Variant
from covage_model.quality.coverage.items import BROKEN, CoverageItems


@dataclass(slots=True)
class SheetItems:
    """A sheet with the coverage ids of its statements."""

    sheet: Sheet
    items: CoverageItems
    required: list[tuple[Demand, str]] = field(init=False)
    forbidden: list[tuple[Demand, str]] = field(init=False)

    def __post_init__(self) -> None:
        """Looks up the id of each demand once."""
        self.required = list(self._named("required", self.sheet.required))
        self.forbidden = list(self._named("forbidden", self.sheet.forbidden))

    def _named(self, word: str, demands: tuple[Demand, ...]) -> Iterator[tuple[Demand, str]]:
        """Each demand with its id. Several spans of a field have one place: they are counted in the order written."""
        seen: dict[Any, int] = {}
        for demand in demands:
            ids = self.placed(word, demand.origin)
            place = (demand.origin.location, demand.path)
            if ids:
                yield demand, ids[seen.get(place, 0) % len(ids)]
            seen[place] = seen.get(place, 0) + 1

    def placed(self, word: str, origin: Origin) -> list[str]:
        """The ids of the definition of that kind at the place of `origin`."""
        return self.items.placed.get((word, origin.location), [])


def shown(known: SheetItems, variant: Variant | None, data: Any) -> Iterator[str]:
    """The ids of the values that a document of `variant` (or an account, None) shows, each once."""
    yield from dict.fromkeys(chain(_matched(known, variant, data) if variant is not None else (), _legal(known, data)))


def decided(known: SheetItems, data: Any, context: JudgeContext) -> Iterator[str]:
    """The ids of the statements that a document or an account was judged by, each once."""
    parts = (_demanded, _ruled, _read_only)
    yield from dict.fromkeys(name for part in parts for name in part(known, data, context))


def unique(known: SheetItems, verdict: Verdict) -> Iterator[str]:
    """The ids of the unique values that a judged document has, and of those that an earlier one has too."""
    repeated = {finding.because for finding in verdict.findings if finding.code == "CM415"}
    values = UniquePaths(known.sheet.unique)
    for said, digest in zip(values.paths, values.digests(verdict.data), strict=True):
        for name in known.placed("unique", said.origin) if digest else ():
            yield name
            if said.origin in repeated:
                yield broken(name)


def variant_id(variant: Variant) -> str:
    """The id of an order and variant."""
    return pointer.join(("order", variant.order.name, *(("variant", variant.spec.name) if variant.spec else ())))


def _matched(known: SheetItems, variant: Variant, data: Any) -> Iterator[str]:
    for entry in variant.match:
        value = json_value.at(data, entry.path)
        for name, legal in zip(known.placed("match", entry.origin), matched(entry), strict=False):
            starts = isinstance(entry.test, Starts) and isinstance(value, str) and value.startswith(str(legal))
            gone = value is json_value.ABSENT and isinstance(legal, dict)
            if starts or gone or (value is not json_value.ABSENT and json_value.equal(value, legal)):
                yield name


def _demanded(known: SheetItems, data: Any, context: JudgeContext) -> Iterator[str]:
    for demand, name in known.required:
        if _applies(demand, data, context):
            yield name
            if any(demands.missing(demand, known.sheet, data, context)):
                yield broken(name)
    for demand, name in known.forbidden:
        if _applies(demand, data, context):
            yield name
            if any(demands.forbidden(demand, known.sheet, data, context)):
                yield broken(name)


def broken(name: str) -> str:
    """The id for the case that the statement was broken."""
    return f"{name}/{BROKEN}"


def _applies(demand: Demand, data: Any, context: JudgeContext) -> bool:
    if context.status not in demand.statuses or (demand.records_only and context.role is Role.REQUEST):
        return False
    return any(
        demand.when is None or truth.holds(demand.when, at.scopes, context.account)
        for at in objects(data, demand.path[: demand.start], demand.level)
    )


def _ruled(known: SheetItems, data: Any, context: JudgeContext) -> Iterator[str]:
    for rule in known.sheet.rules:
        if context.status in rule.statuses:
            applied: list[Origin] = []
            findings = [
                finding
                for finding in rules.broken(rule, known.sheet, data, context, applied)
                if finding.code == "CM407"
            ]
            for name in known.placed("rule", rule.origin) if applied else ():
                yield name
                if findings:
                    yield broken(name)


def _legal(known: SheetItems, data: Any) -> Iterator[str]:
    for slot, value in _places(known.sheet.root, data):
        for keyword in slot.keywords if value is not json_value.ABSENT else ():
            if keyword.name == "enum":
                for name, listed in zip(known.placed("enum", keyword.origin), keyword.value, strict=False):
                    if json_value.equal(value, listed):
                        yield name


def _read_only(known: SheetItems, data: Any, context: JudgeContext) -> Iterator[str]:
    for slot, value in _places(known.sheet.root, data) if context.role is Role.REQUEST else ():
        for name in known.placed("read_only", slot.read_only) if slot.read_only is not None else ():
            yield name
            if value is not json_value.ABSENT:
                yield broken(name)


def _places(slot: Slot, value: Any) -> Iterator[tuple[Slot, Any]]:
    """A slot and all slots below it whose object exists, each with its value or ABSENT."""
    yield slot, value
    for name, inner in (slot.properties or {}).items() if isinstance(value, dict) else ():
        yield from _places(inner, value.get(name, json_value.ABSENT))
    if slot.items is not None and isinstance(value, list):
        for item in value:
            yield from _places(slot.items, item)
