"""
Conditions as JSON Schema: every one without `among`, read at one scope.

What reads an outer scope is split off first (`cases`), since a schema sees only what is below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from covage_model.ground import iregexp as patterns
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Atom,
    Condition,
    Count,
    DocumentReady,
    Every,
    Holds,
    Implies,
    In,
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
            asked = schema_of(then)
            return {"if": schema_of(when), "then": asked} if asked else {}
        case Holds(ref, test):
            return _atom(ref.names, test)
        case DocumentReady():
            raise TypeError("a document's readiness is known to its lifecycle alone")


def _atom(names: Sequence[str], test: Test) -> Schema:
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
    return {"type": "object", "required": [names[0]], "properties": {names[0]: there_with(names[1:], inner)}}


def if_there(names: Sequence[str], inner: Schema) -> Schema:
    """Anything in which the value that `names` lead to, if there is one, meets `inner`."""
    return {"not": there_with(names, {"not": inner})} if names else inner


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
            return {"type": "array", "minItems": 1, "contains": schema_of(condition)}
        case Every(condition):
            return {"type": "array", "items": schema_of(condition)}
        case Count():
            return _count(test)
        case _:
            raise TypeError(f"{type(test).__name__} has no JSON Schema")


def _count(test: Count) -> Schema:
    """`minItems` beside `contains` says nothing new, but Ajv 8 takes an empty list after one that has the item."""
    words = ("minItems", "maxItems") if test.where is None else ("minContains", "maxContains")
    printed: Schema = {"type": "array"}
    if test.where is not None:
        if test.least == 0 and test.most is None:
            return printed
        printed["contains"] = schema_of(test.where)
        printed["minContains"] = test.least
        if test.least == 1 and test.most is None:
            printed["minItems"] = 1
    elif test.least:
        printed["minItems"] = test.least
    return printed if test.most is None else {**printed, words[1]: test.most}


def exact_pattern(text: str) -> Schema:
    """
    Keywords that accept exactly the texts that `text` matches, in engines whose `$` lets a last newline pass too.

    Where some matches end in a newline, and others may not have one after them, it takes a look-ahead,
    which every engine but a strictly linear one reads.
    """
    pattern = patterns.parse(text)
    printed: Schema = {"pattern": patterns.portable(pattern)}
    if not patterns.may_end_in_newline(pattern):
        printed["not"] = {"pattern": "\n$"}
    elif not patterns.includes(pattern, patterns.parse(f"^({text[1:-1]})\\n$")):
        printed["pattern"] += "(?!\\n)"
    return printed


def cases(condition: Condition, level: int) -> Iterator[tuple[Condition, Condition]]:
    """
    Pairs (outer, here) of which exactly those with `outer` true say, in `here`, what the condition says.

    `outer` reads scopes before `level` only, `here` reads `level` itself; what no case allows is left out.
    """
    parts = condition.parts if isinstance(condition, All) else (condition,)
    outer = [part for part in parts if _is_outer(part, level)]
    mixed = All(tuple(part for part in parts if not _is_outer(part, level)))
    for said, here in _split(simple(mixed), level, ()):
        yield simple(All((*outer, *said))), here


def _split(
    mixed: Condition, level: int, said: tuple[Condition, ...]
) -> Iterator[tuple[tuple[Condition, ...], Condition]]:
    """One case for each truth of what `mixed` reads outside, as far as that still matters."""
    if mixed == FALSE:
        return
    outer = next(_outer(mixed, level), None)
    if outer is None:
        yield said, mixed
        return
    for fact, value in ((outer, TRUE), (Not(outer), FALSE)):
        yield from _split(simple(_with(mixed, outer, value)), level, (*said, fact))


def _outer(condition: Condition, level: int) -> Iterator[Condition]:
    """The largest parts that read outer scopes alone."""
    if _is_outer(condition, level):
        yield condition
        return
    for part in tree.children(condition):
        yield from _outer(part, level)


def _is_outer(condition: Condition, level: int) -> bool:
    found = list(tree.atoms(condition))
    return bool(found) and all(isinstance(atom, Holds) and atom.ref.level < level for atom in found)


def hoisted(condition: Condition) -> Condition:
    """The same condition with nothing inside `some`, `every` or `where` that reads beyond the item."""
    atom = next((found for atom in tree.atoms(condition) for found in _buried(atom)), None)
    if atom is None:
        return condition
    yes, no = (simple(_with(condition, atom, value, deep=True)) for value in (TRUE, FALSE))
    return hoisted(simple(AnyOf((All((atom, yes)), All((Not(atom), no))))))


def _buried(atom: Atom) -> Iterator[Atom]:
    inner = tree.inside(atom.test) if isinstance(atom, Holds) else None
    if inner is None:
        return
    for below in tree.atoms(inner):
        if isinstance(below, Holds) and below.ref.root == "scope":
            yield below
        yield from _buried(below)


def _with(condition: Condition, known: Condition, value: Condition, *, deep: bool = False) -> Condition:
    """The condition where the truth of one part is known; `deep` looks inside quantifiers too."""
    if _same(condition, known):
        return value
    if not isinstance(condition, Holds):
        return tree.with_children(
            condition, (_with(part, known, value, deep=deep) for part in tree.children(condition))
        )
    inner = tree.inside(condition.test) if deep else None
    if inner is None:
        return condition
    changed = _with(inner, known, value, deep=True)
    return replace(condition, test=tree.with_inside(condition.test, changed))


def _same(one: Condition, other: Condition) -> bool:
    """Whether two conditions say the same in the same words; to Python, 1 equals true."""
    return one == other and repr(one) == repr(other)


def simple(condition: Condition) -> Condition:
    """The same condition without parts that always or never hold, as far as can be seen."""
    match condition:
        case All(parts):
            kept = [part for part in map(simple, parts) if part != TRUE]
            if FALSE in kept:
                return FALSE
            return kept[0] if len(kept) == 1 else All(_each_once(kept))
        case AnyOf(parts):
            kept = [part for part in map(simple, parts) if part != FALSE]
            if TRUE in kept:
                return TRUE
            return kept[0] if len(kept) == 1 else AnyOf(_each_once(kept))
        case Not(part):
            inner = simple(part)
            return FALSE if inner == TRUE else TRUE if inner == FALSE else Not(inner)
        case Implies(when, then):
            return simple(AnyOf((Not(when), then)))
        case _:
            return condition


def _each_once(parts: list[Condition]) -> tuple[Condition, ...]:
    kept: list[Condition] = []
    for part in parts:
        if not any(_same(part, other) for other in kept):
            kept.append(part)
    return tuple(kept)
