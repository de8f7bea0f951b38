"""Which places of a plainly clean document hold texts and nothing else."""

from __future__ import annotations

from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import Sheet
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
