"""Which places of a plainly clean document hold texts and nothing else, and whether a number may be in it."""

from __future__ import annotations

from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.pack.model.conditions import In, Literal, Starts, Test


def is_text(sheet: Sheet, path: tuple[str, ...]) -> bool:
    """Whether what is at a path is a text wherever it is there, once the values and the match of a sheet were seen."""
    slot = slots.slot_at(sheet.root, path)
    if slot is None or slot.shows_status:
        return False
    if slot.judged_by_choice:
        return any(_asks_text(entry.test) for entry in sheet.match if tuple(entry.path) == path)
    return {said.value for said in slot.types} == {"string"}


def _asks_text(test: Test) -> bool:
    """Whether only texts satisfy a test."""
    match test:
        case Literal(str()) | Starts():
            return True
        case In(values):
            return all(isinstance(one, str) for one in values)
    return False


def may_hold_number(sheet: Sheet) -> bool:
    """Whether a number may be anywhere in a document, once the values and the match of a sheet were seen."""
    return not all(_is_without_number(sheet, slot) for slot in slots.every_slot(sheet.root))


def _is_without_number(sheet: Sheet, slot: Slot) -> bool:
    """Whether no number is directly in a place."""
    if slot.judged_by_choice:
        return slot.shows_status or is_text(sheet, slot.path)
    kinds = {said.value for said in slot.types}
    described = {"object"} if slot.properties is not None else {"array"} if slot.items is not None else set()
    return bool(kinds) and kinds <= {"string", "boolean", "null"} | described
