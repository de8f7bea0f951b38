"""
The formats of reports, one file each: a module here is a format, and its name is what `--format` takes.

A format has one function, `printer(report, width)`, whose result takes the report piece by piece.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Protocol

from covage_model.report.report import Foot, Report, ReportEntry

FEATURES = {"mermaid": "pictures"}  # formats that show one thing only, and what a report must have for them


class Printer(Protocol):
    """Text for each piece of a report as it arrives. What a format must see whole, it holds back."""

    def head(self) -> Iterable[str]:
        """What comes before the first entry."""

    def entry(self, entry: ReportEntry) -> Iterable[str]:
        """One entry."""

    def foot(self, foot: Foot) -> Iterable[str]:
        """What was held back, and the end."""


def printer(name: str, report: Report, width: int) -> Printer:
    """The printer of a format, for this report and lines of `width` characters."""
    module = importlib.import_module(f"covage_model.report.formats.{name}")
    found: Printer = module.printer(report, width)
    return found
