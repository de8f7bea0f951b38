"""The front of the room: a file's bytes in, what it says and what was found out."""

from __future__ import annotations

from collections.abc import Iterable

from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import json_reader, ndjson, place
from covage_model.ground.files.builder import faithful
from covage_model.ground.files.decoding import decode
from covage_model.ground.files.document import Document
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.node import Node
from covage_model.ground.files.text import Text

__all__ = ["Limits", "read_documents", "read_spec"]

FORMATS = {"json": "json", "yaml": "yaml", "yml": "yaml", "ndjson": "ndjson", "jsonl": "ndjson"}  # by file ending
_USUAL = Limits()
_Findings = tuple[Diagnostic, ...]


def read_spec(content: bytes, file: str, *, limits: Limits = _USUAL) -> tuple[Node | None, _Findings]:
    """
    The one document of a YAML spec file, every value with its place, and the findings in the order of the file.

    None if the file could not be read to its end. A refused scalar stands as the text that was
    written; a refused alias as null; a refused merge key or complex key is left out.
    """
    text, findings = decode(content, file, limits)
    if text is None:
        return None, findings
    from covage_model.ground.files import yaml_reader

    roots = yaml_reader.read(text, limits=limits, strict=True)
    if not roots:
        return None, (_empty(file),)
    found = list(roots[0].findings)
    if len(roots) > 1:
        found.append(Diagnostic("CM001", "several", {}, text.location(roots[1].start), "one file says one thing"))
    first = roots[0].place
    return place.node(first, text) if first else None, _sorted(found)


def read_documents(
    content: bytes,
    file: str,
    *,
    format: str | None = None,  # noqa: A002 - the word that people type
    limits: Limits = _USUAL,
) -> tuple[tuple[Document, ...], _Findings]:
    """
    The documents of an order or account file, and the findings in the order of the file.

    `format` is "json", "yaml" or "ndjson"; without it the file's ending tells, else its first
    character. A document is given if its data are what was written: no finding, or keys written
    twice, whose first value is kept. Raises ValueError for another `format`.
    """
    chosen = format or FORMATS.get(file.rpartition(".")[2].lower())
    if chosen not in {None, *FORMATS.values()}:
        raise ValueError(f"no format is called {chosen!r}")
    if chosen == "ndjson":
        return _read_ndjson(content, file, limits)
    text, findings = decode(content, file, limits)
    if text is None:
        return (), findings
    if (chosen or _sniffed(text.content)) == "json":
        return _read_json(text, limits)
    return _read_yaml(text, limits)


def _sniffed(content: str) -> str:
    return "json" if content.lstrip()[:1] in {"{", "["} else "yaml"


def _read_json(text: Text, limits: Limits) -> tuple[tuple[Document, ...], _Findings]:
    if not text.content.strip(" \t\r\n"):
        return (), (_empty(text.file),)
    data, findings = json_reader.read(text, 0, len(text.content), limits=limits)
    if not faithful(findings):
        return (), _sorted(findings)
    return (Document(text.file, data, text.content, "json", _known={"lines": text}),), _sorted(findings)


def _read_ndjson(content: bytes, file: str, limits: Limits) -> tuple[tuple[Document, ...], _Findings]:
    records = list(ndjson.records(content, file, limits=limits))
    findings = [finding for _, found in records for finding in found]
    documents = tuple(document for document, _ in records if document)
    return documents, _sorted(findings) if records else (_empty(file),)


def _read_yaml(text: Text, limits: Limits) -> tuple[tuple[Document, ...], _Findings]:
    from covage_model.ground.files import yaml_reader

    roots = yaml_reader.read(text, limits=limits, strict=False)
    if not roots:
        return (), (_empty(text.file),)
    documents = tuple(
        _yaml_document(text, root.place, root.start) for root in roots if root.place and faithful(root.findings)
    )
    return documents, _sorted([finding for root in roots for finding in root.findings])


def _yaml_document(text: Text, root: place.Place, start: int) -> Document:
    first_line = text.location(start).line
    known = {"lines": text, "places": root}
    return Document(text.file, place.bare(root), text.content, "yaml", first_line, start, known)


def _empty(file: str) -> Diagnostic:
    return Diagnostic("CM001", "empty", {}, Location(file, 0, 0))


def _sorted(findings: Iterable[Diagnostic]) -> _Findings:
    return tuple(sorted(findings, key=Diagnostic.sort_key))
