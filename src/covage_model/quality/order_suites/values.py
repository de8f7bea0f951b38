"""Every value that a pack lists for a place, with the goal of an order that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.documents.make.defects.base_orders import Goal
from covage_model.documents.make.defects.goals import reach
from covage_model.documents.make.valid.local_search import LocalSearch
from covage_model.documents.make.valid.nodes import at_slot
from covage_model.documents.make.valid.places import DocumentPlace
from covage_model.documents.make.valid.values import satisfying
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.documents.presence.slots import every_slot
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import In, Starts
from covage_model.quality.order_suites.shows import SuiteItem, shown


def listed(sheet: Sheet, role: Role) -> Iterator[tuple[SuiteItem, Goal]]:
    """Each value of an enum or a `match` that orders of this role can have, with the goal of showing it."""
    for slot in every_slot(sheet.root):
        if slot.shows_status or (slot.read_only is not None and role is Role.REQUEST):
            continue
        for item, test in _listed_items(slot):
            yield item, _goal(slot, item, test)


def _listed_items(slot: Slot) -> Iterator[tuple[SuiteItem, In | Starts]]:
    for entry in slot.chosen:
        if isinstance(entry.test, In):
            yield from ((shown("value", entry.origin, str(value)), In((value,))) for value in entry.test.values)
        elif isinstance(entry.test, Starts):
            yield from ((shown("value", entry.origin, value), Starts((value,))) for value in entry.test.prefixes)
    if not slot.judged_by_choice:
        for keyword in slot.keywords:
            for value in keyword.value if keyword.name == "enum" else ():
                yield shown("value", keyword.origin, str(value)), In((value,))


def _goal(slot: Slot, item: SuiteItem, test: In | Starts) -> Goal:
    def push(working: LocalSearch) -> None:
        reach(working.document, working, slot.path, slot)
        node = next(at_slot(working.document, slot), None)
        values = satisfying(slot, [(test, True)], working.steering.of_document.random)
        if node is not None and values:
            node.place.put(values[0])

    def reached(document: DocumentPlace, _: Any) -> bool:
        return any(truth.satisfies(test, node.place.value) for node in at_slot(document, slot))

    return Goal((item, slot.path), push, reached)
