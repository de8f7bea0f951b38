"""Findings for fields that must be there and are not, and for fields that must not be there and are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.findings import finding_at
from covage_model.documents.judge.objects import ScopedObject, objects
from covage_model.documents.presence import slots
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Demand, Sheet, Slot
from covage_model.ground import pointer
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import Condition


def missing(demand: Demand, sheet: Sheet, data: Any, context: JudgeContext) -> Iterator[Diagnostic]:
    """A finding (CM403) for each required place that is missing."""
    if _is_found_already(demand, sheet, context):
        return
    names = demand.path[demand.start :]
    for at in _objects(demand, data, context):
        if len(names) == 1 and names[0] in at.value:
            continue
        holder = slots.innermost(slots.slot_at(sheet.root, demand.path[: demand.start]))
        for where in _gaps(holder, at.value, names, at.pointer):
            yield _finding("CM403", demand, sheet, where, context)


def forbidden(demand: Demand, sheet: Sheet, data: Any, context: JudgeContext) -> Iterator[Diagnostic]:
    """A finding (CM409) for each forbidden place that is there."""
    for at in _objects(demand, data, context):
        for where in _there(at.value, demand.path[demand.start :], at.pointer):
            yield _finding("CM409", demand, sheet, where, context)


def is_there(demand: Demand, data: Any) -> bool:
    """Whether a required place is plainly there: `missing` then finds nothing. False also where a list is crossed."""
    value = data
    for name in demand.path:
        if type(value) is not dict or name not in value:
            return False
        value = value[name]
    return True


def is_absent(demand: Demand, data: Any) -> bool:
    """Whether a forbidden place is plainly not there: `forbidden` then finds nothing. False where a list is crossed."""
    value = data
    for name in demand.path:
        if type(value) is not dict:
            return type(value) is not list
        if name not in value:
            return True
        value = value[name]
    return False


def _is_found_already(demand: Demand, sheet: Sheet, context: JudgeContext) -> bool:
    """Whether the choice of the variant, or of the status, has the finding of a missing place."""
    path, length = demand.path, len(demand.path)
    if context.role is Role.RECORD and sheet.status_path and sheet.status_path[:length] == path:
        return True
    return bool(context.failed) and any(failed[:length] == path for failed in context.failed)


def _objects(demand: Demand, data: Any, context: JudgeContext) -> Iterator[ScopedObject]:
    """The objects that the demand is asked of: those for which its condition holds."""
    for at in objects(data, demand.path[: demand.start], demand.level):
        if demand.when is None or truth.holds(demand.when, at.scopes, context.account):
            yield at


def _gaps(slot: Slot | None, value: Any, names: Sequence[str], where: str) -> Iterator[str]:
    """
    The pointers at which `names` cannot be followed because a key is missing; below a list, in each item.

    An object where a list should be, or the other way round, has its finding already.
    """
    if isinstance(value, list) and slot is not None and slot.is_list:
        for index, item in enumerate(value):
            yield from _gaps(slot.items, item, names, f"{where}/{index}")
    elif isinstance(value, dict) and names and slot is not None and not slot.is_list:
        below = slots.field_of(slot, names[0])
        if names[0] in value:
            yield from _gaps(below, value[names[0]], names[1:], pointer.below(where, names[0]))
        else:
            yield where + pointer.join(slots.up_to_first_list(below, names))


def _there(value: Any, names: Sequence[str], where: str) -> Iterator[str]:
    """The pointers of all values at `names`, through the items of lists."""
    if not names:
        yield where
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _there(item, names, f"{where}/{index}")
    elif isinstance(value, dict) and names[0] in value:
        yield from _there(value[names[0]], names[1:], pointer.below(where, names[0]))


def _finding(code: str, demand: Demand, sheet: Sheet, where: str, context: JudgeContext) -> Diagnostic:
    """The finding says what decided: the status, the condition, both, or neither where it is always so."""
    slot = slots.slot_at(sheet.root, demand.path)
    arguments: dict[str, Any] = {"path": dotted(demand.path)}
    form = "always"
    if not demand.statuses.issuperset(sheet.statuses):
        form = "missing" if code == "CM403" else "forbidden"
        arguments["status"] = context.status
    if demand.when is not None:
        form = "where" if form == "always" else f"{form}-where"
        arguments["when"] = _told(demand.when)
    return finding_at(code, form, slot, where, context, demand.origin, **arguments)


@lru_cache(maxsize=256)
def _told(condition: Condition) -> dict[str, str]:
    """A condition in the languages of reports."""
    from covage_model.pack.conditions import words  # late: few documents need it, and it takes its part of a start

    return {language: words.describe(condition, language) for language in ("en", "fr")}
