"""CM328: an older path at which documents have a field today. CM206: a path of today that no document has."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.dotted import dotted
from covage_model.pack.model.keys import OlderPath
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.shared import merged


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """What each `formerly` says of the documents of each variant, and of an account."""
    sheets = [*ground.sheets.items(), *([("account", ground.account)] if ground.account is not None else [])]
    yield from merged(ground, [(name, finding) for name, sheet in sheets for finding in _of_sheet(sheet)])


def _of_sheet(sheet: Sheet) -> Iterator[Diagnostic]:
    for slot in slots.every_slot(sheet.root):
        for said in slot.formerly:
            yield from _of_path(slot, said)


def _of_path(slot: Slot, said: OlderPath) -> Iterator[Diagnostic]:
    where = said.origin.location
    if slots.slot_at(slot, said.path) is not None:
        yield Diagnostic("CM328", "field", {"path": dotted(said.path)}, where, "remove it")
    way = [*slots.slots_on(slot, said.now)]
    last = slots.innermost(way[-1] if way else slot)
    if len(way) < len(said.now) and not (last is not None and slots.may_hold_anything(last)):
        arguments = {"path": dotted(said.now), "at": said.now[len(way)]}
        yield Diagnostic("CM206", "unknown", arguments, where)
