"""Near-miss values that break one keyword or the type: one character too many, one above the maximum, a misspelling."""

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

_LONGEST = 100_000  # a text beyond it is no near miss
_MOST_ITEMS = 1_000
_SIGNS = "x0A -é\n"


def of_type(slot: Slot, said: Keyword, value: Any) -> Iterator[Any]:
    """Values of another type, the likeliest slip first: a number in quotes, an item without its list."""
    for other in _of_other_type(value):
        problem = type_problem(slot, other)
        if problem is not None and problem.value == said.value:
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
    """Values of the slot that break this keyword and none of the others, the nearest to what is legal first."""
    for other in _breaking(slot, keyword, value, generator):
        if type_problem(slot, other) is None and [one is keyword for one in failing_keywords(slot, other)] == [True]:
            yield other


def breaking(slot: Slot, keyword: Keyword, value: Any, generator: ValueGenerator) -> Iterator[Any]:
    """Values of the slot that break this keyword, whatever else they break."""
    for other in _breaking(slot, keyword, value, generator):
        if type_problem(slot, other) is None and any(one is keyword for one in failing_keywords(slot, other)):
            yield other


def _breaking(slot: Slot, keyword: Keyword, value: Any, generator: ValueGenerator) -> Iterator[Any]:
    said, random = keyword.value, generator.random
    match keyword.name:
        case "enum" | "const":
            yield from _misspelt(list(said) if keyword.name == "enum" else [said], value)
        case "pattern":
            yield from _near(value, random)
        case "format":
            yield from _no_format(value)
            yield from _near(value, random)
        case "minLength" if said > 0:
            yield from _long(slot, value, said - 1, random)
        case "maxLength" if said < _LONGEST:
            yield from _long(slot, value, said + 1, random)
        case "minimum" | "exclusiveMinimum":
            yield from ([said] if keyword.name == "exclusiveMinimum" else [])
            yield from (said - 1, said - 0.5, said - 0.25)
        case "maximum" | "exclusiveMaximum":
            yield from ([said] if keyword.name == "exclusiveMaximum" else [])
            yield from (said + 1, said + 0.5, said + 0.25)
        case _ if isinstance(value, list):
            yield from _other_list(slot, keyword, value, generator)


def _other_list(slot: Slot, keyword: Keyword, value: list[Any], generator: ValueGenerator) -> Iterator[Any]:
    said = keyword.value
    if keyword.name == "minItems" and said > 0:
        yield value[: said - 1]
    elif keyword.name == "maxItems" and said < _MOST_ITEMS:
        yield generator.items(slot, said + 1, copy.deepcopy(value))
        yield [*copy.deepcopy(value), *(copy.deepcopy(value[-1]) for _ in range(said + 1 - len(value)) if value)]
    elif keyword.name == "uniqueItems":
        found = value or generator.items(slot, 1)
        yield [*copy.deepcopy(found), *copy.deepcopy(found[:1])]
        yield [*copy.deepcopy(found[:-1]), *copy.deepcopy(found[:1])]


def _misspelt(legal: list[Any], value: Any) -> Iterator[Any]:
    words = [value] if isinstance(value, str) else [one for one in legal if isinstance(one, str)]
    for word in words:
        yield from (word[:-1], word + word[-1:], word.swapcase(), word + "x", " " + word, "")
    for one in [value, *legal]:
        if json_value.is_number(one):
            yield from (one + 1, one - 1)
    yield from ("x", 0, 1, True, False, None, [], {})


def _near(value: Any, random: Random) -> Iterator[str]:
    """The text with a sign less, more, or other."""
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
    """Texts of exactly that length, those that the slot's patterns match among them."""
    text = value if isinstance(value, str) and value else "x"
    yield (text + text[-1] * length)[:length]
    yield (text * (length // len(text) + 1))[:length]
    asked = patterns_of(slot)
    if asked and length <= 400:
        exact = patterns.parse(f"^(.|\\n|\\r){{{length}}}$")
        for _ in range(4):
            try:
                found = patterns.sample(asked[0], random, *asked[1:], exact, limit=length)
            except patterns.SearchUndecided:
                return
            yield from ([] if found is None else [found])
    yield "x" * length
