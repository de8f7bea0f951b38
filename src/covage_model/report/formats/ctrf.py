"""Reports as CTRF, the Common Test Report Format: JSON with a test for all that was judged."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from covage_model import version
from covage_model.ground import places
from covage_model.ground.escape import json_line
from covage_model.report.cases import CaseCounts, CaseOutcome, ReportedCase
from covage_model.report.report import Foot, Report, ReportEntry

_STATUSES = {CaseOutcome.ERROR: "other"}  # the others are called as we call them


def printer(report: Report, width: int) -> _CtrfPrinter:  # noqa: ARG001  formats have one signature
    """Tests as they come: nothing is held back. The summary is at the end."""
    return _CtrfPrinter(report)


class _CtrfPrinter:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._counts = CaseCounts(report)
        self._start = 0
        self._first = True

    def head(self) -> Iterator[str]:
        self._start = _now()
        tool = json_line({"name": "covage-model", "version": version.VERSION}).strip()
        yield '{"reportFormat":"CTRF","specVersion":"0.0.0","generatedBy":"covage-model",\n'
        yield f'"results":{{"tool":{tool},"tests":['

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        return map(self._test, self._counts.of(entry))

    def foot(self, foot: Foot) -> Iterator[str]:
        yield from map(self._test, self._counts.at_end())
        counts = self._counts
        summary = {
            "tests": counts.tests,
            "passed": counts.passed,
            "failed": counts.failed,
            "skipped": counts.skipped,
            "pending": 0,
            "other": counts.errors,
            "start": self._start,
            "stop": _now(),
        }
        extra = {"command": self._report.command, **self._report.members, **foot.members}
        yield f'\n],"summary":{json_line(summary).strip()},"extra":{json_line(extra).strip()}}}}}\n'

    def _test(self, case: ReportedCase) -> str:
        before, self._first = "\n" if self._first else ",\n", False
        test: dict[str, Any] = {
            "name": case.name,
            "status": _STATUSES.get(case.outcome, case.outcome.value),
            "duration": 0,
            "suite": [case.group],
        }
        if case.findings or case.why:
            test |= {
                "message": case.message(self._report.language),
                "trace": "\n".join(case.details(self._report.language)),
            }
        if case.findings:
            at = case.findings[0].location
            test |= {"filePath": places.shown(at.file)} | ({"line": at.line} if at.line else {})
        return before + json_line(test).strip()


def _now() -> int:
    return time.time_ns() // 1_000_000
