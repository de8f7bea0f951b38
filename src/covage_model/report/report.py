"""
A report: what a command found out, as it arrives. Commands make reports, formats print them.

A report has a head (`members`), entries one after another, and a foot. An entry may show itself in
several forms: as blocks for people, as data for the JSON object, as rows of a spreadsheet, as
findings. Each form is made when a format asks for it, so that nothing is computed for nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from covage_model.ground.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from covage_model.ground.files.document import Document
    from covage_model.report.blocks import Block

FORMAT = 1
FINDING_COLUMNS = ("severity", "code", "file", "line", "column", "pointer", "message", "hint", "source", "standing")


def no_blocks() -> Iterable[Block]:
    """An entry that people do not see."""
    return ()


def no_rows() -> Iterable[Sequence[str]]:
    """An entry without rows."""
    return ()


@dataclass(slots=True, repr=False, eq=False)
class ReportEntry:
    """
    One thing of a report.

    `member` names the list of the JSON object that `data` is an item of; '' where it is in none.
    `document` shows the lines that the findings are about.
    """

    blocks: Callable[[], Iterable[Block]] = no_blocks
    findings: Sequence[Diagnostic] = ()
    document: Document | None = None
    member: str = ""
    data: Callable[[], Any] | None = None
    rows: Callable[[], Iterable[Sequence[str]]] = no_rows
    unreadable: bool = False  # whether something was not looked at because it could not be read


@dataclass(slots=True)
class Tally:
    """What the entries so far held; formats and feet read it."""

    entries: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    unreadable: bool = False

    def add(self, entry: ReportEntry) -> None:
        """Count one more entry."""
        self.entries += 1
        self.unreadable = self.unreadable or entry.unreadable
        for finding in entry.findings:
            self.severities[finding.severity] += 1
            self.unreadable = self.unreadable or finding.code in UNREADABLE_CODES


UNREADABLE_CODES = frozenset(("CM001", "CM003", "CM006", "CM007", "CM008", "CM520", "CM530"))


@dataclass(slots=True, repr=False, eq=False)
class Foot:
    """What comes last: totals for people, and the last members of the JSON object."""

    blocks: Iterable[Block] = ()
    members: Mapping[str, Any] = field(default_factory=dict)


def no_foot(_: Tally) -> Foot:
    """A report that ends with its last entry."""
    return Foot()


@dataclass(slots=True, repr=False, eq=False)
class Report:
    """
    What a command found out. `members` begin the JSON object, after format, tool and command.

    `lists` names the lists of the JSON object, in the order in which their entries come; each is
    there even if it is empty. `columns` head the rows of a spreadsheet; without any, these are the findings.
    """

    command: str
    entries: Iterable[ReportEntry]
    members: Mapping[str, Any] = field(default_factory=dict)
    lists: Sequence[str] = ()
    foot: Callable[[Tally], Foot] = no_foot
    columns: Sequence[str] = ()
    language: str = "en"


def head(command: str) -> dict[str, Any]:
    """What every JSON report begins with."""
    from covage_model import version

    return {"format": FORMAT, "tool": {"name": "covage-model", "version": version.VERSION}, "command": command}


def constant(value: Any) -> Callable[[], Any]:
    """A function that gives this value."""
    return lambda: value


def listed(member: str, items: Iterable[Any]) -> Iterator[ReportEntry]:
    """Entries that are in the JSON object alone."""
    for item in items:
        yield ReportEntry(member=member, data=constant(item))
