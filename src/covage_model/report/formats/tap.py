"""Reports as TAP 14, the Test Anything Protocol."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.ground.escape import json_line, tap
from covage_model.report import finding as about
from covage_model.report.cases import CaseCounts, CaseOutcome, ReportedCase
from covage_model.report.report import Foot, Report, ReportEntry


def printer(report: Report, width: int) -> _TapPrinter:  # noqa: ARG001  formats have one signature
    """Test points as they come: nothing is held back. The plan is at the end."""
    return _TapPrinter(report)


class _TapPrinter:
    def __init__(self, report: Report) -> None:
        self._counts = CaseCounts(report)
        self._language = report.language
        self._number = 0

    def head(self) -> Iterator[str]:
        yield "TAP version 14\n"

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        return map(self._point, self._counts.of(entry))

    def foot(self, foot: Foot) -> Iterator[str]:  # noqa: ARG002  the plan is the total
        yield from map(self._point, self._counts.at_end())
        yield f"1..{self._counts.tests}\n"

    def _point(self, case: ReportedCase) -> str:
        self._number += 1
        ok = case.outcome in (CaseOutcome.PASSED, CaseOutcome.SKIPPED)
        name = case.group if case.name == case.group else f"{case.group} {case.name}"
        skipped = f" # SKIP {tap(case.message(self._language))}" if case.outcome is CaseOutcome.SKIPPED else ""
        line = f"{'ok' if ok else 'not ok'} {self._number} - {tap(name)}{skipped}\n"
        return line if ok else f"{line}{self._details(case)}"

    def _details(self, case: ReportedCase) -> str:
        """The diagnostics below a test point: YAML, of which a line of JSON is a part."""
        lines = ["---", f"message: {_quoted(case.message(self._language))}", "severity: fail", "findings:"]
        for finding in case.findings:
            said: dict[str, Any] = {
                "at": about.place(finding),
                "code": finding.code,
                "message": about.sentence(finding, self._language),
            }
            said |= {"hint": finding.hint} if finding.hint else {}
            if pages := [str(citation) for citation in about.citations(finding)]:
                said["sources"] = pages
            lines.append(f"  - {_quoted(said)}")
        lines += ["..."] if case.findings else ["  []", "..."]
        return "".join(f"  {line}\n" for line in lines)


def _quoted(value: Any) -> str:
    """A value as JSON, in which no log finds a command."""
    return json_line(value).strip().replace("##", "#\\u0023")
