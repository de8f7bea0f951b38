"""
The interpreter: what is wrong with a document, judged as one variant for one status and role.

It reads the same sheet that the JSON Schema is printed from; the two must agree on every verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from covage_model.documents.judge import demands, rules
from covage_model.documents.judge.collect import FindingCollector
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.findings import finding_at, location_at
from covage_model.documents.judge.values import failing_keywords, type_problem
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import EDITORS_KEY, Demand, Sheet, Slot
from covage_model.ground import json_value, pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Origin, Severity
from covage_model.ground.dotted import dotted
from covage_model.pack.model.keywords import Keyword

if TYPE_CHECKING:
    from covage_model.documents.judge.elsewhere import Elsewhere
    from covage_model.documents.judge.hints import Hinter

_SPELLED = ("pattern", "format")  # of which the author's title and description say more than the keyword itself


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
    values = _ValueJudge(sheet, context)
    collector.add(values.value(sheet.root, data, ""))
    collector.add(_missing_status(sheet, data, context))
    for demand in _asked(sheet.required, context):
        if not demands.is_there(demand, data):
            collector.add(demands.missing(demand, sheet, data, context))
    for demand in _asked(sheet.forbidden, context):
        if not demands.is_absent(demand, data):
            collector.add(demands.forbidden(demand, sheet, data, context))
    for rule in sheet.rules:
        if context.status in rule.statuses:
            collector.add(rules.broken(rule, sheet, data, context, applied))
    if context.role is Role.RECORD and sheet.histories is not None and not _has_error(collector.findings()):
        from covage_model.documents.judge.unreached import unreached

        collector.add(unreached(sheet, sheet.histories, data, context))
    return Judged(tuple(values.with_names(collector.findings())), tuple(dict.fromkeys(applied)))


def _has_error(found: Iterable[Diagnostic]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in found)


def _asked(asked: Iterable[Demand], context: JudgeContext) -> Iterator[Demand]:
    """The demands that are made in this status and role."""
    for demand in asked:
        if context.status in demand.statuses and not (demand.records_only and context.role is Role.REQUEST):
            yield demand


@dataclass(slots=True)
class _ValueJudge:
    """Judges each value alone: read-only, type, keywords, unknown fields."""

    sheet: Sheet
    context: JudgeContext
    _hinter: Hinter | None = None
    _elsewhere: Elsewhere | None = None

    def hinter(self) -> Hinter:
        """Who gives hints; it is made and loaded for the first finding."""
        if self._hinter is None:
            from covage_model.documents.judge.hints import Hinter

            self._hinter = Hinter()
        return self._hinter

    def elsewhere(self) -> Elsewhere:
        """What the unknown fields stand for; it is made and loaded for the first of them."""
        if self._elsewhere is None:
            from covage_model.documents.judge.elsewhere import Elsewhere

            self._elsewhere = Elsewhere()
        return self._elsewhere

    def with_names(self, findings: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
        """The findings; each missing field says under which other name it is there, if that is known."""
        return findings if self._elsewhere is None else self._elsewhere.told(findings)

    def value(self, slot: Slot, value: Any, where: str) -> Iterator[Diagnostic]:
        """Findings about the value at a pointer and all below it."""
        context = self.context
        if slot.read_only is not None and context.role is Role.REQUEST:
            path = dotted(slot.path)
            yield replace(
                finding_at("CM405", "read-only", slot, where, context, slot.read_only, path=path), hint="remove it"
            )
        elif slot.path in context.failed and slot.items is None:
            return
        elif slot.judged_by_choice:
            yield from self._shown(slot, value, where)
        elif (problem := type_problem(slot, value)) is not None:
            yield self._broken(slot, problem, value, where)
        else:
            yield from (self._broken(slot, keyword, value, where) for keyword in failing_keywords(slot, value))
            yield from self._below(slot, value, where)

    def _broken(self, slot: Slot, keyword: Keyword, value: Any, where: str) -> Diagnostic:
        arguments = {"expected": keyword.value, "found": value}
        if keyword.name in _SPELLED:
            arguments["kind"] = _kind(slot, keyword)
        finding = finding_at("CM404", keyword.name, slot, where, self.context, keyword.origin, **arguments)
        needed = value in (None, "") and self._is_needed(slot, where)
        return replace(finding, hint=self.hinter().value(slot, keyword, value, needed=needed))

    def _is_needed(self, slot: Slot, where: str) -> bool:
        """Whether the value may have to be there: an item of a list, and what is chosen by, ruled or required."""
        if not slot.path or slot.chosen or tuple(pointer.split(where))[-1] != slot.path[-1]:
            return True
        ruled = (rule.at for rule in self.sheet.rules)
        demanded = (demand.path for demand in _asked(self.sheet.required, self.context))
        return any(path[: len(slot.path)] == slot.path for path in (*ruled, *demanded))

    def _below(self, slot: Slot, value: Any, where: str) -> Iterator[Diagnostic]:
        if isinstance(value, dict) and slot.properties is not None:
            known = slot.properties
            passes = self.context.passes if slot is self.sheet.root else None
            legal: list[str] | None = None
            for name, child in value.items():
                slot_below = known.get(name)
                if slot_below is not None and (
                    self._is_plainly_clean(slot_below, child) if passes is None else passes(slot_below, child)
                ):
                    continue
                below = pointer.below(where, name)
                if slot_below is not None:
                    yield from self.value(slot_below, child, below)
                elif where or name != EDITORS_KEY:
                    legal = self._legal(slot, value) if legal is None else legal
                    yield self._unknown(slot, name, legal, value, below)
        elif isinstance(value, list) and slot.items is not None:
            for number, child in enumerate(value):
                yield from self.value(slot.items, child, f"{where}/{number}")

    def _is_plainly_clean(self, slot: Slot, value: Any) -> bool:
        """Whether nothing is found in a value without parts; most values are looked at no closer."""
        if slot.properties is not None or slot.items is not None or slot.shows_status:
            return False
        if self._is_read_only(slot):
            return False
        return slot.judged_by_choice or (type_problem(slot, value) is None and not any(failing_keywords(slot, value)))

    def _legal(self, slot: Slot, value: dict[str, Any]) -> list[str]:
        """The names that may be meant by an unknown one: those that are free here and accepted."""
        barred = self._barred()
        return sorted(
            name
            for name, child in (slot.properties or {}).items()
            if name not in value and not self._is_read_only(child) and child.path not in barred
        )

    def _barred(self) -> set[tuple[str, ...]]:
        """The paths at which nothing may be in this status."""
        status = self.context.status
        return {one.path for one in self.sheet.forbidden if one.when is None and status in one.statuses}

    def _is_read_only(self, slot: Slot) -> bool:
        return slot.read_only is not None and self.context.role is Role.REQUEST

    def _shown(self, slot: Slot, value: Any, where: str) -> Iterator[Diagnostic]:
        """The status that a document shows must be one of its lifecycle; a choice has been judged already."""
        if slot.shows_status and not any(json_value.equal(value, status) for status in self.sheet.statuses):
            code, form = ("CM411", "unknown") if self.context.role is Role.RECORD else ("CM404", "enum")
            arguments = {"expected": list(self.sheet.statuses), "found": value}
            yield finding_at(code, form, slot, where, self.context, slot.origins[0], **arguments)

    def _unknown(self, slot: Slot, name: str, legal: list[str], there: dict[str, Any], where: str) -> Diagnostic:
        """A field that the sheet does not have: an error in a request, a note in a record."""
        request = self.context.role is Role.REQUEST
        severity, form = (Severity.ERROR, "field") if request else (Severity.NOTE, "not-described")
        hint, because = None, slot.origins[0]
        if request:
            hint, because = self._hint(slot, name, legal, there, pointer.parent(where))
        place = location_at(self.context, where)
        return Diagnostic("CM406", form, {"name": name, "legal": legal}, place, hint, severity, because)

    def _hint(
        self, slot: Slot, name: str, legal: list[str], there: dict[str, Any], where: str
    ) -> tuple[str | None, Origin]:
        """What to type for an unknown field of a request, and what says so; `there` is the object at `where`."""
        from covage_model.documents.judge import older_paths
        from covage_model.ground.nearest import near_miss

        known = older_paths.meant(slot, name, there, self._takes_nothing) if slot.formerly else []
        for said in known:
            self.elsewhere().add_older(where, there, said.path, said.now)
        if known:
            return older_paths.hint(known, there), known[0].origin
        hint = self.hinter().name(name, slot.properties or {}, legal, there)
        near = near_miss(name, legal) if hint is not None else None
        if near is not None:
            self.elsewhere().add_misspelt(where, there, name, near)
        return hint, slot.origins[0]

    def _takes_nothing(self, slot: Slot) -> bool:
        return self._is_read_only(slot) or slot.path in self._barred()


def _kind(slot: Slot, keyword: Keyword) -> Any:
    """What people call a value of the right form: a title and a description as their author wrote them, if any."""
    title, description = keyword.about
    title = title or next(iter(slot.titles), None)
    if title is None and description is None:
        return keyword.value if keyword.name == "pattern" else f"the format {keyword.value}"
    return {"title": title, "description": description}


def _missing_status(sheet: Sheet, data: Any, context: JudgeContext) -> Iterator[Diagnostic]:
    path = sheet.status_path
    if context.role is Role.RECORD and path is not None and json_value.at(data, path) is json_value.ABSENT:
        arguments = {"path": dotted(path), "expected": list(sheet.statuses)}
        yield Diagnostic("CM411", "missing", arguments, location_at(context, pointer.join(path)), because=sheet.origin)
