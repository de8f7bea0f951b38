"""Keywords that let a little more through: patterns, enums, bounds."""

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
# what somebody mistypes first: a letter among digits, a capital among letters, the next letter of a few
_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def patterns(text: str) -> Iterator[str]:
    """
    Patterns that match all that `text` does and a little more, each wider in one place.

    A repetition takes one more, or one less; a class takes the first letter or digit that it lacks
    (one that excludes signs takes the first of these).

    >>> list(patterns("^[0-9]{2}$"))
    ['^[0-9]{1,2}$', '^[0-9]{2,3}$', '^[0-9a]{2}$']
    """
    for root in _wider(parse(text).root):
        spelled = portable(Pattern(text, root)).replace("(?:", "(")  # a sign is escaped: only groups begin so
        if _is_wider(spelled, text):
            yield spelled


def _is_wider(spelled: str, text: str) -> bool:
    """Whether it is a pattern, and not the same one said otherwise."""
    try:
        return not includes(parse(text), parse(spelled))
    except PatternError:  # a character that an I-Regexp cannot spell as engines do
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
        return None  # a sign of its own
    held = [char for char in _ALPHABET if any(low <= ord(char) <= high for low, high in node.ranges)]
    missing = [char for char in _ALPHABET if char not in held]
    return one_of((*node.items, (ord(missing[0]), ord(missing[0])))) if missing and held else None


def keyword(said: Keyword) -> Iterator[tuple[str, Any, Any, Keyword]]:
    """Each operator that widens a keyword, what it takes and gives, and the wider keyword."""
    value = said.value
    if said.name == "pattern":
        if value != ANYTHING:
            yield "pattern-any", value, ANYTHING, replace(said, value=ANYTHING)
        for text in patterns(value):
            yield "pattern-widen", value, text, replace(said, value=text)
    elif said.name in ("enum", "const"):
        legal = list(value) if said.name == "enum" else [value]
        added = another(legal)
        if added is not None:
            yield "enum-widen", None, added, Keyword("enum", [*legal, added], said.origin)
        if len(legal) > 1:
            for number, one in enumerate(legal):
                rest = [*legal[:number], *legal[number + 1 :]]
                yield "enum-shrink", _spelled(one), None, replace(said, value=rest)
    elif said.name in _LOWER:
        if value > 1 or said.name in ("minimum", "exclusiveMinimum"):  # from 1 to 0 is to drop it
            yield "bound-relax", value, value - 1, replace(said, value=value - 1)
    elif said.name in _UPPER:
        yield "bound-relax", value, value + 1, replace(said, value=value + 1)


def another(legal: list[Any]) -> Any:
    """A value that is none of these, as somebody might mistype the first; None where nothing comes to mind."""
    first = next((one for one in legal if isinstance(one, str)), None)
    if first is not None:
        wanted = (first.upper(), first.lower(), first + "x")
        return next((one for one in wanted if one not in legal), None)
    numbers = [one for one in legal if isinstance(one, int | float) and not isinstance(one, bool)]
    return max(numbers) + 1 if numbers else None


def _spelled(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else json.dumps(value)
