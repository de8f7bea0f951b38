"""What `generate` could not make, and the invalid orders that it made. What `generate` reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from covage_model.ground.diagnostics import Diagnostic
from covage_model.report.report import Report, ReportEntry, listed
from covage_model.report.subjects.check import finding_entry


def report(found: Iterable[Diagnostic], language: str, orders: Iterable[dict[str, Any]] | None = None) -> Report:
    """The findings; `orders` are invalid ones, with what must be found in each."""
    lists = ("findings",) if orders is None else ("orders", "findings")

    def entries() -> Iterator[ReportEntry]:
        yield from listed("orders", orders or ())
        for finding in found:
            yield finding_entry(finding, language)

    return Report("generate", entries(), lists=lists, language=language)
