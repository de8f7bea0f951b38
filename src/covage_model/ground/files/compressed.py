"""Files compressed by gzip or zstd: their content in chunks, as long as it is sound."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files.cutting import chunks_of
from covage_model.ground.files.kinds import GZIP, ZSTD, BrokenArchive

_WINDOW = 2**27  # bytes that zstd may look back


def content(head: bytes, chunks: Iterable[bytes], file: str) -> Iterator[bytes]:
    """
    What the compressed chunks hold, several archives in a row too; `head` is in the first chunk.

    Iterating raises BrokenArchive where the file is cut, damaged, or in need of a library that is not installed.
    """
    name, mark, size = ("gzip", GZIP, 2**14) if head.startswith(GZIP) else ("zstd", ZSTD, 2**10)
    decompressor = _decompressor(name, file)
    ends = _LineEnds()
    for chunk in chunks:
        for start in range(0, len(chunk), size):
            rest = chunk[start : start + size]
            while rest:
                if decompressor.eof:  # another archive may follow, and zeros that fill a block of a tape
                    rest = rest.lstrip(b"\0")
                    if rest and rest[0] != mark[0]:
                        raise BrokenArchive(_broken("trailing", name, file))
                    decompressor = _decompressor(name, file) if rest else decompressor
                    continue
                try:
                    for piece in _decompressed(decompressor, rest):
                        ends.add(piece)
                        yield from chunks_of(piece)  # of blank lines, a whole one would become millions of objects
                except _Damaged as error:
                    raise BrokenArchive(_broken("damaged", name, file, ends.line)) from error
                rest = decompressor.unused_data if decompressor.eof else b""
    if not decompressor.eof:
        raise BrokenArchive(_broken("cut", name, file, ends.line))


class _Damaged(Exception):
    """What follows cannot be decompressed."""


@dataclass(slots=True)
class _LineEnds:
    """Counts the lines of a text that comes in pieces; `line` is the number of the one at its end."""

    line: int = 1
    _after_return: bool = False

    def add(self, piece: bytes) -> None:
        """Counts a piece."""
        if not piece:
            return
        self.line += piece.count(b"\n")
        if b"\r" in piece or self._after_return:
            self.line += piece.count(b"\r") - piece.count(b"\r\n")
            self.line -= self._after_return and piece.startswith(b"\n")
        self._after_return = piece.endswith(b"\r")


def _decompressed(decompressor: Any, part: bytes) -> Iterator[bytes]:
    """What a small part becomes: at most 16 MiB (gzip) or 32 MiB (zstd), however well it was compressed."""
    spare: Any = decompressor.copy() if hasattr(decompressor, "copy") else None
    try:
        yield decompressor.decompress(part)
    except MemoryError:
        raise
    except Exception as error:  # each library has its own
        with suppress(zlib.error):
            for start in range(len(part) if spare else 0):  # what is sound before the damage
                yield spare.decompress(part[start : start + 1])
        raise _Damaged from error


def _decompressor(name: str, file: str) -> Any:
    if name == "gzip":
        return zlib.decompressobj(wbits=31)
    try:
        import zstandard
    except ImportError as error:
        hint = 'pip install "covage-model[zstd]", or compress it with gzip'
        raise BrokenArchive(
            Diagnostic("CM001", "library", {"kind": "compressed by zstd"}, Location(file, 0, 0), hint)
        ) from error
    return zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()


def _broken(form: str, name: str, file: str, line: int = 0) -> Diagnostic:
    return Diagnostic("CM010", form, {"kind": name}, Location(file, line, min(line, 1)))
