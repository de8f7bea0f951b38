"""The document of a JSON file."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.ground.diagnostics import in_order
from covage_model.ground.files import json_reader
from covage_model.ground.files.builder import faithful
from covage_model.ground.files.document import Document, Reading
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.text import Text


def documents(text: Text, *, limits: Limits) -> Iterator[Reading]:
    """The document of a JSON file; none if the file is blank."""
    start = len(text.content) - len(text.content.lstrip(" \t\r\n"))
    if start < len(text.content):
        yield _reading(text, start, len(text.content), limits)


def _reading(text: Text, start: int, end: int, limits: Limits) -> Reading:
    data, findings = json_reader.read(text, start, end, limits=limits)
    if not faithful(findings):
        return Reading(None, in_order(findings), text)
    line = text.location(start).line if start else 1
    return Reading(Document(text.file, data, text.content, "json", line, start, {"lines": text}), findings)
