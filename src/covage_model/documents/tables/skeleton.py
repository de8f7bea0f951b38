"""A skeleton order for packs without an example: the required fields with values from the pack or placeholders."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.judge import judged_as_if
from covage_model.documents.judge.verdict import role_of
from covage_model.documents.make.valid import places
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.documents.presence.slots import keyword_values
from covage_model.documents.tables.examples import example_of
from covage_model.ground import json_value, pointer
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Condition, Starts

_ROUNDS = 64  # each adds at least one field


@dataclass(slots=True)
class Skeleton:
    """A document under construction, and the JSON Pointers of the values that have to be filled in."""

    data: dict[str, Any] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)


def skeleton(sheet: Sheet, record: Condition | None) -> Skeleton:
    """
    A document with the required fields: a request, or a record if nobody may send requests.

    Values are examples, listed values and defaults of the pack; else a placeholder text.
    """
    role = Role.REQUEST if sheet.written_by is None else Role.RECORD
    status = sheet.requests if role is Role.REQUEST else sheet.initial
    built = Skeleton()
    for entry in sheet.match:
        if entry.there:
            _put(built, sheet, entry.path)
    if role is Role.RECORD:
        _make_record(built, sheet, record)
    for _ in range(_ROUNDS):
        findings = judged_as_if(sheet, built.data, JudgeContext("", status, role)).findings
        missing = [finding.location.pointer for finding in findings if finding.code == "CM403"]
        if not missing:
            broken = [finding.location.pointer for finding in findings if finding.code == "CM407"]
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
    """Adds a value at `steps` (names, and indices of items), and the objects around it, if it is missing."""
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
    return slot is not None and slot.is_list


def _value(slot: Slot | None) -> Any:
    """A value for a slot: from the pack, else an empty value, else a placeholder."""
    if slot is None:
        return {}
    offered = example_of(slot)
    if offered is not json_value.ABSENT:
        return offered
    if slot.is_list:
        least = max([1, *keyword_values(slot, "minItems")])
        return [_value(slot.items) for _ in range(min(least, 8))]
    types = [keyword.value for keyword in slot.types] or ["string"]
    if types[0] in ("integer", "number"):
        bounds = [
            keyword.value for keyword in slot.keywords if keyword.name in ("minimum", "exclusiveMinimum", "maximum")
        ]
        return bounds[0] if bounds else 0
    return {"object": {}, "boolean": False, "null": None}.get(types[0], _placeholder(slot))


def _placeholder(slot: Slot) -> str:
    starts = next((entry.test.prefixes[0] for entry in slot.chosen if isinstance(entry.test, Starts)), "")
    shape = next((str(keyword.value) for keyword in slot.keywords if keyword.name in ("pattern", "format")), "string")
    return f"{starts}<{shape}>"


def _gaps(slot: Slot | None, made: Any, where: str) -> list[str]:
    """The pointers of the placeholders in a new value."""
    if isinstance(made, list) and slot is not None and slot.items is not None:
        return [gap for number, item in enumerate(made) for gap in _gaps(slot.items, item, f"{where}/{number}")]
    if made == {} or slot is None or slot.shows_status:
        return []
    offered = example_of(slot)
    return [] if offered is not json_value.ABSENT and json_value.equal(made, offered) else [where]
