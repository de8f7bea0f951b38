"""What may stand in a place of a document, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model import patterns
from covage_model.conditions import truth
from covage_model.model.conditions import In, Literal, Starts
from covage_model.nearest import near_miss
from covage_model.orders.values import failing_keywords, type_problem
from covage_model.presence.anchor import is_list
from covage_model.presence.sheet import Slot
from covage_model.source import scalars

_FORMATS = {
    "date": "2024-12-31",
    "date-time": "2024-12-31T08:30:00Z",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "email": "name@example.com",
}
_BOUNDS = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
_MOST = 12
_DEEP = 32


def values(slot: Slot | None, found: Any = truth.ABSENT, *, invented: bool = True) -> list[Any]:
    """
    At most twelve values that may stand in `slot`, each once; those near `found`, what stands there, first.

    Then what the pack offers, and last, unless `invented` is False, what fits and says nothing.

    Objects are empty, and lists have as many items as they must: what they lack, judging them will say.
    """
    if slot is None:
        return []
    kept: list[Any] = []
    for value in (*_near(slot, found), *_offered(slot), *(_made(slot) if invented else ())):
        new = not any(truth.equal(value, one) for one in kept)
        if new and may_stand(slot, value) and not truth.equal(value, found):
            kept.append(value)
        if len(kept) == _MOST:
            break
    return kept


def may_stand(slot: Slot, value: Any) -> bool:
    """Whether the value itself has no finding there, whatever is below it."""
    if not all(truth.satisfies(entry.test, value) for entry in slot.chosen):
        return False
    return slot.judged_by_choice or (type_problem(slot, value) is None and not any(failing_keywords(slot, value)))


def _near(slot: Slot, found: Any) -> Iterator[Any]:
    """What somebody may have meant who wrote `found`."""
    if isinstance(found, str):
        near = near_miss(found, [value for value in _listed(slot) if isinstance(value, str)])
        yield from () if near is None else (near,)
        if len(found) < 64 and scalars.reading(found) is not None:
            yield scalars.value(found)
    elif found is not truth.ABSENT and not isinstance(found, dict | list):
        yield str(found)
    elif isinstance(found, dict) and is_list(slot):
        yield [found]


def _offered(slot: Slot) -> Iterator[Any]:
    """What the pack says may stand there."""
    yield from slot.examples
    yield from _listed(slot)
    yield from slot.default


def _listed(slot: Slot) -> Iterator[Any]:
    for entry in slot.chosen:
        match entry.test:
            case Literal(value):
                yield value
            case In(several):
                yield from several
    for keyword in slot.keywords:
        if keyword.name == "const":
            yield keyword.value
        elif keyword.name == "enum":
            yield from keyword.value


def _made(slot: Slot) -> Iterator[Any]:
    """A value made of what its keywords say."""
    said = {keyword.name: keyword.value for keyword in slot.keywords}
    kinds = {keyword.value for keyword in slot.types} or {"string"}
    if is_list(slot):
        yield from _lists(slot, said.get("minItems", 0))
    elif "object" in kinds or slot.properties is not None:
        yield {}
    elif kinds & {"integer", "number"}:
        bounds = [said[name] for name in _BOUNDS if name in said]
        yield from (value for bound in bounds or [0] for value in (bound, bound + 1, bound - 1))
    elif "boolean" in kinds:
        yield from (True, False)
    elif "null" in kinds:
        yield None
    else:
        yield from _texts(slot, said)


def _lists(slot: Slot, least: int) -> Iterator[list[Any]]:
    """As short as may be, and with one item."""
    items = values(slot.items) if slot.items is not None else []
    if least == 0:
        yield []
    if items and least <= _DEEP:
        count = max(1, least)
        yield items[:count] if len(items) >= count else [items[number % len(items)] for number in range(count)]


def _texts(slot: Slot, said: dict[str, Any]) -> Iterator[str]:
    if "format" in said:
        yield _FORMATS[said["format"]]
    written = [keyword.value for keyword in slot.keywords if keyword.name == "pattern"]
    begins = [entry.test.prefixes for entry in slot.chosen if isinstance(entry.test, Starts)]
    read = [patterns.parse(one) for one in written] + [patterns.starts(one) for one in begins]
    if read:
        try:
            shortest = patterns.shortest(*read)
        except patterns.Undecided:
            return
        yield from () if shortest is None else (shortest,)
    else:
        yield "x" * max(1, min(said.get("minLength", 1), 1000))
