"""NDJSON: a document a line, each judged alone."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import decoding, json_reader
from covage_model.ground.files.builder import faithful
from covage_model.ground.files.document import Document
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.text import LINE_END, Text

_Record = tuple[Document | None, tuple[Diagnostic, ...]]
_BYTE_LINE_END = re.compile(LINE_END.pattern.encode())


def records(content: bytes, file: str, *, limits: Limits) -> Iterator[_Record]:
    """Each record in the order of the file, with its findings; None for one that cannot be used."""
    wide = decoding.wide_encoding(content, file)
    if wide:
        yield None, (wide,)
        return
    bare = content.removeprefix(codecs.BOM_UTF8)
    text = Text(file, bare.decode(errors="replace"))
    broken = _broken_lines(bare, file) if "\ufffd" in text.content else {}
    start, number = 0, 1
    for end, after in _ends(text.content):
        if number in broken:
            yield None, (broken[number],)
        elif text.content[start:end].strip(" \t"):
            yield _record(text, start, end, number, limits)
        start, number = after, number + 1


def _record(text: Text, start: int, end: int, number: int, limits: Limits) -> _Record:
    size = len(text.content[start:end].encode())
    if size > limits.line:
        return None, (decoding.too_large("line", Location(text.file, number, 1), limits.line, size),)
    data, findings = json_reader.read(text, start, end, limits=limits)
    if not faithful(findings):
        return None, findings
    return Document(text.file, data, text.content, "ndjson", number, start, {"lines": text}), findings


def _ends(content: str) -> Iterator[tuple[int, int]]:
    """Where each line ends, without and with its end."""
    for match in LINE_END.finditer(content):
        yield match.start(), match.end()
    yield len(content), len(content)


def _broken_lines(content: bytes, file: str) -> dict[int, Diagnostic]:
    """The findings about lines that are not UTF-8."""
    found = {}
    for number, line in enumerate(_BYTE_LINE_END.split(content), start=1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            column = len(line[: error.start].decode()) + 1
            found[number] = decoding.bad_byte(line[error.start], Location(file, number, column))
    return found
