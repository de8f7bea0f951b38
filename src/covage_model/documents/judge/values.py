"""One value checked against its slot: type first, then each keyword."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from covage_model.documents.presence.sheet import Slot
from covage_model.ground import formats, json_value
from covage_model.ground import iregexp as patterns
from covage_model.pack.conditions import truth
from covage_model.pack.model.keywords import Keyword

_SHORT = 16
_REMEMBERED = 64
_MEMBERS: dict[int, tuple[list[Any], frozenset[str]]] = {}  # by id of a long `enum`, which is kept with its members


def type_problem(slot: Slot, value: Any) -> Keyword | None:
    """The first `type` that the value is not of, or None."""
    for keyword in slot.types:
        if not is_of_type(value, keyword.value):
            return keyword
    return None


def failing_keywords(slot: Slot, value: Any) -> Iterator[Keyword]:
    """The keywords that a value of the right type breaks, in spec order."""
    return (keyword for keyword in slot.keywords if not CHECKS[keyword.name](value, keyword.value))


def fits(slot: Slot, value: Any) -> bool:
    """Whether the slot takes the value, as far as its own type, keywords and choice say."""
    if not all(truth.satisfies(entry.test, value) for entry in slot.chosen):
        return False
    return slot.judged_by_choice or (
        type_problem(slot, value) is None and next(failing_keywords(slot, value), None) is None
    )


def is_of_type(value: Any, name: str) -> bool:
    """JSON Schema's types: true is no number, and 1.0 is an integer."""
    match name:
        case "object":
            return isinstance(value, dict)
        case "array":
            return isinstance(value, list)
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "null":
            return value is None
        case "integer":
            return json_value.is_number(value) and (isinstance(value, int) or value.is_integer())
        case _:
            return json_value.is_number(value)


def _unique(value: Any, wanted: bool, /) -> bool:  # noqa: FBT001  the keyword's own value, like its siblings
    if not wanted or not isinstance(value, list):
        return True
    return len(set(map(json_value.canonical, value))) == len(value)


def _is_listed(value: Any, listed: list[Any], /) -> bool:
    """Whether a list has the value; long lists are looked up, not read."""
    if len(listed) <= _SHORT:
        return any(json_value.equal(value, member) for member in listed)
    known = _MEMBERS.get(id(listed))
    if known is None or known[0] is not listed:
        if len(_MEMBERS) >= _REMEMBERED:
            _MEMBERS.clear()
        known = _MEMBERS[id(listed)] = (listed, frozenset(map(json_value.canonical, listed)))
    return json_value.canonical(value) in known[1]


def _of_text(check: Callable[[str, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, limit: not isinstance(value, str) or check(value, limit)


def _of_number(check: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, limit: not json_value.is_number(value) or (_is_finite(value) and check(value, limit))


def _is_finite(value: float) -> bool:
    return isinstance(value, int) or math.isfinite(value)  # an integer may be too large to be asked


def _of_list(check: Callable[[list[Any], Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, limit: not isinstance(value, list) or check(value, limit)


CHECKS: Mapping[str, Callable[[Any, Any], bool]] = {
    "enum": _is_listed,
    "const": json_value.equal,
    "pattern": _of_text(lambda value, limit: patterns.matches(limit, value)),
    "format": _of_text(lambda value, limit: formats.FORMATS[limit](value)),
    "minLength": _of_text(lambda value, limit: len(value) >= limit),
    "maxLength": _of_text(lambda value, limit: len(value) <= limit),
    "minimum": _of_number(lambda value, limit: value >= limit),
    "maximum": _of_number(lambda value, limit: value <= limit),
    "exclusiveMinimum": _of_number(lambda value, limit: value > limit),
    "exclusiveMaximum": _of_number(lambda value, limit: value < limit),
    "minItems": _of_list(lambda value, limit: len(value) >= limit),
    "maxItems": _of_list(lambda value, limit: len(value) <= limit),
    "uniqueItems": _unique,
}
