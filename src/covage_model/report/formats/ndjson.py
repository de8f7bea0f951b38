"""Reports as NDJSON: the head, then an item of a list on each line, then the foot, as in the JSON object."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.ground.escape import json_line
from covage_model.report.report import Foot, Report, ReportEntry, head


def printer(report: Report, width: int) -> _NdjsonPrinter:  # noqa: ARG001  formats have one signature
    """Lines as they come: nothing is held back."""
    return _NdjsonPrinter(report)


class _NdjsonPrinter:
    def __init__(self, report: Report) -> None:
        self._report = report

    def head(self) -> Iterator[str]:
        yield json_line({"line": "head", **head(self._report.command), **self._report.members})

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        if entry.data is not None:
            yield json_line({"line": "item", "list": entry.member, "item": entry.data()})

    def foot(self, foot: Foot) -> Iterator[str]:
        yield json_line({"line": "foot", **foot.members})
