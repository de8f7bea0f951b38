"""Where one value of a JSON document starts, without the places of all others: most documents have few findings."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.patterns import REPEATED, regex

_STRING = rf'"(?:[^"\\]++|\\.){REPEATED}"'
_KEY = regex(rf"[{{,]\s*+({_STRING})\s*+:\s*+", re.DOTALL)  # with the bracket or the comma before it
_ITEM = regex(r"[\[,]\s*+(?!\])", re.DOTALL)
_SCALAR = regex(_STRING + r'|[^\s{}\[\],:"]++', re.DOTALL)
_BLANK = regex(r"\s*+")


class _Unknown(Exception):
    """The document takes a closer look."""


@dataclass(frozen=True, slots=True)
class Offsets:
    """Where a value starts, and its key if it has one; where it is not there, the nearest thing that would hold it."""

    start: int
    key: int | None
    exists: bool


def offsets(content: str, start: int, steps: Sequence[str]) -> Offsets | None:
    """
    The offsets of the value at the steps of a JSON Pointer, in the document at `start`, which was read before.

    Of a key that is written twice it is the first. None where only `json_reader.places` knows.

    >>> offsets('{"a": 1, "b": [2, 3]}', 0, ["b", "1"])
    Offsets(start=18, key=None, exists=True)
    """
    found = Offsets(_after(content, start), None, exists=True)
    try:
        for step in steps:
            inside = _inside(content, found.start, step)
            if inside is None:
                return Offsets(found.start, found.key, exists=False)
            found = inside
    except (_Unknown, IndexError, ValueError, StopIteration, RecursionError):
        return None
    return found


def _inside(content: str, at: int, step: str) -> Offsets | None:
    """The member or the item of what starts there; None where it has none."""
    if content[at] == "{":
        while (member := _KEY.match(content, at)) is not None:
            spelled = member[1]
            if (json.loads(spelled) if "\\" in spelled else spelled[1:-1]) == step:
                return Offsets(member.end(), member.start(1), exists=True)
            at = _end(content, member.end())
        return None
    if content[at] == "[" and len(step) < 10 and step.isascii() and step.isdigit() and str(int(step)) == step:
        for number in range(int(step) + 1):
            item = _ITEM.match(content, at)
            if item is None:
                return None
            if number == int(step):
                return Offsets(item.end(), None, exists=True)
            at = _end(content, item.end())
    return None


def _end(content: str, at: int) -> int:
    """What comes after the value that starts there, and after blanks: a comma or a bracket."""
    if content[at] in "{[":
        return _after(content, _scanner()(content, at)[1])
    scalar = _SCALAR.match(content, at)
    if scalar is None:
        raise _Unknown
    return _after(content, scalar.end())


def _after(content: str, at: int) -> int:
    blank = _BLANK.match(content, at)
    return blank.end() if blank is not None else at


@cache
def _scanner() -> Any:
    """The scanner of the standard library: a value, and where it ends."""
    decoder: Any = json.JSONDecoder(strict=False)
    return decoder.scan_once
