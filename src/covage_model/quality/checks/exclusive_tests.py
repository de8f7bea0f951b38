"""CM308 for two tests of one place that no value passes together."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import combinations, product

from covage_model.behaviour.space.situation import is_atom, is_named, named_condition
from covage_model.documents.presence.sheet import Demand, Sheet
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.conditions import tree, truth
from covage_model.pack.conditions.tree import identity
from covage_model.pack.model.conditions import All, AnyOf, Condition, Holds, Implies, Not
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.quality.checks import reads
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.value_keywords import ValueKeyword, conflict, of_test

_MOST = 64  # tests of one condition that are compared with each other


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """Each pair of tests that are joined by *and*, in presence, rules and lifecycles, and exclude each other."""
    sheets = [*ground.sheets.values(), *([] if ground.account is None else [ground.account])]
    for condition in (said for sheet in sheets for said in _of_sheet(sheet)):
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
            for one, other in combinations(tests, 2):
                yield from _pair(one, other)
        for test in group:
            inner = tree.inside(test.test)
            if inner is not None:
                yield from _of_condition(inner, None)


def _groups(condition: Condition, lifecycle: Lifecycle | None) -> Iterator[list[Holds]]:
    """The tests that all have to hold, wherever in the condition some do."""
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
    """The tests joined by *and*, those of named conditions that have to hold too."""
    for part in tree.conjuncts(condition):
        if isinstance(part, Holds):
            yield part
            if lifecycle is not None and part.ref.root == "variable":
                yield from _named(part, lifecycle, seen)


def _named(test: Holds, lifecycle: Lifecycle, seen: set[str]) -> Iterator[Holds]:
    name = test.ref.names[0]
    asks = truth.satisfies(test.test, True) and not truth.satisfies(test.test, False)  # noqa: FBT003  the values of a named condition
    if asks and name not in seen and is_named(lifecycle, name):
        seen.add(name)
        yield from _joined(named_condition(lifecycle, name), lifecycle, seen)


def _pair(one: Holds, other: Holds) -> Iterator[Diagnostic]:
    if one.origin is None or other.origin is None:
        return
    said, wanted = of_test(one.test, one.origin), of_test(other.test, other.origin)
    if other.origin.location < one.origin.location:
        said, wanted = wanted, said
    for first, second in product(said, wanted):
        if conflict(first, second) is not None:
            yield _finding(second, first, other)
            return


def _finding(wanted: ValueKeyword, said: ValueKeyword, test: Holds) -> Diagnostic:
    at = said.origin.location
    arguments = {
        "path": ".".join(test.ref.names) or test.ref.root,
        "test": wanted.spoken,
        "value": wanted.said,
        "other": said.spoken,
        "against": said.said,
        "file": at.file,
        "line": at.line,
    }
    return Diagnostic("CM308", "together", arguments, wanted.origin.location)
