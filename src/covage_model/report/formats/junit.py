"""
Reports as JUnit XML: what was judged is a test case, its file a suite.

A suite begins with its counts, so its cases are held back: at most 1,000. A file with more has several suites.
"""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.ground.escape import xml
from covage_model.report.cases import CaseCounts, CaseOutcome, ReportedCase
from covage_model.report.report import Foot, Report, ReportEntry

_MOST = 1000  # cases of a suite
_TAGS = {CaseOutcome.FAILED: "failure", CaseOutcome.ERROR: "error"}


def printer(report: Report, width: int) -> _JunitPrinter:  # noqa: ARG001  formats have one signature
    """Suites as they are complete."""
    return _JunitPrinter(report)


class _JunitPrinter:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._counts = CaseCounts(report)
        self._held: list[ReportedCase] = []

    def head(self) -> Iterator[str]:
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="covage-model {xml(self._report.command)}">\n'

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        return self._cases(self._counts.of(entry))

    def foot(self, foot: Foot) -> Iterator[str]:  # noqa: ARG002  the suites have the totals
        yield from self._cases(self._counts.at_end())
        yield from self._suite()
        yield "</testsuites>\n"

    def _cases(self, cases: Iterator[ReportedCase]) -> Iterator[str]:
        for case in cases:
            if self._held and (case.group != self._held[0].group or len(self._held) == _MOST):
                yield from self._suite()
            self._held.append(case)

    def _suite(self) -> Iterator[str]:
        cases, self._held = self._held, []
        if not cases:
            return
        failures, errors, skipped = (
            sum(case.outcome is outcome for case in cases)
            for outcome in (CaseOutcome.FAILED, CaseOutcome.ERROR, CaseOutcome.SKIPPED)
        )
        counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
        yield f'<testsuite name="{xml(cases[0].group)}" {counts}>\n'
        for case in cases:
            yield self._case(case)
        yield "</testsuite>\n"

    def _case(self, case: ReportedCase) -> str:
        start = f'<testcase name="{xml(case.name)}" classname="{xml(case.group)}"'
        if case.outcome is CaseOutcome.PASSED:
            return f"{start}/>\n"
        if case.outcome is CaseOutcome.SKIPPED:
            return f'{start}><skipped message="{xml(case.message(self._report.language))}"/></testcase>\n'
        tag = _TAGS[case.outcome]
        details = "\n".join(map(xml, case.details(self._report.language)))
        kind = case.findings[0].code if case.findings else tag
        message = xml(case.message(self._report.language))
        return f'{start}><{tag} type="{kind}" message="{message}">{details}</{tag}></testcase>\n'
