"""Parquet: an order on each row, row group after row group; nested columns are nested values."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files.columns import TableColumns, TableGuide, columns_of
from covage_model.ground.files.document import Document, Reading
from covage_model.ground.files.kinds import PARQUET
from covage_model.ground.files.place import Place
from covage_model.ground.files.text import Cell, Text

_ROWS = 512  # that are held at once
_INSTALL = 'pip install "covage-model[parquet]", or save it as CSV'


@dataclass(frozen=True, slots=True)
class RowOfColumns(Text):
    """A row without a text: its line is the number of the row, its columns are those of the table, from 1."""

    names: Sequence[str] = ()

    def location(self, offset: int, pointer: str = "") -> Location:
        """The row, and the number of a column counted from 0."""
        return Location(self.file, self.first_line, offset + 1, pointer)

    def line(self, number: int) -> str:  # noqa: ARG002  there is none
        """No text."""
        return ""

    def cell(self, offset: int | None) -> Cell:
        """The row, and the name of the column."""
        return Cell(self.first_line, self.names[offset] if offset is not None else None)


class _NoValue(ValueError):
    """A value that JSON cannot hold; its text is the argument."""


def readings(handle: IO[bytes] | None, chunks: Iterable[bytes], file: str, guide: TableGuide) -> Iterator[Reading]:
    """
    Each row that has a value, as a document; first the findings about the names of the columns.

    `handle` is the open file, if it can be read from any place; else its chunks are kept in a temporary file.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        library = Diagnostic("CM001", "library", {"kind": "a Parquet file"}, Location(file, 0, 0), _INSTALL)
        yield Reading(None, (library,))
        return
    damaged = Diagnostic("CM011", "parquet", {}, Location(file, 0, 0))
    with _seekable(handle, chunks) as whole:
        if not whole.read(1):
            return
        try:
            table = parquet.ParquetFile(whole, pre_buffer=False, buffer_size=2**20)
            names = table.schema_arrow.names
            lists = {number for number, each in enumerate(table.schema_arrow.types) if pa.types.is_nested(each)}
        except (pa.ArrowException, OSError, ValueError):
            yield Reading(None, (damaged,))
            return
        places = [Location(file, 0, 0)] * len(names)
        columns = columns_of(names, guide, places, whole=lists)
        for finding in columns.findings if columns.steps else ():
            yield Reading(None, (finding,))
        if not columns.steps:
            yield Reading(None, (Diagnostic("CM011", "header", {}, Location(file, 0, 0)),))
            return
        row = 0
        try:
            for batch in table.iter_batches(batch_size=_ROWS):
                for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    row += 1
                    if any(cell is not None for cell in cells):
                        yield _row(cells, columns, row, file)
        except (pa.ArrowException, OSError, ValueError):
            yield Reading(None, (damaged,))


def _seekable(handle: IO[bytes] | None, chunks: Iterable[bytes]) -> IO[bytes]:
    if handle is not None and not handle.closed and handle.seekable():
        handle.seek(0)
        if handle.read(len(PARQUET)) == PARQUET:  # else it is compressed
            handle.seek(0)
            return handle
    spool = tempfile.TemporaryFile()  # noqa: SIM115  its user closes it
    for chunk in chunks:
        spool.write(chunk)
    spool.seek(0)
    return spool


def _row(cells: Sequence[Any], columns: TableColumns, row: int, file: str) -> Reading:
    text = RowOfColumns(file, "", row, names=columns.names)
    values = []
    for number, cell in enumerate(cells):
        try:
            values.append(json_value_of(cell))
        except _NoValue as error:
            arguments = {"text": str(error), "column": columns.names[number]}
            return Reading(None, (Diagnostic("CM011", "value", arguments, text.location(number)),), text)
    data = columns.document(values, None)

    def places() -> Place:
        return columns.places(values, None, range(len(values)))

    return Reading(Document(file, data, "", "parquet", row, 0, {"lines": text, "make places": places}))


def json_value_of(value: Any) -> Any:
    """
    A value of a column as JSON has it: dates and times as texts of RFC 3339, members that are null left out.

    Raises ValueError for what JSON cannot hold.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            if not math.isfinite(value):
                raise _NoValue(str(value))
            return value
        case dict():
            return {name: json_value_of(member) for name, member in value.items() if member is not None}
        case list() if value and all(isinstance(item, tuple) for item in value):  # a map
            return {str(name): json_value_of(member) for name, member in value if member is not None}
        case list():
            return [json_value_of(item) for item in value]
        case Decimal():
            return _number(value)
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case bytes():
            try:
                return value.decode()
            except UnicodeDecodeError as error:
                raise _NoValue(f"bytes {value[:8]!r}") from error
        case timedelta():
            return str(value)
    return str(value)


def _number(value: Decimal) -> int | float | str:
    """A decimal as the number that it is, or as a text where a double cannot hold it."""
    if not value.is_finite():
        raise _NoValue(str(value))
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else str(value)
