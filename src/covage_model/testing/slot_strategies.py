"""Hypothesis strategies for the values of a slot. They shrink toward the simplest valid value."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from covage_model.api import drawing
from covage_model.api.drawing import Slot, ValueGenerator, countable_values, fits, lengths, simplest
from covage_model.ground import iregexp as patterns
from covage_model.ground import json_value
from covage_model.ground.iregexp import Pattern

_MORE = 3  # so many items above the minimum
_DIGITS = 2  # decimal digits of a fractional number


def values(slot: Slot, grower: ValueGenerator) -> st.SearchStrategy[Any]:
    """
    Valid values of a slot. Objects have their required members only, inside lists too.

    A drawn value that is not valid after all, by a keyword that no strategy knows, is replaced by the simplest value.
    """
    if slot.shows_status:
        return st.just(grower.value_for(slot))
    if slot.properties is not None:
        required = {name: values(child, grower) for name, child in slot.properties.items() if grower.there(child)}
        return st.fixed_dictionaries({name: each for name, each in required.items() if not each.is_empty})
    if slot.is_list and not slot.judged_by_choice:
        return _lists(slot, grower)
    simple = simplest(slot, grower)
    if simple is json_value.ABSENT:
        return st.nothing()
    return _scalars(slot, simple).map(lambda value: value if fits(slot, value) else simple)


def _lists(slot: Slot, grower: ValueGenerator) -> st.SearchStrategy[Any]:
    least, most = lengths(slot)
    top = least + _MORE if most is None else min(most, least + _MORE)
    items = st.text(max_size=drawing.LONGEST) if slot.items is None else values(slot.items, grower)
    distinct = any(keyword.value for keyword in slot.keywords if keyword.name == "uniqueItems")
    if items.is_empty:
        return st.nothing() if least else st.just([])
    return st.lists(items, min_size=max(least, min(1, top)), max_size=top, unique_by=repr if distinct else None)


def _scalars(slot: Slot, simple: Any) -> st.SearchStrategy[Any]:
    listed = countable_values(slot)
    if listed:
        return st.sampled_from(listed)
    types = {each.value for each in slot.types} or {"any"}
    strategies: list[st.SearchStrategy[Any]] = []
    if types & {"string", "any"}:
        strategies.append(_texts(slot))
    if types & {"integer", "number", "any"}:
        strategies.append(_numbers(slot, whole="number" not in types))
    if types & {"boolean", "any"}:
        strategies.append(st.booleans())
    if types & {"null", "any"}:
        strategies.append(st.none())
    return st.one_of(*strategies) if strategies else st.just(simple)


def _texts(slot: Slot) -> st.SearchStrategy[Any]:
    format_ = next((keyword.value for keyword in slot.keywords if keyword.name == "format"), None)
    if format_ is not None:
        return _FORMATS.get(format_, st.nothing())
    required = drawing.text_patterns(slot)
    if required:
        return matching(*required)
    least, most = drawing.length_bounds(slot, "minLength", "maxLength")
    return st.text(
        min_size=least, max_size=max(least, drawing.LONGEST) if most is None else min(most, max(least, drawing.LONGEST))
    )


@st.composite
def matching(draw: st.DrawFn, *asked: Pattern) -> str | None:
    """Texts that match all patterns; they shrink toward a shortest match."""
    return patterns.chosen(*asked, pick=lambda count: draw(st.integers(0, count - 1)))


def _numbers(slot: Slot, *, whole: bool) -> st.SearchStrategy[Any]:
    low, high = drawing.whole_bounds(slot)
    integers = st.integers(low, high) if low <= high else st.nothing()
    if whole:
        return integers
    least, most = drawing.number_bounds(slot, low, high)
    if not -drawing.EXACT < least < most < drawing.EXACT:
        return integers
    return integers | st.floats(least, most).map(lambda number: _rounded(slot, number))


def _rounded(slot: Slot, number: float) -> float:
    """The rounded number if that is valid, else the number."""
    short = round(number, _DIGITS)
    return short if fits(slot, short) else number


_FORMATS: dict[str, st.SearchStrategy[Any]] = {
    "date": st.dates().map(lambda day: day.isoformat()),
    "date-time": st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat() + "Z"),
    "uuid": st.uuids().map(str),
    "email": st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12).map("{}@example.org".format),
}
