"""Values that fit a slot: random ones, or ones that pass or fail given tests."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from covage_model.documents.judge.values import fits
from covage_model.documents.make.valid.texts import matching, name_of, texts
from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import keyword_values, listed_values
from covage_model.ground import iregexp as patterns
from covage_model.ground import json_value, ordering
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import Compare, In, Literal, Matches, Range, Starts, Test

_LARGEST = 100  # the largest number without a bound
_SAMPLES = 4


def countable_values(slot: Slot) -> list[Any] | None:
    """All values that fit the slot, if there are finitely many listed; else None."""
    listed = listed_values(slot)
    if not listed and {keyword.value for keyword in slot.types} == {"boolean"}:
        listed = [False, True]
    return [value for value in listed if fits(slot, value)] if listed else None


def drawn(slot: Slot, random: Random, undecided: Callable[[], None] = lambda: None) -> Any:
    """
    A random value for a slot that is no object and no list; ABSENT if none was found.

    `undecided` is called if none was found because the search for a text gave up.
    """
    gave_up: list[None] = []
    value = next(fitting(slot, random, lambda: gave_up.append(None)), json_value.ABSENT)
    if value is json_value.ABSENT and gave_up:
        undecided()
    return value


def fitting(slot: Slot, random: Random, undecided: Callable[[], None] = lambda: None) -> Iterator[Any]:
    """Values that fit the slot, the nicest first."""
    return (value for value in _candidates(slot, random, undecided) if fits(slot, value))


def _candidates(slot: Slot, random: Random, undecided: Callable[[], None]) -> Iterator[Any]:
    listed = [value for entry in slot.chosen for value in _of_test(entry.test, slot, random)]
    listed += [value for values in keyword_values(slot, "enum") for value in values]
    listed += keyword_values(slot, "const")
    yield from random.sample(listed, len(listed))
    types = {keyword.value for keyword in slot.types} or {"any"}
    if types & {"string", "any"}:
        yield from texts(slot, random, undecided)
    if types & {"integer", "number", "any"}:
        yield from numbers(slot, random)
    if types & {"boolean", "any"}:
        yield random.random() < 0.5
    others = [*slot.examples, *slot.default, None, {}, []]
    yield from others


def numbers(slot: Slot, random: Random) -> Iterator[int | float]:
    """Numbers between the bounds of a slot, and numbers at the bounds."""
    lows = [*keyword_values(slot, "minimum"), *keyword_values(slot, "exclusiveMinimum")]
    highs = [*keyword_values(slot, "maximum"), *keyword_values(slot, "exclusiveMaximum")]
    low = max(lows, default=min(1, min(highs, default=1)))
    high = min(highs, default=max(low, 0) + _LARGEST)
    yield from _between(low, high, random)
    for bound in (low, high):
        yield from (bound, bound + 1, bound - 1)
    yield (low + high) / 2 if abs(low) + abs(high) < 1e300 else low


def _between(low: float, high: float, random: Random) -> Iterator[int]:
    first, last = math.ceil(low), math.floor(high)
    if first <= last:
        yield from (random.randint(first, last) for _ in range(_SAMPLES))


def satisfying(
    slot: Slot | None,
    tests: Sequence[tuple[Test, bool]],
    random: Random,
    *,
    known: Sequence[Any] = (),
    undecided: Callable[[], None] = lambda: None,
) -> list[Any]:
    """
    Values that fit the slot and give the first test its wanted truth.

    They are sorted by the number of other tests with their wanted truth, the best first. `undecided` is called if the
    search for a text that passes several tests gives up.
    """
    first, wanted = tests[0]
    candidates = [value for test, _ in tests for value in _of_test(test, slot, random)]
    candidates += [value for value in (_of_all(slot, tests, random, undecided),) if value is not None]
    candidates += [*known, *(_freely(slot, random) if slot is not None else _ANYTHING)]
    usable = [
        value for value in candidates if truth.satisfies(first, value) is wanted and (slot is None or fits(slot, value))
    ]
    random.shuffle(usable)
    return sorted(usable, key=lambda value: -sum(truth.satisfies(test, value) is truth_ for test, truth_ in tests))


_ANYTHING = ("x", "A", 0, 1, True, False, None)


def _freely(slot: Slot, random: Random) -> list[Any]:
    return [value for _ in range(_SAMPLES) for value in fitting(slot, random)]


def _of_all(
    slot: Slot | None, tests: Sequence[tuple[Test, bool]], random: Random, undecided: Callable[[], None]
) -> Any:
    """A text that passes all wanted tests of texts, if there are several."""
    wanting = [test for test, wanted in tests if wanted and isinstance(test, Matches | Starts)]
    return matching(slot, random, *wanting, undecided=undecided) if slot is not None and len(wanting) > 1 else None


def _of_test(test: Test, slot: Slot | None, random: Random) -> list[Any]:
    """Values that pass the test or nearly pass it; for a range, also values just outside."""
    match test:
        case Literal(value):
            return [value]
        case In(values):
            return list(values)
        case Starts(prefixes):
            return [*_texts_of(test, slot, random), *(prefix + _tail(slot) for prefix in prefixes), *prefixes]
        case Matches(pattern):
            return [*_texts_of(test, slot, random), patterns.shortest(patterns.parse(pattern))]
        case Range(least, most):
            edges = [bound for bound in (least, most) if bound is not None]
            inside = list(_between(edges[0], edges[-1], random)) if edges else []
            return [*inside, *edges, *(edge + step for edge in edges for step in (-1, 1, -0.5, 0.5)), 0]
        case Compare(_, other):
            return [other, *ordering.near(other)]
    return []


def _tail(slot: Slot | None) -> str:
    return "" if slot is None else " " + name_of(slot)


def _texts_of(test: Test, slot: Slot | None, random: Random) -> list[str]:
    if slot is None:
        text = patterns.sample(patterns.parse(test.pattern), random) if isinstance(test, Matches) else None
        return [] if text is None else [text]
    own = [] if slot.judged_by_choice else [matching(slot, random, test) for _ in range(_SAMPLES)]
    return [text for text in own if text is not None]
