"""
A fast reader for one JSON record. It raises Doubt for a record that needs the careful reader.

It gives the same value as `json_reader`, which keeps places and explains. What the fast engines read
otherwise is a doubt: keys written twice, numbers beyond 64 bits or too small for a double, half of a
surrogate pair; and so is what may be beyond a limit. `orjson` is used where it is installed, else the standard library.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from math import isinf
from typing import Any

from covage_model.ground.files.builder import INDEX
from covage_model.ground.files.limits import Limits
from covage_model.ground.patterns import regex

LONGEST = 65_536  # bytes of a record; longer ones are rare
SMALL = 16_000  # bytes of a record that is within the usual limits whatever it holds, but for depth and digits
_USUAL = Limits()
_LONG_NUMBER = b"0" * 300  # a number has at most 309 digits before its point, then two more parts at most
_AS_ZEROS = bytes.maketrans(b"123456789", b"0" * 9)
_BLANKS = (b" :", b"\t:", b"\n:", b"\r:")
_TINY = regex(rb"[0-9.][eE]-0*[1-9][0-9]{2}")  # of a number that may be too small for a double
_WINDOW = 256  # bytes: where each window of a record has a quote, no key or text is twice as long
_HUGE = regex(rb'(?<![0-9."])[0-9]{19}')  # of a number that may need more than 64 bits
_BLANK_COLON = regex(rb'"[ \t\r\n]+:')


class Doubt(ValueError):
    """The record may not be plain JSON: read it with `json_reader`."""


def reader(limits: Limits = _USUAL, longest: int = LONGEST) -> Callable[[bytes], Any]:
    """
    A function from the bytes of one record to its value. It raises Doubt, or ValueError, for what is not plain.

    A record of more than `longest` bytes is a doubt. The limits are not below the usual ones.
    """
    try:
        import orjson
    except ImportError:
        return partial(_limited, _by_standard_library, limits, longest)
    return partial(_limited, _by_orjson(orjson.loads, orjson.dumps), limits, longest)


def _limited(read: Callable[[bytes], Any], limits: Limits, longest: int, record: bytes) -> Any:
    if len(record) > longest or may_hold_long_number(record):
        raise Doubt
    value = read(record)
    containers = record.count(b"{") + record.count(b"[")
    if len(record) > SMALL or containers > limits.depth:
        values = record.count(b",") + containers + 1  # at most: each but the first comes after one of these
        if not _is_plainly_within(record, value, values, limits) and not _is_within(value, limits):
            raise Doubt
    return value


def may_hold_long_number(record: bytes) -> bool:
    """Whether a number may have more digits than the usual limits allow."""
    return len(record) > _USUAL.digits and _LONG_NUMBER in record.translate(_AS_ZEROS)


def engine() -> Callable[[bytes], Any] | None:
    """The fast engine alone, which raises ValueError for what is no JSON; None where it is not installed."""
    try:
        import orjson
    except ImportError:
        return None
    return orjson.loads


def dumped(value: Any) -> bytes:
    """A value that the fast engine has read, as it writes it. Raises ImportError where that is not installed."""
    import orjson

    return orjson.dumps(value)


def _by_orjson(loads: Callable[[bytes], Any], dumps: Callable[[Any], bytes]) -> Callable[[bytes], Any]:
    def read(line: bytes) -> Any:
        value = loads(line)
        # Each member has one `":`, or a blank before the colon. A text that starts with a colon or has `":` in it
        # has one too, here and in the dump, and no other way of writing that quote or colon is let through. So where
        # the counts are equal, as many members were read as were written.
        try:
            members = dumps(value).count(b'":')
        except TypeError as error:  # it is too deep
            raise Doubt from error
        if line.count(b'":') != members or b"\\u0022" in line or b"\\u003" in line:
            raise Doubt
        if any(blank[:1] in line and blank in line for blank in _BLANKS) and _BLANK_COLON.search(line):
            raise Doubt
        _refuse_inexact(line)
        return value

    return read


def whole(content: bytes, limits: Limits) -> Any:
    """The value of a JSON text of any length within the limits. Raises as the function of `reader` does."""
    return reader(limits, limits.bytes)(content)


def _is_plainly_within(record: bytes, value: Any, values: int, limits: Limits) -> bool:
    """Whether a record of so many values surely keeps the limits: its bytes say so, but for the depth."""
    starts = range(0, len(record) - _WINDOW, _WINDOW)
    is_quoted = b'\\"' not in record and all(record.find(b'"', start, start + _WINDOW) >= 0 for start in starts)
    if not is_quoted or values > limits.nodes or limits.scalar < 2 * _WINDOW:
        return False
    inside, depth = _containers((value,)), 0
    while inside and depth <= limits.depth:
        inside = _containers(chain.from_iterable(one.values() if type(one) is dict else one for one in inside))
        depth += 1
    return depth <= limits.depth and values * depth * (1 + 2 * _WINDOW) <= limits.paths


def _containers(values: Iterable[Any]) -> list[Any]:
    return [one for one in values if type(one) is dict or type(one) is list]


def _is_within(value: Any, limits: Limits) -> bool:
    """Whether the value surely keeps the limits; looked at one depth at a time."""
    inside, values, paths, longest = [value], 0, 0, 0  # `longest` bounds the pointers at this depth
    for _ in range(limits.depth + 1):
        values += len(inside)
        paths += len(inside) * longest
        if values > limits.nodes or paths > limits.paths:
            return False
        if any(isinstance(one, str) and len(one) > limits.scalar for one in inside):
            return False
        objects = [one for one in inside if isinstance(one, dict)]
        lists = [one for one in inside if isinstance(one, list)]
        if not objects and not lists:
            return True
        name = max((len(name) for one in objects for name in one), default=0)
        if name > limits.scalar:
            return False
        longest += 1 + max(name, INDEX)
        inside = [*chain.from_iterable(one.values() for one in objects), *chain.from_iterable(lists)]
    return False


def _refuse_inexact(line: bytes) -> None:
    """Both engines read 1e-400 as 0; the fast one reads whole numbers beyond 64 bits as doubles."""
    if b"0" * 300 in line or _has_tiny(line, b"e-") or _has_tiny(line, b"E-"):
        raise Doubt
    if b"0" * 19 in line.translate(_AS_ZEROS) and _HUGE.search(line):
        raise Doubt


def _has_tiny(line: bytes, mark: bytes) -> bool:
    """Whether what may be a tiny number has that exponent mark; searched for by the mark, which is rare."""
    at = line.find(mark)
    while at > 0 and not _TINY.match(line, at - 1):
        at = line.find(mark, at + 2)
    return at > 0


def _by_standard_library(line: bytes) -> Any:
    if b"\\ud" in line.lower():
        raise Doubt
    _refuse_inexact(line)
    text = line.decode()
    if text.startswith("\ufeff"):
        raise Doubt
    return _DECODER.decode(text)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Doubt
    return members


def _float(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise Doubt
    return number


def _refuse(_: str) -> Any:
    raise Doubt  # NaN and Infinity are no JSON


_DECODER = json.JSONDecoder(object_pairs_hook=_members, parse_float=_float, parse_constant=_refuse)
