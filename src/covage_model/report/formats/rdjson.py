"""Reports as rdjson, which reviewdog reads. Columns count bytes of UTF-8."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.ground import places
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.escape import json_line
from covage_model.report import finding as about
from covage_model.report.report import Foot, Report, ReportEntry

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING"}


def printer(report: Report, width: int) -> _RdjsonPrinter:  # noqa: ARG001  formats have one signature
    """Diagnostics as they come: nothing is held back."""
    return _RdjsonPrinter(report.language)


class _RdjsonPrinter:
    def __init__(self, language: str) -> None:
        self._language = language
        self._first = True

    def head(self) -> Iterator[str]:
        yield '{"source":{"name":"covage-model"},"diagnostics":['

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        for finding in entry.findings:
            before, self._first = "\n" if self._first else ",\n", False
            yield before + json_line(_diagnostic(finding, entry, self._language)).strip()

    def foot(self, foot: Foot) -> Iterator[str]:  # noqa: ARG002  the format has no totals
        yield "\n]}\n"


def _diagnostic(finding: Diagnostic, entry: ReportEntry, language: str) -> dict[str, Any]:
    at = finding.location
    location: dict[str, Any] = {"path": places.shown(at.file)}
    if at.line:
        location["range"] = {"start": {"line": at.line, **_column(finding, entry)}}
    return {
        "message": about.on_one_line(finding, language),
        "location": location,
        "severity": _SEVERITIES.get(finding.severity, "INFO"),
        "code": {"value": finding.code, **_page(finding)},
    }


def _page(finding: Diagnostic) -> dict[str, str]:
    """The address of the first page that the rule cites."""
    links = [citation.link for citation in about.citations(finding) if citation.link is not None]
    return {"url": links[0]} if links else {}


def _column(finding: Diagnostic, entry: ReportEntry) -> dict[str, int]:
    """The column in bytes; nothing where the line before it is not known."""
    at, document = finding.location, entry.document
    if at.column == 1:
        return {"column": 1}
    if document is None or document.unknown(at.line):
        return {}
    before = document.line(at.line)[: at.column - 1]
    return {"column": len(before.encode("utf-8", "surrogatepass")) + 1}
