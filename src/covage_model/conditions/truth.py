"""
What conditions mean: one reading for the interpreter, the schema, the lifecycle and people.

Absent values fail every test but `present: false`; an absent list is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from covage_model import patterns
from covage_model.model.conditions import (
    All,
    Among,
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
    Ref,
    Some,
    Starts,
    Test,
)


class _Absent:
    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Any = _Absent()
_OF_LISTS = (Count, Some, Every)  # a union would be built anew at each question


def equal(left: Any, right: Any) -> bool:
    """
    JSON equality: true is not 1, 1 equals 1.0, lists in order, objects in any order.

    >>> equal(1, 1.0), equal(True, 1), equal({"a": [1]}, {"a": [1.0]})
    (True, False, True)
    """
    if isinstance(left, str):  # most are
        return isinstance(right, str) and left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(value, right[key]) for key, value in left.items())
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left == right
    return type(left) is type(right) and bool(left == right)


def is_number(value: Any) -> bool:
    """Whether JSON Schema calls `value` a number: booleans are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def evaluate(condition: Condition, truth: Callable[[Leaf], bool | None]) -> bool | None:
    """
    The truth of `condition` when `truth` says that of its leaves; None is undecided (Kleene).

    A part that decides the whole is enough: false and undecided is false.
    """
    match condition:
        case Holds() | DocumentReady():
            return truth(condition)
        case All(parts):
            return _conjunction(evaluate(part, truth) for part in parts)
        case AnyOf(parts):
            return _not(_conjunction(_not(evaluate(part, truth)) for part in parts))
        case Not(part):
            return _not(evaluate(part, truth))
        case Implies(when, then):
            return evaluate(AnyOf((Not(when), then)), truth)


def _not(value: bool | None, /) -> bool | None:  # noqa: FBT001  a truth has no other name
    return None if value is None else not value


def _conjunction(values: Iterator[bool | None]) -> bool | None:
    known = True
    for value in values:
        if value is False:
            return False
        known = known and value is not None
    return True if known else None


def holds(condition: Condition, scopes: Sequence[Any], account: Any = ABSENT) -> bool:
    """
    Whether an anchored condition holds of a document and an account.

    `scopes[0]` is the document, `scopes[n]` the item of the n-th list on the way. Every leaf is a
    `Holds`: what only a lifecycle can say (`DocumentReady`) has no meaning here and raises TypeError.
    """

    def truth(leaf: Leaf) -> bool:
        if isinstance(leaf, DocumentReady):
            raise TypeError("a document's readiness is known to its lifecycle alone")
        return satisfies(leaf.test, value_of(leaf.ref, scopes, account), scopes, account)

    return bool(evaluate(condition, truth))


def value_of(ref: Ref, scopes: Sequence[Any], account: Any = ABSENT) -> Any:
    """The value at an anchored reference, or ABSENT. A bare `item` is the innermost scope."""
    if ref.root == "account":
        return at(account, ref.names)
    if ref.root == "item":
        return at(scopes[-1], ref.names)
    return at(scopes[ref.level if ref.root == "scope" else 0], ref.names)


def at(value: Any, names: Sequence[str]) -> Any:
    """The value that `names` lead to through objects, or ABSENT."""
    for name in names:
        if not isinstance(value, dict) or name not in value:
            return ABSENT
        value = value[name]
    return value


def every_value_at(value: Any, names: Sequence[str]) -> Iterator[Any]:
    """All values that `names` lead to, through objects and the items of lists."""
    if isinstance(value, list):
        for item in value:
            yield from every_value_at(item, names)
    elif not names:
        yield value
    elif isinstance(value, dict) and names[0] in value:
        yield from every_value_at(value[names[0]], names[1:])


def satisfies(test: Test, value: Any, scopes: Sequence[Any] = (), account: Any = ABSENT) -> bool:
    """Whether `value` (ABSENT where there is none) satisfies `test`; `scopes` serve the conditions inside it."""
    if isinstance(test, _OF_LISTS):
        return _satisfies_of_list(test, value, scopes, account)
    if isinstance(test, Present):
        return test.present is (value is not ABSENT)
    if value is ABSENT:
        return False
    match test:
        case Literal(expected):
            return equal(value, expected)
        case In(values):
            return _among(value, values)
        case Starts(prefixes):
            return isinstance(value, str) and value.startswith(prefixes)
        case Matches(pattern):
            return isinstance(value, str) and patterns.matches(pattern, value)
        case Range(least, most):
            return is_number(value) and (least is None or value >= least) and (most is None or value <= most)
        case Among(ref):
            found = list(every_value_at(value_of(Ref(ref.root, (), ref.level), scopes, account), ref.names))
            wanted = value if isinstance(value, list) else [value]
            return all(_among(one, found) for one in wanted)


def _among(value: Any, values: Sequence[Any]) -> bool:
    if isinstance(value, str):
        return value in values  # nothing else in JSON equals a string
    return any(equal(value, one) for one in values)


def _satisfies_of_list(test: Count | Some | Every, value: Any, scopes: Sequence[Any], account: Any) -> bool:
    items = [] if value is ABSENT else value
    if not isinstance(items, list):
        return False
    if isinstance(test, Some):
        return any(holds(test.condition, (*scopes, item), account) for item in items)
    if isinstance(test, Every):
        return all(holds(test.condition, (*scopes, item), account) for item in items)
    found = sum(test.where is None or holds(test.where, (*scopes, item), account) for item in items)
    return test.least <= found and (test.most is None or found <= test.most)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """The tests a condition is made of, in the order written; those inside a quantifier are its own."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case Implies(when, then):
            yield from leaves(when)
            yield from leaves(then)
        case _:
            yield condition


def inside(test: Test) -> Condition | None:
    """The condition that a quantifying test asks of items, or None."""
    match test:
        case Some(condition) | Every(condition):
            return condition
        case Count(_, _, where):
            return where
        case _:
            return None


def references(condition: Condition) -> Iterator[Ref]:
    """Every place a condition reads, those inside quantifiers and `among` included."""
    for leaf in leaves(condition):
        if isinstance(leaf, Holds):
            yield leaf.ref
            if isinstance(leaf.test, Among):
                yield leaf.test.ref
            inner = inside(leaf.test)
            if inner is not None:
                yield from references(inner)


def replace_leaves(condition: Condition, change: Callable[[Leaf], Condition]) -> Condition:
    """The condition with each leaf changed; what joins them stays."""
    match condition:
        case All(parts):
            return All(tuple(replace_leaves(part, change) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(replace_leaves(part, change) for part in parts))
        case Not(part):
            return Not(replace_leaves(part, change))
        case Implies(when, then):
            return Implies(replace_leaves(when, change), replace_leaves(then, change))
        case _:
            return change(condition)
