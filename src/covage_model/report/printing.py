"""Printing of reports: each entry goes to every requested format as it arrives."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from covage_model.report import formats
from covage_model.report.report import Report, Tally

Write = Callable[[str], object]


def names(*features: str) -> tuple[str, ...]:
    """The formats of a report, text and JSON first; `features` are its contents besides text."""
    files = (name for folder in formats.__path__ for name in os.listdir(folder) if name.endswith(".py"))
    found = sorted(name.removesuffix(".py") for name in files if not name.startswith("_"))
    fit = [name for name in found if formats.FEATURES.get(name, "") in ("", *features)]
    return tuple(sorted(fit, key=lambda name: (name != "text", name != "json", name)))


def deliver(report: Report, outputs: Sequence[tuple[str, Write]], width: int) -> Tally:
    """Print a report in each format to its output; the counts of its findings."""
    printers = [(formats.printer(name, report, width), write) for name, write in outputs]
    tally = Tally()
    for printer, write in printers:
        for text in printer.head():
            write(text)
    for entry in report.entries:
        tally.add(entry)
        for printer, write in printers:
            for text in printer.entry(entry):
                write(text)
    foot = report.foot(tally)
    for printer, write in printers:
        for text in printer.foot(foot):
            write(text)
    return tally


def text(report: Report, width: int = 140) -> str:
    """A report as text."""
    parts: list[str] = []
    deliver(report, [("text", parts.append)], width)
    return "".join(parts)
