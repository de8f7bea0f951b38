"""
The formats of reports, one file each: a module here is a format, and its name is what `--format` takes.

A format has one function, `printer(report, width)`; its `Printer` gets the report entry by entry.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Protocol

from covage_model.report.report import Foot, Report, ReportEntry

# Formats that need a feature of the report, by their name.
_LINES = ("concise", "azure", "github")
_ITEMS = ("checkstyle", "gitlab", "rdjson", "sarif")
_TESTS = ("ctrf", "junit", "ndjson", "tap")  # all that was judged, also what is clean
FEATURES = {"mermaid": "pictures"} | dict.fromkeys((*_LINES, *_ITEMS, *_TESTS), "findings")
# Formats that say nothing of what is clean: it need not be told one by one.
OF_FINDINGS = frozenset(("text", "csv", "html", "markdown", *_LINES, *_ITEMS))

FOR_THE_TERMINAL = frozenset(("text", "concise"))  # the others go to machines and to pages that many read


class Printer(Protocol):
    """Gives text for each part of a report as it arrives. A format may hold entries back until the foot."""

    def head(self) -> Iterable[str]:
        """The text before the first entry."""

    def entry(self, entry: ReportEntry) -> Iterable[str]:
        """One entry."""

    def foot(self, foot: Foot) -> Iterable[str]:
        """The text of entries held back, and the end."""


def printer(name: str, report: Report, width: int) -> Printer:
    """The printer of a format, for this report and lines of `width` characters."""
    module = importlib.import_module(f"covage_model.report.formats.{name}")
    made: Printer = module.printer(report, width)
    return made
