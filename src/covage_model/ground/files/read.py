"""From the bytes of a file to its documents and the findings about reading them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from covage_model.ground import pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, in_order
from covage_model.ground.files import cutting, json_documents, kinds, ndjson, opening, place
from covage_model.ground.files.decoding import decode, too_large
from covage_model.ground.files.document import Document, Reading, ReadingFilter
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.node import Node
from covage_model.ground.files.text import Text

if TYPE_CHECKING:
    from covage_model.ground.files.columns import TableGuide

__all__ = ["Limits", "Reading", "only", "read_document", "read_documents", "read_spec", "readings"]

_USUAL = Limits()
_Findings = tuple[Diagnostic, ...]


def read_spec(content: bytes, file: str, *, limits: Limits = _USUAL) -> tuple[Node | None, _Findings]:
    """
    The one document of a YAML spec file, every value with its place, and the findings in the order of the file.

    None if the file could not be read to its end. A refused scalar stands as the text that was
    written; a refused alias as null; a refused merge key or complex key is left out.
    """
    from covage_model.ground.files import yaml_reader

    chunks, refused = opening.unpacked(cutting.chunks_of(content), file, unpack=False)
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
    at: str = "",
    guide: Callable[[], TableGuide] | None = None,
    encoding: str | None = None,
    passes: ReadingFilter | None = None,
    spans: Callable[[int, int], object] | None = None,
) -> Iterator[Reading]:
    """
    The documents of an order or account file, read lazily in file order, with the findings about reading them.

    `source` is the content, or its chunks, perhaps compressed by gzip or zstd: streams of documents and lists are never
    held whole. `format` is "json", "yaml", "ndjson", "csv" or "parquet"; without it the file's ending decides, else its
    first characters. JSON that is whole documents, each on its line, is read as NDJSON. With `lists`, a list at the
    top of JSON or YAML is so many documents. `at` is a JSON Pointer to the document, or the list of documents, within
    each; `*` in it means every item. Each row of a table is a document: `guide` says what its columns are, and
    `encoding` how a CSV file is encoded, UTF-8 if it is None. Limits hold for each document, uncompressed. There is at
    least one reading. Raises ValueError for another `format`, LookupError for an unknown encoding.

    `passes` is shown the lines of NDJSON, block by block, and the items of JSON lists: only what it does not pass is
    read. After some were passed comes a reading without document and findings. `spans` is told where each item of a
    JSON list and each row of CSV starts and ends, in bytes of the unpacked content, before it is read; then no item is
    passed. The first row of CSV is its header.
    """
    chosen = format or opening.format_of(file)
    if chosen not in {None, *opening.FORMATS.values()}:
        raise ValueError(f"no format is called {chosen!r}")
    how = _HowToRead(file, limits, lists, at, guide, encoding, passes, spans)
    empty = True
    try:
        for reading in _opened(source, chosen, how):
            empty = False
            yield reading
    except kinds.BrokenArchive as broken:
        yield Reading(None, (replace(broken.finding, location=Location(file, 0, 0)) if empty else broken.finding,))
        return
    if empty:
        yield Reading(None, (_empty(file),))


@dataclass(frozen=True, slots=True)
class _HowToRead:
    """What is asked of one file: the arguments of `readings`."""

    file: str
    limits: Limits
    lists: bool
    at: str
    guide: Callable[[], TableGuide] | None
    encoding: str | None
    passes: ReadingFilter | None
    spans: Callable[[int, int], object] | None


def _opened(source: bytes | Iterable[bytes], chosen: str | None, how: _HowToRead) -> Iterator[Reading]:
    """What is read of a file in the format `chosen`; its first characters decide where that is None."""
    chunks = cutting.chunks_of(source) if isinstance(source, bytes) else source
    any_text = chosen == "csv" and how.encoding is not None
    chunks, refused = opening.unpacked(chunks, how.file, any_text=any_text)
    if refused:
        return iter([Reading(None, (_with_encoding(refused) if chosen == "csv" else refused,))])
    chosen, chunks = opening.sniffed(chosen, chunks, how.limits)
    if chosen in ("csv", "parquet"):
        return _rows(source, chunks, chosen, how)
    steps = pointer.split(how.at)
    if chosen == "ndjson" and how.passes is not None and not steps:
        from covage_model.ground.files import ndjson_blocks

        return ndjson_blocks.records(chunks, how.file, how.passes, limits=how.limits)
    if chosen == "ndjson":
        return _within(ndjson.records(chunks, how.file, limits=how.limits), steps)
    if chosen == "yaml":
        from covage_model.ground.files import yaml_documents

        lists = how.lists and not steps
        return _within(yaml_documents.documents(chunks, how.file, limits=how.limits, lists=lists), steps)
    return _json(chunks, steps, how)


def _with_encoding(refused: Diagnostic) -> Diagnostic:
    """The finding about text that is not UTF-8, with the option that says how a table is encoded."""
    if refused.form != "unicode":
        return refused
    encoding = str(refused.arguments.get("encoding", "")).lower()
    return replace(refused, hint=f"give its encoding, such as `--encoding {encoding}`, or {refused.hint}")


def _rows(source: bytes | Iterable[bytes], chunks: Iterable[bytes], chosen: str, how: _HowToRead) -> Iterator[Reading]:
    """The rows of a table."""
    if how.at:
        hint = "each row of a table is an order"
        return iter([Reading(None, (Diagnostic("CM001", "at", {"pointer": how.at}, Location(how.file, 0, 0), hint),))])
    from covage_model.ground.files import columns

    guide = how.guide() if how.guide is not None else columns.AnyTable()
    if chosen == "parquet":
        from covage_model.ground.files import parquet_rows

        return parquet_rows.readings(getattr(source, "file", None), chunks, how.file, guide)
    from covage_model.ground.files import csv_rows

    return csv_rows.readings(chunks, how.file, guide, encoding=how.encoding, limits=how.limits, spans=how.spans)


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


def read_document(
    content: bytes,
    file: str,
    *,
    format: str | None = None,  # noqa: A002 - the word that people type
    limits: Limits = _USUAL,
) -> tuple[Document | None, _Findings]:
    """
    The one document of a file, and the findings about reading it.

    None where the file holds none that can be read, or more than one (CM506): nothing is read after the second.
    """
    return only(readings(content, file, format=format, limits=limits), file)


def only(found: Iterable[Reading], file: str) -> tuple[Document | None, _Findings]:
    """As `read_document`, of what is read of a file."""
    one: Document | None = None
    findings: list[Diagnostic] = []
    for reading in found:
        findings += reading.findings
        if reading.document is None:
            return None, _sorted(findings)
        if one is not None:
            return None, (Diagnostic("CM506", "several", {"name": file}, Location(file, 0, 0)),)
        one = reading.document
    return one, _sorted(findings)


def _json(chunks: Iterable[bytes], steps: tuple[str, ...], how: _HowToRead) -> Iterator[Reading]:
    """The documents of JSON: one, or the items of a list at its top or at a pointer."""
    head, chunks = opening.beginning(chunks)
    if steps or (how.lists and head.lstrip()[:1] == b"["):
        from covage_model.ground.files import json_items

        passes = None if how.spans else how.passes
        return json_items.readings(chunks, how.file, steps, limits=how.limits, passes=passes, spans=how.spans)
    text = _whole(chunks, how.file, how.limits)
    if isinstance(text, Diagnostic):
        return iter([Reading(None, (text,))])
    return json_documents.documents(text, limits=how.limits)


def _within(found: Iterator[Reading], steps: tuple[str, ...]) -> Iterator[Reading]:
    if not steps:
        return found
    from covage_model.ground.files import within

    return within.readings(found, steps)


def _whole(chunks: Iterable[bytes], file: str, limits: Limits) -> Text | Diagnostic:
    """The text of a JSON file, which is one document and as large as one may be."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size > limits.bytes:
            from covage_model.ground.files import envelope

            found = too_large("bytes", Location(file, 0, 0), limits.bytes, size)
            where = envelope.first_list(held[0])
            hint = f"`--at {where}` reads" if where else "if orders lie within it, `--at POINTER` says where, and reads"
            return replace(found, hint=f"{hint} them one by one, from a file of any size")
    return decode(b"".join(held), file)


def _empty(file: str) -> Diagnostic:
    return Diagnostic("CM001", "empty", {}, Location(file, 0, 0))


def _sorted(findings: Iterable[Diagnostic]) -> _Findings:
    return in_order(findings)
