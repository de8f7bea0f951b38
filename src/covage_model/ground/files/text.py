"""The text of a file, and where its lines start."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from covage_model.ground.diagnostics import Location

LINE_END = re.compile(r"\r\n|\n|\r")  # as editors count: U+2028 and its like end no line


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded file. An offset counts code points from 0, after the byte order mark if there is one."""

    file: str
    content: str
    _starts: list[int] = field(default_factory=list, init=False, compare=False, repr=False)

    def location(self, offset: int, pointer: str = "") -> Location:
        """Where `offset` is, as an editor would say it; the end of the file is a place too."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return Location(self.file, line, offset - starts[line - 1] + 1, pointer)

    def line(self, number: int) -> str:
        """The text of line `number`, without its end; '' if there is no such line."""
        starts = self._line_starts()
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.content)
        return self.content[starts[number - 1] : end].rstrip("\r\n")

    def _line_starts(self) -> list[int]:
        if not self._starts:  # found when first asked: most files have no finding
            self._starts.extend([0, *(match.end() for match in LINE_END.finditer(self.content))])
        return self._starts
