"""The report of `validate`: the findings of each document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from covage_model.documents.judge.judged_document import JudgedDocument
from covage_model.documents.judge.verdict import Judge, Verdict
from covage_model.ground import codes
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.report import finding as findings
from covage_model.report.blocks import Block, FindingBlock, TextLine
from covage_model.report.counting import number, severities
from covage_model.report.report import Foot, Report, ReportEntry, Tally

_UNCHECKED = {
    "no-account": "no account was given ({account}), so these rules were not checked",
    "unsound-account": "the account has findings in parts that they read, so these rules were not checked",
}


def report(
    judged: Iterable[JudgedDocument], judge: Judge, language: str = "en", account: str = "--account FILE"
) -> Report:
    """An entry for each document or unreadable file; `account` is the option that gives an account."""
    subject = _Documents(judge, language, account)
    return Report("validate", subject.entries(judged), lists=("documents",), foot=subject.foot, language=language)


@dataclass(slots=True, repr=False, eq=False)  # not compared or shown: saves time at each start
class _Documents:
    judge: Judge
    language: str
    account: str
    documents: int = 0
    clean: int = 0
    compared: bool = False  # whether a finding tells of two documents that are alike
    schemas: dict[Any, Any] = field(default_factory=dict)  # by variant, status and role

    def entries(self, judged: Iterable[JudgedDocument]) -> Iterator[ReportEntry]:
        for one in judged:
            self.documents += one.verdict is not None
            counted = any(finding.severity in (Severity.ERROR, Severity.WARNING) for finding in one.findings)
            self.clean += one.verdict is not None and not counted
            self.compared = self.compared or any(finding.code == "CM415" for finding in one.findings)
            yield self._entry(one)

    def _entry(self, one: JudgedDocument) -> ReportEntry:
        return ReportEntry(
            lambda: self._blocks(one),
            one.findings,
            one.document,
            "documents",
            lambda: self._data(one),
            unreadable=one.unreadable,
        )

    def foot(self, tally: Tally) -> Foot:
        documents = number(self.documents, "document")
        alone = (" by itself" if self.clean == 1 else " by themselves") if self.compared else ""
        return Foot([TextLine(f"{documents}, {self.clean} clean{alone}{severities(tally.severities)}")])

    def _blocks(self, one: JudgedDocument) -> Iterator[Block]:
        """The findings of one document. Unchecked rules share one line per reason."""
        order = _named(one.verdict) if one.findings else ""
        unchecked = [finding for finding in one.findings if finding.severity is Severity.UNCHECKED]
        for finding in one.findings:
            if finding.severity is not Severity.UNCHECKED:
                yield FindingBlock(finding, self.language, one.document, order=order)
        for form in dict.fromkeys(finding.form for finding in unchecked):
            rules = ", ".join(str(finding.arguments["rule"]) for finding in unchecked if finding.form == form)
            code = unchecked[0].code
            yield TextLine(f"{one.file}: not-checked {code} {_UNCHECKED[form].format(account=self.account)}: {rules}")

    def _data(self, one: JudgedDocument) -> dict[str, Any]:
        verdict = one.verdict
        return {
            "file": one.file,
            "line": one.document.first_line if one.document is not None else None,
            "order": verdict.variant if verdict is not None else None,
            "role": verdict.role.value if verdict is not None else None,
            "status": verdict.status if verdict is not None else None,
            "key": _key(verdict),
            "findings": [
                findings.data(finding, self.language, self._schema_pointer(finding, one)) for finding in one.findings
            ],
        }

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
    return "" if key is None else f"{'.'.join(key.path)} {codes.spelled(key.value, bare=True)}"


def _key(verdict: Verdict | None) -> dict[str, Any] | None:
    key = verdict.key if verdict is not None else None
    return None if key is None else {"path": ".".join(key.path), "value": key.value}
