"""The simplest value that fits a slot, and the bounds of its texts and numbers."""

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
from covage_model.documents.presence.slots import keyword_values
from covage_model.ground import iregexp as patterns
from covage_model.ground import json_value
from covage_model.ground.iregexp import Pattern

LONGEST = 40  # characters of a text without a bound
EXACT = 2**53  # larger floats are whole numbers
_FAR = 1000  # the distance to the missing bound of a number with only one
_FINEST = 6  # digits after the point of a simplest number


def simplest(slot: Slot | None, generator: ValueGenerator) -> Any:
    """
    The value that Hypothesis shrinks to; ABSENT if none was found.

    It is the first listed value, the shortest text, the number nearest to 0, or made of such values.
    """
    if slot is None:
        return ""
    if slot.shows_status:
        return generator.value_for(slot)
    if slot.properties is not None:
        required = {
            name: simplest(child, generator) for name, child in slot.properties.items() if generator.there(child)
        }
        return {name: value for name, value in required.items() if value is not json_value.ABSENT}
    if slot.is_list and not slot.judged_by_choice:
        return [simplest(slot.items, generator) for _ in range(lengths(slot)[0])]
    listed = countable_values(slot)
    shortest = [] if listed else [*_least_texts(slot), *_least_numbers(slot)]
    found = next((value for value in (*(listed or ()), *shortest) if fits(slot, value)), json_value.ABSENT)
    return found if found is not json_value.ABSENT else next(fitting(slot, Random(0)), json_value.ABSENT)


def _least_texts(slot: Slot) -> list[str]:
    least = length_bounds(slot, "minLength", "maxLength")[0]
    wanted = text_patterns(slot)
    try:
        shortest = patterns.shortest(wanted[0], *wanted[1:]) if wanted else None
    except patterns.SearchUndecided:
        shortest = None
    return ([] if shortest is None else [shortest]) + ["0" * least]


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
    """The patterns that texts must match. The length bounds are a pattern too if there is another."""
    wanted = patterns_of(slot)
    least, most = length_bounds(slot, "minLength", "maxLength")
    if wanted and (least > 1 or most is not None) and max(least, most or 0) <= LONGEST * 10:
        wanted.append(patterns.parse(f"^(.|\\n|\\r){{{least},{'' if most is None else most}}}$"))
    return wanted


def length_bounds(slot: Slot, low: str, high: str) -> tuple[int, int | None]:
    """The largest value of the keyword `low` (or 0), and the smallest of `high` (or None)."""
    return max(keyword_values(slot, low), default=0), min(keyword_values(slot, high), default=None)


def whole_bounds(slot: Slot) -> tuple[int, int]:
    """The smallest and the largest whole number that fits; the first is larger if none fits."""
    lows = [math.ceil(bound) for bound in keyword_values(slot, "minimum")]
    lows += [math.floor(bound) + 1 for bound in keyword_values(slot, "exclusiveMinimum")]
    highs = [math.floor(bound) for bound in keyword_values(slot, "maximum")]
    highs += [math.ceil(bound) - 1 for bound in keyword_values(slot, "exclusiveMaximum")]
    low = max(lows) if lows else min(0, min(highs, default=_FAR) - _FAR)
    return low, min(highs) if highs else low + _FAR


def number_bounds(slot: Slot, low: float, high: float) -> tuple[float, float]:
    """The bounds of numbers that need not be whole; `low` and `high` are the defaults."""
    lows = [*keyword_values(slot, "minimum"), *keyword_values(slot, "exclusiveMinimum")]
    highs = [*keyword_values(slot, "maximum"), *keyword_values(slot, "exclusiveMaximum")]
    return max(lows, default=low), min(highs, default=high)
