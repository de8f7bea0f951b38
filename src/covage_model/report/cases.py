"""What a report judged, as tests that passed or failed: for formats that list tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from covage_model.ground import codes, places
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.report import finding as about
from covage_model.report.report import Report, ReportEntry


class CaseOutcome(Enum):
    """How a test ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"  # a rule could not be checked, and nothing else was found
    ERROR = "error"  # an input could not be read


@dataclass(slots=True, repr=False, eq=False)
class ReportedCase:
    """A test: its name and group, how it ended, and its findings with the file and line of the first."""

    name: str
    group: str
    outcome: CaseOutcome
    findings: Sequence[Diagnostic] = ()
    why: str = ""

    def details(self, language: str) -> Iterator[str]:
        """A line for each finding, and the lines below it."""
        if self.why:
            yield self.why
        for finding in self.findings:
            yield f"{about.place(finding)}: {about.sentence(finding, language)}"
            yield from (f"    {line}" for line in about.remarks(finding, language))

    def message(self, language: str) -> str:
        """The first finding in short, else why the test failed."""
        worst = min(self.findings, key=rank, default=None)
        return self.why if worst is None else f"{worst.code} {codes.message(worst, language)}"


_RANKS = {severity: number for number, severity in enumerate(Severity)}


def rank(finding: Diagnostic) -> int:
    """0 for an error, and more for what weighs less."""
    return _RANKS[finding.severity]


@dataclass(slots=True, repr=False, eq=False)
class CaseCounts:
    """How many tests ended in which way."""

    report: Report
    tests: int = 0
    failed: int = 0
    skipped: int = 0
    errors: int = 0

    @property
    def passed(self) -> int:
        """The tests that passed."""
        return self.tests - self.failed - self.skipped - self.errors

    def of(self, entry: ReportEntry) -> Iterator[ReportedCase]:
        """The tests of an entry, which are counted."""
        for case in _cases(entry, self.report.command):
            self.tests += 1
            self.failed += case.outcome is CaseOutcome.FAILED
            self.skipped += case.outcome is CaseOutcome.SKIPPED
            self.errors += case.outcome is CaseOutcome.ERROR
            yield case

    def at_end(self) -> Iterator[ReportedCase]:
        """One test that passed where nothing was listed: the command found nothing."""
        if not self.tests:
            self.tests = 1
            yield ReportedCase(self.report.command, self.report.command, CaseOutcome.PASSED)


def _cases(entry: ReportEntry, command: str) -> Iterator[ReportedCase]:
    if entry.case is not None:
        case = entry.case()
        outcome = _outcome(entry.findings, unreadable=entry.unreadable)
        if not case.passed and outcome is not CaseOutcome.ERROR:
            outcome = CaseOutcome.FAILED
        yield ReportedCase(case.name, case.group, outcome, entry.findings, case.why)
        return
    for finding in entry.findings:
        at = finding.location
        place = f"{at.line}:{at.column}" if at.line else "whole file"
        name = f"{finding.code} {place}{f' {at.pointer}' if at.pointer else ''}"
        outcome = _outcome((finding,), unreadable=False)
        yield ReportedCase(name, places.shown(at.file) or command, outcome, (finding,))


def _outcome(found: Sequence[Diagnostic], *, unreadable: bool) -> CaseOutcome:
    if unreadable:
        return CaseOutcome.ERROR
    severities = {finding.severity for finding in found}
    if severities & {Severity.ERROR, Severity.WARNING}:
        return CaseOutcome.FAILED
    return CaseOutcome.SKIPPED if Severity.UNCHECKED in severities else CaseOutcome.PASSED
