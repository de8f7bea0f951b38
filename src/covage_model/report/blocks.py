"""
The blocks that a report shows to people. Their text is raw; a format escapes it and lays it out.

The classes are not frozen and not comparable: this saves two thirds of their definition time at each start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic

if TYPE_CHECKING:
    from covage_model.ground.files.document import Document
    from covage_model.ground.files.text import Text


@dataclass(slots=True, repr=False, eq=False)
class TextLine:
    """One line, or a paragraph if the format has paragraphs; `indent` is the number of spaces on a terminal."""

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
    """One finding; with `document`, the line that it is about is shown too. `order` is what names the order."""

    finding: Diagnostic
    language: str = "en"
    document: Document | Text | None = None
    indent: int = 0
    order: str = ""


@dataclass(slots=True, repr=False, eq=False)
class TableBlock:
    """
    A table whose cells wrap to the width of a terminal; columns share the width by their `weights`.

    On a terminal, a cell longer than the `longest` of its column is cut. A terminal shows `outline`, if there is
    one, in place of the table.
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
    Short rows in aligned columns; a terminal shows the heads only if `headed`.

    `right` are the right-aligned columns, `least` the minimum widths.
    """

    rows: Sequence[Sequence[str]]
    indent: int = 0
    right: frozenset[int] = frozenset()
    heads: Sequence[str] = ()
    least: Sequence[int] = ()
    headed: bool = False


@dataclass(slots=True, repr=False, eq=False)
class Picture:
    """A diagram as Mermaid source, computed when a format shows it; text has no diagrams."""

    mermaid: Callable[[], str]


Block = TextLine | Heading | Blank | FindingBlock | TableBlock | Columns | Picture


def findings(found: Iterable[Diagnostic], language: str, document: Document | None = None) -> list[Block]:
    """A block for each finding."""
    return [FindingBlock(finding, language, document) for finding in found]
