"""Something that one object is to do wrong while all else is in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from covage_model.documents.make import places
from covage_model.documents.make.hosts import Goal
from covage_model.documents.make.nodes import at_slot
from covage_model.documents.make.places import DocumentPlace
from covage_model.documents.make.settle import Work
from covage_model.documents.presence.sheet import AnchoredRule, Demand, Sheet, Slot
from covage_model.documents.presence.slots import crossings, is_list
from covage_model.ground import json_value
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import TRUE, All, Condition, Holds, Not, Present, Ref


@dataclass(frozen=True, slots=True)
class Wanted:
    """A condition that is to hold of one of the objects at `host`, around which `level` lists are crossed."""

    host: tuple[str, ...]
    level: int
    condition: Condition


def goal_of(wanted: Wanted) -> Goal:
    """The same as something to build an order for."""

    def push(working: Work) -> None:
        scopes = next(_scopes(working.document, wanted), None)
        if scopes is None:
            reach(working.document, working, wanted.host)
            scopes = next(_scopes(working.document, wanted), None)
        if scopes is not None:
            working.steering.steer(wanted.condition, scopes, wanted=True)

    def reached(document: DocumentPlace, account: Any) -> bool:
        return any(
            truth.holds(wanted.condition, places.values_of(scopes), account) for scopes in _scopes(document, wanted)
        )

    return Goal(repr(wanted), push, reached)


def _scopes(document: DocumentPlace, wanted: Wanted) -> Iterator[tuple[DocumentPlace, ...]]:
    return places.scopes_at(document, wanted.host, wanted.level)


def there(slot: Slot) -> Goal:
    """A value of this slot is somewhere in the order."""
    return Goal(
        ("slot", id(slot)),
        lambda working: reach(working.document, working, slot.path, slot),
        lambda document, _: next(at_slot(document, slot), None) is not None,
    )


def reach(place: DocumentPlace, working: Work, path: tuple[str, ...], slot: Slot | None = None) -> None:
    """What `path` leads to is there, with an item in each list on the way."""
    grows = working.steering.of_document
    for name in (*path, None):
        while place.slot is not None and is_list(place.slot) and place.slot is not slot:
            if place.slot.items is None:
                return
            if not isinstance(place.value, list):
                place.put([])
            if isinstance(place.value, list) and not place.value:
                place.put(grows.items(place.slot, 1))
            if not isinstance(place.value, list) or not place.value:
                return
            place = place.item(0)
        if name is None:
            return
        if not isinstance(place.value, dict):
            place.put(grows.grown(place.slot))
        if not isinstance(place.value, dict):
            return
        place = place.below(name)
        if place.value is json_value.ABSENT and place.slot is not None:
            place.put(grows.grown(place.slot))


def of_rule(rule: AnchoredRule) -> Wanted:
    """The rule does not hold: it applies, and what it asks is not so."""
    return Wanted(rule.host, rule.level, All((rule.when or TRUE, Not(rule.then))))


def of_demand(sheet: Sheet, demand: Demand, *, present: bool) -> Wanted | None:
    """The demand applies, and the place is there or not; None where lists stand between."""
    lists = crossings(sheet.root, demand.path[: demand.start])
    base = lists[-1] if lists else 0
    if any(demand.start < number < len(demand.path) for number in crossings(sheet.root, demand.path)):
        return None
    at = Ref("scope", demand.path[base:], demand.level)
    return Wanted(demand.path[: demand.start], demand.level, All((demand.when or TRUE, Holds(at, Present(present)))))
