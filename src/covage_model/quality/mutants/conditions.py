"""Changes of conditions: a part less, a value less, a bound wider."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import (
    All,
    AnyOf,
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
    """A condition changed in one place: `what` was done there (`part`, `value`, `limit`), to `old`, giving `new`."""

    what: str
    old: Any
    new: Any
    origin: Origin | None
    condition: Condition


def changed(condition: Condition) -> Iterator[Changed]:
    """
    Each way to weaken or narrow a part of a condition, those inside quantifiers too.

    A condition of one part has none to lose: dropping all of it is another operator.
    """
    match condition:
        case All(parts) | AnyOf(parts):
            for number, part in enumerate(parts):
                rest = (*parts[:number], *parts[number + 1 :])
                if rest:
                    yield Changed("part", part, None, place_of(part), _joined(condition, rest))
                for one in changed(part):
                    whole = replace(condition, parts=(*parts[:number], one.condition, *parts[number + 1 :]))
                    yield replace(one, condition=whole)
        case Implies(when, then):
            yield Changed("part", when, None, place_of(when), then)
            for one in changed(when):
                yield replace(one, condition=Implies(one.condition, then))
            for one in changed(then):
                yield replace(one, condition=Implies(when, one.condition))
        case Not(part):
            for one in changed(part):
                yield replace(one, condition=Not(one.condition))
        case Holds(_, test, origin):
            for said in _changed_test(test):
                at = said.origin or origin
                yield Changed(said.what, said.old, said.new, at, replace(condition, test=said.test))


def _joined(condition: All | AnyOf, parts: tuple[Condition, ...]) -> Condition:
    return parts[0] if len(parts) == 1 else replace(condition, parts=parts)


@dataclass(frozen=True, slots=True)
class _ChangedTest:
    what: str
    old: Any
    new: Any
    test: Test
    origin: Origin | None = None


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
    for one in changed(inner):
        yield _ChangedTest(one.what, one.old, one.new, tree.with_inside(test, one.condition), one.origin)


def place_of(condition: Condition) -> Origin | None:
    """Where a condition is written: at its first test."""
    return next((atom.origin for atom in tree.atoms(condition) if atom.origin is not None), None)
