"""Values of a slot as Hypothesis strategies, which shrink toward the simplest value that the slot takes."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from covage_model.api import drawing
from covage_model.api.drawing import Grower, Slot, countable_values, fits, lengths, simplest
from covage_model.ground import iregexp as patterns
from covage_model.ground import json_value
from covage_model.ground.iregexp import Pattern

_MORE = 3  # items beyond those that there must be
_DIGITS = 2  # of a number that need not be whole


def values(slot: Slot, grower: Grower) -> st.SearchStrategy[Any]:
    """
    Values that the slot takes; objects have their required members alone, and so have the items of lists.

    What does not fit after all, by something that no strategy knows, is replaced by the simplest value.
    """
    if slot.shows_status:
        return st.just(grower.grown(slot))
    if slot.properties is not None:
        required = {name: values(child, grower) for name, child in slot.properties.items() if grower.there(child)}
        return st.fixed_dictionaries({name: one for name, one in required.items() if not one.is_empty})
    if drawing.is_list(slot) and not slot.judged_by_choice:
        return _lists(slot, grower)
    simple = simplest(slot, grower)
    if simple is json_value.ABSENT:
        return st.nothing()
    return _scalars(slot, simple).map(lambda value: value if fits(slot, value) else simple)


def _lists(slot: Slot, grower: Grower) -> st.SearchStrategy[Any]:
    least, most = lengths(slot)
    top = least + _MORE if most is None else min(most, least + _MORE)
    items = st.text(max_size=drawing.LONGEST) if slot.items is None else values(slot.items, grower)
    distinct = any(one.value for one in slot.keywords if one.name == "uniqueItems")
    if items.is_empty:
        return st.nothing() if least else st.just([])
    return st.lists(items, min_size=max(least, min(1, top)), max_size=top, unique_by=repr if distinct else None)


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


def _texts(slot: Slot) -> st.SearchStrategy[Any]:
    format_ = next((one.value for one in slot.keywords if one.name == "format"), None)
    if format_ is not None:
        return _FORMATS.get(format_, st.nothing())
    asked = drawing.text_patterns(slot)
    if asked:
        return matching(*asked)
    least, most = drawing.length_bounds(slot, "minLength", "maxLength")
    return st.text(
        min_size=least, max_size=max(least, drawing.LONGEST) if most is None else min(most, max(least, drawing.LONGEST))
    )


@st.composite
def matching(draw: st.DrawFn, *asked: Pattern) -> str | None:
    """Texts that match all the patterns; they shrink toward a shortest one."""
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
    """The number with few digits, if the slot takes that."""
    short = round(number, _DIGITS)
    return short if fits(slot, short) else number


_FORMATS: dict[str, st.SearchStrategy[Any]] = {
    "date": st.dates().map(lambda day: day.isoformat()),
    "date-time": st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat() + "Z"),
    "uuid": st.uuids().map(str),
    "email": st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12).map("{}@example.org".format),
}
