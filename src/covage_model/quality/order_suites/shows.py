"""
What a valid order shows of the pack: the definitions that apply to it, and their branches.

This walks the document with its sheet, not the pack: only definitions that apply to this order matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.documents.judge.objects import objects
from covage_model.documents.make.valid import places
from covage_model.documents.make.valid.nodes import PlacedValue, nodes
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.make.valid.value_generator import applies
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, Demand, Sheet
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import In, Starts
from covage_model.quality.order_suites.parts import ConditionPart


@dataclass(frozen=True, slots=True, order=True)
class SuiteItem:
    """A item to be shown: its kind, its place in the pack, and a detail if a place has several."""

    kind: str
    file: str
    line: int
    column: int
    detail: str = ""
    source: tuple[str, ...] = ()


def shown(kind: str, origin: Origin, detail: str = "") -> SuiteItem:
    """The item to be shown for a definition."""
    at = origin.location
    return SuiteItem(kind, at.file, at.line, at.column, detail, origin.source)


def of_valid(
    sheet: Sheet, target: OrderTarget, document: Any, account: Any, parts: tuple[ConditionPart, ...]
) -> set[SuiteItem]:
    """Everything that a valid order shows; `account` is ABSENT if there is none."""
    items = {shown("variant", sheet.origin, sheet.variant)}
    items.add(shown("status", sheet.origin, f"{target.role.value} {target.status}"))
    whole = list(nodes(places.root(document, sheet.root)))
    for node in whole:
        items.update(_of_value(node))
    for demand in sheet.required:
        items.update(_of_demand("required", demand, document, account, target))
    for demand in sheet.forbidden:
        items.update(_of_demand("forbidden", demand, document, account, target))
    for rule in sheet.rules:
        items.update(_of_rule(rule, document, account, target))
    items.update(shown(part.kind, part.origin, part.detail) for part in parts if part.tells(document, account, target))
    return items


def _of_value(node: PlacedValue) -> Iterator[SuiteItem]:
    slot, value = node.place.slot, node.place.value
    if slot is None:
        return
    if node.pointer and not isinstance(node.place.holder, list):
        yield from (shown("field", each) for each in slot.origins)
    for entry in slot.chosen:
        if isinstance(entry.test, In | Starts):
            legal = entry.test.values if isinstance(entry.test, In) else entry.test.prefixes
            yield from (
                shown("value", entry.origin, str(each))
                for each in legal
                if truth.satisfies(In((each,)) if isinstance(entry.test, In) else Starts((str(each),)), value)
            )
    if not slot.judged_by_choice:
        yield from (shown("value", said.origin, str(value)) for said in slot.keywords if said.name == "enum")


def _of_demand(kind: str, demand: Demand, document: Any, account: Any, target: OrderTarget) -> Iterator[SuiteItem]:
    if not applies(demand, frozenset({target.status}), target.role):
        return
    for at in objects(document, demand.path[: demand.start], demand.level):
        value = next(iter(json_value.every_value_at(at.value, demand.path[demand.start :])), json_value.ABSENT)
        applicable = demand.when is None or truth.holds(demand.when, at.scopes, account)
        if applicable:
            yield shown(kind, demand.origin, "applies")
        elif (value is json_value.ABSENT) is (kind == "required"):
            yield shown(kind, demand.origin, "does not apply")


def _of_rule(rule: AnchoredRule, document: Any, account: Any, target: OrderTarget) -> Iterator[SuiteItem]:
    if target.status not in rule.statuses or (rule.reads_account and target.role is Role.RECORD):
        return
    for at in objects(document, rule.host, rule.level):
        if rule.when is None or truth.holds(rule.when, at.scopes, account):
            yield shown("rule", rule.origin, f"{rule.name} applies")
        elif not truth.holds(rule.then, at.scopes, account):
            yield shown("rule", rule.origin, f"{rule.name} does not apply")
