"""Predicts the findings of a change from the sheet, without the interpreter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.documents.judge.objects import ScopedObject, objects
from covage_model.documents.make.valid.nodes import PlacedValue, nodes
from covage_model.documents.make.valid.places import DocumentPlace
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.make.valid.value_generator import applies
from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import AnchoredRule, Demand, Sheet
from covage_model.ground import pointer
from covage_model.pack.conditions import truth

Found = tuple[str, str]  # the code and the pointer of a finding


def missing(sheet: Sheet, node: PlacedValue, target: OrderTarget, account: Any) -> set[Found]:
    """
    The findings if the value is removed: for required fields at and below its place, only the deepest.

    Conditions are evaluated with the value there. If one reads the value itself, the result is not reliable.
    """
    slot = node.place.slot
    path = slot.path if slot is not None else ()
    above = node.pointer.rpartition("/")[0]
    missing_pointers = set[str]()
    for demand in sheet.required:
        if demand.path[: len(path)] != path or demand.start >= len(path) or not _asks(demand, node, target, account):
            continue
        below = slots.slot_at(sheet.root, path)
        missing_pointers.add(above + pointer.join(slots.up_to_first_list(below, demand.path[len(path) - 1 :])))
    deepest = {
        where for where in missing_pointers if not any(other.startswith(where + "/") for other in missing_pointers)
    }
    return {("CM403", where) for where in deepest}


def _asks(demand: Demand, node: PlacedValue, target: OrderTarget, account: Any) -> bool:
    if not applies(demand, frozenset({target.status}), target.role) or len(node.scopes) <= demand.level:
        return False
    return demand.when is None or truth.holds(demand.when, node.scopes[: demand.level + 1], account)


def added(sheet: Sheet, document: DocumentPlace, where: str, target: OrderTarget, account: Any) -> set[Found]:
    """The findings for forbidden fields at a pointer or below it."""
    return {
        ("CM409", node.pointer)
        for node in nodes(document)
        if node.pointer == where or node.pointer.startswith(where + "/")
        for demand in sheet.forbidden
        if node.place.slot is not None
        and node.place.slot.path == demand.path
        and not isinstance(node.place.holder, list)
        and _asks(demand, node, target, account)
    }


def broken(sheet: Sheet, rule: AnchoredRule, document: Any, account: Any) -> set[Found]:
    """The findings of a rule, one for each object that breaks it."""
    found = set[Found]()
    for at in objects(document, rule.host, rule.level):
        if rule.when is not None and not truth.holds(rule.when, at.scopes, account):
            continue
        if not truth.holds(rule.then, at.scopes, account):
            found.add(("CM407", _pointed_at(sheet, rule, at)))
    return found


def _pointed_at(sheet: Sheet, rule: AnchoredRule, at: ScopedObject) -> str:
    """The pointer of a rule's finding: from the object that breaks it, or the root, to the first list on the way."""
    own = rule.at[: len(rule.host)] == rule.host
    start, steps = (at.pointer, rule.at[len(rule.host) :]) if own else ("", rule.at)
    return start + pointer.join(_to_a_list(sheet, rule.at[: len(rule.at) - len(steps)], steps))


def _to_a_list(sheet: Sheet, base: tuple[str, ...], steps: tuple[str, ...]) -> Iterator[str]:
    for number, name in enumerate(steps, 1):
        yield name
        slot = slots.slot_at(sheet.root, (*base, *steps[:number]))
        if slot is not None and slots.innermost(slot) is not slot:
            return
