"""A document made unready for some statuses, and still ready for others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from covage_model.documents.make import places
from covage_model.documents.make.grow import applies
from covage_model.documents.make.places import DocumentPlace
from covage_model.documents.make.settle import Work
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Demand, Sheet
from covage_model.ground.diagnostics import Standing


def defects(work: Work, status: str) -> Iterator[Callable[[], None]]:
    """
    Changes, each of which may make the document unready for `status`, the most natural first.

    What is required is taken away, the last that was asked first; a rule is broken; what is forbidden
    is there; a key is there that nobody knows.
    """
    sheet, asked = work.aim.sheet, frozenset({status})
    for demand in reversed(sheet.required):
        if _counts(demand) and applies(demand, asked, Role.REQUEST):
            yield partial(_take, work.document, demand)
    for rule in sheet.rules:
        if status in rule.statuses and rule.origin.standing is not Standing.ASSUMED:
            yield partial(_break, work, rule)
    for demand in sheet.forbidden:
        if _counts(demand) and applies(demand, asked, Role.REQUEST):
            yield partial(_add, work, demand)
    yield partial(_unknown, work.document, sheet)


def _counts(demand: Demand) -> bool:
    return demand.origin.standing is not Standing.ASSUMED


def _take(document: DocumentPlace, demand: Demand) -> None:
    for place in list(places.every_place(document, demand.path[:-1])):
        if isinstance(place.value, dict):
            place.below(demand.path[-1]).drop()


def _add(work: Work, demand: Demand) -> None:
    place = work.document
    for name in demand.path:
        while isinstance(place.value, list) and place.value:
            place = place.item(0)
        if not isinstance(place.value, dict):
            return
        place = place.below(name)
        if place.slot is not None and not place.slot.read_only and name not in place.holder:
            place.put(work.steering.of_document.grown(place.slot))


def _break(work: Work, rule: Any) -> None:
    for scopes in list(places.scopes_at(work.document, rule.host, rule.level)):
        if rule.when is not None:
            work.steering.steer(rule.when, scopes, wanted=True)
        work.steering.steer(rule.then, scopes, wanted=False)


def _unknown(document: DocumentPlace, sheet: Sheet) -> None:
    name = "unexpected"
    while name in (sheet.root.properties or {}):
        name += "_"
    if isinstance(document.value, dict):
        document.value[name] = True
