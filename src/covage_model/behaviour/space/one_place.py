"""
Which truths the tests of one value can have together.

A value is absent, or a number, a text, another scalar, a list or an object. What tests can tell apart among these is
tried: every value that a test names, a number below, between and above the numbers that are named, a text with each
prefix, and so on. Each gives the tests one truth each, or leaves one open: that of a pattern for a text that no test
names, of a test of lists for a list, and of a comparison with another place. Truths that none of them gives are
impossible. This errs on the safe side: what depends on a pattern, a list or another place is possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from math import floor
from typing import Any

from covage_model.ground import ordering
from covage_model.ground.json_value import ABSENT
from covage_model.pack.conditions import truth
from covage_model.pack.conditions.tree import identity
from covage_model.pack.model.conditions import (
    Among,
    Compare,
    Count,
    Every,
    In,
    Literal,
    Matches,
    Present,
    Range,
    Ref,
    Scalar,
    Some,
    Starts,
    Test,
)

_UNUSUAL = "\U0010fffd"  # ends the texts that stand for all others with a prefix
_Row = tuple[bool | None, ...]  # the truth of each test, None where it is open


class PlaceTests:
    """
    Tests of one value.

    >>> low, high = Range(None, 2), Compare("above", 2)
    >>> [PlaceTests((low, high)).possible(truths) for truths in ((True, True), (True, False), (False, False))]
    [False, True, True]
    """

    def __init__(self, tests: Sequence[Test]) -> None:
        self.tests = tuple(tests)
        self.rows = tuple(dict.fromkeys(self._rows()))
        self._known: dict[tuple[bool, ...], bool] = {}

    def possible(self, truths: Sequence[bool]) -> bool:
        """Whether a value exists (or its absence) that gives the first tests these truths."""
        key = tuple(truths)
        if key not in self._known:
            self._known[key] = any(
                all(told is None or told is holds for told, holds in zip(row, key, strict=False)) for row in self.rows
            )
        return self._known[key]

    def _rows(self) -> Iterator[_Row]:
        named = list(_named(self.tests))
        for value in (ABSENT, True, False, None, *named, *_numbers(named)):
            yield tuple(_of_scalar(test, value) for test in self.tests)
        yield tuple(_of_whole(test, listed=True) for test in self.tests)
        yield tuple(_of_whole(test, listed=False) for test in self.tests)
        for text, day in product(_texts(named, self.tests), _dates(named, self.tests)):
            yield tuple(_of_text(test, text, day) for test in self.tests)


def _named(tests: Sequence[Test]) -> Iterator[Scalar]:
    """Each value that a test names, once."""
    values: dict[Any, Scalar] = {}
    for test in tests:
        for value in _values_of(test):
            values.setdefault(identity(value), value)
    yield from values.values()


def _values_of(test: Test) -> tuple[Scalar, ...]:
    match test:
        case Literal(value):
            return (value,)
        case In(values):
            return values
        case Range(least, most):
            return tuple(bound for bound in (least, most) if bound is not None)
        case Compare(_, other) if not isinstance(other, Ref):
            return (other,)
    return ()


def _numbers(named: Sequence[Scalar]) -> Iterator[Scalar]:
    """Numbers below, between and above those that are named; 0 if none is."""
    known: list[float] = sorted({value for value in named if not isinstance(value, str | bool | None)})
    if not known:
        yield 0
        return
    yield floor(known[0]) - 1
    yield floor(known[-1]) + 1
    for lower, upper in pairwise(known):
        for between in (floor(lower) + 1, _middle(lower, upper)):
            if lower < between < upper:
                yield between


def _middle(lower: float, upper: float) -> float:
    try:
        return lower + (upper - lower) / 2
    except OverflowError:
        return lower


def _texts(named: Sequence[Scalar], tests: Sequence[Test]) -> Iterator[str]:
    """A text for each prefix, and one without any; no test names them."""
    prefixes = dict.fromkeys(prefix for test in tests if isinstance(test, Starts) for prefix in test.prefixes)
    longest = max((len(value) for value in named if isinstance(value, str)), default=0)
    yield from (prefix + _UNUSUAL * (longest + 1) for prefix in ("", *prefixes))


def _dates(named: Sequence[Scalar], tests: Sequence[Test]) -> list[str | bool | None]:
    """As a date, a text that no test names is before, between or after those named; or none (None), or any (True)."""
    if not any(isinstance(test, Compare) and isinstance(test.other, str) for test in tests):
        return [None]
    known = [value for value in named if isinstance(value, str) and ordering.kind_of(value) is not None]
    if not all(map(ordering.near, known)):
        return [True]
    days = dict.fromkeys(day for value in known for day in (*ordering.near(value), *_instants(value, known)))
    return [None, *(day for day in days if day not in known)]


def _instants(bound: str, bounds: Sequence[str]) -> Iterator[str]:
    """Of a date-time: the instant just after it, and the same in another spelling."""
    if ordering.kind_of(bound) == ordering.DATE_TIME:
        zone = "Z" if bound[-1] in "Zz" else bound[-6:]
        digits = bound[19 : len(bound) - len(zone)]
        yield f"{bound[:19]}{digits or '.'}{'0' * max(map(len, bounds))}1{zone}"
        yield f"{bound[:19]}{digits or '.'}{'0' * max(map(len, bounds))}{zone}"


def _of_scalar(test: Test, value: Any) -> bool | None:
    """The truth for a scalar that is named, or that is no text; or for nothing."""
    if value is not ABSENT and _looks_elsewhere(test):
        return None
    if isinstance(test, Among | Compare) and value is ABSENT:
        return False
    return truth.satisfies(test, value)


def _looks_elsewhere(test: Test) -> bool:
    return isinstance(test, Among) or (isinstance(test, Compare) and isinstance(test.other, Ref))


def _of_whole(test: Test, *, listed: bool) -> bool | None:
    """The truth for a list or an object."""
    if _looks_elsewhere(test):
        return None
    if isinstance(test, Count | Some | Every):
        return None if listed else False
    return isinstance(test, Present) and test.present


def _of_text(test: Test, text: str, day: str | bool | None) -> bool | None:  # noqa: FBT001  True is any date
    """The truth for a text that no test names, with that beginning; `day` is what it is as a date."""
    if _looks_elsewhere(test) or isinstance(test, Matches):
        return None
    if isinstance(test, Compare) and test.relation != "is" and isinstance(test.other, str):
        return None if day is True else truth.stands(day, test.relation, test.other)
    return truth.satisfies(test, text)
