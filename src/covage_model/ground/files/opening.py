"""What a file is: unpacked, without a byte order mark, in the format that its name or its first bytes say."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import cutting, kinds, ndjson
from covage_model.ground.files.decoding import other_encoding
from covage_model.ground.files.limits import Limits

FORMATS = {  # by file ending
    "json": "json", "yaml": "yaml", "yml": "yaml", "ndjson": "ndjson", "jsonl": "ndjson", "csv": "csv", "tsv": "csv",
    "parquet": "parquet",
}  # fmt: skip
_USUAL = Limits()
_ONCE = "unpack it once"
_HEAD = 2**16  # bytes by which a file without a known ending is recognised


@dataclass(frozen=True, slots=True)
class FileLayout:
    """
    How records lie in a file: "lines" (NDJSON), "items" (of JSON), "rows" (CSV), or "whole" where it is not to be cut.

    `chunks` are its content, unpacked if `unpacked`, and as they are where it is "whole".
    """

    kind: str
    chunks: Iterable[bytes]
    unpacked: bool = False


def format_of(file: str) -> str | None:
    """The format that a file's ending names, that of a compression aside; None if it names none."""
    name = file.lower()
    for ending in kinds.COMPRESSED:
        name = name.removesuffix(ending)
    return FORMATS.get(name.rpartition(".")[2])


def layout(source: bytes | Iterable[bytes], file: str, *, at: str, encoding: str | None) -> FileLayout:
    """How records lie in the content of a file, and the content again; `at` and `encoding` as for `readings`."""
    raw = iter(cutting.chunks_of(source) if isinstance(source, bytes) else source)
    taken: list[bytes] = []
    looking = True

    def recorded() -> Iterator[bytes]:
        for chunk in raw:
            if looking:
                taken.append(chunk)
            yield chunk

    named = format_of(file)
    kind = "whole"
    try:
        chunks, refused = unpacked(recorded(), file, any_text=named == "csv" and encoding is not None)
        if not refused:
            chosen, chunks = sniffed(named, chunks, _USUAL)
            first, chunks = beginning(chunks)
            if chosen == "json" and (at or first.lstrip()[:1] == b"["):
                kind = "items"
            elif chosen == "ndjson" or (chosen == "csv" and not at and encoding is None):
                kind = "lines" if chosen == "ndjson" else "rows"
            if first.startswith(codecs.BOM_UTF8) or kinds.is_compressed(first):
                kind = "whole"
    except kinds.BrokenArchive:
        pass
    except (OSError, MemoryError) as error:
        return FileLayout("whole", _failing(taken, error))
    looking = False
    if kind == "whole":
        return FileLayout("whole", chain(taken, raw))
    was_packed = kinds.is_compressed(b"".join(taken[:4])[:4])
    taken.clear()
    return FileLayout(kind, chunks, was_packed)


def _failing(chunks: Iterable[bytes], error: Exception) -> Iterator[bytes]:
    yield from chunks
    raise error


def sniffed(chosen: str | None, chunks: Iterable[bytes], limits: Limits) -> tuple[str, Iterable[bytes]]:
    """The format by the first characters, and the chunks again; what is called JSON may be documents on lines."""
    head, chunks = _first(chunks)
    if head.startswith(kinds.PARQUET):
        return "parquet", chunks
    if chosen not in (None, "json"):
        return chosen, chunks
    head, chunks = beginning(chunks)
    several, chunks = ndjson.several(chunks, limits)
    if several:
        return "ndjson", chunks
    if chosen is None and head.lstrip()[:1] not in (b"{", b"["):
        from covage_model.ground.files import csv_rows

        return ("csv" if csv_rows.looks_like_table(head) else "yaml"), chunks
    return "json", chunks


def _first(chunks: Iterable[bytes]) -> tuple[bytes, Iterable[bytes]]:
    """The first bytes, 4 or more unless there are fewer, and all chunks again."""
    rest = iter(chunks)
    head = b""
    for chunk in rest:
        head += chunk
        if len(head) >= 4:
            break
    return head, chain([head], rest)


def unpacked(
    chunks: Iterable[bytes], file: str, *, unpack: bool = True, any_text: bool = False, keep_mark: bool = False
) -> tuple[Iterable[bytes], Diagnostic | None]:
    """
    The chunks, decompressed, and a finding if they are no text of ours; without the byte order mark of UTF-8, unless
    `keep_mark`.

    Raises BrokenArchive if not even the start can be decompressed.
    """
    head, chunks = _first(chunks)
    if unpack and kinds.is_compressed(head):
        from covage_model.ground.files import compressed

        head, chunks = _first(compressed.content(head, chunks, file))
        if kinds.is_compressed(head):
            return chunks, Diagnostic("CM001", "kind", {"kind": "compressed twice"}, Location(file, 0, 0), _ONCE)
    refused = kinds.other_kind(head, file) or (None if any_text else other_encoding(head, file))
    rest = iter(chunks)
    next(rest, None)
    return chain([head if keep_mark else head.removeprefix(codecs.BOM_UTF8)], rest), refused


def beginning(chunks: Iterable[bytes]) -> tuple[bytes, Iterable[bytes]]:
    """The first bytes up to the end of a line that is not blank, fewer if it is long, and the chunks again."""
    rest = iter(chunks)
    head = b""
    for chunk in rest:
        head += chunk
        bare = head.lstrip()
        if bare[:1] in (b"{", b"[") or len(bare.splitlines()) > 1 or len(head) > _HEAD:
            break
    return head, chain([head], rest)
