"""Orders without a required field, with a forbidden one, or with a broken rule."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from covage_model.documents.make.defects import goals, predict
from covage_model.documents.make.defects.base_orders import BaseOrder, BaseOrders, Goal, account_of
from covage_model.documents.make.defects.defect import Defect
from covage_model.documents.make.defects.predicted_change import PredictedChange, below, place_of, smallest, without
from covage_model.documents.make.valid import places
from covage_model.documents.make.valid.nodes import PlacedValue, nodes, objects_at
from covage_model.documents.make.valid.places import DocumentPlace
from covage_model.documents.make.valid.read_paths import ReadPaths
from covage_model.documents.presence.sheet import Demand, Sheet
from covage_model.ground import json_value
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import TRUE

_HOSTS = 5
_PLACES = 3


def missing(defect: Defect, hosts: BaseOrders, reads: ReadPaths) -> Iterator[PredictedChange]:
    """Orders without a required field; first those in which nothing else is broken."""
    demand: Demand = defect.broken
    read = reads.presence_at(demand.path)
    applying = goals.ConditionGoal(demand.path[: demand.start], demand.level, demand.when or TRUE)
    for host in islice(hosts.valid(_reached(applying, demand)), _HOSTS):
        account = account_of(host)
        for node in islice(_required(demand, place_of(host, hosts), account), _PLACES):
            found = predict.missing(hosts.sheet, node, hosts.target, account)
            if (
                any(entry.path == demand.path and entry.there for entry in hosts.sheet.match)
                or hosts.sheet.status_path == demand.path
            ):
                found = set()  # `match` or the lifecycle reports it instead
            yield PredictedChange(host, without(host.document, node.pointer), frozenset(found), sure=not read)
    if hosts.sheet.status_path != demand.path:
        sheet = hosts.sheet
        less = replace(sheet, required=tuple(other for other in sheet.required if other is not demand))
        yield from _breaches(demand, hosts, less, present=False)


def _reached(applying: goals.ConditionGoal, demand: Demand) -> Goal:
    """The goal that the demand applies to some object and the required field is there."""
    goal = goals.goal_of(applying)

    def push(search: Any) -> None:
        goals.reach(search.document, search, demand.path[:-1])
        goal.push(search)

    def reached(document: DocumentPlace, account: Any) -> bool:
        return next(_required(demand, document, account), None) is not None

    return Goal(("required", id(demand)), push, reached)


def _required(demand: Demand, document: DocumentPlace, account: Any) -> Iterator[PlacedValue]:
    """The existing values that the demand requires."""
    for node in nodes(document):
        slot = node.place.slot
        if slot is None or slot.path != demand.path or isinstance(node.place.holder, list) or not node.pointer:
            continue
        if len(node.scopes) > demand.level and (
            demand.when is None or truth.holds(demand.when, node.scopes[: demand.level + 1], account)
        ):
            yield node


def forbidden(defect: Defect, hosts: BaseOrders, reads: ReadPaths) -> Iterator[PredictedChange]:
    """Orders with a forbidden field."""
    demand: Demand = defect.broken
    read = reads.presence_at(demand.path)
    applying = goals.ConditionGoal(demand.path[: demand.start], demand.level, demand.when or TRUE)
    for host in islice(hosts.valid(goals.goal_of(applying)), _HOSTS):
        for node in islice(objects_at(place_of(host, hosts), demand.path[: demand.start]), _PLACES):
            document, where = _put(host, hosts, node, demand)
            if where is None:
                continue
            start = places.root(document, hosts.sheet.root)
            found = predict.added(hosts.sheet, start, where, hosts.target, account_of(host))
            yield PredictedChange(host, document, frozenset(found), sure=not read)
    sheet = hosts.sheet
    less = replace(sheet, forbidden=tuple(other for other in sheet.forbidden if other is not demand))
    yield from _breaches(demand, hosts, less, present=True)


def _put(host: BaseOrder, hosts: BaseOrders, node: PlacedValue, demand: Demand) -> tuple[Any, str | None]:
    """The order with the forbidden field added, and the pointer of the new value; None if it cannot be added."""
    document = copy.deepcopy(host.document)
    generator = smallest(hosts)
    place = places.at_pointer(places.root(document, hosts.sheet.root), node.pointer, generator.value_for)
    if place is None:
        return document, None
    where, new = node.pointer, None
    for name in demand.path[demand.start :]:
        while place.slot is not None and place.slot.is_list:
            if not isinstance(place.value, list) or not place.value:
                place.put(generator.items(place.slot, 1))
            if not isinstance(place.value, list) or not place.value:
                return document, None
            place, where = place.item(0), f"{where}/0"
        if not isinstance(place.value, dict):
            return document, None
        place, where = place.below(name), below(where, name)
        if place.value is json_value.ABSENT:
            new = new or where
            value = generator.value_for(place.slot)
            place.holder[name] = "x" if value is json_value.ABSENT else value
    return document, new


def _breaches(demand: Demand, hosts: BaseOrders, less: Sheet, *, present: bool) -> Iterator[PredictedChange]:
    """Orders that break only this demand."""
    wanted = goals.of_demand(hosts.sheet, demand, present=present)
    if wanted is None:
        return
    for host in islice(hosts.but(less, goals.goal_of(wanted)), _HOSTS):
        yield PredictedChange(host, host.document, frozenset(), sure=False)


def rule(defect: Defect, hosts: BaseOrders, _: ReadPaths) -> Iterator[PredictedChange]:
    """Orders that break only the rule; then orders that break the rule and more."""
    broken_rule, sheet = defect.broken, hosts.sheet
    less = replace(sheet, rules=tuple(other for other in sheet.rules if other is not broken_rule))
    goal = goals.goal_of(goals.of_rule(broken_rule))
    for host in chain(islice(hosts.but(less, goal), _HOSTS), hosts.broken(goal)):
        found = predict.broken(sheet, broken_rule, host.document, account_of(host))
        if found:
            yield PredictedChange(host, host.document, frozenset(found), sure=False)
