"""Goals of the search for an order with a defect: a broken rule, a broken demand, a value that exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.documents.make.defects.base_orders import Goal
from covage_model.documents.make.valid import places
from covage_model.documents.make.valid.local_search import LocalSearch
from covage_model.documents.make.valid.nodes import at_slot
from covage_model.documents.make.valid.places import DocumentPlace
from covage_model.documents.presence.sheet import AnchoredRule, Demand, Sheet, Slot
from covage_model.documents.presence.slots import crossings
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import TRUE, All, Condition, Holds, Not, Present, Ref


@dataclass(frozen=True, slots=True)
class ConditionGoal:
    """A condition that must hold for one of the objects at the path `host`, which crosses `level` lists."""

    host: tuple[str, ...]
    level: int
    condition: Condition


def goal_of(wanted: ConditionGoal) -> Goal:
    """The condition as a goal of the search."""

    def push(search: LocalSearch) -> None:
        scopes = next(_scopes(search.document, wanted), None)
        if scopes is None:
            reach(search.document, search, wanted.host)
            scopes = next(_scopes(search.document, wanted), None)
        if scopes is not None:
            search.steering.steer(wanted.condition, scopes, wanted=True)

    def reached(document: DocumentPlace, account: Any) -> bool:
        return any(
            truth.holds(wanted.condition, places.values_of(scopes), account) for scopes in _scopes(document, wanted)
        )

    return Goal(repr(wanted), push, reached)


def _scopes(document: DocumentPlace, wanted: ConditionGoal) -> Iterator[tuple[DocumentPlace, ...]]:
    return places.scopes_at(document, wanted.host, wanted.level)


def there(slot: Slot) -> Goal:
    """The goal that the order has a value of this slot."""
    return Goal(
        ("slot", id(slot)),
        lambda search: reach(search.document, search, slot.path, slot),
        lambda document, _: next(at_slot(document, slot), None) is not None,
    )


def reach(place: DocumentPlace, search: LocalSearch, path: tuple[str, ...], slot: Slot | None = None) -> None:
    """Creates the value at `path`, with an item in each list on the way."""
    generator = search.steering.of_document
    for name in (*path, None):
        while place.slot is not None and place.slot.is_list and place.slot is not slot:
            if place.slot.items is None:
                return
            if not isinstance(place.value, list):
                place.put([])
            if isinstance(place.value, list) and not place.value:
                place.put(generator.items(place.slot, 1))
            if not isinstance(place.value, list) or not place.value:
                return
            place = place.item(0)
        if name is None:
            return
        if not isinstance(place.value, dict):
            place.put(generator.value_for(place.slot))
        if not isinstance(place.value, dict):
            return
        place = place.below(name)
        if place.value is json_value.ABSENT and place.slot is not None:
            place.put(generator.value_for(place.slot))


def of_rule(rule: AnchoredRule) -> ConditionGoal:
    """The goal that the rule is broken: its `when` holds and its `then` does not."""
    return ConditionGoal(rule.host, rule.level, All((rule.when or TRUE, Not(rule.then))))


def of_demand(sheet: Sheet, demand: Demand, *, present: bool) -> ConditionGoal | None:
    """The goal that the demand applies and the field is present or not; None if a list is below the demand."""
    lists = crossings(sheet.root, demand.path[: demand.start])
    base = lists[-1] if lists else 0
    if any(demand.start < number < len(demand.path) for number in crossings(sheet.root, demand.path)):
        return None
    at = Ref("scope", demand.path[base:], demand.level)
    return ConditionGoal(
        demand.path[: demand.start], demand.level, All((demand.when or TRUE, Holds(at, Present(present))))
    )
