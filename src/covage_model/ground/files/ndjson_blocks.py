"""NDJSON in blocks of lines: a filter passes what needs no reading, and only the other lines are read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain

from covage_model.ground.files import ndjson
from covage_model.ground.files.cutting import Piece
from covage_model.ground.files.document import Reading, ReadingFilter
from covage_model.ground.files.kinds import BrokenArchive
from covage_model.ground.files.limits import Limits


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
        held.extend(block)
        lines += len(block)
        held_size += sum(map(len, block))
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
    number, indented = first, False
    while (lines := blocks.next()) is not None:
        taken = 0  # lines up to here were read with one before them
        doubts = passes.lines(lines, number)
        for index in doubts:
            line = lines[index]
            if index < taken or not line.strip(b" \t\r\n"):
                continue
            reading = ndjson.record(Piece(line, number + index, len(line.rstrip(b"\r\n"))), file, limits)
            if reading.document is None and ndjson.may_go_on(line):
                if part:
                    raise GoesOn
                more = ndjson.lines_to_end(line, chain(lines[index + 1 :], blocks.ahead()), limits)
                if more:
                    taken = index + 1 + more
                    if not indented:
                        indented = True
                        yield Reading(None, (ndjson.indented_document(file, number + index),))
                    continue
            yield reading
        if len(doubts) < len(lines):
            yield Reading(None)
        number += len(lines)
        if taken > len(lines):
            number += blocks.drop(taken - len(lines))
    if blocks.rest is not None:  # a line over the limit
        for reading in ndjson.records(blocks.rest, file, limits=limits, first=number):
            is_indented = any(finding.form == "indented" for finding in reading.findings)
            if not (indented and is_indented):
                yield reading


class _Blocks:
    """Lists of whole lines. Before a line that is far too long they end: that and all after it is `rest`."""

    def __init__(self, chunks: Iterable[bytes], longest: int) -> None:
        self._chunks = iter(chunks)
        self._longest = longest
        self._pending = b""  # the start of a line
        self._ahead: deque[list[bytes]] = deque()
        self.rest: Iterable[bytes] | None = None

    def next(self) -> list[bytes] | None:
        """The next block; None at the end."""
        return self._ahead.popleft() if self._ahead else self._read()

    def ahead(self) -> Iterator[bytes]:
        """The lines of the blocks that come, read as far as somebody looks."""
        index = 0
        while True:
            if index == len(self._ahead):
                block = self._read()
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

    def _read(self) -> list[bytes] | None:
        if self.rest is not None:
            return None
        for chunk in self._chunks:
            end = chunk.rfind(b"\n") + 1
            if end:
                block, self._pending = self._pending + chunk[:end], chunk[end:]
                return block.splitlines(keepends=True)
            self._pending += chunk
            if len(self._pending) > self._longest:
                self.rest = chain([self._pending], self._chunks)
                return None
        block, self._pending = self._pending, b""
        return block.splitlines(keepends=True) or None
