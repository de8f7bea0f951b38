"""The simplest value that a slot takes, and what bounds its texts and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from covage_model.documents.judge.values import fits
from covage_model.documents.make.valid.texts import patterns_of
from covage_model.documents.make.valid.value_generator import ValueGenerator, lengths
from covage_model.documents.make.valid.values import countable_values, fitting
from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import is_list
from covage_model.ground import iregexp as patterns
from covage_model.ground import json_value
from covage_model.ground.iregexp import Pattern

LONGEST = 40  # characters of a text that nothing bounds
EXACT = 2**53  # from here on floats are whole numbers
_FAR = 1000  # beyond the bound of a number that has one only
_FINEST = 6  # digits of a simplest number


def simplest(slot: Slot | None, generator: ValueGenerator) -> Any:
    """
    The value that `values` shrinks to; ABSENT where none was found.

    It is the first that is listed, the shortest text, the number next to 0, or made of such.
    """
    if slot is None:
        return ""
    if slot.shows_status:
        return generator.value_for(slot)
    if slot.properties is not None:
        required = {
            name: simplest(child, generator) for name, child in slot.properties.items() if generator.there(child)
        }
        return {name: one for name, one in required.items() if one is not json_value.ABSENT}
    if is_list(slot) and not slot.judged_by_choice:
        return [simplest(slot.items, generator) for _ in range(lengths(slot)[0])]
    listed = countable_values(slot)
    shortest = [] if listed else [*_least_texts(slot), *_least_numbers(slot)]
    found = next((value for value in (*(listed or ()), *shortest) if fits(slot, value)), json_value.ABSENT)
    return found if found is not json_value.ABSENT else next(fitting(slot, Random(0)), json_value.ABSENT)


def _least_texts(slot: Slot) -> list[str]:
    least = length_bounds(slot, "minLength", "maxLength")[0]
    asked = text_patterns(slot)
    try:
        found = patterns.shortest(asked[0], *asked[1:]) if asked else None
    except patterns.SearchUndecided:
        found = None
    return ([] if found is None else [found]) + ["0" * least]


def _least_numbers(slot: Slot) -> Iterator[float]:
    low, high = whole_bounds(slot)
    yield max(low, min(0, high))
    least, most = number_bounds(slot, low, high)
    if low > high and -EXACT < least < most < EXACT:
        first = Fraction(least)  # the fewest digits, then the least number
        for digits in range(1, _FINEST + 1):
            start = math.ceil(first * 10**digits)
            yield from (start / 10**digits, (start + 1) / 10**digits)
        yield (least + most) / 2


def text_patterns(slot: Slot) -> list[Pattern]:
    """What texts must match, the least length of those with a pattern too."""
    asked = patterns_of(slot)
    least, most = length_bounds(slot, "minLength", "maxLength")
    if asked and (least > 1 or most is not None) and max(least, most or 0) <= LONGEST * 10:
        asked.append(patterns.parse(f"^(.|\\n|\\r){{{least},{'' if most is None else most}}}$"))
    return asked


def length_bounds(slot: Slot, low: str, high: str) -> tuple[int, int | None]:
    """The greatest value of the keyword `low`, and the least of `high`; None without one."""
    return max(_keyword_values(slot, low), default=0), min(_keyword_values(slot, high), default=None)


def whole_bounds(slot: Slot) -> tuple[int, int]:
    """The least and the greatest whole number that the slot takes; the least is the greater one where it takes none."""
    lows = [math.ceil(one) for one in _keyword_values(slot, "minimum")]
    lows += [math.floor(one) + 1 for one in _keyword_values(slot, "exclusiveMinimum")]
    highs = [math.floor(one) for one in _keyword_values(slot, "maximum")]
    highs += [math.ceil(one) - 1 for one in _keyword_values(slot, "exclusiveMaximum")]
    low = max(lows) if lows else min(0, min(highs, default=_FAR) - _FAR)
    return low, min(highs) if highs else low + _FAR


def number_bounds(slot: Slot, low: float, high: float) -> tuple[float, float]:
    """What bounds numbers that need not be whole; `low` and `high` where nothing is said."""
    lows = [*_keyword_values(slot, "minimum"), *_keyword_values(slot, "exclusiveMinimum")]
    highs = [*_keyword_values(slot, "maximum"), *_keyword_values(slot, "exclusiveMaximum")]
    return max(lows, default=low), min(highs, default=high)


def _keyword_values(slot: Slot, name: str) -> list[Any]:
    return [one.value for one in slot.keywords if one.name == name]
