"""
Reads JSON as fast as the standard library if nothing is wrong, and with exact places if something is.

There are two passes, which must agree. `read` uses the library's decoder unless one of its hooks objects.
`careful` checks limits, then syntax, then gives every token to a `Builder`.
"""

from __future__ import annotations

import json
import re
import sys
from functools import lru_cache
from math import isinf
from typing import Any, NoReturn

from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.files import json_syntax
from covage_model.ground.files.builder import INDEX, Builder, StoppedError, short
from covage_model.ground.files.limits import ANY, Limits
from covage_model.ground.files.place import Place, bare
from covage_model.ground.files.text import Text
from covage_model.ground.patterns import REPEATED, regex

# Possessive, and with an optional closing quote: linear for any text, also for broken ones.
_STRING = rf'"(?:[^"\\]++|\\.){REPEATED}"?'
_TOKEN = regex(_STRING + r'|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)
_NESTING = regex(_STRING + r"|\[\s*+\]|\{\s*+\}|[{}\[\],]", re.DOTALL)
_INTEGER = regex("-?[0-9]+")
_DIGIT = regex("[1-9]")
SMALLEST = sys.float_info.min  # the smallest number with full precision
_DOUBT = "only the careful pass can judge this"
_WORDS = {"true": True, "false": False, "null": None}
_NOT_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})


def read(text: Text, start: int, end: int, *, limits: Limits) -> tuple[Any, tuple[Diagnostic, ...]]:
    """The data of the document in `text.content[start:end]` (None if not read to its end), and the findings."""
    record = text.content[start:end]
    containers = record.count("[") + record.count("{")
    if _ordinary(record, containers, limits):
        try:
            data = _decoder(limits.digits).decode(record)
        except (ValueError, RecursionError):
            return careful(text, start, end, limits=limits)
        if _small(record, containers, limits) or _within(data, limits):
            return data, ()
    return careful(text, start, end, limits=limits)


def careful(text: Text, start: int, end: int, *, limits: Limits) -> tuple[Any, tuple[Diagnostic, ...]]:
    """Like `read`, with the place of every finding."""
    builder = Builder(text, limits)
    try:
        _refuse_bombs(builder, start, end)
        broken = json_syntax.finding(text, start, end)
        if broken:
            return None, (broken,)
        root = _grow(builder, start)
    except StoppedError:
        return None, tuple(builder.findings)
    return bare(root), tuple(builder.findings)


def places(text: Text, start: int) -> Place:
    """
    The places of all values of the document at `start`, which was read before without a stop.

    Of a key that is written twice it is the place of the first.
    """
    builder = Builder(text, ANY)
    open_ones: list[Place] = []  # objects and lists, from the outermost
    inside: Any = None  # of the last of them
    key: str | None = None
    key_at: int | None = None
    for token in _TOKEN.finditer(text.content, start):
        spelled = token[0]
        first = spelled[0]
        if first in ",:":
            continue
        if first in "}]":
            last = open_ones.pop()
            if not open_ones:
                return last
            inside = open_ones[-1].value
            continue
        at = token.start()
        if first == '"' and key is None and type(inside) is dict:
            key, key_at = _string(spelled), at
            continue
        if first == '"':
            place = Place(_string(spelled), at, key_at)
        elif first in "{[":
            place = Place({} if first == "{" else [], at, key_at)
        else:
            place = Place(_word(builder, spelled, at), at, key_at)
        if key is not None:
            inside.setdefault(key, place)
        elif inside is not None:
            inside.append(place)
        key = key_at = None
        if first in "{[":
            open_ones.append(place)
            inside = place.value
        elif not open_ones:
            return place
    raise ValueError("the document was not read to its end before")


# --- the fast pass


def _ordinary(record: str, containers: int, limits: Limits) -> bool:
    """Whether the decoder can be used: not too many values, and no escaped surrogates, which it would accept."""
    if len(record) > limits.nodes and containers + record.count(",") >= limits.nodes:
        return False
    return "\\ud" not in record and "\\uD" not in record


def _small(record: str, containers: int, limits: Limits) -> bool:
    """Whether a text of this size is within all limits whatever its content: `len(record)` bounds everything."""
    longest = len(record) + INDEX * limits.depth  # pointer
    return containers <= limits.depth and len(record) <= limits.scalar and len(record) * longest <= limits.paths


def _within(data: Any, limits: Limits) -> bool:
    """Whether depth, texts and pointers are within limits; counts like `Builder`, one level at a time."""
    paths, inside = 0, [(0, data)]
    for _ in range(limits.depth + 1):
        paths += sum(length for length, _ in inside)
        if paths > limits.paths or any(isinstance(value, str) and len(value) > limits.scalar for _, value in inside):
            return False
        level = [(length, value) for length, value in inside if isinstance(value, (dict, list))]
        if not level:
            return True
        if any(len(name) > limits.scalar for _, value in level if isinstance(value, dict) for name in value):
            return False
        inside = [(length + step, item) for length, value in level for step, item in _steps(value)]
    return False


def _steps(value: dict[str, Any] | list[Any]) -> list[tuple[int, Any]]:
    """The items of a container, each with the length that its step adds to a pointer."""
    if isinstance(value, dict):
        return [(len(name) + 1, item) for name, item in value.items()]
    return [(INDEX, item) for item in value]


@lru_cache(maxsize=8)
def _decoder(digits: int) -> json.JSONDecoder:
    """The library's decoder. Its hooks raise ValueError where it would lose or change something."""

    def whole(text: str) -> int:
        if len(text) > digits:
            raise ValueError(_DOUBT)
        return int(text)

    def decimal(text: str) -> float:
        value = float(text)
        if len(text) > digits or isinf(value) or (abs(value) < SMALLEST and underflows(text, value)):
            raise ValueError(_DOUBT)
        return value

    return json.JSONDecoder(object_pairs_hook=_unique, parse_int=whole, parse_float=decimal, parse_constant=_refuse)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError(_DOUBT)
    return members


def _refuse(_: str) -> NoReturn:
    raise ValueError(_DOUBT)


# --- the careful pass


def _refuse_bombs(builder: Builder, start: int, end: int) -> None:
    """Stops at documents that are too deep or have too many values, before they fill the memory."""
    depth, nodes = 0, 1
    for token in _NESTING.finditer(builder.text.content, start, end):
        if token[0] == ",":
            nodes += 1
        elif token[0] in "[{":  # `[ ]` is one token: it contains no value
            depth, nodes = depth + 1, nodes + 1
        elif token[0] in "]}":
            depth -= 1
        builder.check("depth", builder.limits.depth, depth, token.start())
        builder.check("nodes", builder.limits.nodes, nodes, token.start())


def _grow(builder: Builder, start: int) -> Place:
    """Gives all tokens of one document, whose syntax was checked, to the builder."""
    tokens = _TOKEN.finditer(builder.text.content, start)
    while builder.root is None:  # in an NDJSON file, only this record
        token = next(tokens)
        spelled, at = token[0], token.start()
        if spelled == "{":
            builder.open({}, at)
        elif spelled == "[":
            builder.open([], at)
        elif spelled in "]}":
            builder.close()
        elif spelled in ",:":
            continue
        elif builder.awaits_key:
            builder.key(_string(spelled), at)
        else:
            builder.scalar(_string(spelled) if spelled[0] == '"' else _word(builder, spelled, at), at)
    return builder.root


def _string(spelled: str) -> str:
    return json.loads(spelled) if "\\" in spelled else spelled[1:-1]


def _word(builder: Builder, spelled: str, start: int) -> Any:
    """The value of a token that is no string; its text if JSON cannot represent the value."""
    if spelled in _WORDS:
        return _WORDS[spelled]
    if spelled in _NOT_NUMBERS:
        builder.report("CM006", "nan", start, hint="write a number", text=spelled)
        return spelled
    return _number(builder, spelled, start)


def _number(builder: Builder, spelled: str, start: int) -> Any:
    builder.check_digits(spelled, start)
    if _INTEGER.fullmatch(spelled):
        return int(spelled)
    number = float(spelled)
    if isinf(number):
        builder.report("CM006", "range", start, hint="write a smaller number", text=short(spelled))
        return spelled
    if abs(number) < SMALLEST and underflows(spelled, number):
        builder.report("CM006", "underflow", start, hint="write 0, or a number farther from it", text=short(spelled))
        return spelled
    return number


def underflows(spelled: str, number: float) -> bool:
    """
    Whether a number close to 0 differs from the written one: it became 0, or lost digits as a subnormal.

    >>> underflows("1e-400", 1e-400), underflows("5e-324", 5e-324), underflows("0e-999", 0.0)
    (True, False, False)
    """
    if number:
        from decimal import Decimal  # imported late: few numbers are so small

        return Decimal(spelled) != Decimal(repr(number))
    return _DIGIT.search(re.split("[eE]", spelled)[0]) is not None
