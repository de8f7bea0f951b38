"""Keywords about one value, and which two of them contradict each other."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from typing import Any

from covage_model.documents.judge.values import failing_keywords, is_of_type
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import iregexp as patterns
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.conditions import Count, Every, In, Literal, Matches, Range, Some, Starts, Test
from covage_model.pack.model.keywords import Keyword
from covage_model.pack.model.matches import Match

_KINDS = {"number": frozenset({"integer", "fraction"})}
_OPPOSED = {
    "minLength": ("maxLength",),
    "minItems": ("maxItems",),
    "minimum": ("maximum", "exclusiveMaximum"),
    "exclusiveMinimum": ("maximum", "exclusiveMaximum"),
}
_LENGTHS: dict[str, tuple[int, float]] = {
    "date": (10, 10),
    "uuid": (36, 36),
    "date-time": (20, float("inf")),
    "email": (3, 254),
}
NOTHING = Slot((), (), (), None, None, (), False, None, (), (), (), (), (), False, ())  # noqa: FBT003  a slot without statements


@dataclass(frozen=True, slots=True)
class ValueKeyword:
    """
    A keyword of JSON Schema about a value, and how the pack writes it.

    `spoken` is the pack's word (`type`, `match`, `starts`), `written` the value that stands there.
    """

    word: str
    value: Any
    origin: Origin = field(compare=False)
    spoken: str
    written: Any
    _texts: set[str] = field(default_factory=set, compare=False, repr=False)  # members as canonical JSON

    @property
    def members(self) -> list[Any] | None:
        """The only values that it allows; None if they are not listed."""
        return {"enum": self.value, "const": [self.value]}.get(self.word)

    def allows(self, value: Any) -> bool:
        """Whether `value` satisfies it."""
        if self.word == "type":
            return is_of_type(value, self.value)
        if self.members is not None:  # a set of texts, so that long lists are not searched again and again
            if not self._texts:
                self._texts.update(map(json_value.canonical, self.members))
            return json_value.canonical(value) in self._texts
        return _allows(Keyword(self.word, self.value, self.origin), value)


def _allows(keyword: Keyword, value: Any) -> bool:
    return not any(failing_keywords(replace(NOTHING, keywords=(keyword,)), value))


def of_keyword(keyword: Keyword) -> ValueKeyword:
    """A keyword of the pack."""
    return ValueKeyword(keyword.name, keyword.value, keyword.origin, keyword.name, keyword.value)


def of_slot(slot: Slot) -> list[ValueKeyword]:
    """The keywords of a slot: its types, its keywords, and the type that its fields or items imply."""
    keywords = [of_keyword(keyword) for keyword in (*slot.types, *slot.keywords)]
    child = next(iter((slot.properties or {}).values()), None)
    types = {keyword.value for keyword in slot.types}
    if child is not None and "object" not in types:
        keywords.append(ValueKeyword("type", "object", child.origins[0], "fields", child.path[-1]))
    if slot.items is not None and "array" not in types:
        keywords.append(ValueKeyword("type", "array", slot.items.origins[0], "items", "array"))
    return keywords


def of_match(entry: Match) -> list[ValueKeyword]:
    """An entry of `match` as keywords."""
    return [replace(keyword, spoken="match") for keyword in _of_test(entry.test, entry.origin)]


def of_document(slot: Slot, statuses: tuple[str, ...]) -> list[ValueKeyword]:
    """The keywords that the value in a document must satisfy. If `match` or the lifecycle test it, only theirs."""
    if slot.shows_status:
        return [ValueKeyword("enum", list(statuses), slot.origins[0], "states", list(statuses))]
    chosen = [keyword for entry in slot.chosen for keyword in of_match(entry)]
    return chosen if slot.judged_by_choice else [*of_slot(slot), *chosen]


def of_test(test: Test, origin: Origin) -> list[ValueKeyword]:
    """The keywords that a value satisfies if it passes the test, as far as there are any; the type first."""
    return list(_of_test(test, origin))


def _of_test(test: Test, origin: Origin) -> Iterator[ValueKeyword]:
    match test:
        case Literal(value):
            yield ValueKeyword("const", value, origin, "value", value)
        case In(values):
            yield ValueKeyword("enum", list(values), origin, "in", list(values))
        case Starts(prefixes):
            yield ValueKeyword("type", "string", origin, "starts", list(prefixes))
            pattern = _starting(prefixes)
            if pattern is not None:
                yield ValueKeyword("pattern", pattern, origin, "starts", list(prefixes))
        case Matches(pattern):
            yield ValueKeyword("type", "string", origin, "matches", pattern)
            yield ValueKeyword("pattern", pattern, origin, "matches", pattern)
        case Range(least, most):
            yield from _of_range(least, most, origin)
        case Some() | Every():
            word = "some" if isinstance(test, Some) else "every"
            yield ValueKeyword("type", "array", origin, word, "array")
        case Count():
            yield from _of_count(test, origin)


def _of_range(least: float | None, most: float | None, origin: Origin) -> Iterator[ValueKeyword]:
    yield ValueKeyword("type", "number", origin, "min" if most is None else "max", least if most is None else most)
    if least is not None:
        yield ValueKeyword("minimum", least, origin, "min", least)
    if most is not None:
        yield ValueKeyword("maximum", most, origin, "max", most)


def _of_count(test: Count, origin: Origin) -> Iterator[ValueKeyword]:
    """A missing list counts as empty, so `count` from 0 says nothing about a list's length."""
    yield ValueKeyword("type", "array", origin, "count", test.least)
    if test.least > 0:
        yield ValueKeyword("minItems", test.least, origin, "count", test.least)
        if test.most is not None and test.where is None:
            yield ValueKeyword("maxItems", test.most, origin, "count", test.most)


def _starting(prefixes: tuple[str, ...]) -> str | None:
    try:
        return patterns.starts(prefixes).text
    except patterns.PatternError:
        return None


def conflict(keyword: ValueKeyword, other: ValueKeyword) -> str | None:
    """The form of the finding that no value satisfies both; None if some value may."""
    return _conflict(keyword, other) or _conflict(other, keyword)


def _conflict(keyword: ValueKeyword, other: ValueKeyword) -> str | None:
    members = keyword.members
    if members is not None:
        return None if any(map(other.allows, members)) else "values"
    if keyword.word == other.word == "type":
        return "types" if kinds(keyword.value).isdisjoint(kinds(other.value)) else None
    if other.word in _OPPOSED.get(keyword.word, ()):
        strict = "exclusive" in keyword.word + other.word
        return "bounds" if keyword.value > other.value or (strict and keyword.value == other.value) else None
    if keyword.word == other.word == "format":
        return "formats" if keyword.value != other.value else None
    if keyword.word == other.word == "pattern":
        return "patterns" if _disjoint(keyword.value, other.value) else None
    if keyword.word in ("pattern", "format") and other.word in ("minLength", "maxLength"):
        shortest, longest = _LENGTHS[keyword.value] if keyword.word == "format" else _lengths(keyword.value)
        fits = shortest <= other.value if other.word == "maxLength" else longest >= other.value
        return None if fits else "lengths"
    return None


def kinds(name: str) -> frozenset[str]:
    """The kinds of value that a JSON type includes: a number is an integer or a fraction."""
    return _KINDS.get(name, frozenset({name}))


@functools.lru_cache(maxsize=1024)
def _disjoint(pattern: str, other: str) -> bool:
    try:
        return pattern != other and bool(patterns.disjoint(patterns.parse(pattern), patterns.parse(other)))
    except patterns.PatternError:
        return False


@functools.lru_cache(maxsize=1024)
def _lengths(text: str) -> tuple[int, float]:
    """The lengths of the shortest and the longest match; 0 and infinity if the search gives up."""
    try:
        pattern = patterns.parse(text)
        shortest, longest = patterns.shortest(pattern), patterns.longest(pattern)
    except (patterns.PatternError, patterns.SearchUndecided):
        return 0, float("inf")
    return len(shortest or ""), float("inf") if longest is None else longest


def refusal(keywords: Iterable[ValueKeyword], value: Any) -> ValueKeyword | None:
    """The first of the keywords that `value` breaks, or None."""
    return next((keyword for keyword in keywords if not keyword.allows(value)), None)
