"""An order to start from where the pack has none: what is required, with what the pack says may stand there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.judge import judged_as_if
from covage_model.documents.judge.verdict import role_of
from covage_model.documents.make.valid import places
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.documents.presence.slots import is_list
from covage_model.documents.tables.examples import example_of
from covage_model.ground import json_value, pointer
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Condition, Starts

_ROUNDS = 64  # each adds at least one field; a document nested deeper than that is no order


@dataclass(slots=True)
class Skeleton:
    """A document, and the JSON Pointers of what somebody has to fill in. The one thing here that changes."""

    data: dict[str, Any] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)


def skeleton(sheet: Sheet, record: Condition | None) -> Skeleton:
    """
    What a document of the sheet cannot do without: as a request, or as a record where nobody here may write one.

    Values are examples, listed values and defaults of the pack; else a text that says what belongs there.
    """
    role = Role.REQUEST if sheet.written_by is None else Role.RECORD
    status = sheet.requests if role is Role.REQUEST else sheet.initial
    built = Skeleton()
    for entry in sheet.match:
        _put(built, sheet, entry.path)
    if role is Role.RECORD:
        _make_record(built, sheet, record)
    for _ in range(_ROUNDS):
        found = judged_as_if(sheet, built.data, JudgeContext("", status, role)).findings
        missing = [finding.location.pointer for finding in found if finding.code == "CM403"]
        if not missing:
            broken = [finding.location.pointer for finding in found if finding.code == "CM407"]
            built.gaps += [where for where in broken if where not in built.gaps]
            break
        for where in missing:
            _put(built, sheet, pointer.split(where))
    return built


def _make_record(built: Skeleton, sheet: Sheet, record: Condition | None) -> None:
    if sheet.status_path is not None:
        _put(built, sheet, sheet.status_path, sheet.initial)
    if record is not None and role_of(record, built.data) is Role.REQUEST:
        for ref in tree.references(record):
            _put(built, sheet, ref.names)


def _put(built: Skeleton, sheet: Sheet, steps: tuple[str, ...], value: Any = json_value.ABSENT) -> None:
    """Make the place at `steps` (names, and numbers of items), and what holds it, if it is not there."""
    place = places.root(built.data, sheet.root)
    for number, step in enumerate(steps, 1):
        below = place.step(step)
        if below is None:
            return
        place, slot = below, below.slot
        if place.value is json_value.ABSENT:
            last = number == len(steps)
            made = value if last and value is not json_value.ABSENT else _value(slot) if last or _lists(slot) else {}
            place.put(made)
            built.gaps += _gaps(slot, made, pointer.join(steps[:number]))


def _lists(slot: Slot | None) -> bool:
    return slot is not None and is_list(slot)


def _value(slot: Slot | None) -> Any:
    """What stands in a place: as the pack says, else an empty value, else a text about it."""
    if slot is None:
        return {}
    offered = example_of(slot)
    if offered is not json_value.ABSENT:
        return offered
    if is_list(slot):
        least = max([1, *(said.value for said in slot.keywords if said.name == "minItems")])
        return [_value(slot.items) for _ in range(min(least, 8))]
    types = [said.value for said in slot.types] or ["string"]
    if types[0] in ("integer", "number"):
        bounds = [said.value for said in slot.keywords if said.name in ("minimum", "exclusiveMinimum", "maximum")]
        return bounds[0] if bounds else 0
    return {"object": {}, "boolean": False, "null": None}.get(types[0], _placeholder(slot))


def _placeholder(slot: Slot) -> str:
    starts = next((entry.test.prefixes[0] for entry in slot.chosen if isinstance(entry.test, Starts)), "")
    shape = next((str(said.value) for said in slot.keywords if said.name in ("pattern", "format")), "string")
    return f"{starts}<{shape}>"


def _gaps(slot: Slot | None, made: Any, where: str) -> list[str]:
    """The pointers in a value just made that hold nothing the pack offered."""
    if isinstance(made, list) and slot is not None and slot.items is not None:
        return [gap for number, item in enumerate(made) for gap in _gaps(slot.items, item, f"{where}/{number}")]
    if made == {} or slot is None or slot.shows_status:
        return []
    offered = example_of(slot)
    return [] if offered is not json_value.ABSENT and json_value.equal(made, offered) else [where]
