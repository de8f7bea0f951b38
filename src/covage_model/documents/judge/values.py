"""One value against what its slot says of it: type first, then each keyword."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from covage_model.documents.presence.sheet import Slot
from covage_model.ground import formats, json_value
from covage_model.ground import iregexp as patterns
from covage_model.pack.model.keywords import Keyword


def type_problem(slot: Slot, value: Any) -> Keyword | None:
    """The first thing said of the type that the value is not, or None."""
    return next((said for said in slot.types if not is_of_type(value, said.value)), None)


def failing_keywords(slot: Slot, value: Any) -> Iterator[Keyword]:
    """The keywords that a value of the right type breaks, in the order they are said."""
    return (said for said in slot.keywords if not CHECKS[said.name](value, said.value))


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
    if all(isinstance(item, str) for item in value):
        return len(set(value)) == len(value)
    return not any(json_value.equal(item, other) for number, item in enumerate(value) for other in value[:number])


def _of_text(check: Callable[[str, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, said: not isinstance(value, str) or check(value, said)


def _of_number(check: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, said: not json_value.is_number(value) or (_is_finite(value) and check(value, said))


def _is_finite(value: float) -> bool:
    return isinstance(value, int) or math.isfinite(value)  # an integer may be too large to be asked


def _of_list(check: Callable[[list[Any], Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, said: not isinstance(value, list) or check(value, said)


CHECKS: Mapping[str, Callable[[Any, Any], bool]] = {
    "enum": lambda value, said: any(json_value.equal(value, one) for one in said),
    "const": json_value.equal,
    "pattern": _of_text(lambda value, said: patterns.matches(said, value)),
    "format": _of_text(lambda value, said: formats.FORMATS[said](value)),
    "minLength": _of_text(lambda value, said: len(value) >= said),
    "maxLength": _of_text(lambda value, said: len(value) <= said),
    "minimum": _of_number(lambda value, said: value >= said),
    "maximum": _of_number(lambda value, said: value <= said),
    "exclusiveMinimum": _of_number(lambda value, said: value > said),
    "exclusiveMaximum": _of_number(lambda value, said: value < said),
    "minItems": _of_list(lambda value, said: len(value) >= said),
    "maxItems": _of_list(lambda value, said: len(value) <= said),
    "uniqueItems": _unique,
}
