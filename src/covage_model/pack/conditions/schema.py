"""
Translates conditions into JSON Schema, if it can say them (`is_printable`) and they read only one scope.

Parts that read an outer scope are split off first (`cases`), because a schema sees only what is below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from covage_model.ground import iregexp as patterns
from covage_model.ground import ordering
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Atom,
    Compare,
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


_BOUNDS = {"min": "minimum", "max": "maximum", "above": "exclusiveMinimum", "below": "exclusiveMaximum"}


def is_printable(condition: Condition) -> bool:
    """Whether JSON Schema can say a condition over a document: it compares no two values, and orders no dates."""
    for atom in tree.atoms(condition):
        if not isinstance(atom, Holds) or tree.other_side(atom.test) is not None:
            return False
        if isinstance(atom.test, Compare) and ordering.kind_of(atom.test.other) != ordering.NUMBER:
            return False
        inner = tree.inside(atom.test)
        if inner is not None and not is_printable(inner):
            return False
    return True


def schema_of(condition: Condition) -> Schema:
    """The schema that an object (or a list item) satisfies exactly if the condition holds for it."""
    match condition:
        case All(parts):
            return {"allOf": [schema_of(part) for part in parts]} if parts else {}
        case AnyOf(parts):
            return {"anyOf": [schema_of(part) for part in parts]} if parts else dict(NOTHING)
        case Not(part):
            return {"not": schema_of(part)}
        case Implies(when, then):
            conclusion = schema_of(then)
            return {"if": schema_of(when), "then": conclusion} if conclusion else {}
        case Holds(ref, test):
            return _atom(ref.names, test)
        case DocumentReady():
            raise TypeError("a document's readiness is known to its lifecycle alone")


def _atom(names: Sequence[str], test: Test) -> Schema:
    if isinstance(test, Present):
        present = there_with(names, {})
        return present if test.present else {"not": present}
    if (
        isinstance(test, Every)
        or (isinstance(test, Count) and test.least == 0)
        or (isinstance(test, In) and test.absent)
    ):
        return if_there(names, value_schema(test))
    return there_with(names, value_schema(test))


def there_with(names: Sequence[str], inner: Schema) -> Schema:
    """The schema of an object with a value at `names` that satisfies `inner`."""
    if not names:
        return inner
    return {"type": "object", "required": [names[0]], "properties": {names[0]: there_with(names[1:], inner)}}


def if_there(names: Sequence[str], inner: Schema) -> Schema:
    """The schema of anything in which the value at `names`, if there is one, satisfies `inner`."""
    return {"not": there_with(names, {"not": inner})} if names else inner


def value_schema(test: Test) -> Schema:
    """The schema of a present value that satisfies `test`."""
    match test:
        case Literal(value):
            return {"const": value}
        case In(values):
            return {"enum": list(values)} if values else dict(NOTHING)
        case Starts(prefixes):
            return {"type": "string", "pattern": patterns.prefix_pattern(prefixes)}
        case Matches(pattern):
            return {"type": "string", **exact_pattern(pattern)}
        case Range(least, most):
            bounds = {"minimum": least, "maximum": most}
            return {"type": "number", **{key: bound for key, bound in bounds.items() if bound is not None}}
        case Compare(relation, int() | float() as bound) if relation in _BOUNDS:
            return {"type": "number", _BOUNDS[relation]: bound}
        case Some(condition):
            return {"type": "array", "minItems": 1, "contains": schema_of(condition)}
        case Every(condition):
            return {"type": "array", "items": schema_of(condition)}
        case Count():
            return _count(test)
        case _:
            raise TypeError(f"{type(test).__name__} has no JSON Schema")


def _count(test: Count) -> Schema:
    """`minItems` is redundant beside `contains`, but without it Ajv 8 can accept an empty list."""
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
    Keywords that accept exactly the texts that `text` matches, also in engines whose `$` matches before a last newline.

    If some matches end in a newline and others do not, a look-ahead is needed,
    which every engine but a strictly linear one supports.
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
    Splits a condition into pairs (outer, here): it holds exactly if `here` holds in every pair whose `outer` is true.

    `outer` reads only scopes before `level`, and `here` reads only `level`. If no `outer` is true, it does not hold.
    """
    parts = condition.parts if isinstance(condition, All) else (condition,)
    outer = [part for part in parts if _is_outer(part, level)]
    mixed = All(tuple(part for part in parts if not _is_outer(part, level)))
    for facts, here in _split(simple(mixed), level, ()):
        yield simple(All((*outer, *facts))), here


def _split(
    mixed: Condition, level: int, facts: tuple[Condition, ...]
) -> Iterator[tuple[tuple[Condition, ...], Condition]]:
    """One case for each truth of the outer parts of `mixed`, as far as it matters."""
    if mixed == FALSE:
        return
    outer = next(_outer(mixed, level), None)
    if outer is None:
        yield facts, mixed
        return
    for fact, value in ((outer, TRUE), (Not(outer), FALSE)):
        yield from _split(simple(_with(mixed, outer, value)), level, (*facts, fact))


def _outer(condition: Condition, level: int) -> Iterator[Condition]:
    """The largest parts that read only outer scopes."""
    if _is_outer(condition, level):
        yield condition
        return
    for part in tree.children(condition):
        yield from _outer(part, level)


def _is_outer(condition: Condition, level: int) -> bool:
    atoms = list(tree.atoms(condition))
    return bool(atoms) and all(isinstance(atom, Holds) and atom.ref.level < level for atom in atoms)


def hoisted(condition: Condition) -> Condition:
    """An equivalent condition in which `some`, `every` and `where` read only the item."""
    atom = next((inner for atom in tree.atoms(condition) for inner in _outer_reads(atom)), None)
    if atom is None:
        return condition
    yes, no = (simple(_with(condition, atom, value, deep=True)) for value in (TRUE, FALSE))
    return hoisted(simple(AnyOf((All((atom, yes)), All((Not(atom), no))))))


def _outer_reads(atom: Atom) -> Iterator[Atom]:
    """The tests inside a quantifier that read beyond the item."""
    inner = tree.inside(atom.test) if isinstance(atom, Holds) else None
    if inner is None:
        return
    for below in tree.atoms(inner):
        if isinstance(below, Holds) and below.ref.root == "scope":
            yield below
        yield from _outer_reads(below)


def _with(condition: Condition, known: Condition, value: Condition, *, deep: bool = False) -> Condition:
    """The condition with one part replaced by its known truth; `deep` also replaces inside quantifiers."""
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


def _same(condition: Condition, other: Condition) -> bool:
    """Whether two conditions are written alike; `==` alone would take 1 for true."""
    return condition == other and repr(condition) == repr(other)


def simple(condition: Condition) -> Condition:
    """An equivalent condition without parts that are obviously always or never true."""
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
