"""
Lists every defect that an order of a variant may have.

A defect is of a sheet, which has what one variant takes from types, order and variant together; a walk over the pack
(`pack/definitions`) would give each of these apart, also where another one replaces it.
"""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.documents.judge.entries import legal_values
from covage_model.documents.make.defects.defect import Defect
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.documents.presence.slots import every_slot
from covage_model.pack.model.keywords import Keyword


def defects_of(sheet: Sheet) -> Iterator[Defect]:
    """One defect for each statement of the sheet: `match` first, then values, presence and rules."""
    variant = sheet.variant
    if sheet.written_by is not None:
        yield Defect("written-by", variant, (), sheet.written_by, sheet.origin)
    for entry in sheet.match:
        values = ", ".join(str(value) for value in legal_values([entry]))
        yield Defect("choice", variant, entry.path, values, entry.origin, entry)
    for slot in every_slot(sheet.root):
        yield from _of_slot(variant, slot)
    yield from (Defect("missing", variant, demand.path, "", demand.origin, demand) for demand in sheet.required)
    yield from (Defect("forbidden", variant, demand.path, "", demand.origin, demand) for demand in sheet.forbidden)
    for rule in sheet.rules:
        kind = "account-rule" if rule.reads_account else "rule"
        yield Defect(kind, variant, rule.at, rule.name, rule.origin, rule)


def _of_slot(variant: str, slot: Slot) -> Iterator[Defect]:
    if slot.shows_status:
        yield Defect("status", variant, slot.path, "", slot.origins[0], None, slot)
    if slot.read_only is not None:
        yield Defect("read-only", variant, slot.path, "", slot.read_only, None, slot)
    if slot.judged_by_choice:
        return
    yield from (
        Defect("type", variant, slot.path, keyword.value, keyword.origin, keyword, slot)
        for keyword in {keyword.value: keyword for keyword in reversed(slot.types)}.values()
    )
    yield from (
        Defect(keyword.name, variant, slot.path, _spelled(keyword), keyword.origin, keyword, slot)
        for keyword in slot.keywords
    )
    if slot.properties is not None:
        yield Defect("unknown-key", variant, slot.path, "", slot.origins[0], None, slot)


def _spelled(keyword: Keyword) -> str:
    return str(keyword.value) if len(str(keyword.value)) <= 80 else str(keyword.value)[:79] + "…"
