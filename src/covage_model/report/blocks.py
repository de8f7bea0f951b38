"""
What a report is made of for people: blocks of raw text, which a format escapes and lays out.

The classes are not frozen, and are without comparison: that takes a third of the time at every start of the command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from covage_model.ground.diagnostics import Diagnostic

if TYPE_CHECKING:
    from covage_model.ground.files.document import Document


@dataclass(slots=True, repr=False, eq=False)
class TextLine:
    """One line, or a paragraph where the format has those; `indent` counts blanks before it on a terminal."""

    text: str
    indent: int = 0
    wraps: bool = False


@dataclass(slots=True, repr=False, eq=False)
class Heading:
    """The title of what follows."""

    text: str


@dataclass(slots=True, repr=False, eq=False)
class Blank:
    """An empty line between parts, on a terminal."""


@dataclass(slots=True, repr=False, eq=False)
class FindingBlock:
    """One finding; `document` shows the line that it is about."""

    finding: Diagnostic
    language: str = "en"
    document: Document | None = None
    indent: int = 0


@dataclass(slots=True, repr=False, eq=False)
class TableBlock:
    """
    Rows under heads, which wrap to the width of a terminal; `weights` say which columns get the room.

    On a terminal, cells longer than `longest` (by column) are cut. `outline` is what a terminal shows in its place.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    weights: Sequence[float] = ()
    longest: Sequence[int | None] = ()
    title: str = ""
    outline: Sequence[Block] | None = None


@dataclass(slots=True, repr=False, eq=False)
class Columns:
    """
    Short rows in aligned columns; on a terminal, the heads are shown if it is `headed`.

    `right` are the columns aligned to the right, `least` the widths that columns have at least.
    """

    rows: Sequence[Sequence[str]]
    indent: int = 0
    right: frozenset[int] = frozenset()
    heads: Sequence[str] = ()
    least: Sequence[int] = ()
    headed: bool = False


@dataclass(slots=True, repr=False, eq=False)
class Picture:
    """A diagram as Mermaid source, made when a format shows it; text formats leave it out."""

    mermaid: Callable[[], str]


Block = TextLine | Heading | Blank | FindingBlock | TableBlock | Columns | Picture


def findings(found: Iterable[Diagnostic], language: str, document: Document | None = None) -> list[Block]:
    """A block for each finding."""
    return [FindingBlock(one, language, document) for one in found]
