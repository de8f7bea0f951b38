"""
Conditions as JSON Schema: every one without `among`, read at one scope.

What reads an outer scope is split off first (`cases`), since a schema sees only what is below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from covage_model import patterns
from covage_model.conditions import truth
from covage_model.model.conditions import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Condition,
    Count,
    DocumentReady,
    Every,
    Holds,
    Implies,
    In,
    Leaf,
    Literal,
    Matches,
    Not,
    Present,
    Range,
    Some,
    Starts,
    Test,
)

Schema = dict[str, Any]
NOTHING: Schema = {"not": {}}


def schema_of(condition: Condition) -> Schema:
    """The schema that an object (or the item of a list) meets exactly when the condition holds of it."""
    match condition:
        case All(parts):
            return {"allOf": [schema_of(part) for part in parts]} if parts else {}
        case AnyOf(parts):
            return {"anyOf": [schema_of(part) for part in parts]} if parts else dict(NOTHING)
        case Not(part):
            return {"not": schema_of(part)}
        case Implies(when, then):
            return {"if": schema_of(when), "then": schema_of(then)}
        case Holds(ref, test):
            return _leaf(ref.names, test)
        case DocumentReady():
            raise TypeError("a document's readiness is known to its lifecycle alone")


def _leaf(names: Sequence[str], test: Test) -> Schema:
    if isinstance(test, Present):
        there = there_with(names, {})
        return there if test.present else {"not": there}
    if isinstance(test, Every) or (isinstance(test, Count) and test.least == 0):
        return if_there(names, value_schema(test))
    return there_with(names, value_schema(test))


def there_with(names: Sequence[str], inner: Schema) -> Schema:
    """An object in which `names` lead to a value that meets `inner`."""
    if not names:
        return inner
    below = there_with(names[1:], inner)
    printed: Schema = {"type": "object", "required": [names[0]]}
    return {**printed, "properties": {names[0]: below}} if below else printed


def if_there(names: Sequence[str], inner: Schema) -> Schema:
    """Anything in which the value that `names` lead to, if there is one, meets `inner`."""
    return {"properties": {names[0]: if_there(names[1:], inner)}} if names else inner


def value_schema(test: Test) -> Schema:
    """The schema of a value that is there and satisfies `test`."""
    match test:
        case Literal(value):
            return {"const": value}
        case In(values):
            return {"enum": list(values)}
        case Starts(prefixes):
            return {"type": "string", "pattern": patterns.prefix_pattern(prefixes)}
        case Matches(pattern):
            return {"type": "string", **exact_pattern(pattern)}
        case Range(least, most):
            bounds = {"minimum": least, "maximum": most}
            return {"type": "number", **{key: bound for key, bound in bounds.items() if bound is not None}}
        case Some(condition):
            return {"type": "array", "contains": schema_of(condition)}
        case Every(condition):
            return {"type": "array", "items": schema_of(condition)}
        case Count():
            return _count(test)
        case _:
            raise TypeError(f"{type(test).__name__} has no JSON Schema")


def _count(test: Count) -> Schema:
    words = ("minItems", "maxItems") if test.where is None else ("minContains", "maxContains")
    printed: Schema = {"type": "array"}
    if test.where is not None:
        printed["contains"] = schema_of(test.where)
        printed["minContains"] = test.least
    elif test.least:
        printed["minItems"] = test.least
    return printed if test.most is None else {**printed, words[1]: test.most}


def exact_pattern(text: str) -> Schema:
    """Keywords that accept exactly the texts that `text` matches, in engines whose `$` lets a last newline pass too."""
    pattern = patterns.parse(text)
    printed: Schema = {"pattern": patterns.portable(pattern)}
    if not patterns.may_end_in_newline(pattern):
        printed["not"] = {"pattern": "\n$"}
    return printed


def cases(condition: Condition, level: int) -> Iterator[tuple[Condition, Condition]]:
    """
    Pairs (outer, here) of which exactly those with `outer` true say, in `here`, what the condition says.

    `outer` reads scopes before `level` only, `here` reads `level` itself; what no case allows is left out.
    """
    parts = condition.parts if isinstance(condition, All) else (condition,)
    outer = [part for part in parts if _outer(part, level) and not _inner(part, level)]
    mixed = [part for part in parts if part not in outer]
    split = list(dict.fromkeys(leaf for part in mixed for leaf in _outer(part, level)))
    for values in product((True, False), repeat=len(split)):
        known = dict(zip(split, values, strict=True))
        here = simple(All(tuple(_with(part, known) for part in mixed)))
        if here != FALSE:
            said = [leaf if value else Not(leaf) for leaf, value in known.items()]
            yield simple(All((*outer, *said))), here


def hoisted(condition: Condition) -> Condition:
    """The same condition with nothing inside `some`, `every` or `where` that reads beyond the item."""
    buried = list(dict.fromkeys(leaf for leaf in truth.leaves(condition) for leaf in _buried(leaf)))
    for leaf in buried:
        yes, no = _with(condition, {leaf: True}, deep=True), _with(condition, {leaf: False}, deep=True)
        condition = AnyOf((All((leaf, yes)), All((Not(leaf), no))))
    return condition


def _buried(leaf: Leaf) -> Iterator[Leaf]:
    inner = truth.inside(leaf.test) if isinstance(leaf, Holds) else None
    if inner is None:
        return
    for below in truth.leaves(inner):
        if isinstance(below, Holds) and below.ref.root == "scope":
            yield below
        yield from _buried(below)


def _outer(condition: Condition, level: int) -> list[Leaf]:
    return [leaf for leaf in truth.leaves(condition) if isinstance(leaf, Holds) and leaf.ref.level < level]


def _inner(condition: Condition, level: int) -> list[Leaf]:
    return [leaf for leaf in truth.leaves(condition) if not (isinstance(leaf, Holds) and leaf.ref.level < level)]


def _with(condition: Condition, known: dict[Leaf, bool], *, deep: bool = False) -> Condition:
    """The condition where the truth of some leaves is known; `deep` looks inside quantifiers too."""

    def change(leaf: Leaf) -> Condition:
        if leaf in known:
            return TRUE if known[leaf] else FALSE
        if not deep or not isinstance(leaf, Holds):
            return leaf
        match leaf.test:
            case Some(inner):
                return Holds(leaf.ref, Some(_with(inner, known, deep=True)), leaf.origin)
            case Every(inner):
                return Holds(leaf.ref, Every(_with(inner, known, deep=True)), leaf.origin)
            case Count(least, most, where) if where is not None:
                return Holds(leaf.ref, Count(least, most, _with(where, known, deep=True)), leaf.origin)
            case _:
                return leaf

    return truth.replace_leaves(condition, change)


def simple(condition: Condition) -> Condition:
    """The same condition without parts that always or never hold, as far as can be seen."""
    match condition:
        case All(parts):
            kept = [part for part in map(simple, parts) if part != TRUE]
            if FALSE in kept:
                return FALSE
            return kept[0] if len(kept) == 1 else All(tuple(dict.fromkeys(kept)))
        case AnyOf(parts):
            kept = [part for part in map(simple, parts) if part != FALSE]
            if TRUE in kept:
                return TRUE
            return kept[0] if len(kept) == 1 else AnyOf(tuple(dict.fromkeys(kept)))
        case Not(part):
            inner = simple(part)
            return FALSE if inner == TRUE else TRUE if inner == FALSE else Not(inner)
        case Implies(when, then):
            return simple(AnyOf((Not(when), then)))
        case _:
            return condition
