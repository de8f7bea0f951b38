"""
A few members of many lines of JSON, column by column.

A program writes all lines of a log with the same code: the same members in the same order, with other values. So a
pattern is made from one line, and finds the members of all lines that are written like it at once. Where it fits, the
line is an object of that shape, and no member stands in it twice. Other lines are read one by one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from covage_model.ground.files import plain_json
from covage_model.ground.files.limits import Limits
from covage_model.ground.patterns import REPEATED

Column = list[Any]  # texts, or None
Literals = tuple[str | None, ...]
_Token = tuple[str, str]  # its kind and its text
_MOST = 8  # layouts that are made
_TRIED = 32  # lines that are tried as layouts, of those that are read at once
_LONGEST = Limits().scalar // 2  # bytes of lines that are read at once: no text in them is too long
_OTHERS = bytes(range(32, 256))  # all bytes but those of control characters
_TEXT = rf'"(?:[^"\\]|\\.){REPEATED}"'
_TOKEN = re.compile(
    rf"(?P<name>{_TEXT}(?=[ \t]*:))|(?P<text>{_TEXT})|(?P<opens>[{{\[])|(?P<closes>[}}\]])"
    r"|(?P<word>[^\s\[\]{}:,]+)|(?P<between>[\s:,]+)"
)
_INTEGER = "-?[1-9][0-9]{0,15}|0"
# a text in lines without backslashes and control characters; in any lines without escapes, and with them
_PLAIN = '[^"]*+'
_STRICT = r'[^"\\\x00-\x1f]*+'
_UNIT = r"u(?:[0-9a-cefA-CEF][0-9a-fA-F]{3}|[dD][0-7][0-9a-fA-F]{2})"
_ESCAPED = rf'{_STRICT}(?:\\(?:["\\/bfnrt]|{_UNIT}){_STRICT}){REPEATED}'


class MemberColumns:
    """
    Reads members at the top of lines. A member has a text or an integer.

    `meanings` are what the `keys` mean together, by their literals. The `texts` are wanted as they are; of an integer,
    its digits.
    """

    def __init__(self, keys: Sequence[str], meanings: Mapping[Literals, str], texts: Sequence[str]) -> None:
        self._keys, self._texts = tuple(keys), tuple(texts)
        self._meanings = meanings
        self._layouts: list[_LineLayout] = []
        self._read = plain_json.reader()

    def columns(self, content: bytes) -> list[Column]:
        r"""
        What the keys mean in each line, then the texts. Lines end by \n alone; after the last it may lack.

        All are None for a line without meaning or one of the members, or that a careful reader has to look at.
        """
        found = self._layouts[0].columns(content) if self._layouts else None
        if found is not None and all(found[0]):
            self._layouts[0].found += len(found[0])
            return found
        lines = content.splitlines(keepends=True)
        columns: list[Column] = [[None] * len(lines) for _ in (1, *self._texts)]
        left: Sequence[int] = range(len(lines))
        for layout in self._layouts:
            left = layout.fill(columns, lines, left)
        for index in left[:_TRIED]:
            if columns[0][index] is None and len(self._layouts) < _MOST:
                new = self._layout(lines[index])
                if new is not None:
                    self._layouts.append(new)
                    left = new.fill(columns, lines, left)
        for index in left:
            for column, value in zip(columns, self._values(lines[index]), strict=True):
                column[index] = value
        self._layouts.sort(key=lambda layout: layout.found, reverse=True)
        return columns

    def _values(self, line: bytes) -> Sequence[str | None]:
        """The values in one line, however it is written."""
        nothing = [None] * (1 + len(self._texts))
        try:
            data = self._read(line)
            values = [self._meanings.get(literals([data[name] for name in self._keys]))]
            values += [_text(data[name]) for name in self._texts]
        except (ValueError, TypeError, KeyError, RecursionError):
            return nothing
        return nothing if None in values else values

    def _layout(self, line: bytes) -> _LineLayout | None:
        """How a line is written; None where it has no values, or a name with an escape."""
        if None in self._values(line):
            return None
        tokens = [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(line.decode().rstrip())]
        if any(kind == "name" and "\\" in token for kind, token in tokens):
            return None
        keys, texts = ([f'"{name}"' for name in names] for names in (self._keys, self._texts))
        return _LineLayout(tokens, keys, self._meanings, texts)


class _LineLayout:
    """
    How lines are written: as these tokens, each with its kind, but with other values. `found` counts the lines.

    Names are in quotes. `wanted` has those of the texts, in the order of their columns.
    """

    def __init__(
        self,
        tokens: Sequence[_Token],
        keys: Sequence[str],
        meanings: Mapping[Literals, str],
        wanted: Sequence[str],
    ) -> None:
        tops = _tops(tokens)
        firsts = [name for before, name in pairwise(["", *tops]) if name in keys and before not in keys]
        groups = [name for name in tops if name in firsts or name in wanted]  # keys that are neighbours have one group
        self._spans = [groups.index(name) + 1 for name in firsts]
        self._groups = [groups.index(name) + 1 for name in wanted]
        self._width = len(groups) + 1
        self._meanings = _KeyMeanings(firsts, keys, meanings)
        self._plain = re.compile(_pattern(tokens, keys, wanted, _PLAIN, _PLAIN))
        self._strict = re.compile(_pattern(tokens, keys, wanted, _STRICT, _ESCAPED))
        self.found = 0

    def fill(self, columns: Sequence[Column], lines: Sequence[bytes], left: Sequence[int]) -> Sequence[int]:
        """Fill in the values of those of the lines that are written so. Returns the indexes of the others."""
        found = self.columns(b"".join([lines[index] for index in left])) if left else None
        if found is None:
            return left
        others = []
        for index, values in zip(left, zip(*found, strict=True), strict=True):
            if values[0] is None:
                others.append(index)
                continue
            for column, value in zip(columns, values, strict=True):
                column[index] = value
        self.found += len(left) - len(others)
        return others

    def columns(self, content: bytes) -> list[Column] | None:
        """The columns of these lines, without meaning for a line that is written otherwise; None if all are."""
        if len(content) > _LONGEST:
            return None
        try:
            text = content.decode()
        except UnicodeDecodeError:
            return None
        if not text.endswith("\n"):
            text += "\n"
        controls = content.translate(None, _OTHERS)
        is_plain = b"\\" not in content and not controls.strip(b"\n")
        parts = (self._plain if is_plain else self._strict).split(text)
        if is_plain and len(parts) != (len(controls) + (content[-1:] != b"\n")) * self._width + 1:
            parts = self._strict.split(text)  # a text went over several lines
        spans = [parts[group :: self._width] for group in self._spans]
        meant = map(self._meanings.__getitem__, spans[0] if len(spans) == 1 else zip(*spans, strict=True))
        return [[*meant], *(parts[group :: self._width] for group in self._groups)]


class _KeyMeanings(dict[Any, str | None]):
    """
    What keys mean, by what is written of them: a span from the first key to the last of those that are neighbours, or
    all such spans. None of a span is None.
    """

    def __init__(self, firsts: Sequence[str], keys: Sequence[str], meanings: Mapping[Literals, str]) -> None:
        super().__init__()
        self._firsts, self._keys, self._known = firsts, [name[1:-1] for name in keys], meanings

    def __missing__(self, written: Any) -> str | None:
        spans = written if isinstance(written, tuple) else (written,)
        if None in spans:
            return None
        data = json.loads(
            "{" + ",".join(f"{name}:{span}" for name, span in zip(self._firsts, spans, strict=True)) + "}"
        )
        meaning = self._known.get(literals([data[name] for name in self._keys]))
        if meaning is not None:
            self[written] = meaning
        return meaning


def literals(values: Iterable[object]) -> Literals:
    """Texts in quotes and integers, as they are written without escapes; None for any other value."""
    return tuple(f'"{value}"' if type(value) is str else str(value) if type(value) is int else None for value in values)


def _text(value: object) -> str | None:
    return str(value) if type(value) in (str, int) else None


def _tops(tokens: Sequence[_Token]) -> list[str]:
    """The names of the members at the top."""
    depth, names = 0, []
    for kind, token in tokens:
        depth += (kind == "opens") - (kind == "closes")
        if kind == "name" and depth == 1:
            names.append(token)
    return names


def _named(tokens: Sequence[_Token]) -> Iterator[tuple[str, str, str]]:
    """Each token that is a value, with its kind, and with its name if it stands at the top, else ""; and each other."""
    name, depth = "", 0
    for kind, token in tokens:
        depth += (kind == "opens") - (kind == "closes")
        if kind == "name":
            name = token
        yield kind, token, name if depth == 1 and kind in ("text", "word") else ""


def _pattern(
    tokens: Sequence[_Token], keys: Sequence[str], wanted: Sequence[str], of_wanted: str, of_others: str
) -> str:
    """A pattern of a line, or of any other, given the patterns of texts. Keys that are neighbours are one group."""
    tops = _tops(tokens)
    opening = {name for before, name in pairwise(["", *tops]) if before not in keys}
    closing = {name for name, after in pairwise([*tops, ""]) if after not in keys}
    parts = []
    for kind, token, name in _named(tokens):
        if kind not in ("text", "word"):
            parts.append(re.escape(token))
        elif name in keys:
            value = f'"{of_wanted}"' if kind == "text" else f"(?:{_INTEGER})"
            parts.append("(" * (name in opening) + value + ")" * (name in closing))
        elif name not in wanted:
            parts.append(f'(?:"{of_others}"|null|true|false|(?:{_INTEGER})(?:\\.[0-9]{{1,15}})?)')
        elif kind == "word":
            parts.append(f"({_INTEGER})")
        else:
            parts.append(f'"({of_wanted})"')
    return rf"(?:{''.join(parts)}|[^\n]*+)\n"
