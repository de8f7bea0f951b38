"""CSV: an order on each row, read as it comes; the first row names the columns."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from itertools import count

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import cutting
from covage_model.ground.files.columns import TableColumns, TableGuide, columns_of
from covage_model.ground.files.decoding import too_large
from covage_model.ground.files.document import Document, Reading
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.place import Place
from covage_model.ground.files.text import Cell, Text

DELIMITERS = ",;\t"
_NAME = re.compile(r'\s*"?[\w@$-]+(?:\[[0-9]+\])?(?:\.[\w@$-]+(?:\[[0-9]+\])?)*"?\s*')
_SEPARATOR = re.compile(r"sep=(.)", re.IGNORECASE)  # how some spreadsheets begin a file
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_STARTS: dict[str, re.Pattern[str]] = {}
_LONGEST = 131_072  # characters of a cell, as the library has it
_CLOSE = "close the quote; a quote within a text is written twice"
_HINT = "or save it as CSV UTF-8"


class _TableEnds(Exception):
    """The rest of the file is not read. Its argument is the finding."""


@dataclass(frozen=True, slots=True)
class RowText(Text):
    """The text of one row of a table."""

    row: int = 0
    names: tuple[str, ...] = ()
    delimiter: str = ","

    def starts(self) -> list[int]:
        """The offset of each cell."""
        d = re.escape(self.delimiter)
        pattern = _STARTS.setdefault(d, re.compile(rf'(?:"(?:[^"]|"")*")?[^{d}]*'))
        starts, at = [0], 0
        while (match := pattern.match(self.content, at)) and match.end() < len(self.content):
            at = match.end() + 1
            starts.append(at)
        return starts

    def cell(self, offset: int | None) -> Cell:
        """The row, and the name of the column in which the offset lies."""
        if offset is None:
            return Cell(self.row)
        number = sum(start <= offset for start in self.starts()) - 1
        return Cell(self.row, self.names[number] if number < len(self.names) else None)


def looks_like_table(head: bytes) -> bool:
    """Whether the first line of a file may be the names of several columns."""
    line = next(iter(head.strip().splitlines()), b"").decode(errors="replace")
    names = line.split(_delimiter(line))
    return len(names) > 1 and all(_NAME.fullmatch(name) for name in names)


def readings(
    chunks: Iterable[bytes],
    file: str,
    guide: TableGuide,
    *,
    encoding: str | None,
    limits: Limits,
    spans: Callable[[int, int], object] | None = None,
) -> Iterator[Reading]:
    """
    Each row that has a cell, as a document; first the findings about the names of the columns.

    A row with more or fewer cells than names is a finding, and so is one with a quote that is wrong. A byte of another
    encoding and a quote that is never closed end the reading. `spans` is told where the header and each row start and
    end, in bytes of UTF-8.
    """
    source = _TableLines(_utf_8(chunks, encoding, file), file, limits)
    try:
        header = source.header()
        if header is None:
            return
        source.tell(spans)
        columns, header = _columns(header, source.delimiter, guide)
        if not columns.steps:
            yield Reading(None, (Diagnostic("CM011", "header", {}, header.location(0), _no_header(header.content)),))
            return
        for finding in columns.findings:
            yield Reading(None, (finding,), header)
        yield from _rows(source, columns, spans)
    except _TableEnds as stopped:
        yield Reading(None, stopped.args)


def _columns(header: Text, delimiter: str, guide: TableGuide) -> tuple[TableColumns, RowText]:
    """The columns that the header names, and the header as a row."""
    import csv  # late: most files are no tables

    names = [name.strip() for name in next(csv.reader([header.content], delimiter=delimiter))]
    row = RowText(header.file, header.content, header.first_line, row=1, delimiter=delimiter)
    places = [row.location(start) for start in row.starts()][: len(names)]
    return columns_of(names, guide, places), row


def _rows(source: _TableLines, columns: TableColumns, spans: Callable[[int, int], object] | None) -> Iterator[Reading]:
    """The rows below the header that have a cell."""
    import csv  # as above

    rows = csv.reader(source, delimiter=source.delimiter, strict=True)
    for number in count(2):
        source.taken.clear()
        try:
            cells = next(rows, None)
        except csv.Error as error:
            source.tell(spans)
            yield Reading(None, (_broken(source, str(error), source.file),))
            continue
        if cells is None:
            return
        source.tell(spans)
        if any(cells):
            yield _row(cells, columns, source, number, source.file)


def _row(cells: list[str], columns: TableColumns, source: _TableLines, number: int, file: str) -> Reading:
    line = source.number - len(source.taken) + 1
    content = "".join(source.taken).rstrip("\r\n")
    text = RowText(file, content, line, row=number, names=tuple(columns.names), delimiter=source.delimiter)
    if len(cells) != len(columns.names):
        arguments = {"row": number, "found": len(cells), "expected": len(columns.names)}
        return Reading(None, (Diagnostic("CM011", "ragged", arguments, Location(file, line, 1)),), text)
    for nameless in columns.nameless:
        if cells[nameless]:
            arguments = {"row": number, "column": nameless + 1}
            return Reading(None, (Diagnostic("CM011", "nameless", arguments, Location(file, line, 1)),), text)
    data = columns.document(cells, "")
    if columns.convert is not None:
        columns.convert(data)

    def places() -> Place:
        return columns.places(cells, "", text.starts())

    return Reading(Document(file, data, content, "csv", line, 0, {"lines": text, "make places": places}))


def _broken(source: _TableLines, complaint: str, file: str) -> Diagnostic:
    """The finding about a row that the library refuses."""
    place = Location(file, source.number - len(source.taken) + 1, 1)
    if "field larger" in complaint and len(source.taken) > 1:
        raise _TableEnds(Diagnostic("CM011", "open", {}, place, _CLOSE))
    if "field larger" in complaint:
        return Diagnostic("CM003", "scalar", {"limit": _LONGEST}, place)
    if "unexpected end" in complaint:
        return Diagnostic("CM011", "open", {}, place, _CLOSE)
    return Diagnostic("CM011", "quote", {}, place, "write a quote within a quoted text twice")


def _no_header(line: str) -> str:
    shown = line.strip()[:60]
    return f"the first row names the columns by paths such as name or list[2].name; here it is {shown!r}"


def _delimiter(line: str) -> str:
    """The delimiter that the names of columns are most often parted by."""
    bare = _QUOTED.sub("", line)
    return max(DELIMITERS, key=bare.count)


@dataclass(slots=True)
class _TableLines:
    """The lines of a table, as the library takes them. `number` is that of the last; `taken` are those of this row."""

    chunks: Iterable[bytes]
    file: str
    limits: Limits
    delimiter: str = ","
    number: int = 0
    taken: list[str] = field(default_factory=list)
    _pieces: Iterator[cutting.Piece] = field(init=False)
    _size: int = 0
    _read: int = 0  # bytes
    _told: int = 0

    def __post_init__(self) -> None:
        """Starts at the first line."""
        self._pieces = cutting.lines(self.chunks, keep=self.limits.line, most=0)

    def tell(self, spans: Callable[[int, int], object] | None) -> None:
        """Tells where what was read since the last call starts and ends."""
        if spans is not None:
            spans(self._told, self._read)
        self._told = self._read

    def header(self) -> Text | None:
        """The first line that is not blank, which names the columns; None if there is none."""
        while (line := next(self, None)) is not None:
            separator = _SEPARATOR.fullmatch(line.rstrip("\r\n"))
            if separator and self.number == 1:
                self.delimiter = separator[1]
            elif line.strip():
                if not separator and self.delimiter == ",":
                    self.delimiter = _delimiter(line)
                return Text(self.file, line.rstrip("\r\n"), self.number)
            self.taken.clear()
        return None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        piece = next(self._pieces, None)
        if piece is None:
            raise StopIteration
        self._size = len(piece.content) + (self._size if self.taken else 0)
        if piece.size > self.limits.line:
            raise _TableEnds(too_large("endless", Location(self.file, piece.line, 1), self.limits.line, piece.size))
        if self._size > self.limits.line:
            place = Location(self.file, self.number - len(self.taken) + 1, 1)
            raise _TableEnds(Diagnostic("CM011", "open", {}, place, _CLOSE))
        self.number = piece.line
        try:
            line = piece.content.decode()
        except UnicodeDecodeError as error:
            column = len(piece.content[: error.start].decode()) + 1
            byte = f"0x{piece.content[error.start]:02X}"
            place = Location(self.file, piece.line, column)
            hint = f"give its encoding, such as `--encoding cp1252`, {_HINT}"
            raise _TableEnds(Diagnostic("CM011", "encoding", {"byte": byte}, place, hint)) from error
        self.taken.append(line)
        self._read += piece.size + len(piece.content) - len(piece.content.rstrip(b"\r\n"))
        return line


def _utf_8(chunks: Iterable[bytes], encoding: str | None, file: str) -> Iterable[bytes]:
    """The chunks in UTF-8."""
    if encoding is None or codecs.lookup(encoding).name in ("utf-8", "utf-8-sig"):
        return chunks
    return _recoded(chunks, encoding, file)


def _recoded(chunks: Iterable[bytes], encoding: str, file: str) -> Iterator[bytes]:
    lines, start = 1, True
    try:
        for text in codecs.iterdecode(chunks, encoding):
            lines += text.count("\n")
            yield (text.removeprefix("\ufeff") if start else text).encode(errors="replace")
            start = start and not text
    except UnicodeError as error:
        place = Location(file, lines, 1)
        raise _TableEnds(
            Diagnostic("CM011", "recode", {"encoding": encoding}, place, f"give another, {_HINT}")
        ) from error
