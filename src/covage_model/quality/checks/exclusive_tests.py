"""CM308: two tests of one place that exclude each other but are joined by *and*."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import combinations, product

from covage_model.behaviour.space import comparisons
from covage_model.behaviour.space.situation import is_atom, is_named, named_condition
from covage_model.documents.presence.sheet import Demand, Sheet
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions import tree, truth
from covage_model.pack.conditions.tree import identity
from covage_model.pack.model.conditions import All, AnyOf, Compare, Condition, Holds, Implies, Not
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.quality.checks import reads
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.value_keywords import ValueKeyword, conflict, of_test

_MOST = 64  # tests of one condition that are compared with each other


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """Each pair of such tests in presence, rules and lifecycles."""
    sheets = [*ground.sheets.values(), *([] if ground.account is None else [ground.account])]
    for condition in (condition for sheet in sheets for condition in _of_sheet(sheet)):
        yield from _of_condition(condition, None)
    for lifecycle in ground.lifecycles:
        for condition in reads.of_lifecycle(lifecycle):
            yield from _of_condition(condition, lifecycle)


def _of_sheet(sheet: Sheet) -> Iterator[Condition]:
    demands: list[Demand] = [*sheet.required, *sheet.forbidden]
    yield from (demand.when for demand in demands if demand.when is not None)
    for rule in sheet.rules:
        yield from (rule.then,) if rule.when is None else (rule.when, rule.then)


def _of_condition(condition: Condition, lifecycle: Lifecycle | None) -> Iterator[Diagnostic]:
    for group in _groups(condition, lifecycle):
        by_place: dict[Hashable, list[Holds]] = {}
        for test in group[:_MOST]:
            by_place.setdefault(identity(test.ref), []).append(test)
        for tests in by_place.values():
            for test, other in combinations(tests, 2):
                yield from _pair(test, other)
        for test in group:
            inner = tree.inside(test.test)
            if inner is not None:
                yield from _of_condition(inner, None)


def _groups(condition: Condition, lifecycle: Lifecycle | None) -> Iterator[list[Holds]]:
    """Every group of tests in the condition that are joined by *and*."""
    match condition:
        case All():
            joined = _joined(condition, lifecycle, set())
            yield [test for test in joined if lifecycle is None or is_atom(test)]
            for part in tree.conjuncts(condition):
                if not isinstance(part, Holds):
                    yield from _groups(part, lifecycle)
        case AnyOf(parts):
            for part in parts:
                yield from _groups(part, lifecycle)
        case Not(part):
            yield from _groups(part, lifecycle)
        case Implies(when, then):
            yield from _groups(when, lifecycle)
            yield from _groups(then, lifecycle)
        case Holds():
            yield [condition]


def _joined(condition: Condition, lifecycle: Lifecycle | None, seen: set[str]) -> Iterator[Holds]:
    """The tests joined by *and*, including those of named conditions that must be true."""
    for part in tree.conjuncts(condition):
        if isinstance(part, Holds):
            yield part
            if lifecycle is not None and part.ref.root == "variable":
                yield from _named(part, lifecycle, seen)


def _named(test: Holds, lifecycle: Lifecycle, seen: set[str]) -> Iterator[Holds]:
    name = test.ref.names[0]
    if name in seen or not is_named(lifecycle, name):
        return
    asks = truth.satisfies(test.test, True) and not truth.satisfies(test.test, False)  # noqa: FBT003  the values of a named condition
    if asks:
        seen.add(name)
        yield from _joined(named_condition(lifecycle, name), lifecycle, seen)


def _pair(test: Holds, other: Holds) -> Iterator[Diagnostic]:
    if test.origin is None or other.origin is None:
        return
    if isinstance(test.test, Compare) and isinstance(other.test, Compare):
        if comparisons.same_pair(test.test, other.test) and comparisons.excludes(test.test, other.test, True, True):  # noqa: FBT003  two truths
            earlier, later = sorted((test, other), key=_place)
            yield _finding(_spoken(later), _spoken(earlier), later)
        return
    first_keywords, second_keywords = of_test(test.test, test.origin), of_test(other.test, other.origin)
    if other.origin.location < test.origin.location:
        first_keywords, second_keywords = second_keywords, first_keywords
    for first, second in product(first_keywords, second_keywords):
        if conflict(first, second) is not None:
            yield _finding(second, first, other)
            return


def _place(test: Holds) -> Location:
    assert test.origin is not None
    return test.origin.location


def _spoken(test: Holds) -> ValueKeyword:
    """A comparison as `_finding` tells it: its word, and what it compares with."""
    assert test.origin is not None
    assert isinstance(test.test, Compare)
    to = tree.other_side(test.test)
    return ValueKeyword("", None, test.origin, test.test.relation, test.test.other if to is None else dotted(to.names))


def _finding(second: ValueKeyword, first: ValueKeyword, test: Holds) -> Diagnostic:
    at = first.origin.location
    arguments = {
        "path": dotted(test.ref.names) or test.ref.root,
        "test": second.spoken,
        "value": second.written,
        "other": first.spoken,
        "against": first.written,
        "file": at.file,
        "line": at.line,
    }
    return Diagnostic("CM308", "together", arguments, second.origin.location)
