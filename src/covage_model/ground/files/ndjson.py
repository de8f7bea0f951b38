"""NDJSON: one JSON document on each line, each read alone."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import cutting, decoding, json_reader
from covage_model.ground.files.builder import faithful
from covage_model.ground.files.cutting import Piece
from covage_model.ground.files.document import Document, Reading
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.text import Text
from covage_model.ground.patterns import REPEATED, regex

_BRACKETS = regex(rb'"(?:[^"\\]++|\\.)' + REPEATED.encode() + rb'"?|[{}\[\]]')
_ONE_LINE = "put each document on one line, as `jq -c .` does"


def several(chunks: Iterable[bytes], limits: Limits) -> tuple[bool, Iterable[bytes]]:
    """
    Whether the first line is a document and another one starts on a later line; and the chunks again.

    A first line that closes each bracket it opens is one, also if it is broken: no JSON goes on after it.
    """
    rest = iter(chunks)
    head = b""
    for chunk in rest:
        head += chunk
        first, end, more = head.lstrip().partition(b"\n")
        if end and (more := more.lstrip()):
            return more[:1] in (b"{", b"[") and _is_line(first), chain([head], rest)
        if len(first) > limits.line:
            break
    return False, chain([head], rest)


def _is_line(line: bytes) -> bool:
    return not _depth(line) if line[:1] in (b"{", b"[") else _is_json(line)


def records(chunks: Iterable[bytes], file: str, *, limits: Limits, first: int = 1) -> Iterator[Reading]:
    """
    Each line that is not blank, in the order of the file.

    Documents over several lines are one finding, at the first of them; lines that hold a whole document are
    read all the same. A line far over the limit ends the reading. The chunks begin at line `first` of the file.
    """
    source = _Lines(cutting.lines(chunks, keep=limits.line, most=limits.bytes, first=first))
    indented = False
    for piece in source:
        if not piece.content.strip(b" \t\r\n"):
            continue
        reading = record(piece, file, limits)
        if reading.document or not may_go_on(piece.content) or not source.take_rest(piece.content, limits):
            yield reading
        elif not indented:
            indented = True
            yield Reading(None, (indented_document(file, piece.line),))


def indented_document(file: str, line: int) -> Diagnostic:
    """The finding about a document over several lines."""
    return Diagnostic("CM001", "indented", {}, Location(file, line, 1), _ONE_LINE)


def record(piece: Piece, file: str, limits: Limits) -> Reading:
    """The document of one line, which is not blank."""
    if piece.size > limits.line:
        form = "line" if piece.whole else "endless"
        return Reading(None, (decoding.too_large(form, Location(file, piece.line, 1), limits.line, piece.size),))
    text = decoding.decode(piece.content.rstrip(b"\r\n"), file, piece.line)
    if isinstance(text, Diagnostic):
        return Reading(None, (text,))
    data, findings = json_reader.read(text, 0, len(text.content), limits=limits)
    if not faithful(findings):
        return Reading(None, findings, text)
    return Reading(_document(text, data), findings)


def _document(text: Text, data: object) -> Document:
    return Document(text.file, data, text.content, "ndjson", text.first_line, 0, {"lines": text})


def _depth(line: bytes) -> int:
    """How many more brackets the line opens than it closes."""
    tokens = [token for token in _BRACKETS.findall(line) if len(token) == 1]
    return sum(1 if token in b"{[" else -1 for token in tokens)


def may_go_on(line: bytes) -> bool:
    """Whether a line starts a document and does not end it."""
    bare = line.strip()
    return bare[:1] in (b"{", b"[") and bare[-1:] in b"{[,:]}" and bare[-1:] != b"" and _depth(bare) > 0


@dataclass(frozen=True, slots=True)
class _SeenLine:
    """A line that was looked at and not taken; `depth` is kept since each line may be looked at many times."""

    piece: Piece
    depth: int


class _Lines:
    """Lines that can be looked at before they are taken."""

    def __init__(self, pieces: Iterator[Piece]) -> None:
        self._pieces = pieces
        self._ahead: deque[_SeenLine] = deque()

    def __iter__(self) -> Iterator[Piece]:
        while True:
            piece = self._ahead.popleft().piece if self._ahead else next(self._pieces, None)
            if piece is None:
                return
            yield piece

    def take_rest(self, first: bytes, limits: Limits) -> bool:
        """
        Take the lines that complete the JSON document which starts with `first`; take none if none do.

        The lines are looked at while brackets are open, up to the limit of a record: each bracket of a line can
        start one look, so that the work is linear for a limited depth.
        """
        lines = ((line.piece.content, line.depth) for line in self._lines_ahead())
        taken = _lines_to_end(first, lines, limits)
        for _ in range(taken):
            self._ahead.popleft()
        return taken > 0

    def _lines_ahead(self) -> Iterator[_SeenLine]:
        yield from tuple(self._ahead)
        for piece in self._pieces:
            self._ahead.append(_SeenLine(piece, _depth(piece.content)))
            yield self._ahead[-1]


def lines_to_end(first: bytes, following: Iterable[bytes], limits: Limits) -> int:
    """How many of the lines that follow complete the JSON document which starts with `first`; 0 if none do."""
    return _lines_to_end(first, ((line, _depth(line)) for line in following), limits)


def _lines_to_end(first: bytes, following: Iterable[tuple[bytes, int]], limits: Limits) -> int:
    depth, size, lines = _depth(first), len(first), [first]
    for line, opened in following:
        depth, size = depth + opened, size + len(line)
        lines.append(line)
        if not 0 < depth <= limits.depth or size > limits.line:
            break
    return len(lines) - 1 if depth == 0 and _is_json(b"".join(lines)) else 0


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
