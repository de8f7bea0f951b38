"""
Checks the spaces, comments and indentation between the values of a YAML document against YAML 1.2.

libyaml takes `[?x]` for a key, a `#` without a space for a comment, and a list that goes on to the left of its
key: YAML 1.2 reads these otherwise, or not at all. They are refused, so that no two readers disagree.
"""

from __future__ import annotations

import re
from typing import Any

from covage_model.ground.files.builder import Builder, StoppedError
from covage_model.ground.patterns import REPEATED

# A comment follows a blank; `-` and `?` are followed by one, `:` by one or by a bracket or comma.
_GAP = re.compile(
    r"""(?: [ \t\r\n]++
      | (?<![^ \t\r\n])\#[^\r\n]*+
      | [-?](?=[ \t\r\n]|\Z)
      | :(?=[ \t\r\n,\[\]{}]|\Z)
      | ,
    )"""
    + REPEATED,
    re.VERBOSE,
)
_COLON_AFTER_QUOTE = re.compile(r"[ \t\r\n]*+:?")  # in brackets, "a":b is a key and its value
_LINE = re.compile(r"(?:\r\n|\n|\r)( *+)(?![ \t]*+[\r\n])")  # the indentation of a line that is not blank
_HEADER = re.compile(r"[|>][-+0-9]*(?:[ \t]+#[^\r\n]*)?[ \t]*(?=[\r\n]|\Z)")
_TABS_FIRST = re.compile(r"[^\r\n]*+(?:[\r\n]++ *+(?=[\r\n]))" + REPEATED + r"[\r\n]++ *+\t")
_LONELY = frozenset("-?:")


class YamlLayout:
    """Checks every event of one document, in order, and stops the builder at a wrong layout."""

    __slots__ = ("_blocks", "_brackets", "_builder", "_content", "_end", "_last", "_quoted")

    def __init__(self, builder: Builder, start: int, last: int) -> None:
        self._builder = builder
        self._last = last  # where the document ends
        self._content = builder.text.content
        self._end = start  # of the last event that has a text
        self._quoted = False  # whether that was a quoted text or a closing bracket
        self._brackets = 0
        self._blocks = [-1]  # the columns of the open collections; in brackets, that of what holds them

    def check(self, event: Any, kind: str) -> None:
        """Checks an event and the text before it."""
        if kind == "ScalarEvent":
            if event.start_mark.index < event.end_mark.index:
                self._scalar(event)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self._open(event)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._close(event)
        elif kind == "AliasEvent":  # reported elsewhere, like tags and anchors
            self._move(event.end_mark.index, quoted=False)
        elif kind == "StreamEndEvent":
            self._gap(self._last)

    def _open(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        bracket = bool(event.flow_style) and self._content[end.index - 1 : end.index] in ("[", "{")
        if bracket and start.index < end.index:
            self._gap(start.index)
            self._brackets += 1
            self._move(end.index, quoted=False)
        elif event.tag is not None or event.anchor is not None:
            self._move(end.index, quoted=False)
        self._blocks.append(self._blocks[-1] if event.flow_style else start.column)

    def _close(self, event: Any) -> None:
        self._blocks.pop()
        start, end = event.start_mark.index, event.end_mark.index
        if self._brackets and start < end and self._content[start] in "]}":
            self._gap(start, closes=self._brackets == 1)
            self._brackets -= 1
            self._move(end, quoted=True)

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if event.tag is None and event.anchor is None:
            self._gap(start)
            if event.style in ("|", ">"):
                self._block_scalar(start, end)
            elif event.start_mark.line < event.end_mark.line:
                self._indentation(start, end, quoted=True)
            if self._brackets and not event.style and event.value in _LONELY:
                self._stop(start, f"a lone '{event.value}' in brackets", f'quote it: "{event.value}"')
        self._move(end, quoted=event.style in ("'", '"'))

    def _move(self, end: int, *, quoted: bool) -> None:
        self._end, self._quoted = end, quoted

    def _gap(self, start: int, *, closes: bool = False) -> None:
        """Checks the characters between the last text and this one."""
        begin = self._end
        if begin >= start:
            if begin == start and self._quoted and self._content[start : start + 1] not in ("]", "}", ""):
                self._stop(start, "a text that follows a quote or a bracket without a space", "put a ',' between them")
            return
        at = begin
        if self._brackets and self._quoted:
            colon = _COLON_AFTER_QUOTE.match(self._content, begin)
            at = colon.end() if colon else begin
        gap = _GAP.match(self._content, at)
        end = gap.end() if gap else at
        if end < start:
            self._refuse(end)
        if self._brackets:
            self._indentation(begin, start, closes=closes)

    def _refuse(self, at: int) -> None:
        sign = self._content[at]
        if sign == "#":
            self._stop(at, "a '#' that follows no space", "put a space before the comment, or quote the text")
        if sign in "-?:":
            self._stop(at, f"a '{sign}' that no space follows", "put the text in quotes")
        self._stop(at, f"'{sign}' where none is expected", "put the text in quotes")

    def _indentation(self, begin: int, end: int, *, closes: bool = False, quoted: bool = False) -> None:
        """Checks that lines of a text or of brackets are indented more than the key or list around them."""
        column = self._blocks[-1]
        if column < 0:
            return
        for line in _LINE.finditer(self._content, begin, end):
            at, depth = line.end(), len(line[1])
            sign = self._content[at : at + 1]
            if depth > column or (sign == "#" and not quoted) or (closes and at == end and depth == column):
                continue
            hint = "indent with spaces, not with tabs" if sign == "\t" else "indent the line with more spaces"
            self._stop(at, "a line that starts left of what it belongs to", hint)

    def _block_scalar(self, start: int, end: int) -> None:
        if not _HEADER.match(self._content, start):
            self._stop(start, "the first line of a block text holds more than its sign", "put a space before the '#'")
        if _TABS_FIRST.match(self._content, start, end):
            self._stop(start, "a block text that starts with a tab", "indent with spaces, or quote the text")

    def _stop(self, at: int, detail: str, hint: str) -> None:
        self._builder.report("CM001", "yaml", at, hint=hint, detail=detail)
        raise StoppedError
