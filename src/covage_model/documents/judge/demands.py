"""What must, and must not, be there: presence, read as the sheet says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from covage_model.documents.judge import question as asking
from covage_model.documents.judge.question import Question, Role
from covage_model.documents.presence.anchor import is_list
from covage_model.documents.presence.sheet import Demand, Sheet, Slot
from covage_model.ground import pointer
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.conditions import truth


def missing(demand: Demand, sheet: Sheet, data: Any, question: Question) -> Iterator[Diagnostic]:
    """A finding for each place that is owed and not there."""
    judged = [*question.failed, *([sheet.status_path] if question.role is Role.RECORD and sheet.status_path else [])]
    if any(path[: len(demand.path)] == demand.path for path in judged):
        return  # the choice, or the lifecycle, has said that it is missing
    for at in asking.objects(data, demand.path[: demand.start], demand.level):
        if demand.when is None or truth.holds(demand.when, at.scopes, question.account):
            slot = asking.slot_at(sheet.root, demand.path)
            holder = asking.innermost(asking.slot_at(sheet.root, demand.path[: demand.start]))
            for where in _gaps(holder, at.value, demand.path[demand.start :], at.pointer):
                yield _found("CM403", "missing", demand, slot, where, question)


def _gaps(slot: Slot | None, value: Any, names: Sequence[str], where: str) -> Iterator[str]:
    """
    The pointers at which `names` cannot be followed for want of a key; below a list, in each item.

    An object where a list should be, or the other way round, has its finding already.
    """
    if isinstance(value, list) and slot is not None and is_list(slot):
        for index, item in enumerate(value):
            yield from _gaps(slot.items, item, names, f"{where}/{index}")
    elif isinstance(value, dict) and names and slot is not None and not is_list(slot):
        below = asking.below_slot(slot, names[0])
        if names[0] in value:
            yield from _gaps(below, value[names[0]], names[1:], where + pointer.join(names[:1]))
        else:
            yield where + pointer.join(asking.to_first_list(below, names))


def forbidden(demand: Demand, sheet: Sheet, data: Any, question: Question) -> Iterator[Diagnostic]:
    """A finding for each place that is there and may not be."""
    for at in asking.objects(data, demand.path[: demand.start], demand.level):
        if demand.when is None or truth.holds(demand.when, at.scopes, question.account):
            slot = asking.slot_at(sheet.root, demand.path)
            for where in _there(at.value, demand.path[demand.start :], at.pointer):
                yield _found("CM409", "forbidden", demand, slot, where, question)


def _there(value: Any, names: Sequence[str], where: str) -> Iterator[str]:
    """The pointers of all that `names` lead to, through the items of lists."""
    if not names:
        yield where
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _there(item, names, f"{where}/{index}")
    elif isinstance(value, dict) and names[0] in value:
        yield from _there(value[names[0]], names[1:], where + pointer.join([names[0]]))


def _found(code: str, form: str, demand: Demand, slot: Slot | None, where: str, question: Question) -> Diagnostic:
    """An account has no status, and its sentence names none."""
    path = ".".join(demand.path)
    if not question.status:
        return asking.found(code, "always", slot, where, question, demand.origin, path=path)
    return asking.found(code, form, slot, where, question, demand.origin, path=path, status=question.status)
