"""
A report: the results of a command, as a stream of entries. Commands make reports, formats print them.

A report has a head (`members`), entries one after another, and a foot. An entry may show itself in
several forms: as blocks for people, as data for the JSON object, as rows of a spreadsheet, as
findings. A form is computed only if the format of the report needs it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.report.citing import Pages, no_pages

if TYPE_CHECKING:
    from covage_model.ground.files.document import Document
    from covage_model.ground.files.text import Text
    from covage_model.report.blocks import Block

FORMAT = 1
FINDING_COLUMNS = (
    "severity",
    "code",
    "file",
    "line",
    "column",
    "pointer",
    "message",
    "hint",
    "source",
    "standing",
    "url",
)


def no_blocks() -> Iterable[Block]:
    """No blocks: the entry is not shown to people."""
    return ()


def no_rows() -> Iterable[Sequence[str]]:
    """No rows: the entry is not in spreadsheets."""
    return ()


def nobody() -> str:
    """No identity: the findings of the entry say themselves what they are about."""
    return ""


@dataclass(slots=True, repr=False, eq=False)
class JudgedCase:
    """
    What one entry judged, for formats that list tests: its name, and the file or the group that it is in.

    `passed` is False if it failed for another reason than its findings: `why`.
    """

    name: str
    group: str
    passed: bool = True
    why: str = ""


@dataclass(slots=True, repr=False, eq=False)
class ReportEntry:
    """
    One entry of a report.

    `data` is an item of the list `member` of the JSON object, or not in the JSON if that is ''. With `document`,
    the lines that the findings are about can be shown. `counted` are findings that are not listed. `case` is what
    was judged; without it, each finding is a failed test of its own. `identity` is what the findings are about, the
    same in the next run: the order's key, else the digest of its document.
    """

    blocks: Callable[[], Iterable[Block]] = no_blocks
    findings: Sequence[Diagnostic] = ()
    document: Document | Text | None = None
    member: str = ""
    data: Callable[[], Any] | None = None
    rows: Callable[[], Iterable[Sequence[str]]] = no_rows
    unreadable: bool = False  # whether an input could not be read
    counted: Mapping[Severity, int] = field(default_factory=dict)
    case: Callable[[], JudgedCase] | None = None
    identity: Callable[[], str] = nobody


@dataclass(slots=True)
class Tally:
    """Counts of the findings in the entries so far; formats and feet read it."""

    entries: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    unreadable: bool = False

    def add(self, entry: ReportEntry) -> None:
        """Count one more entry."""
        self.entries += 1
        self.unreadable = self.unreadable or entry.unreadable
        self.severities.update(entry.counted)
        for finding in entry.findings:
            self.severities[finding.severity] += 1
            self.unreadable = self.unreadable or finding.code in UNREADABLE_CODES

    def totals(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        return {severity.value: self.severities[severity] for severity in Severity}


UNREADABLE_CODES = frozenset(("CM001", "CM003", "CM006", "CM007", "CM008", "CM416", "CM520", "CM530"))


@dataclass(slots=True, repr=False, eq=False)
class Foot:
    """The end of a report: totals for people, and the last members of the JSON object."""

    blocks: Iterable[Block] = ()
    members: Mapping[str, Any] = field(default_factory=dict)


def no_foot(_: Tally) -> Foot:
    """An empty foot."""
    return Foot()


@dataclass(slots=True, repr=False, eq=False)
class Report:
    """
    The results of a command. `members` begin the JSON object, after format, tool and command.

    `lists` names the lists of the JSON object, in the order in which their entries come; each is
    there even if it is empty. `columns` are the heads of a spreadsheet; without them, its rows are the findings.
    """

    command: str
    entries: Iterable[ReportEntry]
    members: Mapping[str, Any] = field(default_factory=dict)
    lists: Sequence[str] = ()
    foot: Callable[[Tally], Foot] = no_foot
    columns: Sequence[str] = ()
    language: str = "en"
    colors: bool = False  # of text
    pages: Callable[[], Pages] = no_pages  # that definitions cite
    verbose: bool = False  # text also has the patterns that findings are about
    page: Callable[[], Iterable[str]] | None = None  # of HTML, in place of the entries


def head(command: str) -> dict[str, Any]:
    """The members with which every JSON report begins."""
    from covage_model import version

    return {"format": FORMAT, "tool": {"name": "covage-model", "version": version.VERSION}, "command": command}


def constant(value: Any) -> Callable[[], Any]:
    """A function that returns this value."""
    return lambda: value


def listed(member: str, items: Iterable[Any]) -> Iterator[ReportEntry]:
    """Entries that are only in the JSON object."""
    for item in items:
        yield ReportEntry(member=member, data=constant(item))
