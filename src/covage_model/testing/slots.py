"""Values of a slot as Hypothesis strategies, which shrink toward the simplest value that the slot takes."""

from __future__ import annotations

import math
from random import Random
from typing import Any

from hypothesis import strategies as st

from covage_model import patterns
from covage_model.conditions import truth
from covage_model.generate.grow import Fill, Grower, lengths
from covage_model.generate.texts import patterns_of
from covage_model.generate.values import fits, fitting
from covage_model.model.conditions import In, Literal
from covage_model.orders.question import Role
from covage_model.patterns import Pattern
from covage_model.presence.anchor import is_list
from covage_model.presence.sheet import Slot

_LONGEST = 40  # characters of a text that nothing bounds
_MORE = 3  # items beyond those that there must be
_FAR = 1000  # beyond the bound of a number that has one only


def values(slot: Slot, grower: Grower) -> st.SearchStrategy[Any]:
    """
    Values that the slot takes; an object is a minimal one, a list has minimal items.

    What does not fit after all, by something that no strategy knows, is replaced by the simplest value.
    """
    if slot.shows_status:
        return st.nothing()
    if slot.properties is not None:
        return st.just(grower.grown(slot))
    if is_list(slot) and not slot.judged_by_choice:
        least, most = lengths(slot)
        top = least + _MORE if most is None else min(most, least + _MORE)
        return st.integers(max(least, min(1, top)), top).map(lambda count: grower.items(slot, count))
    simple = simplest(slot)
    if simple is truth.ABSENT:
        return st.nothing()
    return _scalars(slot).map(lambda value: value if fits(slot, value) else simple)


def minimal(status: str, role: Role, like: Grower) -> Grower:
    """A grower of objects with what they owe alone, like another one, whose values are always the same."""
    return Grower(role, Fill.MINIMAL, Random(0), status, like.statuses, like.owed, like.barred)


def simplest(slot: Slot) -> Any:
    """The value that strategies shrink to: the first that is listed, the shortest text, the number next to 0."""
    listed = _listed(slot)
    shortest = [] if listed else [*_least_texts(slot), *_least_numbers(slot)]
    found = next((value for value in (*listed, *shortest) if fits(slot, value)), truth.ABSENT)
    return found if found is not truth.ABSENT else next(fitting(slot, Random(0)), truth.ABSENT)


def _listed(slot: Slot) -> list[Any]:
    """All values in spec order, where they are counted."""
    said = [value for one in slot.keywords if one.name == "enum" for value in one.value]
    said += [one.value for one in slot.keywords if one.name == "const"]
    for entry in slot.chosen:
        if isinstance(entry.test, Literal | In):
            said += [entry.test.value] if isinstance(entry.test, Literal) else entry.test.values
    if not said and {one.value for one in slot.types} == {"boolean"}:
        said = [False, True]
    return [value for value in said if fits(slot, value)]


def _scalars(slot: Slot) -> st.SearchStrategy[Any]:
    listed = _listed(slot)
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
    return st.one_of(*found) if found else st.just(simplest(slot))


def _least_texts(slot: Slot) -> list[str]:
    least = _bounds(slot, "minLength", "maxLength")[0]
    asked = _patterns(slot)
    try:
        found = patterns.shortest(asked[0], *asked[1:]) if asked else None
    except patterns.Undecided:
        found = None
    return ([] if found is None else [found]) + ["0" * least]


def _least_numbers(slot: Slot) -> list[float]:
    low, high = _range(slot)
    return [max(low, min(0, high)), low, high, low + 1, high - 1]


def _texts(slot: Slot) -> st.SearchStrategy[Any]:
    format_ = next((one.value for one in slot.keywords if one.name == "format"), None)
    if format_ is not None:
        return _FORMATS.get(format_, st.nothing())
    asked = _patterns(slot)
    if asked:
        return matching(*asked)
    least, most = _bounds(slot, "minLength", "maxLength")
    return st.text(min_size=least, max_size=max(least, _LONGEST) if most is None else min(most, max(least, _LONGEST)))


def matching(*asked: Pattern) -> st.SearchStrategy[Any]:
    """Texts that match all the patterns; they shrink toward a shortest one."""

    @st.composite
    def strategy(draw: st.DrawFn) -> str | None:
        return patterns.chosen(*asked, pick=lambda count: draw(st.integers(0, count - 1)))

    return strategy()


def _patterns(slot: Slot) -> list[Pattern]:
    """What texts must match, the least length of those with a pattern too."""
    asked = patterns_of(slot)
    least, most = _bounds(slot, "minLength", "maxLength")
    if asked and (least > 1 or most is not None) and max(least, most or 0) <= _LONGEST * 10:
        asked.append(patterns.parse(f"^(.|\\n|\\r){{{least},{'' if most is None else most}}}$"))
    return asked


def _bounds(slot: Slot, low: str, high: str) -> tuple[int, int | None]:
    least = max((one.value for one in slot.keywords if one.name == low), default=0)
    return least, min((one.value for one in slot.keywords if one.name == high), default=None)


def _range(slot: Slot) -> tuple[int, int]:
    lows = [one.value for one in slot.keywords if one.name in ("minimum", "exclusiveMinimum")]
    highs = [one.value for one in slot.keywords if one.name in ("maximum", "exclusiveMaximum")]
    low = math.ceil(max(lows)) if lows else None
    high = math.floor(min(highs)) if highs else None
    if low is None:
        low = 0 if high is None else min(0, high - _FAR)
    return low, max(low, low + _FAR if high is None else high)


def _numbers(slot: Slot, *, whole: bool) -> st.SearchStrategy[Any]:
    low, high = _range(slot)
    integers = st.integers(low, high)
    return integers if whole else integers | st.floats(low, high, allow_nan=False).map(lambda number: round(number, 2))


_FORMATS: dict[str, st.SearchStrategy[Any]] = {
    "date": st.dates().map(lambda day: day.isoformat()),
    "date-time": st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat() + "Z"),
    "uuid": st.uuids().map(str),
    "email": st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12).map("{}@example.org".format),
}
