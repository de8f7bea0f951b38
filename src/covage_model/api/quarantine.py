"""Keeps the bytes of what was judged, those of clean orders apart from all others: `validate --quarantine`."""

from __future__ import annotations

import os
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import field
from functools import partial
from itertools import chain
from tempfile import TemporaryFile

from covage_model.api.judging_run import QuarantineFailed
from covage_model.documents.judge.judged_document import CleanDocuments, JudgedDocument
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.files import kinds
from covage_model.ground.files.opening import FileLayout

_CHUNK = 2**20
_SPAN = struct.Struct("<QQ")
_GOOD, _BAD = 1, 2  # marks of a record; 0 where nobody judged it, which is bad too
_BLANK = b" \t\r\n,;"  # what a record without content is made of
_ENDINGS = {"lines": ".ndjson", "items": ".json", "rows": ".csv"}
_Result = JudgedDocument | CleanDocuments
Spans = Callable[[int, int], object]


@dataclass(slots=True)
class _HeldFile:
    """One input file; its bytes are in the spool from `start` to `end`."""

    path: str
    layout: FileLayout
    first: int  # the number of its first record in the run
    start: int
    spans_start: int  # offset of the spans of its records
    end: int = 0
    spans: int = 0  # how many
    judged: int = 0  # results
    marks: bytearray = field(default_factory=bytearray)  # by record

    def mark(self, record: int, *, good: bool) -> None:
        """Marks a record; one that is bad in one place is bad."""
        if record >= len(self.marks):
            self.marks.extend(bytes(record + 1 - len(self.marks)))
        self.marks[record] = max(self.marks[record], _GOOD if good else _BAD)

    def is_good(self, record: int) -> bool:
        """Whether it was judged and nothing is wrong with it."""
        return record < len(self.marks) and self.marks[record] == _GOOD


class Quarantine:
    """
    Keeps the bytes of a run in files without a name until it is known which of them are good.

    An order is bad if it has an error; if `strict`, also with a warning or a rule that was not checked. What nobody
    judged is bad. Raises OSError if nothing can be written beside `folder`.
    """

    def __init__(self, folder: str, *, strict: bool = False) -> None:
        place = os.path.abspath(folder)
        while not os.path.isdir(place):
            place = os.path.dirname(place)
        self._spool = TemporaryFile(dir=place)  # noqa: SIM115  `close` closes it
        self._spans = TemporaryFile(dir=place)  # noqa: SIM115  as above
        self._findings = TemporaryFile(dir=place)  # noqa: SIM115  as above
        self._strict = strict
        self._files: list[_HeldFile] = []
        self._next = 0  # the number of the next record

    def close(self) -> None:
        """Lets go of the bytes."""
        self._spool.close()
        self._spans.close()
        self._findings.close()

    def sorted(
        self, layout: FileLayout, path: str, judged: Callable[[Iterable[bytes], Spans | None], Iterator[_Result]]
    ) -> Iterator[_Result]:
        """
        What `judged` finds in the content of a file, whose bytes are kept and marked.

        `judged` gets the content, and where only its reader knows where records end a function to be told.
        """
        held = _HeldFile(path, layout, self._next, self._spool.tell(), self._spans.tell())
        self._files.append(held)

        def told(start: int, end: int) -> None:
            held.spans += 1
            _write(self._spans.write, _SPAN.pack(start, end))

        copied = _Copied(iter(layout.chunks), self._spool.write)
        yield from self._marked(held, judged(copied, told if layout.kind in ("items", "rows") else None))
        with suppress(OSError, MemoryError, kinds.BrokenArchive):  # what cannot be read is not kept either
            for _ in copied:
                pass
        held.end = self._spool.tell()
        self._next = held.first + max(held.judged, len(held.marks), held.spans) + 1

    def _marked(self, held: _HeldFile, judged: Iterable[_Result]) -> Iterator[_Result]:
        for one in judged:
            held.judged += 1
            if isinstance(one, CleanDocuments):
                for line, plain, _ in one.each:
                    held.mark(_record(held, line), good=not (self._strict and plain.unchecked))
            elif one.document is not None:
                held.mark(_record(held, one.document.first_line), good=self._is_good(one))
            elif self._faulty(one.findings) and (line := _known_line(held, one.findings[0])):
                held.mark(_record(held, line), good=False)
            yield one

    def _is_good(self, one: JudgedDocument) -> bool:
        is_unchecked = one.verdict is not None and bool(one.verdict.unchecked)
        return not self._faulty(one.findings) and not (self._strict and is_unchecked)

    def _faulty(self, found: Iterable[Diagnostic]) -> bool:
        counted = (Severity.ERROR, Severity.WARNING, Severity.UNCHECKED) if self._strict else (Severity.ERROR,)
        return any(finding.severity in counted for finding in found)

    def number(self, line: int) -> int:
        """The number of the order that was judged last, or of that on a line of NDJSON; they ascend in a run."""
        held = self._files[-1]
        return held.first + (held.judged if held.layout.kind == "whole" else _record(held, line))

    def add_late(self, number: int, finding: Diagnostic) -> None:
        """Takes a finding about the order with that number, which was judged before."""
        if not self._faulty([finding]):
            return
        held = self._files[bisect_right(self._files, number, key=lambda file: file.first) - 1]
        held.mark(0 if held.layout.kind == "whole" else number - held.first, good=False)

    def add_finding(self, line: str) -> None:
        """Takes a line for `findings.ndjson`."""
        _write(self._findings.write, line.encode("utf-8", "backslashreplace"))

    def contents(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """The files to write, by name, in chunks; each is to be used before the next comes."""
        for held, name in zip(self._files, _names(self._files), strict=True):
            for folder, good in (("good", True), ("bad", False)):
                chunks = self._sorted_bytes(held, good=good)
                for chunk in chunks:
                    yield os.path.join(folder, name), chain([chunk], chunks)
                    break
        self._findings.seek(0)
        yield "findings.ndjson", iter(partial(self._findings.read, _CHUNK), b"")

    def _sorted_bytes(self, held: _HeldFile, *, good: bool) -> Iterator[bytes]:
        if held.layout.kind == "whole":
            return self._held(held.start, held.end if held.is_good(0) is good else held.start)
        if held.layout.kind == "lines":
            return _chosen(held, self._lines(held), good=good)
        records = self._spanned(held)
        if held.layout.kind == "items":
            return _as_list(_chosen(held, records, good=good))
        header = next(records) if held.spans else b""
        rows = _chosen(held, records, first=1, good=good)
        if not good and held.spans == 1 and held.start + len(header) == held.end:
            rows = iter([b""])  # nobody judged anything
        return _below(header, rows)

    def _lines(self, held: _HeldFile) -> Iterator[bytes]:
        """The lines; those after the last that was judged may come in any pieces."""
        pending, number = b"", 0
        for chunk in self._held(held.start, held.end):
            if number >= len(held.marks):
                yield pending + chunk
                pending = b""
                continue
            lines = (pending + chunk).splitlines(keepends=True)
            pending = b"" if lines[-1].endswith(b"\n") else lines.pop()  # after \r, \n may come
            yield from lines
            number += len(lines)
        yield from pending.splitlines(keepends=True)

    def _spanned(self, held: _HeldFile) -> Iterator[bytes]:
        """The records of which a reader said where they are; after rows, what was not read."""
        end = 0
        for number in range(held.spans):
            self._spans.seek(held.spans_start + number * _SPAN.size)
            start, end = _SPAN.unpack(self._spans.read(_SPAN.size))
            yield b"".join(self._held(held.start + start, min(held.start + end, held.end)))
        if held.layout.kind == "rows":
            yield from self._held(held.start + end, held.end)

    def _held(self, start: int, end: int) -> Iterator[bytes]:
        for at in range(start, end, _CHUNK):
            self._spool.seek(at)
            yield self._spool.read(min(_CHUNK, end - at))


class _Copied:
    """Chunks that are also written; those that nobody read can be read by another."""

    def __init__(self, chunks: Iterator[bytes], write: Callable[[bytes], object]) -> None:
        self._chunks = chunks
        self._out = write

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk = next(self._chunks)
        _write(self._out, chunk)
        return chunk


def _write(write: Callable[[bytes], object], content: bytes) -> None:
    try:
        write(content)
    except OSError as error:
        raise QuarantineFailed(error) from error


def _record(held: _HeldFile, line: int) -> int:
    """The record on that line of NDJSON, else the one at hand."""
    if held.layout.kind == "lines":
        return line - 1
    return 0 if held.layout.kind == "whole" else held.spans - 1


def _known_line(held: _HeldFile, found: Diagnostic) -> int:
    """The line of what could not be read, where a line says which record that is; else 0."""
    if held.layout.kind == "whole":
        return 1
    return found.location.line if held.layout.kind == "lines" else 0


def _chosen(held: _HeldFile, records: Iterable[bytes], *, first: int = 0, good: bool) -> Iterator[bytes]:
    """The records that are good, or the others. One that is blank goes with the one before it."""
    is_good = True
    for number, record in enumerate(records, first):
        if record.strip(_BLANK):
            is_good = held.is_good(number)
        if is_good is good and record:
            yield record


def _as_list(items: Iterator[bytes]) -> Iterator[bytes]:
    before = b"[\n"
    for item in items:
        yield before + item
        before = b",\n"
    if before == b",\n":
        yield b"\n]\n"


def _below(header: bytes, rows: Iterator[bytes]) -> Iterator[bytes]:
    for row in rows:
        yield header + row
        header = b""


def _names(held: list[_HeldFile]) -> list[str]:
    """A name for each file, below the folder that holds them all; without the ending of what was unpacked."""
    paths = [os.path.abspath(_file_name(each)) for each in held]
    home = os.path.commonpath([os.path.dirname(path) for path in paths]) if paths else ""
    names: list[str] = []
    taken: set[str] = set()
    for path in paths:
        name = os.path.relpath(path, home)
        stem, ending = os.path.splitext(name)
        number = 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}{ending}"
        taken.add(name)
        names.append(name)
    return names


def _file_name(held: _HeldFile) -> str:
    if held.path == "-":
        return "stdin" + _ENDINGS.get(held.layout.kind, "")
    if held.layout.unpacked and held.path.lower().endswith(kinds.COMPRESSED):
        return held.path.rpartition(".")[0]
    return held.path
