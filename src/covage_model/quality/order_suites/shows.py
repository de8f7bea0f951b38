"""
What a valid order shows of the pack: each definition at work, and each branch.

It follows the document and its sheet, not the pack: what matters is which definitions apply to this one order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from covage_model.documents.judge.objects import objects
from covage_model.documents.make.valid import places
from covage_model.documents.make.valid.nodes import PlacedValue, nodes
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.make.valid.value_generator import applies
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, Demand, Sheet
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import In, Starts
from covage_model.quality.order_suites.parts import ConditionPart


@dataclass(frozen=True, slots=True, order=True)
class ShownThing:
    """One thing to be shown: its kind, its place in the pack, and which of several at that place."""

    kind: str
    file: str
    line: int
    column: int
    detail: str = ""
    source: tuple[str, ...] = ()


def shown(kind: str, origin: Origin, detail: str = "") -> ShownThing:
    """The thing to be shown of a definition."""
    at = origin.location
    return ShownThing(kind, at.file, at.line, at.column, detail, origin.source)


def of_valid(
    sheet: Sheet, target: OrderTarget, document: Any, account: Any, parts: tuple[ConditionPart, ...]
) -> set[ShownThing]:
    """Everything that a valid order shows; `account` is ABSENT where there is none."""
    found = {shown("variant", sheet.origin, sheet.variant)}
    found.add(shown("status", sheet.origin, f"{target.role.value} {target.status}"))
    whole = list(nodes(places.root(document, sheet.root)))
    for node in whole:
        found.update(_of_value(node))
    for demand in sheet.required:
        found.update(_of_demand("required", demand, document, account, target))
    for demand in sheet.forbidden:
        found.update(_of_demand("forbidden", demand, document, account, target))
    for rule in sheet.rules:
        found.update(_of_rule(rule, document, account, target))
    found.update(shown(one.kind, one.origin, one.detail) for one in parts if one.tells(document, account, target))
    return found


def _of_value(node: PlacedValue) -> Iterator[ShownThing]:
    slot, value = node.place.slot, node.place.value
    if slot is None:
        return
    if node.pointer and not isinstance(node.place.holder, list):
        yield from (shown("field", one) for one in slot.origins)
    for entry in slot.chosen:
        if isinstance(entry.test, In | Starts):
            legal = entry.test.values if isinstance(entry.test, In) else entry.test.prefixes
            yield from (
                shown("value", entry.origin, str(one))
                for one in legal
                if truth.satisfies(In((one,)) if isinstance(entry.test, In) else Starts((str(one),)), value)
            )
    if not slot.judged_by_choice:
        yield from (shown("value", said.origin, str(value)) for said in slot.keywords if said.name == "enum")


def _of_demand(kind: str, demand: Demand, document: Any, account: Any, target: OrderTarget) -> Iterator[ShownThing]:
    if not applies(demand, frozenset({target.status}), target.role):
        return
    for at in objects(document, demand.path[: demand.start], demand.level):
        there = next(iter(json_value.every_value_at(at.value, demand.path[demand.start :])), json_value.ABSENT)
        meant = demand.when is None or truth.holds(demand.when, at.scopes, account)
        if meant:
            yield shown(kind, demand.origin, "applies")
        elif (there is json_value.ABSENT) is (kind == "required"):
            yield shown(kind, demand.origin, "does not apply")


def _of_rule(rule: AnchoredRule, document: Any, account: Any, target: OrderTarget) -> Iterator[ShownThing]:
    if target.status not in rule.statuses or (rule.reads_account and target.role is Role.RECORD):
        return
    for at in objects(document, rule.host, rule.level):
        if rule.when is None or truth.holds(rule.when, at.scopes, account):
            yield shown("rule", rule.origin, f"{rule.name} applies")
        elif not truth.holds(rule.then, at.scopes, account):
            yield shown("rule", rule.origin, f"{rule.name} does not apply")
