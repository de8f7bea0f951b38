"""
The interpreter: what is wrong with a document, judged as one variant for one status and role.

It reads the same sheet that the JSON Schema is printed from; the two must agree on every verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from covage_model.documents.judge import demands, hints, rules
from covage_model.documents.judge.collect import FindingCollector
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.findings import finding_at, location_at
from covage_model.documents.judge.values import failing_keywords, type_problem
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import EDITORS_KEY, Demand, Sheet, Slot
from covage_model.ground import json_value, pointer
from covage_model.ground.diagnostics import Diagnostic, Origin, Severity


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings, and the origins of the rules that applied (their `when` was true, and they were checked)."""

    findings: tuple[Diagnostic, ...]
    applied: tuple[Origin, ...] = ()


def judge(sheet: Sheet, data: Any, context: JudgeContext) -> Judged:
    """Every finding about a document; locations are JSON Pointers, lines are looked up later."""
    if sheet.written_by is not None and context.role is Role.REQUEST:
        arguments = {"order": sheet.variant, "by": sheet.written_by}
        place = location_at(context, "")
        return Judged((Diagnostic("CM410", "written-by", arguments, place, because=sheet.origin),))
    return judged_as_if(sheet, data, context)


def judged_as_if(sheet: Sheet, data: Any, context: JudgeContext) -> Judged:
    """The same, whoever may write such a request: how a lifecycle judges a document's readiness."""
    applied: list[Origin] = []
    collector = FindingCollector(context)
    collector.add(_values(sheet.root, data, "", sheet, context))
    collector.add(_missing_status(sheet, data, context))
    for demand in _asked(sheet.required, context):
        collector.add(demands.missing(demand, sheet, data, context))
    for demand in _asked(sheet.forbidden, context):
        collector.add(demands.forbidden(demand, sheet, data, context))
    for rule in sheet.rules:
        if context.status in rule.statuses:
            collector.add(rules.broken(rule, sheet, data, context, applied))
    return Judged(tuple(collector.findings()), tuple(dict.fromkeys(applied)))


def _asked(asked: Iterable[Demand], context: JudgeContext) -> Iterator[Demand]:
    """The demands that are made in this status and role."""
    for demand in asked:
        if context.status in demand.statuses and not (demand.records_only and context.role is Role.REQUEST):
            yield demand


def _values(slot: Slot, value: Any, where: str, sheet: Sheet, context: JudgeContext) -> Iterator[Diagnostic]:
    """Findings about a value and all below it: read-only, type, keywords, unknown fields."""
    if slot.read_only is not None and context.role is Role.REQUEST:
        finding = finding_at("CM405", "read-only", slot, where, context, slot.read_only, path=".".join(slot.path))
        yield replace(finding, hint="remove it")
        return
    if slot.path in context.failed and slot.items is None:
        return
    if slot.judged_by_choice:
        yield from _shown(slot, value, where, sheet, context)
        return
    problem = type_problem(slot, value)
    if problem is not None:
        arguments = {"expected": problem.value, "found": value}
        finding = finding_at("CM404", "type", slot, where, context, problem.origin, **arguments)
        yield replace(finding, hint=hints.for_type(value, problem.value))
        return
    for keyword in failing_keywords(slot, value):
        finding = finding_at(
            "CM404", keyword.name, slot, where, context, keyword.origin, expected=keyword.value, found=value
        )
        yield replace(finding, hint=hints.for_keyword(slot, keyword, value))
    if isinstance(value, dict) and slot.properties is not None:
        yield from _fields(slot, slot.properties, value, where, sheet, context)
    if isinstance(value, list) and slot.items is not None:
        for number, child in enumerate(value):
            yield from _values(slot.items, child, f"{where}/{number}", sheet, context)


def _fields(
    slot: Slot, known: Mapping[str, Slot], value: dict[str, Any], where: str, sheet: Sheet, context: JudgeContext
) -> Iterator[Diagnostic]:
    legal = sorted(known)
    for name, child in value.items():
        below = where + pointer.join([name])
        if name in known:
            yield from _values(known[name], child, below, sheet, context)
        elif where or name != EDITORS_KEY:
            yield _unknown(slot, name, legal, below, context)


def _shown(slot: Slot, value: Any, where: str, sheet: Sheet, context: JudgeContext) -> Iterator[Diagnostic]:
    """The status a document shows must be one that its lifecycle has; a choice has been judged already."""
    if slot.shows_status and not any(json_value.equal(value, status) for status in sheet.statuses):
        code, form = ("CM411", "unknown") if context.role is Role.RECORD else ("CM404", "enum")
        arguments = {"expected": list(sheet.statuses), "found": value}
        yield finding_at(code, form, slot, where, context, slot.origins[0], **arguments)


def _missing_status(sheet: Sheet, data: Any, context: JudgeContext) -> Iterator[Diagnostic]:
    path = sheet.status_path
    if context.role is Role.RECORD and path is not None and json_value.at(data, path) is json_value.ABSENT:
        arguments = {"path": ".".join(path), "expected": list(sheet.statuses)}
        yield Diagnostic("CM411", "missing", arguments, location_at(context, pointer.join(path)), because=sheet.origin)


def _unknown(slot: Slot, name: str, legal: list[str], where: str, context: JudgeContext) -> Diagnostic:
    """A field that the sheet does not have: an error in a request, a note in a record. Its hint comes later."""
    request = context.role is Role.REQUEST
    severity, form = (Severity.ERROR, "field") if request else (Severity.NOTE, "not-described")
    arguments = {"name": name, "legal": legal}
    return Diagnostic("CM406", form, arguments, location_at(context, where), severity=severity, because=slot.origins[0])
