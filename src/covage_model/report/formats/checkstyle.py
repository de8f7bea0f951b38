"""Reports as Checkstyle XML, which many CI systems and editors read."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.ground import places
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.escape import xml
from covage_model.report import finding as about
from covage_model.report.report import Foot, Report, ReportEntry

_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def printer(report: Report, width: int) -> _CheckstylePrinter:  # noqa: ARG001  formats have one signature
    """Elements as they come: nothing is held back. A file whose findings do not come together is there again."""
    return _CheckstylePrinter(report.language)


class _CheckstylePrinter:
    def __init__(self, language: str) -> None:
        self._language = language
        self._file: str | None = None

    def head(self) -> Iterator[str]:
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="10.0">\n'

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        for finding in entry.findings:
            file = places.shown(finding.location.file)
            if file != self._file:
                yield from self._closed()
                yield f'<file name="{xml(file)}">\n'
                self._file = file
            yield _error(finding, self._language)

    def foot(self, foot: Foot) -> Iterator[str]:  # noqa: ARG002  the format has no totals
        yield from self._closed()
        yield "</checkstyle>\n"

    def _closed(self) -> Iterator[str]:
        if self._file is not None:
            yield "</file>\n"


def _error(finding: Diagnostic, language: str) -> str:
    at = finding.location
    place = f'line="{at.line}" column="{at.column}" ' if at.line else 'line="1" '
    said = about.on_one_line(finding, language)
    severity = _SEVERITIES.get(finding.severity, "info")
    return f'<error {place}severity="{severity}" message="{xml(said)}" source="covage-model.{finding.code}"/>\n'
