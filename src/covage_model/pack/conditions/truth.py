"""
The truth of conditions.

Absent values fail every test except `present: false`; an absent list counts as empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from covage_model.ground import iregexp as patterns
from covage_model.ground import ordering
from covage_model.ground.json_value import ABSENT, at, equal, every_value_at, is_number
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import (
    All,
    Among,
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
    Ref,
    Scalar,
    Some,
    Starts,
    Test,
)


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
    return _question(condition)(scopes, account)


def value_of(ref: Ref, scopes: Sequence[Any], account: Any = ABSENT) -> Any:
    """The value at an anchored reference, or ABSENT. `item` is the innermost scope."""
    if ref.root == "account":
        return at(account, ref.names)
    if ref.root == "item":
        return at(scopes[-1], ref.names)
    return at(scopes[ref.level if ref.root == "scope" else 0], ref.names)


def satisfies(test: Test, value: Any, scopes: Sequence[Any] = (), account: Any = ABSENT) -> bool:
    """Whether `value` (maybe ABSENT) satisfies `test`; conditions inside the test are evaluated with `scopes`."""
    return _check(test)(value, scopes, account)


def stands(left: Any, relation: str, right: Any) -> bool:
    """
    Whether `left` stands to `right` in the relation of a comparison: min, max, above, below, is.

    >>> stands(2, "above", 1), stands(2, "max", 2.0), stands("2024-01-01", "below", 3), stands(ABSENT, "is", ABSENT)
    (True, True, False, False)
    """
    if left is ABSENT or right is ABSENT:
        return False
    if relation == "is":
        return equal(left, right)
    order = ordering.compared(left, right)
    return order is not None and order in _ORDERS[relation]


_ORDERS = {"min": (0, 1), "max": (-1, 0), "above": (1,), "below": (-1,)}


def listed(test: Test) -> tuple[Scalar, ...] | None:
    """The values that the test lists, one or several: no other value satisfies it. None for another kind of test."""
    match test:
        case Literal(value):
            return (value,)
        case In(values):
            return values
    return None


_Question = Callable[[Sequence[Any], Any], bool]  # asked of the scopes and the account
_Check = Callable[[Any, Sequence[Any], Any], bool]  # asked of a value, the scopes and the account
_KEPT = 4096
_questions: dict[int, tuple[Condition, _Question]] = {}  # by id of the condition, which is kept with it
_checks: dict[int, tuple[Test, _Check]] = {}


def _question(condition: Condition) -> _Question:
    """
    The condition as a function: it is asked of many documents, and taken apart once.

    `indexed` makes functions for one account, with indexes over it; these take any account.
    """
    known = _questions.get(id(condition))
    if known is None:
        if len(_questions) >= _KEPT:
            _questions.clear()
        known = _questions[id(condition)] = (condition, tree.fold(condition, _question_of))
    return known[1]


def _question_of(condition: Condition, parts: list[_Question]) -> _Question:
    match condition:
        case Holds(ref, test):
            read, check = _reader(ref), _check(test)
            return lambda scopes, account: check(read(scopes, account), scopes, account)
        case All():
            return lambda scopes, account: all(part(scopes, account) for part in parts)
        case AnyOf():
            return lambda scopes, account: any(part(scopes, account) for part in parts)
        case Not():
            return lambda scopes, account: not parts[0](scopes, account)
        case Implies():
            return lambda scopes, account: not parts[0](scopes, account) or parts[1](scopes, account)
        case DocumentReady():
            return _unknown


def _unknown(scopes: Sequence[Any], account: Any) -> bool:
    raise TypeError("a document's readiness is known to its lifecycle alone")


def _reader(ref: Ref) -> Callable[[Sequence[Any], Any], Any]:
    """As `value_of`."""
    names = ref.names
    if ref.root == "account":
        return lambda scopes, account: at(account, names)
    level = -1 if ref.root == "item" else ref.level if ref.root == "scope" else 0
    if len(names) != 1:
        return lambda scopes, account: at(scopes[level], names)
    (name,) = names

    def read(scopes: Sequence[Any], account: Any) -> Any:
        scope = scopes[level]
        return scope.get(name, ABSENT) if isinstance(scope, dict) else ABSENT

    return read


def _check(test: Test) -> _Check:
    """The test as a function."""
    known = _checks.get(id(test))
    if known is None:
        if len(_checks) >= _KEPT:
            _checks.clear()
        known = _checks[id(test)] = (test, _check_of(test))
    return known[1]


def _check_of(test: Test) -> _Check:
    match test:
        case Present(present):
            return lambda value, scopes, account: present is (value is not ABSENT)
        case Literal(expected):
            return lambda value, scopes, account: value is not ABSENT and equal(value, expected)
        case In(values, absent):
            return lambda value, scopes, account: absent if value is ABSENT else _among(value, values)
        case Starts(prefixes):
            return lambda value, scopes, account: isinstance(value, str) and value.startswith(prefixes)
        case Matches(pattern):
            return lambda value, scopes, account: isinstance(value, str) and patterns.matches(pattern, value)
        case Range(least, most):
            return lambda value, scopes, account: _is_between(value, least, most)
        case Among(ref):
            whole, names = _reader(Ref(ref.root, (), ref.level)), ref.names
            return lambda value, scopes, account: _are_among(value, every_value_at(whole(scopes, account), names))
        case Compare(relation, Ref() as ref):
            read = _reader(ref)
            return lambda value, scopes, account: stands(value, relation, read(scopes, account))
        case Compare(relation, known):
            return lambda value, scopes, account: stands(value, relation, known)
        case Count() | Some() | Every():
            return _check_of_list(test)


def _check_of_list(test: Count | Some | Every) -> _Check:
    """Of a list; an absent one is empty, and nothing else is one."""
    if isinstance(test, Count):
        where = None if test.where is None else _question(test.where)
        least, most = test.least, test.most

        def check(items: list[Any], scopes: Sequence[Any], account: Any) -> bool:
            count = len(items) if where is None else sum(where((*scopes, item), account) for item in items)
            return least <= count and (most is None or count <= most)

    else:
        question, of_all = _question(test.condition), any if isinstance(test, Some) else all

        def check(items: list[Any], scopes: Sequence[Any], account: Any) -> bool:
            return of_all(question((*scopes, item), account) for item in items)

    def of_list(value: Any, scopes: Sequence[Any], account: Any) -> bool:
        items = [] if value is ABSENT else value
        return isinstance(items, list) and check(items, scopes, account)

    return of_list


def _is_between(value: Any, least: float | None, most: float | None) -> bool:
    return is_number(value) and (least is None or value >= least) and (most is None or value <= most)


def _are_among(value: Any, known: Iterable[Any]) -> bool:
    """Whether a value, or each item of a list, is among those known; nothing that is absent is."""
    if value is ABSENT:
        return False
    values = list(known)
    return all(_among(item, values) for item in (value if isinstance(value, list) else [value]))


def _among(value: Any, values: Sequence[Any]) -> bool:
    if isinstance(value, str):
        return value in values  # nothing else in JSON equals a string
    return any(equal(value, other) for other in values)
