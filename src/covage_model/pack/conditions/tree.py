"""
Walks over the tree of a condition. All other rooms use these.

Where only the truth matters (`signed`), an `Implies` is treated as `any: [not when, then]`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Protocol, TypeVar

from covage_model.ground.classes import dataclass
from covage_model.pack.model.conditions import (
    FALSE,
    TRUE,
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
    Not,
    Ref,
    Some,
    Test,
)

_T = TypeVar("_T")
_V = TypeVar("_V", bool, bool | None)
_ATOMS = (Holds, DocumentReady)  # a constant, because `A | B` builds a new union at each call


def children(condition: Condition) -> tuple[Condition, ...]:
    """The direct parts of a condition, as written; none for an atom."""
    match condition:
        case All(parts) | AnyOf(parts):
            return parts
        case Not(part):
            return (part,)
        case Implies(when, then):
            return when, then
    return ()


def with_children(condition: Condition, parts: Iterable[Condition]) -> Condition:
    """The condition with its parts replaced by as many others."""
    kept = tuple(parts)
    return condition if isinstance(condition, _ATOMS) else type(condition)(*([kept] if _joins(condition) else kept))


def _joins(condition: Condition) -> bool:
    return isinstance(condition, All | AnyOf)


def walk(condition: Condition, enter: Callable[[Condition], bool] = lambda _: True) -> Iterator[Condition]:
    """The condition and all conditions below it, in the order written; those that `enter` rejects are skipped whole."""
    if enter(condition):
        yield condition
        for part in children(condition):
            yield from walk(part, enter)


def atoms(condition: Condition) -> Iterator[Atom]:
    """The atoms of a condition, in the order written; the tests inside a quantifier are not among them."""
    if isinstance(condition, _ATOMS):
        yield condition
    for part in children(condition):
        yield from atoms(part)


def conjuncts(condition: Condition) -> Iterator[Condition]:
    """The conditions that must all hold: the parts of nested `all`, else the condition itself."""
    if isinstance(condition, All):
        for part in condition.parts:
            yield from conjuncts(part)
    else:
        yield condition


def fold(condition: Condition, join: Callable[[Condition, list[_T]], _T]) -> _T:
    """Bottom-up fold: `join` gets the condition and the results for its parts."""
    return join(condition, [fold(part, join) for part in children(condition)])


def transform(condition: Condition, change: Callable[[Atom], Condition]) -> Condition:
    """The condition with each atom replaced."""
    if isinstance(condition, _ATOMS):
        return change(condition)
    return with_children(condition, (transform(part, change) for part in children(condition)))


def whatever(condition: Condition, unknown: Callable[[Atom], bool], *, value: bool = True) -> Condition:
    """The condition that has this `value` only where `condition` has it whatever the unknown atoms are."""
    match condition:
        case Holds() | DocumentReady():
            return (FALSE if value else TRUE) if unknown(condition) else condition
        case Not(part):
            return Not(whatever(part, unknown, value=not value))
        case Implies(when, then):
            return Implies(whatever(when, unknown, value=not value), whatever(then, unknown, value=value))
    return with_children(condition, (whatever(part, unknown, value=value) for part in children(condition)))


def signed(
    condition: Condition,
    value: _V,
    *,
    enter: Callable[[Condition, _V], bool],
    choose: Callable[[tuple[Condition, ...]], Iterable[Condition]] = lambda parts: parts,
) -> Iterator[tuple[Atom, _V]]:
    """
    The atoms of a condition, each with the truth that helps to give the condition this `value`.

    A part is entered if `enter(part, value)` is True when it is reached (lazily). If one part
    is enough, only those that `choose` returns are entered. None stays None under `not`.
    """
    match condition:
        case All(parts) | AnyOf(parts):
            every = isinstance(condition, All) is value
            for part in parts if every else choose(parts):
                if enter(part, value):
                    yield from signed(part, value, enter=enter, choose=choose)
        case Not(part):
            yield from signed(part, None if value is None else not value, enter=enter, choose=choose)
        case Implies(when, then):
            yield from signed(AnyOf((Not(when), then)), value, enter=enter, choose=choose)
        case _:
            yield condition, value


class ShallChange(Protocol):
    """A question about a part of a condition."""

    def __call__(self, part: Condition, *, wanted: bool) -> bool:
        """Whether the part is not yet as it is wanted."""


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """
    Changes that together give a condition another truth: an atom and the truth that it should have, or a group.

    With `either`, one of the changes is enough: with none, the condition cannot change. Else all are needed.
    """

    either: bool
    changes: tuple[ChangeGroup | tuple[Atom, bool], ...]


def changes(condition: Condition, *, wanted: bool, enter: ShallChange) -> ChangeGroup:
    """
    The changes after which a condition is as `wanted`.

    They are in the parts that must change to be as they are wanted, as `enter(part, wanted=…)` says.
    """
    match condition:
        case All(parts) | AnyOf(parts):
            either = isinstance(condition, All) is not wanted
            groups = (changes(part, wanted=wanted, enter=enter) for part in parts if enter(part, wanted=wanted))
            return ChangeGroup(either, tuple(_joined(groups, either=either)))
        case Not(part):
            return changes(part, wanted=not wanted, enter=enter)
        case Implies(when, then):
            return changes(AnyOf((Not(when), then)), wanted=wanted, enter=enter)
        case _:
            return ChangeGroup(either=False, changes=((condition, wanted),))


def _joined(groups: Iterable[ChangeGroup], *, either: bool) -> Iterator[ChangeGroup | tuple[Atom, bool]]:
    """The changes of groups as those of one: a group of one change, or of the same kind, is taken apart."""
    for group in groups:
        if group.changes and (group.either is either or len(group.changes) == 1):
            yield from group.changes
        elif group.changes or not either:  # what cannot change is no choice
            yield group


def inside(test: Test) -> Condition | None:
    """The condition that a quantifier applies to items; None for another test."""
    match test:
        case Some(condition) | Every(condition):
            return condition
        case Count(_, _, where):
            return where
    return None


def with_inside(test: Test, condition: Condition) -> Test:
    """The quantifier with another condition inside; another test unchanged."""
    match test:
        case Some() | Every():
            return replace(test, condition=condition)
        case Count():
            return replace(test, where=condition)
    return test


def other_side(test: Test) -> Ref | None:
    """Where the value is that a test compares with: of `among`, and of a comparison with `at`; else None."""
    match test:
        case Among(ref) | Compare(_, Ref() as ref):
            return ref
    return None


def with_other_side(test: Test, ref: Ref) -> Test:
    """The test with what it compares with at another place; a test that compares with none unchanged."""
    match test:
        case Among():
            return replace(test, ref=ref)
        case Compare(_, Ref()):
            return replace(test, other=ref)
    return test


_MIRRORED = {"min": "max", "max": "min", "above": "below", "below": "above", "is": "is"}


def mirrored(test: Compare, ref: Ref) -> Compare:
    """
    The comparison from its other side: what the value there satisfies against the one at `ref`.

    >>> mirrored(Compare("min", Ref("order", ("start",))), Ref("order", ("end",))).relation
    'max'
    """
    return Compare(_MIRRORED[test.relation], ref)


def references(condition: Condition) -> Iterator[Ref]:
    """Every reference of a condition, including those in quantifiers, `among` and comparisons."""
    for atom in atoms(condition):
        if isinstance(atom, Holds):
            yield atom.ref
            other = other_side(atom.test)
            if other is not None:
                yield other
            inner = inside(atom.test)
            if inner is not None:
                yield from references(inner)


def reads_account_alone(atom: Atom) -> bool:
    """Whether an atom reads only the account, so that no edit of the document changes its truth."""
    return isinstance(atom, Holds) and all(ref.root in ("account", "item") for ref in references(atom))


def is_of_document(ref: Ref) -> bool:
    """Whether a place is looked for from the root of the document."""
    return ref.root == "order" or (ref.root == "scope" and not ref.level)


def identity(thing: Any) -> Hashable:
    """
    A key that is equal for tests or scalars that are equal in JSON, wherever they are written.

    Python's `==` is not enough: it takes `true` for 1.
    """
    if isinstance(thing, bool):
        return (bool, thing)
    if isinstance(thing, tuple):
        return tuple(map(identity, thing))
    if is_dataclass(thing):
        return (type(thing), *(identity(getattr(thing, each.name)) for each in fields(thing) if each.compare))
    return thing  # type: ignore[no-any-return]  # a string, a number, None
