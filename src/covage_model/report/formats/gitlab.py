"""Reports as GitLab code quality: a JSON list of what the merge request shows."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.ground import places
from covage_model.ground.diagnostics import Severity
from covage_model.ground.escape import json_line
from covage_model.report import finding as about
from covage_model.report.fingerprints import fingerprints
from covage_model.report.report import Foot, Report, ReportEntry

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def printer(report: Report, width: int) -> _GitlabPrinter:  # noqa: ARG001  formats have one signature
    """Items as they come: nothing is held back."""
    return _GitlabPrinter(report.language)


class _GitlabPrinter:
    def __init__(self, language: str) -> None:
        self._language = language
        self._first = True

    def head(self) -> Iterator[str]:
        yield "["

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        prints = fingerprints(entry.findings, entry.identity()) if entry.findings else ()
        for finding, fingerprint in zip(entry.findings, prints, strict=True):
            before, self._first = "\n" if self._first else ",\n", False
            at = finding.location
            item = {
                "description": about.on_one_line(finding, self._language),
                "check_name": finding.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES.get(finding.severity, "info"),
                "location": {"path": places.shown(at.file), "lines": {"begin": max(at.line, 1)}},
            }
            yield before + json_line(item).strip()

    def foot(self, foot: Foot) -> Iterator[str]:  # noqa: ARG002  the format has no totals
        yield "\n]\n"
