"""CM308: a test in a condition that can never hold, or always holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Any

from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import Demand, Sheet, Slot
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity
from covage_model.ground.dotted import dotted
from covage_model.ground.nearest import nearest
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import Compare, Condition, Holds, In, Literal, Present, Ref, Starts, Test
from covage_model.quality.checks import compared, exclusive_tests, places, reads, variables
from covage_model.quality.checks.asked import naming
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.value_keywords import ValueKeyword, conflict, of_document, of_test, refusal

_Findings = dict[tuple[str, str], Diagnostic]  # by form and value


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    Tests that no value of their place passes, in any variant that has them.

    A definition may be shared by several orders: a test that can hold in one of them is no finding.
    For a test in a lifecycle, only the variants count in which its truth matters.
    """
    seen = _Seen()
    account = ground.account.root if ground.account is not None else None
    for variant in ground.variants:
        sheet = ground.sheets[variant.name]
        seen.add_sheet(sheet, account)
        for lifecycle in ground.lifecycles:
            if lifecycle.name == variant.order.follows:
                atoms = [test for test in reads.atoms(lifecycle) if _matters(ground, test, variant.name)]
                seen.add(atoms, _Look([sheet.root], account, sheet.statuses))
        if ground.pack.record is not None:
            seen.add([ground.pack.record], _Look([sheet.root], account, sheet.statuses))
    if ground.account is not None:
        seen.add_sheet(ground.account, None)
    for finding in seen.in_all():
        asked = ground.asked.get(finding.location)
        yield finding if asked is None else naming(finding, asked, ground.variants)
    yield from exclusive_tests.findings(ground)
    yield from variables.findings(ground)


def _matters(ground: Ground, test: Holds, variant: str) -> bool:
    """Whether the test's truth may matter in the variant; True if this is not known."""
    asked = None if test.origin is None else ground.asked.get(test.origin.location)
    return asked is None or variant in asked.variants


@dataclass(frozen=True, slots=True)
class _Look:
    """The slots that the paths of a condition start from: its scopes, the account, the item of a list."""

    scopes: list[Slot | None]
    account: Slot | None
    statuses: tuple[str, ...]
    item: Slot | None = None

    def at(self, ref: Ref) -> Slot | None:
        start = {"account": self.account, "item": self.item}.get(ref.root, self.scopes[0])
        if ref.root == "scope":
            start = self.scopes[ref.level] if ref.level < len(self.scopes) else None
        return slots.through_objects(start, ref.names)

    def inside(self, slot: Slot | None) -> _Look:
        return _Look(self.scopes, self.account, self.statuses, slot.items if slot is not None else None)


@dataclass(slots=True)
class _Seen:
    """The findings about each test, at each place where it is evaluated."""

    by_place: dict[Location, list[_Findings]] = field(default_factory=dict)

    def add_sheet(self, sheet: Sheet, account: Slot | None) -> None:
        demands: list[Demand] = [*sheet.required, *sheet.forbidden]
        for demand in demands:
            if demand.when is not None:
                around = slots.scopes(sheet.root, demand.path[:-1])
                self.add([demand.when], _Look(around, account, sheet.statuses))
        for rule in sheet.rules:
            look = _Look(slots.scopes(sheet.root, rule.host), account, sheet.statuses)
            self.add([rule.then] if rule.when is None else [rule.when, rule.then], look)

    def add(self, conditions: Iterable[Condition], look: _Look) -> None:
        for condition in conditions:
            for atom in tree.atoms(condition):
                if isinstance(atom, Holds):
                    self._add(atom, look)

    def _add(self, test: Holds, look: _Look) -> None:
        slot = look.at(test.ref)
        if slot is not None and test.origin is not None:
            path = dotted(test.ref.names or slot.path)  # an item itself has the path of its list
            judged = _judged(test.test, test.origin, path, slot, look.statuses)
            findings_here = {(finding.form, repr(finding.arguments.get("value"))): finding for finding in judged}
            if isinstance(test.test, Compare):
                other = look.at(test.test.other) if isinstance(test.test.other, Ref) else None
                compared_here = compared.findings(test.test, path, slot, other, test.origin.location)
                findings_here |= {(finding.form, test.test.relation): finding for finding in compared_here}
            self.by_place.setdefault(test.origin.location, []).append(findings_here)
        inner = tree.inside(test.test)
        if inner is not None:
            self.add([inner], look.inside(slot))

    def in_all(self) -> Iterator[Diagnostic]:
        """The findings that hold at every place where the test is evaluated."""
        for everywhere in self.by_place.values():
            for key, finding in everywhere[0].items():
                if all(key in other for other in everywhere):
                    yield finding


def _judged(test: Test, origin: Origin, path: str, slot: Slot, statuses: tuple[str, ...]) -> Iterator[Diagnostic]:
    place = origin.location
    match test:
        case Literal(value):
            yield from _never_any((value,), path, slot, statuses, place)
        case In(values):
            yield from _never_any(values, path, slot, statuses, place)
        case _:
            yield from _never(test, origin, path, of_document(slot, statuses))
    if isinstance(test, Present) and any(entry.there for entry in slot.chosen) and places.rank(place) > 0:
        severity = Severity.WARNING if test.present else Severity.ERROR
        yield Diagnostic("CM308", "there", {"path": path}, place, severity=severity)
    if _always(test, slot) and places.rank(place) > 0:
        arguments = {"path": path, "value": _spoken(test)}
        yield Diagnostic("CM308", "always", arguments, place, severity=Severity.WARNING)


def _never_any(
    values: Iterable[Any], path: str, slot: Slot, statuses: tuple[str, ...], place: Location
) -> Iterator[Diagnostic]:
    keywords = of_document(slot, statuses)
    for value in values:
        broken = refusal(keywords, value)
        if broken is not None:
            legal = [member for member in broken.members or () if isinstance(member, str)]
            hint = nearest(value, legal) if isinstance(value, str) and legal else None
            yield Diagnostic("CM308", "value", _arguments(path, value, broken), place, hint)


def _never(test: Test, origin: Origin, path: str, keywords: list[ValueKeyword]) -> Iterator[Diagnostic]:
    for wanted in of_test(test, origin):
        for keyword in keywords:
            form = conflict(wanted, keyword)
            if form is not None:
                arguments = {"test": wanted.spoken, **_arguments(path, wanted.written, keyword)}
                kind = form == "types" or truth.satisfies(test, json_value.ABSENT)  # a missing value may still pass
                yield Diagnostic("CM308", "kind" if kind else "test", arguments, origin.location)
                return


def _arguments(path: str, value: Any, keyword: ValueKeyword) -> dict[str, Any]:
    at = keyword.origin.location
    return {
        "path": path,
        "value": value,
        "keyword": keyword.spoken,
        "against": keyword.written,
        "file": at.file,
        "line": at.line,
    }


def _always(test: Test, slot: Slot) -> bool:
    """Whether every document of this variant passes the test, because `match` tests the same place."""
    if not isinstance(test, Literal | In | Starts):
        return False
    legal = [truth.listed(entry.test) for entry in slot.chosen if entry.there]
    return any(values and all(truth.satisfies(test, value) for value in values) for values in legal)


def _spoken(test: Test) -> Any:
    match test:
        case Literal(value):
            return value
        case In(values):
            return list(values)
        case Starts(prefixes):
            return list(prefixes)
        case _:
            return None
