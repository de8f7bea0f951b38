"""
Compiles anchored conditions for one account into fast functions of a document.

`truth.holds` reads the account again for every document. Here, a list in the account that is searched
for an item by a key gets an index by that key, so the time for a document does not grow
with the account. Both give the same truth for every document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from covage_model.ground.json_value import ABSENT, at, equal, every_value_at
from covage_model.pack.conditions import tree, truth
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
    A function that says whether the condition holds for scopes (`scopes[0]` is the document), like `truth.holds`.

    The account must not change afterwards. Raises TypeError for `DocumentReady`.
    """
    match condition:
        case All(parts):
            each = [judgement(part, account) for part in parts]
            return each[0] if len(each) == 1 else _all_of(each)
        case AnyOf(parts):
            return _any_of([judgement(part, account) for part in parts])
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


def _all_of(parts: Sequence[Judgement]) -> Judgement:
    def holds(scopes: Scopes) -> bool:
        for part in parts:  # noqa: SIM110  faster than `all`
            if not part(scopes):
                return False
        return True

    return holds


def _any_of(parts: Sequence[Judgement]) -> Judgement:
    def holds(scopes: Scopes) -> bool:
        for part in parts:  # noqa: SIM110  faster than `any`
            if part(scopes):
                return True
        return False

    return holds


def _of_value(ref: Ref, test: Test, account: Any) -> Judgement:
    if ref.root == "account":
        return _of_account(at(account, ref.names), test, account)
    satisfied = satisfaction(test, account)
    if ref.root == "item":
        return lambda scopes: satisfied(at(scopes[-1], ref.names), scopes)
    level = ref.level if ref.root == "scope" else 0
    return lambda scopes: satisfied(at(scopes[level], ref.names), scopes)


def _of_account(value: Any, test: Test, account: Any) -> Judgement:
    """A test of a value in the account, which is the same for every document."""
    match test:
        case Some(condition) if isinstance(value, list):
            matching = _matching(value, condition, account)
            return lambda scopes: any(True for _ in matching(scopes))
        case Count(least, most, where) if isinstance(value, list) and where is not None:
            counted = _matching(value, where, account)
            return lambda scopes: _within(sum(1 for _ in counted(scopes)), least, most)
        case Some() | Every() | Count() | Among():
            satisfied = satisfaction(test, account)
            return lambda scopes: satisfied(value, scopes)
    known = truth.satisfies(test, value)
    return lambda _: known


def satisfaction(test: Test, account: Any) -> Callable[[Any, Scopes], bool]:
    """A function that says whether a value satisfies the test, like `truth.satisfies`."""
    match test:
        case Some(Holds(Ref("item", ()), Among(Ref("scope" | "order") as ref))):
            return _overlap(ref)
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
        case Among(Ref("scope" | "order") as ref):
            return _occurrence(ref)
    return lambda value, scopes: truth.satisfies(test, value, scopes, account)


def _items(value: Any) -> list[Any] | None:
    """The items of a list, none if it is absent; None for a value that is no list."""
    return value if isinstance(value, list) else [] if value is ABSENT else None


def _counted(items: list[Any] | None, least: int, most: int | None, where: Judgement | None, scopes: Scopes) -> bool:
    if items is None:
        return False
    return _within(len(items) if where is None else sum(where((*scopes, item)) for item in items), least, most)


def _within(number: int, least: int, most: int | None) -> bool:
    return least <= number and (most is None or number <= most)


def _membership(known: Sequence[Any]) -> Callable[[Any, Scopes], bool]:
    """A function that says whether a value (each item of a list) is one of the known values."""
    texts = frozenset(value for value in known if isinstance(value, str))
    others = [value for value in known if not isinstance(value, str)]

    def is_known(value: Any) -> bool:
        return value in texts if isinstance(value, str) else any(equal(value, other) for other in others)

    def satisfied(value: Any, _: Scopes) -> bool:
        if value is ABSENT:
            return False
        return all(map(is_known, value)) if isinstance(value, list) else is_known(value)

    return satisfied


def _values(value: Any, names: Sequence[str]) -> Sequence[Any]:
    """All values at `names`, through objects and the items of lists."""
    found: Sequence[Any] = _flat(value) if isinstance(value, list) else (value,)
    for name in names:
        below: list[Any] = []
        for each in found:
            if isinstance(each, dict) and name in each:
                inside = each[name]
                if isinstance(inside, list):
                    below += _flat(inside)
                else:
                    below.append(inside)
        found = below
    return found


def _flat(items: list[Any]) -> list[Any]:
    """The items of a list, those of lists in it in their place."""
    if list not in map(type, items):
        return items
    return [inner for item in items for inner in (_flat(item) if isinstance(item, list) else [item])]


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _occurrence(ref: Ref) -> Callable[[Any, Scopes], bool]:
    """A function that says whether a value (each item of a list) occurs at a place of the document."""
    level = ref.level if ref.root == "scope" else 0

    def satisfied(value: Any, scopes: Scopes) -> bool:
        if value is ABSENT:
            return False
        known = _values(scopes[level], ref.names)
        if isinstance(value, str):
            return value in known
        wanted = value if isinstance(value, list) else [value]
        return all(any(equal(item, other) for other in known) for item in wanted)

    return satisfied


def _overlap(ref: Ref) -> Callable[[Any, Scopes], bool]:
    """A function that says whether some item of a list occurs at a place of the document."""
    occurs = _occurrence(ref)
    level = ref.level if ref.root == "scope" else 0

    def satisfied(value: Any, scopes: Scopes) -> bool:
        if not isinstance(value, list):
            return False
        known = at(scopes[level], ref.names)
        if isinstance(known, str) and known in value:
            return True
        return any(occurs(item, scopes) for item in value if not isinstance(item, str) or not isinstance(known, str))

    return satisfied


def _matching(items: list[Any], condition: Condition, account: Any) -> Callable[[Scopes], Iterator[Any]]:
    """A function that returns the items that satisfy the condition: by an index if it tests a key, else one by one."""
    holds = judgement(condition, account)
    parts = _conjuncts(condition)
    join = next((number for number, part in enumerate(parts) if _joined(part) is not None), None)
    if join is None:
        return lambda scopes: (item for item in items if holds((*scopes, item)))
    names, wanted = _joined(parts[join]) or ((), Ref("order"))
    others = (*parts[:join], *parts[join + 1 :])  # an item found by its key satisfies that part
    fixed = judgement(All(tuple(part for part in others if _reads_item_alone(part))), account)
    rest = _all_of([judgement(part, account) for part in others if not _reads_item_alone(part)])
    level = wanted.level if wanted.root == "scope" else 0
    by_key: dict[str, list[Any]] = {}
    unkeyed: list[Any] = []  # items whose key is no text are tested one by one
    for item in items:
        key = at(item, names)
        if isinstance(key, str):
            if fixed((item,)):
                by_key.setdefault(key, []).append(item)
        elif key is not ABSENT:
            unkeyed.append(item)

    def matches(scopes: Scopes) -> Iterator[Any]:
        values = _values(scopes[level], wanted.names)
        for key in values if len(values) == 1 else dict.fromkeys(filter(_is_text, values)):
            for item in by_key.get(key, ()) if isinstance(key, str) else ():
                if rest((*scopes, item)):
                    yield item
        for item in unkeyed:
            if holds((*scopes, item)):
                yield item

    return matches


def _reads_item_alone(condition: Condition) -> bool:
    """Whether the truth of a condition about an item does not depend on the document."""
    return all(ref.root == "item" for ref in tree.references(condition))


def _conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """The parts of an `all`, or the condition itself."""
    return condition.parts if isinstance(condition, All) else (condition,)


def _joined(part: Condition) -> tuple[tuple[str, ...], Ref] | None:
    """The key of an item and the place in the document that it is compared with; None for another test."""
    match part:
        case Holds(Ref("item", names), Among(Ref("scope" | "order") as wanted)) if names:
            return names, wanted
    return None
