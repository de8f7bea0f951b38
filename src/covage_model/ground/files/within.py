"""The documents that lie within another one, at a path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from covage_model.ground import pointer
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import place
from covage_model.ground.files.document import Document, Reading
from covage_model.ground.files.json_items import EACH
from covage_model.ground.files.place import Place


def readings(found: Iterable[Reading], steps: tuple[str, ...]) -> Iterator[Reading]:
    """
    For each document, the document at the path `steps`, or the items of the list there.

    Findings about a whole document come before the documents in it; `*` stands for every item or value.
    """
    if not steps:
        yield from found
        return
    for reading in found:
        document = reading.document
        if document is None:
            yield reading
            continue
        if reading.findings:
            yield Reading(None, reading.findings)
        values = list(_at(document.places(), steps))
        if not values:
            where = Location(document.file, document.first_line, 1)
            yield Reading(None, (Diagnostic("CM001", "at", {"pointer": pointer.join(steps)}, where),))
        for value in values:
            for item in value.value if isinstance(value.value, list) else [value]:
                yield Reading(_document(document, item))


def _at(value: Place, steps: tuple[str, ...]) -> Iterator[Place]:
    if not steps:
        yield value
    elif isinstance(value.value, dict):
        for name, member in value.value.items():
            if steps[0] in (EACH, name):
                yield from _at(member, steps[1:])
    elif isinstance(value.value, list):
        for number, item in enumerate(value.value):
            if steps[0] in (EACH, str(number)):
                yield from _at(item, steps[1:])


def _document(document: Document, item: Place) -> Document:
    line = document.lines().location(item.start).line
    known = {"lines": document.lines(), "places": item}
    return replace(document, data=place.bare(item), first_line=line, start=item.start, _known=known)
