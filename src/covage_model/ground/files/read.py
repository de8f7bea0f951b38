"""From the bytes of a file to its documents and the findings about reading them."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain

from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import cutting, json_documents, ndjson, place
from covage_model.ground.files.decoding import decode, other_encoding, too_large
from covage_model.ground.files.document import Document, Reading
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.node import Node
from covage_model.ground.files.text import Text

__all__ = ["Limits", "Reading", "read_documents", "read_spec", "readings"]

FORMATS = {"json": "json", "yaml": "yaml", "yml": "yaml", "ndjson": "ndjson", "jsonl": "ndjson"}  # by file ending
_USUAL = Limits()
_Findings = tuple[Diagnostic, ...]


def read_spec(content: bytes, file: str, *, limits: Limits = _USUAL) -> tuple[Node | None, _Findings]:
    """
    The one document of a YAML spec file, every value with its place, and the findings in the order of the file.

    None if the file could not be read to its end. A refused scalar stands as the text that was
    written; a refused alias as null; a refused merge key or complex key is left out.
    """
    from covage_model.ground.files import yaml_reader

    chunks, refused = _opened(cutting.chunks_of(content), file)
    if refused:
        return None, (refused,)
    roots = yaml_reader.roots(chunks, file, limits=limits, strict=True)
    first = next(roots, None)
    if first is None:
        return None, (_empty(file),)
    findings = list(first.findings)
    second = next(roots, None)
    if second is not None and first.place is not None:
        findings.append(Diagnostic("CM001", "several", {}, second.at, "one file says one thing"))
    node = place.node(first.place, first.text) if first.place and first.text else None
    return node, _sorted(findings)


def readings(
    source: bytes | Iterable[bytes],
    file: str,
    *,
    format: str | None = None,  # noqa: A002 - the word that people type
    limits: Limits = _USUAL,
    lists: bool = False,
) -> Iterator[Reading]:
    """
    The documents of an order or account file, read lazily in file order, with the findings about reading them.

    `source` is the content, or its chunks: NDJSON and YAML streams are never held whole. `format` is "json",
    "yaml" or "ndjson"; without it the file's ending decides, else its first character. With `lists`, a list
    at the top of JSON or YAML is so many documents. Limits hold for each document. There is at least one
    reading. Raises ValueError for another `format`.
    """
    chosen = format or FORMATS.get(file.rpartition(".")[2].lower())
    if chosen not in {None, *FORMATS.values()}:
        raise ValueError(f"no format is called {chosen!r}")
    chunks, refused = _opened(cutting.chunks_of(source) if isinstance(source, bytes) else source, file)
    if refused:
        yield Reading(None, (refused,))
        return
    if chosen is None:
        chosen, chunks = _sniffed(chunks)
    empty = True
    for reading in _read(chosen, chunks, file, limits, lists=lists):
        empty = False
        yield reading
    if empty:
        yield Reading(None, (_empty(file),))


def read_documents(
    content: bytes,
    file: str,
    *,
    format: str | None = None,  # noqa: A002 - the word that people type
    limits: Limits = _USUAL,
) -> tuple[tuple[Document, ...], _Findings]:
    """All documents that `readings` gives, and all its findings, in the order of the file."""
    found = list(readings(content, file, format=format, limits=limits))
    documents = tuple(reading.document for reading in found if reading.document)
    return documents, _sorted([finding for reading in found for finding in reading.findings])


def _read(chosen: str, chunks: Iterable[bytes], file: str, limits: Limits, *, lists: bool) -> Iterator[Reading]:
    if chosen == "ndjson":
        return ndjson.records(chunks, file, limits=limits)
    if chosen == "yaml":
        from covage_model.ground.files import yaml_documents

        return yaml_documents.documents(chunks, file, limits=limits, lists=lists)
    text = _whole(chunks, file, limits)
    if isinstance(text, Diagnostic):
        return iter([Reading(None, (text,))])
    return json_documents.documents(text, limits=limits, lists=lists)


def _opened(chunks: Iterable[bytes], file: str) -> tuple[Iterable[bytes], Diagnostic | None]:
    """The chunks without the byte order mark of UTF-8, and a finding if they are in another encoding."""
    rest = iter(chunks)
    head = b""
    for chunk in rest:
        head += chunk
        if len(head) >= 4:
            break
    return chain([head.removeprefix(codecs.BOM_UTF8)], rest), other_encoding(head, file)


def _sniffed(chunks: Iterable[bytes]) -> tuple[str, Iterable[bytes]]:
    """The format by the first character that is not blank, and the chunks again."""
    rest = iter(chunks)
    seen: list[bytes] = []
    for chunk in rest:
        seen.append(chunk)
        if first := chunk.lstrip()[:1]:
            return ("json" if first in (b"{", b"[") else "yaml"), chain(seen, rest)
        if len(seen) > 16:  # so much blank space is no JSON of ours
            break
    return "yaml", chain(seen, rest)


def _whole(chunks: Iterable[bytes], file: str, limits: Limits) -> Text | Diagnostic:
    """The text of a JSON file, which is one document and as large as one may be."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size > limits.bytes:
            return too_large("bytes", Location(file, 0, 0), limits.bytes, size)
    return decode(b"".join(held), file)


def _empty(file: str) -> Diagnostic:
    return Diagnostic("CM001", "empty", {}, Location(file, 0, 0))


def _sorted(findings: Iterable[Diagnostic]) -> _Findings:
    return tuple(sorted(findings, key=Diagnostic.sort_key))
