"""What to type instead of a value that a place does not take."""

from __future__ import annotations

import json
from typing import Any

from covage_model.documents.judge.values import is_of_type
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import json_value
from covage_model.ground.files import scalars
from covage_model.ground.nearest import near_miss
from covage_model.pack.model.keywords import Keyword

_LONG = 64  # beyond this many characters nobody mistyped a word
_WRITTEN = {
    "date": "2024-12-31",
    "date-time": "2024-12-31T08:30:00Z",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "email": "name@example.com",
}


def for_type(value: Any, expected: str) -> str | None:
    """
    Quotes too many or too few.

    >>> for_type("12", "integer"), for_type(12, "string"), for_type("a", "integer")
    ('write it without quotes: 12', 'write it in quotes: "12"', None)
    """
    if isinstance(value, str) and len(value) <= _LONG and scalars.reading(value) is not None:
        read = scalars.value(value)
        return f"write it without quotes: {value}" if is_of_type(read, expected) and read is not None else None
    scalar = isinstance(value, bool) or json_value.is_number(value)
    text = json.dumps(value) if scalar and expected == "string" else ""
    return f'write it in quotes: "{text}"' if 0 < len(text) <= _LONG else None


def for_keyword(slot: Slot, keyword: Keyword, value: Any) -> str | None:
    """The legal value that is near, or what such a value looks like."""
    if keyword.name == "enum":
        texts = [text for text in keyword.value if isinstance(text, str)]
        near = near_miss(value, texts)
        return f"did you mean {near!r}?" if near is not None else None
    if keyword.name == "const":
        return f"write {json.dumps(keyword.value, ensure_ascii=False)}"
    examples = [one for one in slot.examples if isinstance(one, str)]
    if keyword.name in ("pattern", "format") and examples:
        return f"for example {examples[0]}"
    return f"write it as {_WRITTEN[keyword.value]}" if keyword.name == "format" else None
