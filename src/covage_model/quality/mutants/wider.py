"""Keywords that accept a little more: patterns, enums, bounds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from covage_model.ground.iregexp import PatternError, SearchUndecided, includes, parse, portable
from covage_model.ground.iregexp.nodes import Alternation, Chars, Node, Pattern, Repeat, Sequence, one_of
from covage_model.pack.model.keywords import Keyword

ANYTHING = "^.*$"
_LOWER = ("minLength", "minItems", "minimum", "exclusiveMinimum")
_UPPER = ("maxLength", "maxItems", "maximum", "exclusiveMaximum")
# the first one missing in a class is a likely typing error: a letter among digits, a capital among small letters
_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def patterns(text: str) -> Iterator[str]:
    """
    Patterns that match everything that `text` matches and a little more, each wider in one place.

    A repetition takes one more or one less; a class takes the first letter or digit that it lacks
    (a negated class takes the first character that it excludes).

    >>> list(patterns("^[0-9]{2}$"))
    ['^[0-9]{1,2}$', '^[0-9]{2,3}$', '^[0-9a]{2}$']
    """
    for root in _wider(parse(text).root):
        spelled = portable(Pattern(text, root)).replace("(?:", "(")  # a literal `(?:` is escaped: only groups begin so
        if _is_wider(spelled, text):
            yield spelled


def _is_wider(spelled: str, text: str) -> bool:
    """Whether it is a valid pattern, and not the same one in another spelling."""
    try:
        return not includes(parse(text), parse(spelled))
    except PatternError:  # a character that an I-Regexp cannot write
        return False
    except SearchUndecided:
        return True


def _wider(node: Node) -> Iterator[Node]:
    match node:
        case Chars():
            wider = _wider_class(node)
            if wider is not None:
                yield wider
        case Sequence(parts):
            for number, part in enumerate(parts):
                for other in _wider(part):
                    yield Sequence((*parts[:number], other, *parts[number + 1 :]))
        case Alternation(branches):
            for number, branch in enumerate(branches):
                for other in _wider(branch):
                    yield Alternation((*branches[:number], other, *branches[number + 1 :]))
        case Repeat(part, low, high):
            if low > 0:
                yield Repeat(part, low - 1, high)
            if high is not None:
                yield Repeat(part, low, high + 1)
            for other in _wider(part):
                yield Repeat(other, low, high)


def _wider_class(node: Chars) -> Chars | None:
    if node.negated:
        (low, high), *rest = node.items
        fewer = (*([(low + 1, high)] if low < high else []), *rest)
        return one_of(fewer, negated=True) if fewer else None
    if len(node.items) == 1 and node.items[0][0] == node.items[0][1]:
        return None  # a literal character
    held = [char for char in _ALPHABET if any(low <= ord(char) <= high for low, high in node.ranges)]
    missing = [char for char in _ALPHABET if char not in held]
    return one_of((*node.items, (ord(missing[0]), ord(missing[0])))) if missing and held else None


def keyword(given: Keyword) -> Iterator[tuple[str, Any, Any, Keyword]]:
    """Each operator that widens a keyword, with the old and the new value, and the wider keyword."""
    value = given.value
    if given.name == "pattern":
        if value != ANYTHING:
            yield "pattern-any", value, ANYTHING, replace(given, value=ANYTHING)
        for text in patterns(value):
            yield "pattern-widen", value, text, replace(given, value=text)
    elif given.name in ("enum", "const"):
        legal = list(value) if given.name == "enum" else [value]
        added = another(legal)
        if added is not None:
            yield "enum-widen", None, added, Keyword("enum", [*legal, added], given.origin)
        if len(legal) > 1:
            for number, member in enumerate(legal):
                rest = [*legal[:number], *legal[number + 1 :]]
                yield "enum-shrink", _spelled(member), None, replace(given, value=rest)
    elif given.name in _LOWER:
        if value > 1 or given.name in ("minimum", "exclusiveMinimum"):  # from 1 to 0 is to drop it
            yield "bound-relax", value, value - 1, replace(given, value=value - 1)
    elif given.name in _UPPER:
        yield "bound-relax", value, value + 1, replace(given, value=value + 1)


def another(legal: list[Any]) -> Any:
    """A value that is not in the list: a variation of the first text, or the next number. None if there is neither."""
    first = next((value for value in legal if isinstance(value, str)), None)
    if first is not None:
        wanted = (first.upper(), first.lower(), first + "x")
        return next((value for value in wanted if value not in legal), None)
    numbers = [value for value in legal if isinstance(value, int | float) and not isinstance(value, bool)]
    return max(numbers) + 1 if numbers else None


def _spelled(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else json.dumps(value)
