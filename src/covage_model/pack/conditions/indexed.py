"""
Anchored conditions as functions of a document, over one account: what the account says is looked up once.

`truth.holds` reads the account anew for every document. Here a list of the account that is searched
for an item of a certain value has an index by that value, so the cost of a document does not grow
with the account. Both say the same of every document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from covage_model.ground.json_value import ABSENT, at, equal, every_value_at
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import (
    All,
    Among,
    AnyOf,
    Condition,
    Count,
    DocumentReady,
    Every,
    Holds,
    Implies,
    Not,
    Ref,
    Some,
    Test,
)

Scopes = tuple[Any, ...]
Judgement = Callable[[Scopes], bool]


def judgement(condition: Condition, account: Any) -> Judgement:
    """
    Whether the condition holds for scopes, `scopes[0]` being the document, as `truth.holds` says it.

    The account must not change afterwards. Raises TypeError for `DocumentReady`, which is no test of a value.
    """
    match condition:
        case All(parts):
            each = [judgement(part, account) for part in parts]
            return lambda scopes: all(part(scopes) for part in each)
        case AnyOf(parts):
            any_of = [judgement(part, account) for part in parts]
            return lambda scopes: any(part(scopes) for part in any_of)
        case Not(part):
            inner = judgement(part, account)
            return lambda scopes: not inner(scopes)
        case Implies(when, then):
            premise, conclusion = judgement(when, account), judgement(then, account)
            return lambda scopes: not premise(scopes) or conclusion(scopes)
        case Holds(ref, test):
            return _of_value(ref, test, account)
        case DocumentReady():
            raise TypeError("a document's readiness is known to its lifecycle alone")


def _of_value(ref: Ref, test: Test, account: Any) -> Judgement:
    if ref.root == "account":
        return _of_account(at(account, ref.names), test, account)
    satisfied = satisfaction(test, account)
    if ref.root == "item":
        return lambda scopes: satisfied(at(scopes[-1], ref.names), scopes)
    level = ref.level if ref.root == "scope" else 0
    return lambda scopes: satisfied(at(scopes[level], ref.names), scopes)


def _of_account(value: Any, test: Test, account: Any) -> Judgement:
    """A test of a value of the account, which is the same for every document."""
    match test:
        case Some(condition) if isinstance(value, list):
            near, holds = _candidates(value, condition), judgement(condition, account)
            return lambda scopes: any(holds((*scopes, item)) for item in near(scopes))
        case Count(least, most, where) if isinstance(value, list) and where is not None:
            near, counted = _candidates(value, where), judgement(where, account)
            return lambda scopes: _within(sum(counted((*scopes, item)) for item in near(scopes)), least, most)
        case Some() | Every() | Count() | Among():
            satisfied = satisfaction(test, account)
            return lambda scopes: satisfied(value, scopes)
    known = truth.satisfies(test, value)
    return lambda _: known


def satisfaction(test: Test, account: Any) -> Callable[[Any, Scopes], bool]:
    """Whether a value satisfies a test, as `truth.satisfies` says it."""
    match test:
        case Some(condition):
            some = judgement(condition, account)
            return lambda value, scopes: isinstance(value, list) and any(some((*scopes, item)) for item in value)
        case Every(condition):
            every = judgement(condition, account)
            return lambda value, scopes: (
                _items(value) is not None and all(every((*scopes, item)) for item in _items(value) or ())
            )
        case Count(least, most, where):
            counted = judgement(where, account) if where is not None else None
            return lambda value, scopes: _counted(_items(value), least, most, counted, scopes)
        case Among(Ref("account", names)):
            return _membership(list(every_value_at(account, names)))
    return lambda value, scopes: truth.satisfies(test, value, scopes, account)


def _items(value: Any) -> list[Any] | None:
    """The items of a list, none where it is absent; None for what is no list."""
    return value if isinstance(value, list) else [] if value is ABSENT else None


def _counted(items: list[Any] | None, least: int, most: int | None, where: Judgement | None, scopes: Scopes) -> bool:
    if items is None:
        return False
    return _within(len(items) if where is None else sum(where((*scopes, item)) for item in items), least, most)


def _within(number: int, least: int, most: int | None) -> bool:
    return least <= number and (most is None or number <= most)


def _membership(known: Sequence[Any]) -> Callable[[Any, Scopes], bool]:
    """Whether a value, or each item of it, is one of the known values."""
    texts = frozenset(value for value in known if isinstance(value, str))
    others = [value for value in known if not isinstance(value, str)]

    def is_known(value: Any) -> bool:
        return value in texts if isinstance(value, str) else any(equal(value, other) for other in others)

    def satisfied(value: Any, _: Scopes) -> bool:
        if value is ABSENT:
            return False
        return all(map(is_known, value)) if isinstance(value, list) else is_known(value)

    return satisfied


def _candidates(items: list[Any], condition: Condition) -> Callable[[Scopes], Sequence[Any]]:
    """The items that may satisfy the condition: those with the right key, where it names one; else all."""
    join = next(filter(None, map(_joined, _conjuncts(condition))), None)
    if join is None:
        return lambda _: items
    names, wanted = join
    level = wanted.level if wanted.root == "scope" else 0
    by_key: dict[str, list[Any]] = {}
    unkeyed: list[Any] = []  # their key is no text: each is asked
    for item in items:
        key = at(item, names)
        if isinstance(key, str):
            by_key.setdefault(key, []).append(item)
        elif key is not ABSENT:
            unkeyed.append(item)

    def near(scopes: Scopes) -> Sequence[Any]:
        keys = {key: None for key in every_value_at(scopes[level], wanted.names) if isinstance(key, str)}
        return [*(item for key in keys for item in by_key.get(key, ())), *unkeyed]

    return near


def _conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """The parts that must all hold, the condition alone where it is no conjunction."""
    return condition.parts if isinstance(condition, All) else (condition,)


def _joined(part: Condition) -> tuple[tuple[str, ...], Ref] | None:
    """The key of an item, and where the document says which one is wanted; None for another test."""
    match part:
        case Holds(Ref("item", names), Among(Ref("scope" | "order") as wanted)) if names:
            return names, wanted
    return None
