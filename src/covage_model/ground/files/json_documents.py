"""The documents of a JSON file: one, or those of the list at its top."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.files import json_reader
from covage_model.ground.files.builder import faithful
from covage_model.ground.files.document import Document, Reading
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.text import Text

_BLANK = re.compile(r"[ \t\r\n]*+")
_SCAN = json.JSONDecoder(parse_int=str, parse_float=str)  # looks for ends only: what it makes is thrown away


def documents(text: Text, *, limits: Limits, lists: bool) -> Iterator[Reading]:
    """
    The document of a JSON file, or with `lists` each item of the list that it is; none if the file is blank.

    A list is read if the whole file is JSON. Pointers start at the item, and limits hold for each item.
    """
    start = _after_blank(text.content, 0)
    if start == len(text.content):
        return
    bounds = _bounds(text.content, start) if lists and text.content[start] == "[" else None
    if bounds is None:  # no list, or broken: then the finding is about the whole
        yield _reading(text, start, len(text.content), limits)
        return
    for begin, end in zip(*bounds, strict=True):
        yield _reading(text, begin, end, limits)


def _reading(text: Text, start: int, end: int, limits: Limits) -> Reading:
    data, findings = json_reader.read(text, start, end, limits=limits)
    if not faithful(findings):
        return Reading(None, tuple(sorted(findings, key=Diagnostic.sort_key)))
    line = text.location(start).line if start else 1
    return Reading(Document(text.file, data, text.content, "json", line, start, {"lines": text}), findings)


def _bounds(content: str, start: int) -> tuple[list[int], list[int]] | None:
    """Where the items of the list at `start` begin and end; None if the text is not a list, well-formed to its end."""
    begins, ends = list[int](), list[int]()
    at = _after_blank(content, start + 1)
    try:
        while content[at : at + 1] != "]" or begins:
            _, end = _SCAN.raw_decode(content, at)
            begins.append(at)
            ends.append(end)
            at = _after_blank(content, end)
            if content[at : at + 1] == "]":
                break
            if content[at : at + 1] != ",":
                return None
            at = _after_blank(content, at + 1)
    except (ValueError, RecursionError):
        return None
    return (begins, ends) if _after_blank(content, at + 1) == len(content) else None


def _after_blank(content: str, at: int) -> int:
    match = _BLANK.match(content, at)
    return match.end() if match else at
