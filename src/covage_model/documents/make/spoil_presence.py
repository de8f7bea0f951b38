"""Orders without what is required, with what is forbidden, or that break a rule."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from covage_model.documents.make import breach, places, predict
from covage_model.documents.make.change import PredictedChange, below, place_of, smallest, without
from covage_model.documents.make.defect import Defect
from covage_model.documents.make.hosts import Goal, Host, Hosts, account_of
from covage_model.documents.make.nodes import PlacedValue, nodes, objects_at
from covage_model.documents.make.places import DocumentPlace
from covage_model.documents.make.reads import Reads
from covage_model.documents.presence.sheet import Demand, Sheet
from covage_model.documents.presence.slots import is_list
from covage_model.ground import json_value
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import TRUE

_HOSTS = 5
_PLACES = 3


def missing(defect: Defect, hosts: Hosts, reads: Reads) -> Iterator[PredictedChange]:
    """What is required is taken away; where that breaks other things too, orders in which it does not."""
    demand: Demand = defect.said
    read = reads.presence_at(demand.path)
    applying = breach.Wanted(demand.path[: demand.start], demand.level, demand.when or TRUE)
    for host in islice(hosts.valid(_reached(applying, demand)), _HOSTS):
        account = account_of(host)
        for node in islice(_owed(demand, place_of(host, hosts), account), _PLACES):
            found = predict.missing(hosts.sheet, node, hosts.target, account)
            if any(one.path == demand.path for one in hosts.sheet.match) or hosts.sheet.status_path == demand.path:
                found = set()  # the choice, or the lifecycle, says that it is missing
            yield PredictedChange(host, without(host.document, node.pointer), frozenset(found), sure=not read)
    if hosts.sheet.status_path != demand.path:
        sheet = hosts.sheet
        less = replace(sheet, required=tuple(one for one in sheet.required if one is not demand))
        yield from _breaches(demand, hosts, less, present=False)


def _reached(applying: breach.Wanted, demand: Demand) -> Goal:
    """The demand is made of some object, and something is there to be taken away: lists on the way have items."""
    goal = breach.goal_of(applying)

    def push(working: Any) -> None:
        breach.reach(working.document, working, demand.path[:-1])
        goal.push(working)

    def reached(document: DocumentPlace, account: Any) -> bool:
        return next(_owed(demand, document, account), None) is not None

    return Goal(("owed", id(demand)), push, reached)


def _owed(demand: Demand, document: DocumentPlace, account: Any) -> Iterator[PlacedValue]:
    """What the demand asks to be there, and is."""
    for node in nodes(document):
        slot = node.place.slot
        if slot is None or slot.path != demand.path or isinstance(node.place.holder, list) or not node.pointer:
            continue
        if len(node.scopes) > demand.level and (
            demand.when is None or truth.holds(demand.when, node.scopes[: demand.level + 1], account)
        ):
            yield node


def forbidden(defect: Defect, hosts: Hosts, reads: Reads) -> Iterator[PredictedChange]:
    """What is forbidden is put there."""
    demand: Demand = defect.said
    read = reads.presence_at(demand.path)
    applying = breach.Wanted(demand.path[: demand.start], demand.level, demand.when or TRUE)
    for host in islice(hosts.valid(breach.goal_of(applying)), _HOSTS):
        for node in islice(objects_at(place_of(host, hosts), demand.path[: demand.start]), _PLACES):
            document, where = _put(host, hosts, node, demand)
            if where is None:
                continue
            start = places.root(document, hosts.sheet.root)
            found = predict.added(hosts.sheet, start, where, hosts.target, account_of(host))
            yield PredictedChange(host, document, frozenset(found), sure=not read)
    sheet = hosts.sheet
    less = replace(sheet, forbidden=tuple(one for one in sheet.forbidden if one is not demand))
    yield from _breaches(demand, hosts, less, present=True)


def _put(host: Host, hosts: Hosts, node: PlacedValue, demand: Demand) -> tuple[Any, str | None]:
    """The order with the least that makes the place be there, and the pointer of what is new; None where it is not."""
    document = copy.deepcopy(host.document)
    grows = smallest(hosts)
    place = places.at_pointer(places.root(document, hosts.sheet.root), node.pointer, grows.grown)
    if place is None:
        return document, None
    where, new = node.pointer, None
    for name in demand.path[demand.start :]:
        while place.slot is not None and is_list(place.slot):
            if not isinstance(place.value, list) or not place.value:
                place.put(grows.items(place.slot, 1))
            if not isinstance(place.value, list) or not place.value:
                return document, None
            place, where = place.item(0), f"{where}/0"
        if not isinstance(place.value, dict):
            return document, None
        place, where = place.below(name), below(where, name)
        if place.value is json_value.ABSENT:
            new = new or where
            value = grows.grown(place.slot)
            place.holder[name] = "x" if value is json_value.ABSENT else value
    return document, new


def _breaches(demand: Demand, hosts: Hosts, less: Sheet, *, present: bool) -> Iterator[PredictedChange]:
    """Orders built for it: all is well but for this demand."""
    wanted = breach.of_demand(hosts.sheet, demand, present=present)
    if wanted is None:
        return
    for host in islice(hosts.but(less, breach.goal_of(wanted)), _HOSTS):
        yield PredictedChange(host, host.document, frozenset(), sure=False)


def rule(defect: Defect, hosts: Hosts, _: Reads) -> Iterator[PredictedChange]:
    """Orders built so that all is well but for the rule; where there are none, orders in which it is broken at all."""
    said, sheet = defect.said, hosts.sheet
    less = replace(sheet, rules=tuple(one for one in sheet.rules if one is not said))
    goal = breach.goal_of(breach.of_rule(said))
    for host in chain(islice(hosts.but(less, goal), _HOSTS), hosts.spoilt(goal)):
        found = predict.broken(sheet, said, host.document, account_of(host))
        if found:
            yield PredictedChange(host, host.document, frozenset(found), sure=False)
