"""What is said of one value, and which two of these cannot both hold."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from covage_model.documents.judge.values import failing_keywords, is_of_type
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import iregexp as patterns
from covage_model.ground import json_value
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
NOTHING = Slot((), (), (), None, None, (), False, None, (), (), (), (), (), False, ())  # noqa: FBT003  a place of which nothing is said


@dataclass(frozen=True, slots=True)
class ValueKeyword:
    """
    One keyword of a value, in JSON Schema's words, and how its author spelled it.

    `spoken` is the author's word (`type`, `match`, `starts`), `said` the value beside it.
    """

    word: str
    value: Any
    origin: Origin = field(compare=False)
    spoken: str
    said: Any
    _texts: set[str] = field(default_factory=set, compare=False, repr=False)  # members as canonical JSON

    @property
    def members(self) -> list[Any] | None:
        """All values that it leaves, None where they are not listed."""
        return {"enum": self.value, "const": [self.value]}.get(self.word)

    def allows(self, value: Any) -> bool:
        """Whether `value` satisfies it."""
        if self.word == "type":
            return is_of_type(value, self.value)
        if self.members is not None:  # texts, so that a list of thousands is not searched for each of thousands
            if not self._texts:
                self._texts.update(map(json_value.canonical, self.members))
            return json_value.canonical(value) in self._texts
        return _allows(Keyword(self.word, self.value, self.origin), value)


def _allows(keyword: Keyword, value: Any) -> bool:
    return not any(failing_keywords(replace(NOTHING, keywords=(keyword,)), value))


def of_keyword(said: Keyword) -> ValueKeyword:
    """A keyword as it is written."""
    return ValueKeyword(said.name, said.value, said.origin, said.name, said.value)


def of_slot(slot: Slot) -> list[ValueKeyword]:
    """What is said of the value itself: its type, its keywords, and that something is said of what it holds."""
    found = [of_keyword(said) for said in (*slot.types, *slot.keywords)]
    child = next(iter((slot.properties or {}).values()), None)
    told = {said.value for said in slot.types}
    if child is not None and "object" not in told:
        found.append(ValueKeyword("type", "object", child.origins[0], "fields", child.path[-1]))
    if slot.items is not None and "array" not in told:
        found.append(ValueKeyword("type", "array", slot.items.origins[0], "items", "array"))
    return found


def of_match(entry: Match) -> list[ValueKeyword]:
    """An entry of a choice as the keywords that it is."""
    return [replace(said, spoken="match") for said in _of_test(entry.test, entry.origin)]


def of_document(slot: Slot, statuses: tuple[str, ...]) -> list[ValueKeyword]:
    """What a document's value there has to satisfy: the choice or the lifecycle say all, where they say anything."""
    if slot.shows_status:
        return [ValueKeyword("enum", list(statuses), slot.origins[0], "states", list(statuses))]
    chosen = [said for entry in slot.chosen for said in of_match(entry)]
    return chosen if slot.judged_by_choice else [*of_slot(slot), *chosen]


def of_test(test: Test, origin: Origin) -> list[ValueKeyword]:
    """What a value satisfies of which a test holds, as far as keywords can say it; the type first."""
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
    """An absent list is empty: it may pass where none is asked for."""
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


def conflict(one: ValueKeyword, other: ValueKeyword) -> str | None:
    """Why no value satisfies both, as the form of a finding; None where one may."""
    return _conflict(one, other) or _conflict(other, one)


def _conflict(one: ValueKeyword, other: ValueKeyword) -> str | None:
    members = one.members
    if members is not None:
        return None if any(map(other.allows, members)) else "values"
    if one.word == other.word == "type":
        return "types" if kinds(one.value).isdisjoint(kinds(other.value)) else None
    if other.word in _OPPOSED.get(one.word, ()):
        strict = "exclusive" in one.word + other.word
        return "bounds" if one.value > other.value or (strict and one.value == other.value) else None
    if one.word == other.word == "format":
        return "formats" if one.value != other.value else None
    if one.word == other.word == "pattern":
        return "patterns" if _disjoint(one.value, other.value) else None
    if one.word in ("pattern", "format") and other.word in ("minLength", "maxLength"):
        shortest, longest = _LENGTHS[one.value] if one.word == "format" else _lengths(one.value)
        fits = shortest <= other.value if other.word == "maxLength" else longest >= other.value
        return None if fits else "lengths"
    return None


def kinds(name: str) -> frozenset[str]:
    """What a JSON type takes in: an integer is a number."""
    return _KINDS.get(name, frozenset({name}))


@functools.lru_cache(maxsize=1024)
def _disjoint(one: str, other: str) -> bool:
    try:
        return one != other and bool(patterns.disjoint(patterns.parse(one), patterns.parse(other)))
    except patterns.PatternError:
        return False


@functools.lru_cache(maxsize=1024)
def _lengths(text: str) -> tuple[int, float]:
    """The lengths of the shortest and the longest match; of what is too hard to say, any."""
    try:
        pattern = patterns.parse(text)
        shortest, longest = patterns.shortest(pattern), patterns.longest(pattern)
    except (patterns.PatternError, patterns.SearchUndecided):
        return 0, float("inf")
    return len(shortest or ""), float("inf") if longest is None else longest


def refusal(keywords: Iterable[ValueKeyword], value: Any) -> ValueKeyword | None:
    """The first of the keywords that `value` does not satisfy; None where it satisfies all."""
    return next((keyword for keyword in keywords if not keyword.allows(value)), None)
