"""CM307: values that cannot all hold at one place."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.quality.checks import places
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.shared import EVERYWHERE, merged
from covage_model.quality.checks.value_keywords import ValueKeyword, conflict, of_match, of_slot

Rank = Callable[[Location], int]


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """For each type and event by itself, then for what orders and variants say beside: two that exclude each other."""
    found: list[tuple[str, Diagnostic]] = []
    for named, sheet in ground.alone:
        rank = functools.partial(_within, named.value.origin.location)
        found.extend((EVERYWHERE, one) for one in _of_sheet(sheet, rank, named.name))
    for variant, sheet in ground.sheets.items():
        found.extend((variant, one) for one in _of_sheet(sheet, places.rank, ""))
        found.extend((variant, one) for one in _crossing(sheet))
    for finding in merged(ground, found, key=_same_pair):
        yield replace(finding, arguments={name: value for name, value in finding.arguments.items() if name != "column"})


def _within(own: Location, other: Location) -> int:
    """1 for what a definition says itself, 0 for what it takes from others."""
    return int((other.pointer + "/").startswith(own.pointer + "/"))


def _same_pair(finding: Diagnostic) -> Hashable:
    """Two statements are one finding whichever is told first, and however often they meet."""
    said, at = finding.arguments, finding.location
    places = {(at.file, at.line, at.column), (said.get("file"), said.get("line"), said.get("column"))}
    return (finding.form, frozenset(places), repr(said.get("found")))


def _of_sheet(sheet: Sheet, rank: Rank, name: str) -> Iterator[Diagnostic]:
    for slot in slots.every_slot(sheet.root):
        said = [*of_slot(slot), *(one for entry in slot.chosen for one in of_match(entry))]
        path = ".".join(filter(None, (name, *slot.path)))
        yield from _ValueKeywords(path, said, rank).findings()


@dataclass(frozen=True, slots=True)
class _ValueKeywords:
    """All that is said of one value; `rank` says how close to a document each was written."""

    path: str
    said: Sequence[ValueKeyword]
    rank: Rank

    def findings(self) -> Iterator[Diagnostic]:
        told: set[int] = set()
        for one, other in combinations(self.said, 2):
            form = conflict(one, other)
            if form is not None:
                told |= {id(one), id(other)}
                yield self._pair(form, one, other)
        for statement in self.said:
            if statement.members is not None and id(statement) not in told:
                yield from self._members(statement)
        if not told:
            yield from self._no_integer()

    def _order(self, statement: ValueKeyword) -> tuple[int, Location]:
        return (self.rank(statement.origin.location), statement.origin.location)

    def _pair(self, form: str, one: ValueKeyword, other: ValueKeyword, **arguments: Any) -> Diagnostic:
        first, second = sorted((one, other), key=self._order)
        return _told(form, self.path, first, second, **arguments)

    def _members(self, statement: ValueKeyword) -> Iterator[Diagnostic]:
        """Members that no value could use: of none at all an error; of some a warning, unless others narrow it."""
        members = statement.members or []
        left = [member for member in members if all(one.allows(member) for one in self.said)]
        if not left:
            arguments = {"path": self.path, "keyword": statement.spoken, "value": statement.said}
            yield Diagnostic("CM307", "no-value", arguments, statement.origin.location)
            return
        for member in members if len(left) < len(members) else ():
            for one in self.said:
                if not one.allows(member) and self._binds(one, statement):
                    severity = Severity.ERROR if statement.spoken == "match" else Severity.WARNING
                    yield replace(_told("member", self.path, one, statement, found=member), severity=severity)
                    break

    def _binds(self, one: ValueKeyword, listed: ValueKeyword) -> bool:
        """Whether who listed the values had to know of `one`: what is said closer to a document may narrow them."""
        ranks = self.rank(one.origin.location), self.rank(listed.origin.location)
        return ranks[0] < ranks[1] or ranks[0] == ranks[1] > 0

    def _no_integer(self) -> Iterator[Diagnostic]:
        whole = [one for one in self.said if one.word == "type" and one.value == "integer"]
        least = [(_least(one), one) for one in self.said if one.word in ("minimum", "exclusiveMinimum")]
        most = [(_most(one), one) for one in self.said if one.word in ("maximum", "exclusiveMaximum")]
        if whole and least and most:
            low, high = max(least, key=lambda pair: pair[0]), min(most, key=lambda pair: pair[0])
            if low[0] > high[0]:
                yield self._pair("no-integer", low[1], high[1])


def _least(statement: ValueKeyword) -> float:
    """The smallest integer that passes."""
    bound: float = statement.value
    if isinstance(bound, float) and not math.isfinite(bound):
        return bound
    return math.floor(bound) + 1 if statement.word == "exclusiveMinimum" else math.ceil(bound)


def _most(statement: ValueKeyword) -> float:
    """The largest integer that passes."""
    bound: float = statement.value
    if isinstance(bound, float) and not math.isfinite(bound):
        return bound
    return math.ceil(bound) - 1 if statement.word == "exclusiveMaximum" else math.floor(bound)


def _told(form: str, path: str, first: ValueKeyword, second: ValueKeyword, **arguments: Any) -> Diagnostic:
    at = first.origin.location
    said = {
        "path": path,
        "keyword": second.spoken,
        "value": second.said,
        "other": first.spoken,
        "against": first.said,
        "file": at.file,
        "line": at.line,
        "column": at.column,
        **arguments,
    }
    return Diagnostic("CM307", form, said, second.origin.location)


def _crossing(sheet: Sheet) -> Iterator[Diagnostic]:
    """A choice looks at one value: what crosses a list is never chosen."""
    for entry in sheet.match:
        number = slots.first_list(sheet.root, entry.path)
        if number is not None:
            arguments = {"path": ".".join(entry.path), "at": ".".join(entry.path[:number])}
            yield Diagnostic("CM307", "match-list", arguments, entry.origin.location)
