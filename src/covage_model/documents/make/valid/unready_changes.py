"""
Changes that make a document invalid in one status.

These are not the orders of `documents/make/defects`: here the document of a search changes in place until it has
the wanted valuation, and several findings are allowed; there each order is new and its findings are predicted.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import partial
from typing import Any

from covage_model.documents.make.valid import places
from covage_model.documents.make.valid.local_search import LocalSearch
from covage_model.documents.make.valid.places import DocumentPlace
from covage_model.documents.make.valid.value_generator import applies
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Demand, Sheet
from covage_model.ground.diagnostics import Standing


def unready_changes(work: LocalSearch, status: str) -> Iterator[Callable[[], None]]:
    """
    Changes that may make the document unready for `status`, the most natural first.

    A required field is removed (the last demand first), a rule is broken, a forbidden field or an unknown
    key is added.
    """
    sheet, statuses = work.aim.sheet, frozenset({status})
    for demand in reversed(sheet.required):
        if _counts(demand) and applies(demand, statuses, Role.REQUEST):
            yield partial(_take, work.document, demand)
    for rule in sheet.rules:
        if status in rule.statuses and rule.origin.standing is not Standing.ASSUMED:
            yield partial(_break, work, rule)
    for demand in sheet.forbidden:
        if _counts(demand) and applies(demand, statuses, Role.REQUEST):
            yield partial(_add, work, demand)
    yield partial(_unknown, work.document, sheet)


def _counts(demand: Demand) -> bool:
    return demand.origin.standing is not Standing.ASSUMED


def _take(document: DocumentPlace, demand: Demand) -> None:
    for place in list(places.every_place(document, demand.path[:-1])):
        if isinstance(place.value, dict):
            place.below(demand.path[-1]).drop()


def _add(work: LocalSearch, demand: Demand) -> None:
    place = work.document
    for name in demand.path:
        while isinstance(place.value, list) and place.value:
            place = place.item(0)
        if not isinstance(place.value, dict):
            return
        place = place.below(name)
        if place.slot is not None and not place.slot.read_only and name not in place.holder:
            place.put(work.steering.of_document.value_for(place.slot))


def _break(work: LocalSearch, rule: Any) -> None:
    for scopes in list(places.scopes_at(work.document, rule.host, rule.level)):
        if rule.when is not None:
            work.steering.steer(rule.when, scopes, wanted=True)
        work.steering.steer(rule.then, scopes, wanted=False)


def _unknown(document: DocumentPlace, sheet: Sheet) -> None:
    if isinstance(document.value, dict):
        document.value[unknown_name(sheet.root.properties or {})] = True


def unknown_name(known: Container[str]) -> str:
    """A name that none of the known fields has."""
    name = "unexpected"
    while name in known:
        name += "_"
    return name
