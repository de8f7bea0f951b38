"""Every defect that an order of a variant may have, in the order of the sheet."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.documents.judge.entries import legal_values
from covage_model.documents.make.defects.defect import Defect
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.documents.presence.slots import every_slot
from covage_model.pack.model.keywords import Keyword


def defects_of(sheet: Sheet) -> Iterator[Defect]:
    """One defect for each statement of the sheet: the choice first, then values, presence and rules."""
    variant = sheet.variant
    if sheet.written_by is not None:
        yield Defect("written-by", variant, (), sheet.written_by, sheet.origin)
    for entry in sheet.match:
        values = ", ".join(str(value) for value in legal_values([entry]))
        yield Defect("choice", variant, entry.path, values, entry.origin, entry)
    for slot in every_slot(sheet.root):
        yield from _of_slot(variant, slot)
    yield from (Defect("missing", variant, one.path, "", one.origin, one) for one in sheet.required)
    yield from (Defect("forbidden", variant, one.path, "", one.origin, one) for one in sheet.forbidden)
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
        Defect("type", variant, slot.path, said.value, said.origin, said, slot)
        for said in {said.value: said for said in reversed(slot.types)}.values()
    )
    yield from (
        Defect(said.name, variant, slot.path, _spelled(said), said.origin, said, slot) for said in slot.keywords
    )
    if slot.properties is not None:
        yield Defect("unknown-key", variant, slot.path, "", slot.origins[0], None, slot)


def _spelled(said: Keyword) -> str:
    return str(said.value) if len(str(said.value)) <= 80 else str(said.value)[:79] + "…"
