"""The text of a file, or of a part of one, and the offsets of its lines."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Location
from covage_model.ground.patterns import regex

LINE_END = regex(r"\r\n|\n|\r")  # as editors count: U+2028 and its like end no line


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: the number of its row, and the name of its column; without a name the whole row."""

    row: int
    column_name: str | None = None

    def __str__(self) -> str:
        return f"row {self.row}" + (f", column {self.column_name}" if self.column_name is not None else "")


@dataclass(frozen=True, slots=True)
class Text:
    """
    Decoded text of a file, from the start of line `first_line` on, or from its column `first_column`.

    An offset counts code points from 0, after the byte order mark if there is one.
    """

    file: str
    content: str
    first_line: int = 1
    first_column: int = 1
    _starts: list[int] = field(default_factory=list, init=False, compare=False, repr=False)

    def location(self, offset: int, pointer: str = "") -> Location:
        """The line and column of `offset`, as editors count them; the end of the text is allowed."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        column = offset - starts[line - 1] + (self.first_column if line == 1 else 1)
        return Location(self.file, line + self.first_line - 1, column, pointer)

    def line(self, number: int) -> str:
        """The text of line `number` of the file, without its end; '' if this text does not hold it."""
        starts, index = self._line_starts(), number - self.first_line
        if not 0 <= index < len(starts):
            return ""
        end = starts[index + 1] if index + 1 < len(starts) else len(self.content)
        return self.content[starts[index] : end].rstrip("\r\n")

    def unknown(self, number: int) -> int:
        """How many characters of that line stand before what `line` gives."""
        return self.first_column - 1 if number == self.first_line else 0

    def remark(self, at: Location) -> str:  # noqa: ARG002  rows of tables have one
        """What else names a place, for reading errors; ''."""
        return ""

    def cell(self, offset: int | None) -> Cell | None:  # noqa: ARG002  rows of tables have cells
        """The cell of an offset, or the row alone for None; None where there are no cells."""
        return None

    def _line_starts(self) -> list[int]:
        if not self._starts:  # computed when first asked: most files have no finding
            self._starts.extend([0, *(match.end() for match in LINE_END.finditer(self.content))])
        return self._starts
