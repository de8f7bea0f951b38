"""A document in a file: an order or an account."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import field
from typing import Any, Protocol, runtime_checkable

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import json_reader, scalars
from covage_model.ground.files.json_offsets import Offsets, offsets
from covage_model.ground.files.place import Place, find
from covage_model.ground.files.text import Cell, Text
from covage_model.ground.pointer import split

_FEW = 8  # values of a document whose places are looked for one by one


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file: bare JSON-like data. Positions are computed when asked for, since they cost."""

    file: str  # as the user named it
    data: Any
    text: str  # of the file, or of the part that holds the document, after the byte order mark
    format: str  # "json", "yaml", "ndjson", "csv" or "parquet"
    first_line: int = 1  # the line of the file on which the document starts
    start: int = 0  # the offset in `text` at which it starts
    _known: dict[str, Any] = field(
        default_factory=dict, compare=False, repr=False
    )  # "lines", "places", what makes them, and how many "looks" were taken without them

    def at(self, pointer: str) -> Location:
        """
        Where the value at `pointer` starts.

        Where there is none, the line is that of the nearest thing that would hold it, and the pointer is kept.
        """
        return self.lines().location(self._offsets(pointer).start, pointer)

    def key_at(self, pointer: str) -> Location:
        """Where the key of the value at `pointer` is written; as `at` where there is no key."""
        found = self._offsets(pointer)
        return self.lines().location(found.key if found.exists and found.key is not None else found.start, pointer)

    def _offsets(self, pointer: str) -> Offsets:
        """The offsets of one value. Beyond a few, the places of all are found: each takes its look from the start."""
        looks = self._known.get("looks", 0)
        if looks < _FEW and self.format in ("json", "ndjson") and not self._known.keys() & {"places", "make places"}:
            self._known["looks"] = looks + 1
            found = offsets(self.lines().content, self.start, split(pointer))
            if found is not None:
                return found
        place, exists = find(self.places(), pointer)
        return Offsets(place.start, place.key, exists)

    def spelling(self, pointer: str) -> str | None:
        """How the number at `pointer` is written; None where there is none, or a whole number, which has one way."""
        place, exists = find(self.places(), pointer)
        if not exists or not isinstance(place.value, float):
            return None
        found = scalars.NUMBER.match(self.lines().content, place.start)
        return found[0] if found is not None and float(found[0]) == place.value else None

    def line(self, number: int) -> str:
        """The text of that line of the file; '' if the document's part of the file does not hold it."""
        return self.lines().line(number)

    def unknown(self, number: int) -> int:
        """How many characters of that line stand before what `line` gives."""
        return self.lines().unknown(number)

    def remark(self, at: Location) -> str:
        """What else names the place of the value: the row and the column of a table, else ''."""
        return str(self.cell(at) or "")

    def cell(self, at: Location) -> Cell | None:
        """The cell of a table that holds the value, or its row alone; None in other files."""
        if self.format not in ("csv", "parquet"):
            return None
        place, _ = find(self.places(), at.pointer)
        return self.lines().cell(None if isinstance(place.value, dict | list) else place.start)

    def lines(self) -> Text:
        """The text with its lines."""
        lines: Text = self._known.setdefault("lines", Text(self.file, self.text))
        return lines

    def places(self) -> Place:
        """The document with the place of every value."""
        if "places" not in self._known:  # YAML and tables bring their own
            make = self._known.get("make places")
            self._known["places"] = make() if make else json_reader.places(self.lines(), self.start)
        places: Place = self._known["places"]
        return places


class ReadingFilter(Protocol):
    """Looks at documents before they are read, and passes those that nobody needs to read."""

    def lines(self, lines: Sequence[bytes], number: int) -> Sequence[int]:
        """Which lines, by index, have still to be read; the first has that number in the file."""

    def items(self, items: Sequence[bytes], numbers: Sequence[int]) -> int:
        """How many items of a list need no reading, from the first on; `numbers` has the line of each."""


@runtime_checkable
class BlockFilter(ReadingFilter, Protocol):
    """A filter that looks at the lines of NDJSON as they stand in the file, and in their order."""

    def block(self, block: bytes, number: int) -> Generator[int, None, int]:
        """
        Which lines of a block, by index, have still to be read; the first has that number in the file. Returns how many
        lines there are.

        Each line is read when its index comes, and only then the next index is asked for.
        """


@dataclass(frozen=True, slots=True)
class Reading:
    """
    A document with the findings about reading it; if `document` is None, the findings say why, and `text` shows
    their lines if it could be decoded.

    A document that was read can only have findings about duplicate keys, of which the first value is kept.
    """

    document: Document | None
    findings: tuple[Diagnostic, ...] = ()
    text: Text | None = None
