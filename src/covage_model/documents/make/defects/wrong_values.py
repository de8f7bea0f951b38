"""Wrong values near legal ones: of another type, one character too long, misspelt, one above the maximum."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

from covage_model.documents.judge.values import failing_keywords, type_problem
from covage_model.documents.make.valid.texts import patterns_of
from covage_model.documents.make.valid.value_generator import ValueGenerator
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import iregexp as patterns
from covage_model.ground import json_value
from covage_model.pack.model.keywords import Keyword

_LONGEST = 100_000  # longer texts are not made
_MOST_ITEMS = 1_000
_SIGNS = "x0A -é\n"


def of_type(slot: Slot, keyword: Keyword, value: Any) -> Iterator[Any]:
    """
    Values of another type, the likeliest mistake first: a number in quotes, an item without its list.

    A whole document is never a list: a file that holds one is read as the orders in it.
    """
    for other in _of_other_type(value):
        if isinstance(other, list) and not slot.path:
            continue
        problem = type_problem(slot, other)
        if problem is not None and problem.value == keyword.value:
            yield other


def _of_other_type(value: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield from ("true" if value else "false", int(value))
    elif isinstance(value, int | float):
        yield from (str(value), value + 0.5 if abs(value) < 2**52 else None)
    elif isinstance(value, str):
        yield from ([int(value)] if value.isascii() and value.isdigit() and len(value) < 16 else [])
    elif isinstance(value, list):
        yield from (copy.deepcopy(item) for item in value[:1])
    elif isinstance(value, dict):
        yield [copy.deepcopy(value)]
    yield from (None, 1, "x", True, [value], {}, 0.5)


def only(slot: Slot, keyword: Keyword, value: Any, generator: ValueGenerator) -> Iterator[Any]:
    """Values of the slot that break this keyword and no other, the nearest to a legal value first."""
    for other in _breaking(slot, keyword, value, generator):
        if type_problem(slot, other) is None and [failing is keyword for failing in failing_keywords(slot, other)] == [
            True
        ]:
            yield other


def breaking(slot: Slot, keyword: Keyword, value: Any, generator: ValueGenerator) -> Iterator[Any]:
    """Values of the slot that break this keyword, whatever else they break."""
    for other in _breaking(slot, keyword, value, generator):
        if type_problem(slot, other) is None and any(failing is keyword for failing in failing_keywords(slot, other)):
            yield other


def _breaking(slot: Slot, keyword: Keyword, value: Any, generator: ValueGenerator) -> Iterator[Any]:
    bound, random = keyword.value, generator.random
    match keyword.name:
        case "enum" | "const":
            yield from _misspelt(list(bound) if keyword.name == "enum" else [bound], value)
        case "pattern":
            yield from _near(value, random)
        case "format":
            yield from _no_format(value)
            yield from _near(value, random)
        case "minLength" if bound > 0:
            yield from _long(slot, value, bound - 1, random)
        case "maxLength" if bound < _LONGEST:
            yield from _long(slot, value, bound + 1, random)
        case "minimum" | "exclusiveMinimum":
            yield from ([bound] if keyword.name == "exclusiveMinimum" else [])
            yield from (bound - 1, bound - 0.5, bound - 0.25)
        case "maximum" | "exclusiveMaximum":
            yield from ([bound] if keyword.name == "exclusiveMaximum" else [])
            yield from (bound + 1, bound + 0.5, bound + 0.25)
        case _ if isinstance(value, list):
            yield from _other_list(slot, keyword, value, generator)


def _other_list(slot: Slot, keyword: Keyword, value: list[Any], generator: ValueGenerator) -> Iterator[Any]:
    bound = keyword.value
    if keyword.name == "minItems" and bound > 0:
        yield value[: bound - 1]
    elif keyword.name == "maxItems" and bound < _MOST_ITEMS:
        yield generator.items(slot, bound + 1, copy.deepcopy(value))
        yield [*copy.deepcopy(value), *(copy.deepcopy(value[-1]) for _ in range(bound + 1 - len(value)) if value)]
    elif keyword.name == "uniqueItems":
        items = value or generator.items(slot, 1)
        yield [*copy.deepcopy(items), *copy.deepcopy(items[:1])]
        yield [*copy.deepcopy(items[:-1]), *copy.deepcopy(items[:1])]


def _misspelt(legal: list[Any], value: Any) -> Iterator[Any]:
    words = [value] if isinstance(value, str) else [member for member in legal if isinstance(member, str)]
    for word in words:
        yield from (word[:-1], word + word[-1:], word.swapcase(), word + "x", " " + word, "")
    for member in [value, *legal]:
        if json_value.is_number(member):
            yield from (member + 1, member - 1)
    yield from ("x", 0, 1, True, False, None, [], {})


def _near(value: Any, random: Random) -> Iterator[str]:
    """The text with one character removed, added or replaced."""
    text = value if isinstance(value, str) else "x"
    yield from (text[:-1], text + text[-1:], text.swapcase())
    places = random.sample(range(len(text)), min(len(text), 12))
    for sign in _SIGNS:
        yield text + sign
        for at in places:
            yield text[:at] + sign + text[at + 1 :]
    for at in places:
        yield text[:at] + text[at + 1 :]
    for sign in '.,"?(+*=<%/#':
        yield text + sign
    yield from ("", "\n", " ", "x" * 40)


def _no_format(value: Any) -> Iterator[str]:
    text = value if isinstance(value, str) else ""
    yield from (f"{text[:4]}-02-30{text[10:]}", f"{text[:4]}-13-01{text[10:]}", text[:-1], text.replace("@", " "))
    yield from (text.replace("-", "/"), text.replace("T", " "))


def _long(slot: Slot, value: Any, length: int, random: Random) -> Iterator[str]:
    """Texts of exactly that length, some of which match the slot's patterns."""
    text = value if isinstance(value, str) and value else "x"
    yield (text + text[-1] * length)[:length]
    yield (text * (length // len(text) + 1))[:length]
    wanted_patterns = patterns_of(slot)
    if wanted_patterns and length <= 400:
        exact = patterns.parse(f"^(.|\\n|\\r){{{length}}}$")
        for _ in range(4):
            try:
                text_of_length = patterns.sample(wanted_patterns[0], random, *wanted_patterns[1:], exact, limit=length)
            except patterns.SearchUndecided:
                return
            yield from ([] if text_of_length is None else [text_of_length])
    yield "x" * length
