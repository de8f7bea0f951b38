"""Reports as one line for each finding: `file:line:column: severity CODE message`."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.ground import escape
from covage_model.report import finding as about
from covage_model.report.report import Foot, Report, ReportEntry


def printer(report: Report, width: int) -> _ConcisePrinter:  # noqa: ARG001  formats have one signature
    """Lines as they come: nothing is held back."""
    return _ConcisePrinter(report.language)


class _ConcisePrinter:
    def __init__(self, language: str) -> None:
        self._language = language

    def head(self) -> Iterator[str]:
        yield from ()

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        for finding in entry.findings:
            yield escape.terminal(f"{about.place(finding)}: {about.sentence(finding, self._language)}") + "\n"

    def foot(self, foot: Foot) -> Iterator[str]:  # noqa: ARG002  totals are no findings
        yield from ()
