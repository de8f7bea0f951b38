"""Orders with a wrong value, an unknown or read-only field, or a `match` value or status that does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from covage_model.documents.make.defects import goals, predict, wrong_values
from covage_model.documents.make.defects.base_orders import BaseOrder, BaseOrders, Goal, account_of
from covage_model.documents.make.defects.defect import Defect
from covage_model.documents.make.defects.predicted_change import (
    PredictedChange,
    below,
    misspelt,
    place_of,
    smallest,
    unknown_names,
    with_value,
    without,
)
from covage_model.documents.make.valid import places
from covage_model.documents.make.valid.nodes import PlacedValue, at_slot, objects_at
from covage_model.documents.make.valid.read_paths import ReadPaths
from covage_model.documents.presence.role import Role
from covage_model.ground import json_value, pointer

_VALUES = 8  # values tried at one place
_PLACES = 3
_HOSTS = 5


def values(defect: Defect, hosts: BaseOrders, reads: ReadPaths) -> Iterator[PredictedChange]:
    """Orders with a value of another type, or a value that breaks one keyword."""
    slot = defect.slot
    assert slot is not None
    read = reads.value_at(slot.path) or reads.presence_at(slot.path)
    for host, node in _at(defect, hosts):
        found = frozenset({("CM404", node.pointer)})
        for value in islice(_wrong(defect, node.place.value, hosts), _VALUES):
            yield PredictedChange(host, with_value(host.document, node.pointer, value), found, sure=not read)


def _at(defect: Defect, hosts: BaseOrders) -> Iterator[tuple[BaseOrder, PlacedValue]]:
    slot = defect.slot
    assert slot is not None
    for host in islice(hosts.valid(goals.there(slot)), _HOSTS):
        for node in islice(at_slot(place_of(host, hosts), slot), _PLACES):
            yield host, node


def _wrong(defect: Defect, value: Any, hosts: BaseOrders) -> Iterator[Any]:
    slot = defect.slot
    assert slot is not None
    if defect.kind == "type":
        return wrong_values.of_type(slot, defect.broken, value)
    generator = smallest(hosts)
    return chain(
        wrong_values.only(slot, defect.broken, value, generator),
        wrong_values.breaking(slot, defect.broken, value, generator),
    )


def unknown_key(defect: Defect, hosts: BaseOrders, _: ReadPaths) -> Iterator[PredictedChange]:
    """Orders with an unknown field."""
    known = defect.slot.properties if defect.slot is not None else None
    for host, node in _at(defect, hosts):
        for name in islice(unknown_names(known or {}), 2):
            where = below(node.pointer, name)
            yield PredictedChange(host, with_value(host.document, where, "x"), frozenset({("CM406", where)}), sure=True)


def read_only(defect: Defect, hosts: BaseOrders, reads: ReadPaths) -> Iterator[PredictedChange]:
    """Requests with a field that only the platform may write."""
    slot = defect.slot
    assert slot is not None
    value = smallest(hosts, Role.RECORD).value_for(slot)
    for host, node in holders(hosts, slot.path[:-1]):
        where = below(node.pointer, slot.path[-1])
        document = with_value(host.document, where, value)
        start = places.root(document, hosts.sheet.root)
        more = predict.added(hosts.sheet, start, where, hosts.target, account_of(host))
        yield PredictedChange(
            host, document, frozenset({("CM405", where), *more}), sure=not reads.presence_at(slot.path)
        )


def holders(hosts: BaseOrders, path: tuple[str, ...]) -> Iterator[tuple[BaseOrder, PlacedValue]]:
    """Valid orders with an object at a path, and that object."""
    goal = Goal(
        ("object", path),
        lambda search: goals.reach(search.document, search, path),
        lambda document, _: next(objects_at(document, path), None) is not None,
    )
    for host in islice(hosts.valid(goal), _HOSTS):
        for node in islice(objects_at(place_of(host, hosts), path), _PLACES):
            yield host, node


def choice(defect: Defect, hosts: BaseOrders, _: ReadPaths) -> Iterator[PredictedChange]:
    """Orders with a field that `match` tests misspelt or removed; the finding names the nearest variant."""
    entry = defect.broken
    order = {other.path for other in hosts.judge.pack.variant(defect.variant).order.match}
    found = frozenset({("CM401" if entry.path in order else "CM402", pointer.join(entry.path))})
    for host in hosts.begin()[:2]:
        where = pointer.join(entry.path)
        for other in islice(misspelt(json_value.at(host.document, entry.path)), _VALUES):
            yield PredictedChange(host, with_value(host.document, where, other), found, sure=False)
        if entry.there:
            yield PredictedChange(host, without(host.document, where), found, sure=False)


def status(defect: Defect, hosts: BaseOrders, _: ReadPaths) -> Iterator[PredictedChange]:
    """Orders with a status that the lifecycle does not have, or without status."""
    where = pointer.join(defect.path)
    for host in hosts.begin()[:2]:
        for other in islice(misspelt(json_value.at(host.document, defect.path)), _VALUES):
            yield PredictedChange(
                host, with_value(host.document, where, other), frozenset({("CM411", where)}), sure=False
            )
        yield PredictedChange(host, without(host.document, where), frozenset({("CM411", where)}), sure=False)
