"""
The interpreter: what is wrong with a document, judged as one variant for one status and role.

It reads the same sheet that the JSON Schema is printed from; the two must agree on every verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from covage_model.documents.judge import demands, hints, rules
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.findings import finding_at, location_at
from covage_model.documents.judge.values import failing_keywords, type_problem
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.ground import json_value, pointer
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity
from covage_model.ground.nearest import nearest


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found, and the rules that applied (their `when` was true, and they were checked)."""

    findings: tuple[Diagnostic, ...]
    applied: tuple[Origin, ...] = ()


def judge(sheet: Sheet, data: Any, context: JudgeContext) -> Judged:
    """Every finding, in document order of the sheet; locations hold pointers, lines come later."""
    if sheet.written_by is not None and context.role is Role.REQUEST:
        arguments = {"order": sheet.variant, "by": sheet.written_by}
        return Judged((Diagnostic("CM410", "written-by", arguments, location_at(context, ""), because=sheet.origin),))
    return judged_as_if(sheet, data, context)


def judged_as_if(sheet: Sheet, data: Any, context: JudgeContext) -> Judged:
    """The same, without asking who may write such a request: how a lifecycle judges a document's readiness."""
    applied: list[Origin] = []
    findings = list(_values(sheet.root, data, "", sheet, context))
    findings.extend(_missing_status(sheet, data, context))
    for demand in sheet.required:
        if context.status in demand.statuses and not (demand.records_only and context.role is Role.REQUEST):
            findings.extend(demands.missing(demand, sheet, data, context))
    for demand in sheet.forbidden:
        if context.status in demand.statuses and not (demand.records_only and context.role is Role.REQUEST):
            findings.extend(demands.forbidden(demand, sheet, data, context))
    for rule in sheet.rules:
        if context.status in rule.statuses:
            findings.extend(rules.broken(rule, sheet, data, context, applied))
    return Judged(tuple(_once(findings)), tuple(applied))


def _once(findings: list[Diagnostic]) -> Iterator[Diagnostic]:
    """One finding per place and cause: the heaviest, where several definitions ask the same."""
    kept: dict[tuple[Any, ...], Diagnostic] = {}
    weights = list(Severity)
    for finding in findings:
        key = (finding.location.pointer, finding.code, finding.form, _line_of(finding))
        if key not in kept or weights.index(finding.severity) < weights.index(kept[key].severity):
            kept[key] = finding
    missing = [finding.location.pointer for finding in kept.values() if finding.code == "CM403"]
    for finding in kept.values():  # a missing key says that what holds it is missing
        below = finding.location.pointer + "/"
        if finding.code != "CM403" or not any(where.startswith(below) for where in missing):
            yield finding


def _line_of(finding: Diagnostic) -> Location | None:
    """One missing key is one finding, however many demands it; rules and keywords are told apart by their line."""
    return None if finding.code in ("CM403", "CM409") or finding.because is None else finding.because.location


def _values(slot: Slot, value: Any, where: str, sheet: Sheet, context: JudgeContext) -> Iterator[Diagnostic]:
    """Findings about a value and all below it: read-only, type, keywords, unknown fields."""
    if slot.read_only is not None and context.role is Role.REQUEST:
        one = finding_at("CM405", "read-only", slot, where, context, slot.read_only, path=".".join(slot.path))
        yield replace(one, hint="remove it")
        return
    if slot.path in context.failed and slot.items is None:
        return
    if slot.judged_by_choice:
        yield from _shown(slot, value, where, sheet, context)
        return
    problem = type_problem(slot, value)
    if problem is not None:
        arguments = {"expected": problem.value, "found": value}
        one = finding_at("CM404", "type", slot, where, context, problem.origin, **arguments)
        yield replace(one, hint=hints.for_type(value, problem.value))
        return
    for keyword in failing_keywords(slot, value):
        one = finding_at(
            "CM404", keyword.name, slot, where, context, keyword.origin, expected=keyword.value, found=value
        )
        yield replace(one, hint=hints.for_keyword(slot, keyword, value))
    if isinstance(value, dict) and slot.properties is not None:
        for name, child in value.items():
            below = where + pointer.join([name])
            if name in slot.properties:
                yield from _values(slot.properties[name], child, below, sheet, context)
            else:
                yield _unknown(slot, name, below, context)
    if isinstance(value, list) and slot.items is not None:
        for number, child in enumerate(value):
            yield from _values(slot.items, child, f"{where}/{number}", sheet, context)


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


def _unknown(slot: Slot, name: str, where: str, context: JudgeContext) -> Diagnostic:
    severity = Severity.ERROR if context.role is Role.REQUEST else Severity.NOTE
    arguments = {"name": name, "legal": sorted(slot.properties or {})}
    form = "field" if context.role is Role.REQUEST else "not-described"
    hint = nearest(name, slot.properties or {}) if context.role is Role.REQUEST else None
    return Diagnostic("CM406", form, arguments, location_at(context, where), hint, severity, slot.origins[0])
