"""Printing of reports: each entry goes to every requested format as it arrives."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from covage_model.ground.diagnostics import Severity
from covage_model.report import formats
from covage_model.report.citing import citing
from covage_model.report.report import Report, ReportEntry, Tally

if TYPE_CHECKING:
    from covage_model.report.blocks import Block

Write = Callable[[str], object]


def no_end(tally: Tally) -> int:
    """The exit code where the command gave none: whether there is an error."""
    return int(tally.severities[Severity.ERROR] > 0)


def names(*features: str) -> tuple[str, ...]:
    """The formats of a report, text and JSON first; `features` are its contents besides text."""
    files = (name for folder in formats.__path__ for name in os.listdir(folder) if name.endswith(".py"))
    found = sorted(name.removesuffix(".py") for name in files if not name.startswith("_"))
    fit = [name for name in found if formats.FEATURES.get(name, "") in ("", *features)]
    return tuple(sorted(fit, key=lambda name: (name != "text", name != "json", name)))


def deliver(
    report: Report,
    outputs: Sequence[tuple[str, Write]],
    width: int,
    ends: Callable[[Tally], int] = no_end,
    masked: tuple[Report, Sequence[tuple[str, Write]]] | None = None,
) -> Tally:
    """
    Print a report in each format to its output; the counts of its findings.

    `ends` says with which exit code the command ends, for formats that tell it. `masked` is the same report without
    personal data, and its own outputs: both are printed at the same pace, so that nothing is kept.
    """
    with citing(report.pages, report.language):
        runs = [_ReportRun(one, places, width) for one, places in ((report, outputs), *((masked,) if masked else ()))]
        for run in runs:
            run.start()
        for entries in zip(*(run.report.entries for run in runs), strict=True):
            for run, entry in zip(runs, entries, strict=True):
                run.add(entry)
        for run in runs:
            run.end(ends)
    return runs[0].tally


class _ReportRun:
    """One report on its way to its outputs."""

    def __init__(self, report: Report, outputs: Sequence[tuple[str, Write]], width: int) -> None:
        self.report = report
        self.tally = Tally()
        self._printers = [(formats.printer(name, report, width), write) for name, write in outputs]

    def start(self) -> None:
        for printer, write in self._printers:
            for text in printer.head():
                write(text)

    def add(self, entry: ReportEntry) -> None:
        self.tally.add(entry)
        if len(self._printers) > 1:
            entry.blocks = _once(entry.blocks)
        for printer, write in self._printers:
            for text in printer.entry(entry):
                write(text)

    def end(self, ends: Callable[[Tally], int]) -> None:
        foot = self.report.foot(self.tally)
        foot.blocks = list(foot.blocks) if len(self._printers) > 1 else foot.blocks
        foot.members = {**foot.members, "totals": self.tally.totals(), "exit_code": int(ends(self.tally))}
        for printer, write in self._printers:
            for text in printer.foot(foot):
                write(text)


def _once(blocks: Callable[[], Iterable[Block]]) -> Callable[[], Iterable[Block]]:
    """Blocks that are computed once, by the first format that shows them: some count what was told."""
    kept: list[list[Block]] = []

    def computed() -> Iterable[Block]:
        if not kept:
            kept.append(list(blocks()))
        return kept[0]

    return computed


def text(report: Report, width: int = 140) -> str:
    """A report as text."""
    parts: list[str] = []
    deliver(report, [("text", parts.append)], width)
    return "".join(parts)
