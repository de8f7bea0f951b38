"""The report of `validate`: the findings of each document, and what was judged as what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from functools import partial
from typing import Any

from covage_model.documents.judge.judged_document import CleanDocuments, JudgedDocument, RulesNotChecked
from covage_model.documents.judge.verdict import Judge, OrderKey, Verdict
from covage_model.ground import codes, escape, places
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.dotted import dotted
from covage_model.ground.language import tell
from covage_model.report import finding as findings
from covage_model.report.blocks import Block, FindingBlock, TextLine
from covage_model.report.counting import severities
from covage_model.report.fingerprints import digest
from covage_model.report.report import UNREADABLE_CODES, Foot, JudgedCase, Report, ReportEntry, Tally, constant
from covage_model.report.subjects.document_totals import DocumentTotals
from covage_model.report.subjects.finding_log import MOST, FindingLog

_LISTS = ("documents", "not_checked")
_COUNTS = (Severity.ERROR, Severity.WARNING)  # what makes a document not clean


def report(
    judged: Iterable[JudgedDocument | CleanDocuments | RulesNotChecked],
    judge: Judge,
    language: str = "en",
    account: str = "--account FILE",
    *,
    most: int | None = None,
    quiet: bool = False,
    record: Callable[[str], object] | None = None,
    lists: bool = True,
) -> Report:
    """
    An entry for each document or unreadable file, and for each rule that nobody could check.

    `account` is the option that gives an account.

    At most `most` findings are listed: for people 1,000 where it is None, for programs all. The others are
    counted. With `quiet` people see errors, warnings and nothing else. `record` takes every finding as a line of JSON.
    Without `lists`, which programs need, nothing is told of each order that is plainly clean.
    """
    log = FindingLog(MOST if most is None else most, language)
    totals = DocumentTotals(account, language)
    subject = _Documents(judge, language, totals, log, most, quiet=quiet, record=record, lists=lists)
    return Report("validate", subject.entries(judged), lists=_LISTS, foot=subject.foot, language=language)


@dataclass(slots=True, repr=False, eq=False)  # not compared or shown: saves time at each start
class _Documents:
    judge: Judge
    language: str
    totals: DocumentTotals
    log: FindingLog
    room: int | None  # for more findings in the forms that list all
    quiet: bool
    record: Callable[[str], object] | None = None
    lists: bool = True
    left_out: int = 0  # of those forms
    schemas: dict[Any, Any] = field(default_factory=dict)  # by variant, status and role

    def entries(self, judged: Iterable[JudgedDocument | CleanDocuments | RulesNotChecked]) -> Iterator[ReportEntry]:
        for each in judged:
            if isinstance(each, RulesNotChecked):
                self.totals.add_not_checked(each)
                yield from self._not_checked(each)
                continue
            if isinstance(each, CleanDocuments):
                yield from self._clean(each)
            else:
                self.totals.add(each)
                yield self._entry(each)

    def _within(self, found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
        """The findings that there is still room for."""
        if self.room is None:
            return found
        listed = found[: self.room]
        self.room -= len(listed)
        self.left_out += len(found) - len(listed)
        return listed

    def _clean(self, clean: CleanDocuments) -> Iterator[ReportEntry]:
        self.totals.add_clean(clean)
        if not self.lists:
            yield ReportEntry()  # it shows nothing, but two reports of one run keep pace with each other
            return
        for line, plain, verdict in clean.each:
            key = _key(verdict.key if verdict is not None else None)
            member = _member(clean.file, line, plain.variant, plain.role.value, plain.status, key, [])
            case = JudgedCase(_case_name(line, plain.variant, key), places.shown(clean.file))
            yield ReportEntry(member="documents", data=constant(member), case=constant(case))

    def _not_checked(self, rules: RulesNotChecked) -> Iterator[ReportEntry]:
        """The rules that were not checked; people see them in the foot."""
        for finding in rules.findings:
            data = partial(findings.data, finding, self.language)  # it cites pages, for which the whole pack is read
            if self.record is not None:
                self.record(escape.json_line(data()))
            if not self._within([finding]):
                yield ReportEntry(counted={finding.severity: 1})
                continue
            yield ReportEntry(
                findings=(finding,),
                member="not_checked",
                data=data,
                case=partial(self._rule_case, finding),
                identity=constant(rules.identity),
            )

    def _rule_case(self, finding: Diagnostic) -> JudgedCase:
        return JudgedCase(str(finding.arguments["rule"]), codes.page(finding.code, self.language).title)

    def _entry(self, one: JudgedDocument) -> ReportEntry:
        if self.record is not None:
            for finding in one.findings:
                self.record(escape.json_line(self._finding(finding, one)))
        listed = self._within(one.findings)
        rest = one.findings[len(listed) :]
        return ReportEntry(
            lambda: self._blocks(one),
            listed,
            one.document or one.text,
            "documents",
            lambda: self._data(one, listed),
            unreadable=one.unreadable or any(finding.code in UNREADABLE_CODES for finding in rest),
            counted=Counter(finding.severity for finding in rest),
            case=(lambda: _case(one)) if one.verdict is not None or one.unreadable else None,
            identity=lambda: identity_of(one),
        )

    def foot(self, tally: Tally) -> Foot:
        members = {"findings_left_out": self.left_out} if self.left_out else {}
        return Foot(() if self.quiet else self._foot(tally), members)

    def _foot(self, tally: Tally) -> Iterator[Block]:
        counts = {**tally.severities, Severity.UNCHECKED: self.totals.rules_not_checked}
        yield from self.log.rest()
        yield from self.totals.blocks()
        template = "{documents:n} {documents:document|documents}, {clean:n} {clean:clean|clean}"
        template += " {clean:by itself|by themselves}" if self.totals.compared else ""
        clean = tell(template, self.language, documents=self.totals.documents, clean=self.totals.clean)
        yield TextLine(f"{clean}{severities(counts, self.language)}")

    def _blocks(self, one: JudgedDocument) -> Iterator[Block]:
        """The findings of one document that are told in full."""
        order = _named(one.verdict) if one.findings else ""
        for finding in one.findings:
            if self.quiet and finding.severity not in _COUNTS:
                continue
            if self.log.tells(finding):
                yield FindingBlock(finding, self.language, one.document or one.text, order=order)

    def _data(self, one: JudgedDocument, listed: Sequence[Diagnostic]) -> dict[str, Any]:
        verdict = one.verdict
        line = one.document.first_line if one.document is not None else None
        found = [self._finding(each, one) for each in listed]
        if verdict is None:
            return _member(one.file, line, None, None, None, None, found)
        judged_as = (verdict.variant, verdict.role.value, verdict.status)
        return _member(one.file, line, *judged_as, _key(verdict.key), found)

    def _finding(self, found: Diagnostic, one: JudgedDocument) -> dict[str, Any]:
        return findings.data(found, self.language, self._schema_pointer(found, one), one.document or one.text)

    def _schema_pointer(self, found: Diagnostic, one: JudgedDocument) -> str | None:
        """The pointer of the broken keyword in the generated schema; None for rules that read the account."""
        from covage_model.documents.schema import flat

        verdict = one.verdict
        if verdict is None or verdict.variant is None or found.because is None:
            return None
        sheet = self.judge.sheet(verdict.variant)
        asked = (verdict.variant, verdict.status, verdict.role)
        if asked not in self.schemas:
            self.schemas[asked] = flat.print_schema(
                sheet, pack=self.judge.prepared.name, status=verdict.status, role=verdict.role.value, language="en"
            )
        return flat.schema_pointer(self.schemas[asked], sheet, found.location.pointer, found.because)


def _named(verdict: Verdict | None) -> str:
    """What names an order, for people: `reference O310314_00042`; "" where nothing does."""
    key = verdict.key if verdict is not None else None
    return "" if key is None else f"{dotted(key.path)} {codes.spelled(key.value, bare=True)}"


def identity_of(one: JudgedDocument) -> str:
    """What the findings are about, the same in the next run: the order's key, else the digest of its data."""
    verdict = one.verdict
    if verdict is None or one.identity:
        return one.identity
    return digest(verdict.data if verdict.key is None else [*verdict.key.path, verdict.key.value])


def _case(one: JudgedDocument) -> JudgedCase:
    """The document as a test; what could not be read is named by its place."""
    file = places.shown(one.file)
    if one.verdict is None:
        return JudgedCase(f"line {one.findings[0].location.line or 1}", file)
    line = one.document.first_line if one.document is not None else None
    return JudgedCase(_case_name(line, one.verdict.variant, _key(one.verdict.key)), file)


def _case_name(line: int | None, variant: str | None, key: dict[str, Any] | None) -> str:
    """`line 3: VARIANT KEY`, with what is known."""
    named = [variant or "no order", *([codes.spelled(key["value"], bare=True)] if key is not None else [])]
    return f"line {line or 1}: {' '.join(named)}"


def _key(key: OrderKey | None) -> dict[str, Any] | None:
    return None if key is None else {"path": dotted(key.path), "value": key.value}


def _member(
    file: str,
    line: int | None,
    order: str | None,
    role: str | None,
    status: str | None,
    key: dict[str, Any] | None,
    found: list[Any],
) -> dict[str, Any]:
    """One document in the JSON object."""
    judged_as = {"order": order, "role": role, "status": status, "key": key}
    return {"file": file, "line": line, **judged_as, "findings": found}
