"""Values of a slot as Hypothesis strategies, which shrink toward the simplest value that the slot takes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import strategies as st

from covage_model.documents.judge.values import fits
from covage_model.documents.make.grow import Grower, lengths
from covage_model.documents.make.texts import patterns_of
from covage_model.documents.make.values import countable_values, fitting
from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import is_list
from covage_model.ground import iregexp as patterns
from covage_model.ground import json_value
from covage_model.ground.iregexp import Pattern

_LONGEST = 40  # characters of a text that nothing bounds
_MORE = 3  # items beyond those that there must be
_FAR = 1000  # beyond the bound of a number that has one only
_DIGITS = 2  # of a number that need not be whole
_FINEST = 6  # digits of a simplest number
_WHOLE = 2**53  # from here on floats are whole numbers


def values(slot: Slot, grower: Grower) -> st.SearchStrategy[Any]:
    """
    Values that the slot takes; objects have what they owe alone, and so have the items of lists.

    What does not fit after all, by something that no strategy knows, is replaced by the simplest value.
    """
    if slot.shows_status:
        return st.just(grower.grown(slot))
    if slot.properties is not None:
        owed = {name: values(child, grower) for name, child in slot.properties.items() if grower.there(child)}
        return st.fixed_dictionaries({name: one for name, one in owed.items() if not one.is_empty})
    if is_list(slot) and not slot.judged_by_choice:
        return _lists(slot, grower)
    simple = simplest(slot, grower)
    if simple is json_value.ABSENT:
        return st.nothing()
    return _scalars(slot, simple).map(lambda value: value if fits(slot, value) else simple)


def _lists(slot: Slot, grower: Grower) -> st.SearchStrategy[Any]:
    least, most = lengths(slot)
    top = least + _MORE if most is None else min(most, least + _MORE)
    items = st.text(max_size=_LONGEST) if slot.items is None else values(slot.items, grower)
    distinct = any(one.value for one in slot.keywords if one.name == "uniqueItems")
    if items.is_empty:
        return st.nothing() if least else st.just([])
    return st.lists(items, min_size=max(least, min(1, top)), max_size=top, unique_by=repr if distinct else None)


def simplest(slot: Slot | None, grower: Grower) -> Any:
    """
    The value that `values` shrinks to; ABSENT where none was found.

    It is the first that is listed, the shortest text, the number next to 0, or made of such.
    """
    if slot is None:
        return ""
    if slot.shows_status:
        return grower.grown(slot)
    if slot.properties is not None:
        owed = {name: simplest(child, grower) for name, child in slot.properties.items() if grower.there(child)}
        return {name: one for name, one in owed.items() if one is not json_value.ABSENT}
    if is_list(slot) and not slot.judged_by_choice:
        return [simplest(slot.items, grower) for _ in range(lengths(slot)[0])]
    listed = countable_values(slot)
    shortest = [] if listed else [*_least_texts(slot), *_least_numbers(slot)]
    found = next((value for value in (*(listed or ()), *shortest) if fits(slot, value)), json_value.ABSENT)
    return found if found is not json_value.ABSENT else next(fitting(slot, Random(0)), json_value.ABSENT)


def _scalars(slot: Slot, simple: Any) -> st.SearchStrategy[Any]:
    listed = countable_values(slot)
    if listed:
        return st.sampled_from(listed)
    types = {one.value for one in slot.types} or {"any"}
    found: list[st.SearchStrategy[Any]] = []
    if types & {"string", "any"}:
        found.append(_texts(slot))
    if types & {"integer", "number", "any"}:
        found.append(_numbers(slot, whole="number" not in types))
    if types & {"boolean", "any"}:
        found.append(st.booleans())
    if types & {"null", "any"}:
        found.append(st.none())
    return st.one_of(*found) if found else st.just(simple)


def _least_texts(slot: Slot) -> list[str]:
    least = _bounds(slot, "minLength", "maxLength")[0]
    asked = _patterns(slot)
    try:
        found = patterns.shortest(asked[0], *asked[1:]) if asked else None
    except patterns.SearchUndecided:
        found = None
    return ([] if found is None else [found]) + ["0" * least]


def _least_numbers(slot: Slot) -> Iterator[float]:
    low, high = _whole(slot)
    yield max(low, min(0, high))
    least, most = _ends(slot, low, high)
    if low > high and -_WHOLE < least < most < _WHOLE:
        first = Fraction(least)  # the fewest digits, then the least number
        for digits in range(1, _FINEST + 1):
            start = math.ceil(first * 10**digits)
            yield from (start / 10**digits, (start + 1) / 10**digits)
        yield (least + most) / 2


def _texts(slot: Slot) -> st.SearchStrategy[Any]:
    format_ = next((one.value for one in slot.keywords if one.name == "format"), None)
    if format_ is not None:
        return _FORMATS.get(format_, st.nothing())
    asked = _patterns(slot)
    if asked:
        return matching(*asked)
    least, most = _bounds(slot, "minLength", "maxLength")
    return st.text(min_size=least, max_size=max(least, _LONGEST) if most is None else min(most, max(least, _LONGEST)))


@st.composite
def matching(draw: st.DrawFn, *asked: Pattern) -> str | None:
    """Texts that match all the patterns; they shrink toward a shortest one."""
    return patterns.chosen(*asked, pick=lambda count: draw(st.integers(0, count - 1)))


def _patterns(slot: Slot) -> list[Pattern]:
    """What texts must match, the least length of those with a pattern too."""
    asked = patterns_of(slot)
    least, most = _bounds(slot, "minLength", "maxLength")
    if asked and (least > 1 or most is not None) and max(least, most or 0) <= _LONGEST * 10:
        asked.append(patterns.parse(f"^(.|\\n|\\r){{{least},{'' if most is None else most}}}$"))
    return asked


def _bounds(slot: Slot, low: str, high: str) -> tuple[int, int | None]:
    return max(_said(slot, low), default=0), min(_said(slot, high), default=None)


def _whole(slot: Slot) -> tuple[int, int]:
    """The least and the greatest whole number that the slot takes; the least is the greater one where it takes none."""
    lows = [math.ceil(one) for one in _said(slot, "minimum")]
    lows += [math.floor(one) + 1 for one in _said(slot, "exclusiveMinimum")]
    highs = [math.floor(one) for one in _said(slot, "maximum")]
    highs += [math.ceil(one) - 1 for one in _said(slot, "exclusiveMaximum")]
    low = max(lows) if lows else min(0, min(highs, default=_FAR) - _FAR)
    return low, min(highs) if highs else low + _FAR


def _ends(slot: Slot, low: float, high: float) -> tuple[float, float]:
    """What bounds numbers that need not be whole; `low` and `high` where nothing is said."""
    lows = [*_said(slot, "minimum"), *_said(slot, "exclusiveMinimum")]
    highs = [*_said(slot, "maximum"), *_said(slot, "exclusiveMaximum")]
    return max(lows, default=low), min(highs, default=high)


def _said(slot: Slot, name: str) -> list[Any]:
    return [one.value for one in slot.keywords if one.name == name]


def _numbers(slot: Slot, *, whole: bool) -> st.SearchStrategy[Any]:
    low, high = _whole(slot)
    integers = st.integers(low, high) if low <= high else st.nothing()
    if whole:
        return integers
    least, most = _ends(slot, low, high)
    if not -_WHOLE < least < most < _WHOLE:
        return integers
    return integers | st.floats(least, most).map(lambda number: _rounded(slot, number))


def _rounded(slot: Slot, number: float) -> float:
    """The number with few digits, if the slot takes that."""
    short = round(number, _DIGITS)
    return short if fits(slot, short) else number


_FORMATS: dict[str, st.SearchStrategy[Any]] = {
    "date": st.dates().map(lambda day: day.isoformat()),
    "date-time": st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat() + "Z"),
    "uuid": st.uuids().map(str),
    "email": st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12).map("{}@example.org".format),
}
