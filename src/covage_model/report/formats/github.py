"""
Reports as workflow commands of GitHub Actions, which annotate the lines of a pull request.

GitHub shows ten annotations of a step. The worst findings are those; the others are counted on a line of the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from covage_model.ground import codes, places
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.escape import workflow
from covage_model.ground.language import tell
from covage_model.report import finding as about
from covage_model.report.counting import severities
from covage_model.report.report import Foot, Report, ReportEntry
from covage_model.report.worst import Worst

MOST = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def printer(report: Report, width: int) -> _GithubPrinter:  # noqa: ARG001  formats have one signature
    """The worst findings, held back until all are known."""
    return _GithubPrinter(report.language)


class _GithubPrinter:
    def __init__(self, language: str) -> None:
        self._language = language
        self._worst: Worst[Diagnostic] = Worst(MOST)

    def head(self) -> Iterator[str]:
        yield from ()

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        for finding in entry.findings:
            self._worst.add(finding.severity, partial(_same, finding))
        self._worst.count(entry.counted)
        yield from ()

    def foot(self, foot: Foot) -> Iterator[str]:  # noqa: ARG002  the line of the log has the totals
        yield from (_command(finding, self._language) for _, finding in self._worst.kept())
        rest = self._worst.left_out()
        if rest:
            counts = severities(rest, self._language)
            template = "more than {most} findings; not annotated{counts}"
            yield f"covage-model: {tell(template, self._language, most=MOST, counts=counts)}\n"


def _same(finding: Diagnostic) -> Diagnostic:
    return finding


def _command(finding: Diagnostic, language: str) -> str:
    at = finding.location
    place = f",line={at.line},col={at.column}" if at.line else ""
    title = workflow(f"{finding.code} {codes.page(finding.code, language).title}", named=True)
    said = about.on_one_line(finding, language)
    file = workflow(places.shown(at.file), named=True)
    return f"::{_COMMANDS.get(finding.severity, 'notice')} file={file}{place},title={title}::{workflow(said)}\n"
