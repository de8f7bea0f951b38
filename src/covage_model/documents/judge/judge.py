"""
The interpreter: what is wrong with a document, judged as one variant for one status and role.

It reads the same sheet that the JSON Schema is printed from; the two must agree on every verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from covage_model.documents.judge import demands, hints, rules
from covage_model.documents.judge.question import Question, Role, found, place
from covage_model.documents.judge.values import failing_keywords, type_problem
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.ground import json_value, pointer
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity
from covage_model.ground.nearest import nearest


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found, and the rules that applied (their `when` was true, and they were checked)."""

    findings: tuple[Diagnostic, ...]
    applied: tuple[Origin, ...] = ()


def judge(sheet: Sheet, data: Any, question: Question) -> Judged:
    """Every finding, in document order of the sheet; locations hold pointers, lines come later."""
    if sheet.written_by is not None and question.role is Role.REQUEST:
        arguments = {"order": sheet.variant, "by": sheet.written_by}
        return Judged((Diagnostic("CM410", "written-by", arguments, place(question, ""), because=sheet.origin),))
    return judged_as_if(sheet, data, question)


def judged_as_if(sheet: Sheet, data: Any, question: Question) -> Judged:
    """The same, without asking who may write such a request: how a lifecycle judges a document's readiness."""
    applied: list[Origin] = []
    findings = list(_values(sheet.root, data, "", sheet, question))
    findings.extend(_missing_status(sheet, data, question))
    for demand in sheet.required:
        if question.status in demand.statuses and not (demand.records_only and question.role is Role.REQUEST):
            findings.extend(demands.missing(demand, sheet, data, question))
    for demand in sheet.forbidden:
        if question.status in demand.statuses and not (demand.records_only and question.role is Role.REQUEST):
            findings.extend(demands.forbidden(demand, sheet, data, question))
    for rule in sheet.rules:
        if question.status in rule.statuses:
            findings.extend(rules.broken(rule, sheet, data, question, applied))
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


def _values(slot: Slot, value: Any, where: str, sheet: Sheet, question: Question) -> Iterator[Diagnostic]:
    """Findings about a value and all below it: read-only, type, keywords, unknown fields."""
    if slot.read_only is not None and question.role is Role.REQUEST:
        one = found("CM405", "read-only", slot, where, question, slot.read_only, path=".".join(slot.path))
        yield replace(one, hint="remove it")
        return
    if slot.path in question.failed and slot.items is None:
        return
    if slot.judged_by_choice:
        yield from _shown(slot, value, where, sheet, question)
        return
    problem = type_problem(slot, value)
    if problem is not None:
        arguments = {"expected": problem.value, "found": value}
        one = found("CM404", "type", slot, where, question, problem.origin, **arguments)
        yield replace(one, hint=hints.for_type(value, problem.value))
        return
    for keyword in failing_keywords(slot, value):
        one = found("CM404", keyword.name, slot, where, question, keyword.origin, expected=keyword.value, found=value)
        yield replace(one, hint=hints.for_keyword(slot, keyword, value))
    if isinstance(value, dict) and slot.properties is not None:
        for name, child in value.items():
            below = where + pointer.join([name])
            if name in slot.properties:
                yield from _values(slot.properties[name], child, below, sheet, question)
            else:
                yield _unknown(slot, name, below, question)
    if isinstance(value, list) and slot.items is not None:
        for number, child in enumerate(value):
            yield from _values(slot.items, child, f"{where}/{number}", sheet, question)


def _shown(slot: Slot, value: Any, where: str, sheet: Sheet, question: Question) -> Iterator[Diagnostic]:
    """The status a document shows must be one that its lifecycle has; a choice has been judged already."""
    if slot.shows_status and not any(json_value.equal(value, status) for status in sheet.statuses):
        code, form = ("CM411", "unknown") if question.role is Role.RECORD else ("CM404", "enum")
        arguments = {"expected": list(sheet.statuses), "found": value}
        yield found(code, form, slot, where, question, slot.origins[0], **arguments)


def _missing_status(sheet: Sheet, data: Any, question: Question) -> Iterator[Diagnostic]:
    path = sheet.status_path
    if question.role is Role.RECORD and path is not None and json_value.at(data, path) is json_value.ABSENT:
        arguments = {"path": ".".join(path), "expected": list(sheet.statuses)}
        yield Diagnostic("CM411", "missing", arguments, place(question, pointer.join(path)), because=sheet.origin)


def _unknown(slot: Slot, name: str, where: str, question: Question) -> Diagnostic:
    severity = Severity.ERROR if question.role is Role.REQUEST else Severity.NOTE
    arguments = {"name": name, "legal": sorted(slot.properties or {})}
    form = "field" if question.role is Role.REQUEST else "not-described"
    hint = nearest(name, slot.properties or {}) if question.role is Role.REQUEST else None
    return Diagnostic("CM406", form, arguments, place(question, where), hint, severity, slot.origins[0])
