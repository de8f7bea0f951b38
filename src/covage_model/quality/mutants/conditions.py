"""Mutations of conditions: a part dropped, a value dropped, a bound relaxed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import (
    All,
    AnyOf,
    Compare,
    Condition,
    Count,
    Every,
    Holds,
    Implies,
    In,
    Not,
    Range,
    Some,
    Starts,
    Test,
)


@dataclass(frozen=True, slots=True)
class Changed:
    """A condition with one change. `what` was changed is a `part`, a `value` or a `limit`: from `old` to `new`."""

    what: str
    old: Any
    new: Any
    origin: Origin | None
    condition: Condition


def changed(condition: Condition) -> Iterator[Changed]:
    """
    Each mutation of a condition, also inside quantifiers.

    The only part of a condition is not dropped: dropping a whole condition is another operator.
    """
    match condition:
        case All(parts) | AnyOf(parts):
            for number, part in enumerate(parts):
                rest = (*parts[:number], *parts[number + 1 :])
                if rest:
                    yield Changed("part", part, None, place_of(part), _joined(condition, rest))
                for inner in changed(part):
                    whole = replace(condition, parts=(*parts[:number], inner.condition, *parts[number + 1 :]))
                    yield replace(inner, condition=whole)
        case Implies(when, then):
            yield Changed("part", when, None, place_of(when), then)
            for inner in changed(when):
                yield replace(inner, condition=Implies(inner.condition, then))
            for inner in changed(then):
                yield replace(inner, condition=Implies(when, inner.condition))
        case Not(part):
            for inner in changed(part):
                yield replace(inner, condition=Not(inner.condition))
        case Holds(_, test, origin):
            changed_tests = _changed_comparison(test) if isinstance(test, Compare) else _changed_test(test)
            for changed_test in changed_tests:
                at = changed_test.origin or origin
                yield Changed(
                    changed_test.what,
                    changed_test.old,
                    changed_test.new,
                    at,
                    replace(condition, test=changed_test.test),
                )


def _joined(condition: All | AnyOf, parts: tuple[Condition, ...]) -> Condition:
    return parts[0] if len(parts) == 1 else replace(condition, parts=parts)


@dataclass(frozen=True, slots=True)
class _ChangedTest:
    what: str
    old: Any
    new: Any
    test: Test
    origin: Origin | None = None


_NEAREST = {"min": "above", "above": "min", "max": "below", "below": "max"}


def _changed_comparison(test: Compare) -> Iterator[_ChangedTest]:
    """With the two values that are level on the other side of the bound."""
    nearest = _NEAREST.get(test.relation)
    if nearest is not None:
        yield _ChangedTest("limit", test.relation, nearest, Compare(nearest, test.other))


def _changed_test(test: Test) -> Iterator[_ChangedTest]:
    match test:
        case In(values) if len(values) > 1:
            for number, value in enumerate(values):
                yield _ChangedTest("value", value, None, In((*values[:number], *values[number + 1 :])))
        case Starts(prefixes) if len(prefixes) > 1:
            for number, prefix in enumerate(prefixes):
                yield _ChangedTest("value", prefix, None, Starts((*prefixes[:number], *prefixes[number + 1 :])))
        case Range(least, most):
            if least is not None:
                yield _ChangedTest("limit", least, least - 1, Range(least - 1, most))
            if most is not None:
                yield _ChangedTest("limit", most, most + 1, Range(least, most + 1))
        case Count(least, most, where):
            if least > 0:
                yield _ChangedTest("limit", least, least - 1, Count(least - 1, most, where))
            if most is not None:
                yield _ChangedTest("limit", most, most + 1, Count(least, most + 1, where))
            if where is not None:
                yield from _inside(test, where)
        case Some(inner) | Every(inner):
            yield from _inside(test, inner)


def _inside(test: Some | Every | Count, inner: Condition) -> Iterator[_ChangedTest]:
    for part in changed(inner):
        yield _ChangedTest(part.what, part.old, part.new, tree.with_inside(test, part.condition), part.origin)


def place_of(condition: Condition) -> Origin | None:
    """The origin of a condition: that of its first test."""
    return next((atom.origin for atom in tree.atoms(condition) if atom.origin is not None), None)
