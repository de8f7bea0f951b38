"""The report of `generate --defects`: invalid orders, and findings about defects without an order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from covage_model.ground.diagnostics import Diagnostic
from covage_model.report.report import Report, ReportEntry, listed
from covage_model.report.subjects.check import finding_entry


def report(found: Iterable[Diagnostic], language: str, orders: Iterable[dict[str, Any]] | None = None) -> Report:
    """The findings, then the invalid `orders`, each with the findings expected for it."""
    lists = ("findings",) if orders is None else ("orders", "findings")

    def entries() -> Iterator[ReportEntry]:
        yield from listed("orders", orders or ())
        for finding in found:
            yield finding_entry(finding, language)

    return Report("generate", entries(), lists=lists, language=language)
