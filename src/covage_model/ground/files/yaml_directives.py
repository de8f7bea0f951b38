"""Checks the lines before a document's `---` and the line of its `...`, which libyaml reads too loosely."""

from __future__ import annotations

import re

from covage_model.ground.files.builder import Builder, StoppedError, short
from covage_model.ground.patterns import REPEATED

_START = re.compile(r"---(?=[ \t\r\n]|\Z)")
_END = re.compile(r"(?:\A|(?<=[\r\n]))\.\.\.(?=[ \t\r\n]|\Z)[^\r\n]*")
_END_ALONE = re.compile(r"\.\.\.[ \t]*(?:[ \t]#.*)?")
_PROLOGUE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)|%[^\r\n]*(?:\r\n|\r|\n|\Z))" + REPEATED)
_DIRECTIVE = re.compile(r"(?:\A|(?<=[\r\n]))%[^\r\n]*")
_VERSION = re.compile(r"%YAML[ \t]+1\.[12][ \t]*(?:[ \t]#.*)?")


def read(builder: Builder) -> tuple[int, int]:
    """
    The start and the end of the content of the single document: after its `---`, and before its `...`.

    Stops at any directive but a single %YAML 1.1 or 1.2, and at a text beside the `...`.
    """
    content = builder.text.content
    prologue = _PROLOGUE.match(content)
    end = prologue.end() if prologue else 0
    start = _START.match(content, end)
    versions = 0
    for directive in _DIRECTIVE.finditer(content, 0, end):
        known = _VERSION.fullmatch(directive[0])
        versions += bool(known)
        if not known or versions > 1 or not start:
            _refuse(builder, directive[0], directive.start(), again=versions > 1, alone=not start)
    last = _END.search(content, end)
    if last and not _END_ALONE.fullmatch(last[0]):
        _stop(builder, last.start() + 3, "a text beside the '...' that ends a document", "move it to the next line")
    return start.end() if start else end, last.start() if last else len(content)


def _refuse(builder: Builder, line: str, start: int, *, again: bool, alone: bool) -> None:
    if not line.startswith("%YAML"):
        builder.report("CM005", "directive", start, hint="remove the line", directive=short(line.split()[0]))
        raise StoppedError
    if again:
        _stop(builder, start, "a second %YAML line before one document", "remove the line")
    detail = "a %YAML line without the '---' of its document" if alone else "this tool reads YAML 1.1 and 1.2"
    _stop(builder, start, detail, "write '---' on the next line" if alone else 'write "%YAML 1.2", or remove the line')


def _stop(builder: Builder, start: int, detail: str, hint: str) -> None:
    builder.report("CM001", "yaml", start, hint=hint, detail=detail)
    raise StoppedError
