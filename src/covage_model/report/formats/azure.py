"""Reports as logging commands of Azure Pipelines, which show errors and warnings beside the run."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.ground import places
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.escape import logging
from covage_model.report import finding as about
from covage_model.report.report import Foot, Report, ReportEntry

_SHOWN = {Severity.ERROR: "error", Severity.WARNING: "warning"}  # there is no issue of another type


def printer(report: Report, width: int) -> _AzurePrinter:  # noqa: ARG001  formats have one signature
    """Commands as they come: nothing is held back."""
    return _AzurePrinter(report.language)


class _AzurePrinter:
    def __init__(self, language: str) -> None:
        self._language = language

    def head(self) -> Iterator[str]:
        yield from ()

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        return (_command(finding, self._language) for finding in entry.findings if finding.severity in _SHOWN)

    def foot(self, foot: Foot) -> Iterator[str]:  # noqa: ARG002  the log shows the text
        yield from ()


def _command(finding: Diagnostic, language: str) -> str:
    at = finding.location
    place = f"linenumber={at.line};columnnumber={at.column};" if at.line else ""
    said = about.on_one_line(finding, language)
    source = logging(places.shown(at.file), named=True)
    kind = _SHOWN[finding.severity]
    return f"##vso[task.logissue type={kind};sourcepath={source};{place}code={finding.code}]{logging(said)}\n"
