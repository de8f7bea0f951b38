"""NDJSON in blocks of lines: a filter passes what needs no reading, and only the other lines are read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from covage_model.ground.files import ndjson
from covage_model.ground.files.cutting import Piece, whole_lines
from covage_model.ground.files.document import BlockFilter, Reading, ReadingFilter
from covage_model.ground.files.kinds import BrokenArchive
from covage_model.ground.files.limits import Limits

_BLANK = b" \t\r\n"
_RUNS = (b"\n" * 4096, b"\r\n" * 2048)  # blank lines that are not looked at one by one


class GoesOn(Exception):
    """A line of a part starts a document that may end beyond the part."""


def parts(chunks: Iterable[bytes], size: int, *, limits: Limits) -> Iterator[tuple[int, bytes] | Iterable[bytes]]:
    """
    The stream as parts of whole lines, of about `size` bytes, each with the number of its first line.

    Where a line is far too long the stream ends, and all that is left comes as the last.
    """
    blocks = _Blocks(chunks, limits.line)
    held: list[bytes] = []
    number, lines, held_size = 1, 0, 0
    while True:
        try:
            block = blocks.next()
        except (OSError, MemoryError, BrokenArchive):
            if held:  # what was read before it can be judged
                yield number, b"".join(held)
            raise
        if block is None:
            break
        held.append(b"".join(block))  # lines of one byte would be forty times as large
        lines += len(block)
        held_size += len(held[-1])
        if held_size >= size:
            yield number, b"".join(held)
            number, lines, held_size, held = number + lines, 0, 0, []
    if held:
        yield number, b"".join(held)
    if blocks.rest is not None:
        yield blocks.rest


def records(
    chunks: Iterable[bytes], file: str, passes: ReadingFilter, *, limits: Limits, first: int = 1, part: bool = False
) -> Iterator[Reading]:
    """
    As `ndjson.records`, for the lines that `passes` does not pass.

    After each block, of which some lines were passed, comes a reading without document and findings. The chunks begin
    at line `first`. If they are a `part` of a file, GoesOn is raised for a document that may end beyond it.
    """
    blocks = _Blocks(chunks, limits.line)
    doubtful = _DoubtfulLines(blocks, file, limits, part=part)
    number = first
    while (block := blocks.content()) is not None:
        if not block.lstrip(_BLANK):
            number += _line_count(block)
            continue
        asked = _FilteredBlock(passes, block, number)
        yield from doubtful.readings(asked, block, number)
        number += asked.count + blocks.drop(doubtful.beyond)
    if blocks.rest is not None:  # a line over the limit
        for reading in ndjson.records(blocks.rest, file, limits=limits, first=number):
            is_indented = any(finding.form == "indented" for finding in reading.findings)
            if not (doubtful.indented and is_indented):
                yield reading


class _FilteredBlock:
    """The indexes of the lines of a block that a filter does not pass; after them, `count` is that of all its lines."""

    def __init__(self, passes: ReadingFilter, block: bytes, number: int) -> None:
        self._passes, self._block, self._number = passes, block, number
        self.count = 0

    def __iter__(self) -> Iterator[int]:
        if isinstance(self._passes, BlockFilter):
            self.count = yield from self._passes.block(self._block, self._number)
        else:
            lines = whole_lines(self._block)
            self.count = len(lines)
            yield from self._passes.lines(lines, self._number)


class _DoubtfulLines:
    """
    Reads lines with care. `indented` says whether a document went over several, and `beyond` how many lines of blocks
    that come were read.
    """

    def __init__(self, blocks: _Blocks, file: str, limits: Limits, *, part: bool) -> None:
        self._blocks, self._file, self._limits, self._part = blocks, file, limits, part
        self.indented = False
        self.beyond = 0

    def readings(self, asked: _FilteredBlock, block: bytes, number: int) -> Iterator[Reading]:
        """The readings of these lines of a block, which starts at that line; if there are others, one of nothing."""
        taken = doubts = 0  # lines up to `taken` were read with one before them
        lines: Sequence[bytes] = ()
        for index in asked:
            doubts += 1
            lines = lines or whole_lines(block)
            line = lines[index]
            if index < taken or not line.strip(b" \t\r\n"):
                continue
            reading = ndjson.record(Piece(line, number + index, len(line.rstrip(b"\r\n"))), self._file, self._limits)
            if reading.document is None and ndjson.may_go_on(line):
                if self._part:
                    raise GoesOn
                more = ndjson.lines_to_end(line, chain(lines[index + 1 :], self._blocks.ahead()), self._limits)
                if more:
                    taken = index + 1 + more
                    if not self.indented:
                        self.indented = True
                        yield Reading(None, (ndjson.indented_document(self._file, number + index),))
                    continue
            yield reading
        if doubts < asked.count:
            yield Reading(None)
        self.beyond = max(0, taken - asked.count)


class _Blocks:
    """Lists of whole lines. Before a line that is far too long they end: that and all after it is `rest`."""

    def __init__(self, chunks: Iterable[bytes], longest: int) -> None:
        self._chunks = iter(chunks)
        self._longest = longest
        self._pending = b""  # the start of a line
        self._ahead: deque[list[bytes]] = deque()
        self._cut: deque[bytes] = deque()  # what was read as one block with a long run of blank lines in it
        self.rest: Iterable[bytes] | None = None

    def next(self) -> list[bytes] | None:
        """The next block; None at the end."""
        return self._ahead.popleft() if self._ahead else self._lines()

    def content(self) -> bytes | None:
        """The next block as it stands in the file; None at the end."""
        return b"".join(self._ahead.popleft()) if self._ahead else self._read()

    def ahead(self) -> Iterator[bytes]:
        """The lines of the blocks that come, read as far as somebody looks."""
        index = 0
        while True:
            if index == len(self._ahead):
                block = self._lines()
                if block is None:
                    return
                self._ahead.append(block)
            yield from self._ahead[index]
            index += 1

    def drop(self, count: int) -> int:
        """Leave out so many of the lines that come; how many."""
        left = count
        while left:
            block = self._ahead.popleft()
            if len(block) > left:
                self._ahead.appendleft(block[left:])
            left -= min(left, len(block))
        return count

    def _lines(self) -> list[bytes] | None:
        block = self._read()
        return None if block is None else whole_lines(block)

    def _read(self) -> bytes | None:
        if not self._cut:
            block = self._whole()
            if block is None:
                return None
            self._cut.extend(_without_runs(block))
        return self._cut.popleft()

    def _whole(self) -> bytes | None:
        if self.rest is not None:
            return None
        for chunk in self._chunks:
            end = chunk.rfind(b"\n") + 1
            if end:
                block, self._pending = b"".join((self._pending, memoryview(chunk)[:end])), chunk[end:]
                return block
            self._pending += chunk
            if len(self._pending) > self._longest:
                self.rest = chain([self._pending], self._chunks)
                return None
        block, self._pending = self._pending, b""
        return block or None


def _without_runs(block: bytes) -> list[bytes]:
    """The block cut so that a long run of blank lines is a part of its own; most blocks have none."""
    parts: list[bytes] = []
    while True:
        found = [start for run in _RUNS if (start := block.find(run)) >= 0]
        start = block.find(b"\n", min(found)) + 1 if found else 0
        end = len(block) - len(block[start:].lstrip(_BLANK))
        end = block.rfind(b"\n", start, end) + 1 if end < len(block) else end
        if not found or end <= start:
            return [*parts, block]
        parts += [block[:start], block[start:end]]
        block = block[end:]
        if not block:
            return parts


def _line_count(blank: bytes) -> int:
    """How many lines a blank block has; each of its lines has an end, but for the last of a file."""
    if blank.count(b"\r") == blank.count(b"\r\n"):
        return blank.count(b"\n") + (not blank.endswith(b"\n"))
    return len(blank.splitlines())
