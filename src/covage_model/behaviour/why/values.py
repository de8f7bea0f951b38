"""Values to try in a place of a document, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any

from covage_model.documents.judge.values import fits
from covage_model.documents.make.valid.value_generator import lengths
from covage_model.documents.make.valid.values import fitting
from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import listed_values
from covage_model.ground import json_value
from covage_model.ground.dotted import dotted
from covage_model.ground.files import scalars
from covage_model.ground.nearest import near_miss

_MOST = 12
_INVENTED = 4
_DEEP = 32


def values(slot: Slot | None, found: Any = json_value.ABSENT, *, invented: bool = True) -> list[Any]:
    """
    At most twelve different values that fit `slot`; first those near `found`, the value that is there now.

    Then come values from the pack, and last, unless `invented` is False, any values that fit. Objects
    are empty, and lists have as few items as allowed; the caller fills in what is missing.
    """
    if slot is None:
        return []
    kept: list[Any] = []
    for value in (*_near(slot, found), *_offered(slot), *(_invented(slot) if invented else ())):
        new = not any(json_value.equal(value, other) for other in kept)
        if new and fits(slot, value) and not json_value.equal(value, found):
            kept.append(value)
        if len(kept) == _MOST:
            break
    return kept


def _near(slot: Slot, found: Any) -> Iterator[Any]:
    """What may have been meant by `found`: a listed value of similar spelling, another type, a list of one."""
    if isinstance(found, str):
        near = near_miss(found, [value for value in listed_values(slot) if isinstance(value, str)])
        yield from () if near is None else (near,)
        if len(found) < 64 and scalars.reading(found) is not None:
            yield scalars.value(found)
    elif found is not json_value.ABSENT and not isinstance(found, dict | list):
        yield str(found)
    elif isinstance(found, dict) and slot.is_list:
        yield [found]


def _offered(slot: Slot) -> Iterator[Any]:
    """The examples, listed values and default of the pack."""
    yield from slot.examples
    yield from listed_values(slot)
    yield from slot.default


def _invented(slot: Slot) -> Iterator[Any]:
    """The shortest list, an empty object, or a few values that are the same every time."""
    if slot.is_list:
        least, _ = lengths(slot)
        items = values(slot.items)
        if least == 0:
            yield []
        if items and least <= _DEEP:
            yield [items[number % len(items)] for number in range(max(1, least))]
    elif slot.properties is not None:
        yield {}
    else:
        yield from islice(fitting(slot, Random(dotted(slot.path))), _INVENTED)  # noqa: S311  values are invented, not secret
