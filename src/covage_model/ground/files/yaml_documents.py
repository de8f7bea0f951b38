"""The documents of a YAML stream, for order files and accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from covage_model.ground import pointer
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.files import place, plain_yaml, yaml_reader
from covage_model.ground.files.builder import faithful
from covage_model.ground.files.document import Document, Reading
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.place import Place
from covage_model.ground.files.text import Text

_USUAL = Limits()


def documents(chunks: Iterable[bytes], file: str, *, limits: Limits, lists: bool) -> Iterator[Reading]:
    """Each document of the stream; with `lists`, each item of a document that is a list."""
    for text in yaml_reader.texts(chunks, file, limits=limits):
        plain = _plain(text) if isinstance(text, Text) and limits == _USUAL else None
        if plain is not None:
            yield Reading(plain)
            continue
        root = yaml_reader.root(text, limits=limits, strict=False) if isinstance(text, Text) else text
        if root is None:
            continue
        if root.place is None or root.text is None or not faithful(root.findings):
            yield Reading(None, root.findings, root.text)
        elif lists and isinstance(root.place.value, list):
            yield from _items(root.text, root.place.value, root.findings)
        else:
            yield Reading(_document(root.text, root.place, 0), root.findings)


def _plain(text: Text) -> Document | None:
    """The document that a text plainly is, read exactly only where somebody asks for places; None to read it so now."""
    try:
        data = plain_yaml.mapping(text.content)
    except plain_yaml.DoubtError:
        return None

    def places() -> Place:
        root = yaml_reader.root(text, limits=_USUAL, strict=False)
        assert root is not None  # what is plainly read can be read
        assert root.place is not None
        return root.place

    return Document(text.file, data, text.content, "yaml", text.first_line, 0, {"lines": text, "make places": places})


def _items(text: Text, items: list[Place], findings: tuple[Diagnostic, ...]) -> Iterator[Reading]:
    """The items of a list as documents, each with its own findings, whose pointers start at the item."""
    own: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        index, *rest = pointer.split(finding.location.pointer)
        location = replace(finding.location, pointer=pointer.join(rest))
        own.setdefault(index, []).append(replace(finding, location=location))
    for number, item in enumerate(items):
        yield Reading(_document(text, item, item.start), tuple(own.get(str(number), ())))


def _document(text: Text, root: Place, start: int) -> Document:
    line = text.location(start).line
    return Document(text.file, place.bare(root), text.content, "yaml", line, start, {"lines": text, "places": root})
