"""Reports as CSV: rows in the columns of the report, or else its findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.ground import codes, language, places
from covage_model.ground.diagnostics import Diagnostic
from covage_model.report import finding as about
from covage_model.report.layout import csv_row
from covage_model.report.report import FINDING_COLUMNS, Foot, Report, ReportEntry


def printer(report: Report, width: int) -> _CsvPrinter:  # noqa: ARG001  formats have one signature
    """Rows as they come: nothing is held back."""
    return _CsvPrinter(report)


class _CsvPrinter:
    def __init__(self, report: Report) -> None:
        self._columns = report.columns
        self._language = report.language

    def head(self) -> Iterator[str]:
        yield csv_row(self._columns or FINDING_COLUMNS)

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        rows = entry.rows() if self._columns else (_row(finding, self._language) for finding in entry.findings)
        return map(csv_row, rows)

    def foot(self, foot: Foot) -> Iterator[str]:  # noqa: ARG002  totals are no rows
        yield from ()


def _row(finding: Diagnostic, lang: str) -> Sequence[str]:
    at, origin = finding.location, finding.because
    return (
        finding.severity.value,
        finding.code,
        places.shown(at.file),
        str(at.line or ""),
        str(at.column or ""),
        at.pointer,
        codes.message(finding, lang),
        language.translated(finding.hint or "", lang),
        ", ".join(origin.source) if origin is not None else "",
        origin.standing.value if origin is not None else "",
        " ".join(citation.url for citation in about.citations(finding) if citation.url is not None),
    )
