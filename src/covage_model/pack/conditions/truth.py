"""
The truth of conditions.

Absent values fail every test except `present: false`; an absent list counts as empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from covage_model.ground import iregexp as patterns
from covage_model.ground.json_value import ABSENT, at, equal, every_value_at, is_number
from covage_model.pack.model.conditions import (
    All,
    Among,
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
    Ref,
    Scalar,
    Some,
    Starts,
    Test,
)

_OF_LISTS = (Count, Some, Every)  # a union would be built anew at each question


def evaluate(condition: Condition, truth: Callable[[Atom], bool | None]) -> bool | None:
    """
    The truth of `condition` if `truth` gives that of its atoms; None is undecided (Kleene logic).

    For example, false and undecided is false.
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


def _not(value: bool | None, /) -> bool | None:  # noqa: FBT001  called with a positional argument
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
    Whether an anchored condition holds for a document and an account.

    `scopes[0]` is the document, `scopes[n]` the item of the n-th list on the way. Raises TypeError for
    `DocumentReady`, which only a lifecycle can evaluate.
    """

    def truth(atom: Atom) -> bool:
        if isinstance(atom, DocumentReady):
            raise TypeError("a document's readiness is known to its lifecycle alone")
        return satisfies(atom.test, value_of(atom.ref, scopes, account), scopes, account)

    if isinstance(condition, Holds):  # most conditions are one atom
        return truth(condition)
    return bool(evaluate(condition, truth))


def value_of(ref: Ref, scopes: Sequence[Any], account: Any = ABSENT) -> Any:
    """The value at an anchored reference, or ABSENT. `item` is the innermost scope."""
    if ref.root == "account":
        return at(account, ref.names)
    if ref.root == "item":
        return at(scopes[-1], ref.names)
    return at(scopes[ref.level if ref.root == "scope" else 0], ref.names)


def satisfies(test: Test, value: Any, scopes: Sequence[Any] = (), account: Any = ABSENT) -> bool:
    """Whether `value` (maybe ABSENT) satisfies `test`; conditions inside the test are evaluated with `scopes`."""
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
            known = list(every_value_at(value_of(Ref(ref.root, (), ref.level), scopes, account), ref.names))
            return all(_among(item, known) for item in (value if isinstance(value, list) else [value]))


def listed(test: Test) -> tuple[Scalar, ...] | None:
    """The values that the test lists, one or several: no other satisfies it. None for another kind of test."""
    match test:
        case Literal(value):
            return (value,)
        case In(values):
            return values
    return None


def _among(value: Any, values: Sequence[Any]) -> bool:
    if isinstance(value, str):
        return value in values  # nothing else in JSON equals a string
    return any(equal(value, other) for other in values)


def _satisfies_of_list(test: Count | Some | Every, value: Any, scopes: Sequence[Any], account: Any) -> bool:
    items = [] if value is ABSENT else value
    if not isinstance(items, list):
        return False
    if isinstance(test, Some):
        return any(holds(test.condition, (*scopes, item), account) for item in items)
    if isinstance(test, Every):
        return all(holds(test.condition, (*scopes, item), account) for item in items)
    count = sum(test.where is None or holds(test.where, (*scopes, item), account) for item in items)
    return test.least <= count and (test.most is None or count <= test.most)
