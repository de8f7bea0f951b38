"""A stream of bytes cut into lines, and into the documents of a YAML stream, without reading all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain

from covage_model.ground.classes import dataclass

CHUNK = 2**20  # bytes that are read at once
_MARKERS = (b"---", b"...")
_BETWEEN = b"\n---\n"
_LARGE = 2**18  # bytes of a document from which on it is cut line by line


@dataclass(frozen=True, slots=True)
class Piece:
    """
    A part of a file: `content` starts at line `line` and keeps its line ends.

    `size` is larger than its content if that was cut; `whole` is False if the end was not looked for.
    """

    content: bytes
    line: int
    size: int
    whole: bool = True


def chunks_of(content: bytes) -> Iterator[bytes]:
    """The content of a file in chunks, so that its documents need not be in memory together."""
    return (content[start : start + CHUNK] for start in range(0, len(content), CHUNK))


def blocks_of(content: bytes, size: int) -> Iterator[bytes]:
    r"""
    The content in blocks that end where a line ends by \n; of at most `size` bytes, unless a line is longer.

    >>> list(blocks_of(b"a\nb\nccccccc\nd", 4))
    [b'a\nb\n', b'ccccccc\n', b'd']
    """
    start = 0
    while start < len(content):
        end = content.rfind(b"\n", start, start + size) + 1 or content.find(b"\n", start + size) + 1 or len(content)
        yield content[start:end]
        start = end


def whole_lines(content: bytes) -> list[bytes]:
    r"""
    The lines with their ends: \n, \r\n or \r.

    >>> whole_lines(b"a\r\n\nb"), whole_lines(b"a\rb\n")
    ([b'a\r\n', b'\n', b'b'], [b'a\r', b'b\n'])
    """
    if b"\r" in content:
        return content.splitlines(keepends=True)
    return BytesIO(content).readlines()  # four times as fast


def lines(chunks: Iterable[bytes], *, keep: int, most: int, first: int = 1) -> Iterator[Piece]:
    r"""
    Each line, ended by \n, \r\n or \r. Of a longer one `keep` bytes are kept; at more than `most` it ends here.

    >>> [piece.content for piece in lines([b"a\r", b"\nb\rc"], keep=9, most=9)]
    [b'a\r\n', b'b\r', b'c']
    """
    pending, dropped, number = b"", 0, first
    for chunk in chunks:
        parts = whole_lines(pending + chunk)
        pending = b"" if not parts or parts[-1].endswith(b"\n") else parts.pop()  # after \r, \n may come
        for part in parts:
            yield Piece(part, number, len(part.rstrip(b"\r\n")) + dropped)
            number, dropped = number + 1, 0
        if len(pending) > keep + 2:
            dropped += len(pending) - keep - 2
            pending = pending[:keep] + pending[-2:]
        if dropped > most:
            yield Piece(pending, number, len(pending) + dropped, whole=False)
            return
    for part in pending.splitlines(keepends=True):
        yield Piece(part, number, len(part.rstrip(b"\r\n")) + dropped)
        number, dropped = number + 1, 0


def yaml_documents(chunks: Iterable[bytes], *, most: int) -> Iterator[Piece]:
    """
    The documents of a YAML stream, each with its directives, its `---` and its `...`.

    They are cut where a line starts with a marker: YAML 1.2 (rule c-forbidden) allows that nowhere inside a
    document, not even in quotes, so that a broken document does not spoil the next. One of more than `most`
    bytes is cut, and is the last.
    """
    held, first = b"", 1
    rest = iter(chunks)
    for chunk in rest:
        held += chunk
        end = held.rfind(_BETWEEN) + 1
        plain = _plainly_cut(held[:end], most)
        if plain is None or len(held) - end > _LARGE or not _starts_plainly(held[end : end + 4]):
            break
        for content in plain:
            yield Piece(content, first, len(content))
            first += content.count(b"\n")
        held = held[end:]
    yield from _cut_by_line(chain((held,), rest), most, first)


def _starts_plainly(content: bytes) -> bool:
    return _BETWEEN[1:].startswith(content)


def _plainly_cut(content: bytes, most: int) -> list[bytes] | None:
    r"""
    The documents in a part of a stream, where each starts with a line `---` and ends before the next; else None.

    >>> _plainly_cut(b"---\na\n---\nb\n", 9), _plainly_cut(b"a\n---\nb\n", 9)
    ([b'---\na\n', b'---\nb\n'], None)
    """
    if not content:
        return []
    parts = content[4:].split(_BETWEEN)
    if not content.startswith(_BETWEEN[1:]) or b"\r" in content or b"\n..." in content:
        return None
    if content.count(b"\n---") != len(parts) - 1:  # others go on behind the marker
        return None
    found = [b"---\n%s\n" % part for part in parts[:-1]]
    found.append(b"---\n" + parts[-1])
    return found if max(map(len, found)) <= most else None


def _cut_by_line(chunks: Iterable[bytes], most: int, first: int) -> Iterator[Piece]:
    held = bytearray()  # one object: a list of so many short lines would be forty times as large
    size, prologue = 0, True  # prologue: only comments and directives so far
    for line in lines(chunks, keep=most, most=0, first=first):
        marker = _marker(line.content)
        if marker == b"---" and not prologue:
            yield Piece(bytes(held), first, size)
            held, size, first = bytearray(), 0, line.line
        held += line.content
        size += len(line.content)
        prologue = prologue and not marker and line.content.lstrip()[:1] in (b"", b"#", b"%")
        if size > most or not line.whole:
            yield Piece(bytes(held[:most]), first, max(size, line.size), whole=False)
            return
        if marker == b"...":
            yield Piece(bytes(held), first, size)
            held, size, first, prologue = bytearray(), 0, line.line + 1, True
    if held:
        yield Piece(bytes(held), first, size)


def _marker(line: bytes) -> bytes:
    """The document marker that a line starts with, or b''."""
    return line[:3] if line[:3] in _MARKERS and line[3:4] in (b"", b" ", b"\t", b"\r", b"\n") else b""
