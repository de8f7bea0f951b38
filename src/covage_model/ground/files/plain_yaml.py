"""
A quick reader for YAML as programs write it: block mappings and lists, one key or item a line, scalars on their line.

It reads what `yaml_reader` reads, or refuses: comments, tabs, anchors, tags, escapes, texts over several lines,
flow collections with content, keys in quotes, and everything that it is not sure about.
"""

from __future__ import annotations

import re
from typing import Any

from covage_model.ground.files import scalars

SMALL = 2**16  # characters of a document; below this none of the limits is near, but for depth and digits
_DEEP = 40
_DIGITS = 18
# What may stand in a plain scalar, and what may in quotes: no control character, no line end of YAML 1.1, no surrogate.
_BEYOND = "\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_LINE = re.compile(
    rf"""^([ ]*)(-[ ])?(?:([A-Za-z_][A-Za-z0-9_-]{{0,99}}):(?:[ ]|$))?
    ([A-Za-z0-9_/.+{_BEYOND}][\x20-\x22\x24-\x5a\x5c\x5e-\x7a\x7c\x7e{_BEYOND}]*
    |-[0-9][0-9.eE+-]*
    |'(?:[\x20-\x26\x28-\x7e{_BEYOND}]|'')*'
    |"[\x20\x21\x23-\x5b\x5d-\x7e{_BEYOND}]*"
    |\[\]|{{}}
    )?$""",
    re.MULTILINE | re.VERBOSE,
)


class DoubtError(ValueError):
    """The text is not plainly what it seems to be."""


def mapping(text: str) -> dict[str, Any]:
    r"""
    The mapping that a YAML document is. Raises DoubtError where the exact reader has to look.

    >>> mapping("---\na: 1\nb:\n- c: '01'\n  d:\n- true\n")
    {'a': 1, 'b': [{'c': '01', 'd': None}, True]}
    """
    body = text.removeprefix("---\n")
    if len(body) > SMALL or not body.endswith("\n"):
        raise DoubtError
    lines = _LINE.findall(body, 0, len(body) - 1)
    if len(lines) != body.count("\n"):
        raise DoubtError
    return _value(lines)


def _value(lines: list[tuple[str, str, str, str]]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    column = 0
    holder: Any = root  # the innermost mapping or list, and its column
    outer: list[tuple[int, Any]] = []
    waits: str | None = None  # a key of the innermost mapping whose value is not there yet
    for indent, dash, key, scalar in lines:
        at = len(indent)
        if waits is not None:
            inner: Any = [] if dash and at >= column else {} if not dash and at > column else None
            holder[waits], waits = inner, None
            if inner is not None:
                outer.append((column, holder))
                if len(outer) > _DEEP:
                    raise DoubtError
                column, holder = at, inner
        while at < column or (at == column and not dash and type(holder) is list):
            if not outer:
                raise DoubtError
            column, holder = outer.pop()
        if at != column or (type(holder) is list) is not (dash != ""):
            raise DoubtError
        if dash:
            if not key:
                holder.append(_scalar(scalar))
                continue
            item: dict[str, Any] = {}
            holder.append(item)
            outer.append((column, holder))
            column, holder = at + 2, item
        if not key or key in holder:
            raise DoubtError
        if scalar:
            holder[key] = _scalar(scalar)
        else:
            waits = key
    if waits is not None:
        holder[waits] = None
    return root


def _scalar(spelled: str) -> Any:
    first = spelled[:1]
    if first == "'":
        return spelled[1:-1].replace("''", "'")
    if first == '"':
        return spelled[1:-1]
    if first == "[":
        return []
    if first == "{":
        return {}
    if not first or spelled[-1] in " :" or ": " in spelled:
        raise DoubtError
    if first in _NEVER_READ:
        return spelled
    value = scalars.value(spelled) if len(spelled) <= _DIGITS else spelled
    if value is spelled and len(spelled) > _DIGITS and scalars.is_number(spelled[:1000]):
        raise DoubtError
    return value


_NEVER_READ = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdeghijklmopqrsuvwxyz/")  # no number, true, false or null
