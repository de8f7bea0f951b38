"""CM307: keywords about one place that contradict each other."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.ground.dotted import dotted
from covage_model.quality.checks import places
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.shared import EVERYWHERE, merged
from covage_model.quality.checks.value_keywords import ValueKeyword, conflict, of_match, of_slot

Rank = Callable[[Location], int]


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """Each contradicting pair: in each type and event by itself, then in the sheets of orders and variants."""
    found: list[tuple[str, Diagnostic]] = []
    for named, sheet in ground.alone:
        rank = functools.partial(_within, named.value.origin.location)
        found.extend((EVERYWHERE, finding) for finding in _of_sheet(sheet, rank, named.name))
    for variant, sheet in ground.sheets.items():
        found.extend((variant, finding) for finding in _of_sheet(sheet, places.rank, ""))
        found.extend((variant, finding) for finding in _crossing(sheet))
    for finding in merged(ground, found, key=_same_pair):
        yield replace(finding, arguments={name: value for name, value in finding.arguments.items() if name != "column"})


def _within(own: Location, other: Location) -> int:
    """1 for a place inside the definition, 0 for a place in another definition that it uses."""
    return int((other.pointer + "/").startswith(own.pointer + "/"))


def _same_pair(finding: Diagnostic) -> Hashable:
    """The key of a finding about two places, whatever their order."""
    arguments, at = finding.arguments, finding.location
    places = {(at.file, at.line, at.column), (arguments.get("file"), arguments.get("line"), arguments.get("column"))}
    return (finding.form, frozenset(places), repr(arguments.get("found")))


def _of_sheet(sheet: Sheet, rank: Rank, name: str) -> Iterator[Diagnostic]:
    for slot in slots.every_slot(sheet.root):
        keywords = [*of_slot(slot), *(keyword for entry in slot.chosen for keyword in of_match(entry))]
        path = dotted(filter(None, (name, *slot.path)))
        yield from _ValueKeywords(path, keywords, rank).findings()


@dataclass(frozen=True, slots=True)
class _ValueKeywords:
    """All keywords about one value; `rank` says how specific the definition of each is."""

    path: str
    keywords: Sequence[ValueKeyword]
    rank: Rank

    def findings(self) -> Iterator[Diagnostic]:
        conflicting: set[int] = set()
        for keyword, other in combinations(self.keywords, 2):
            form = conflict(keyword, other)
            if form is not None:
                conflicting |= {id(keyword), id(other)}
                yield self._pair(form, keyword, other)
        for statement in self.keywords:
            if statement.members is not None and id(statement) not in conflicting:
                yield from self._members(statement)
        if not conflicting:
            yield from self._no_integer()

    def _order(self, statement: ValueKeyword) -> tuple[int, Location]:
        return (self.rank(statement.origin.location), statement.origin.location)

    def _pair(self, form: str, keyword: ValueKeyword, other: ValueKeyword, **arguments: Any) -> Diagnostic:
        first, second = sorted((keyword, other), key=self._order)
        return _contradiction(form, self.path, first, second, **arguments)

    def _members(self, statement: ValueKeyword) -> Iterator[Diagnostic]:
        """Listed values that no document can use: an error if it is all of them, a warning if it is some."""
        members = statement.members or []
        left = [member for member in members if all(keyword.allows(member) for keyword in self.keywords)]
        if not left:
            arguments = {"path": self.path, "keyword": statement.spoken, "value": statement.written}
            yield Diagnostic("CM307", "no-value", arguments, statement.origin.location)
            return
        for member in members if len(left) < len(members) else ():
            for keyword in self.keywords:
                if not keyword.allows(member) and self._binds(keyword, statement):
                    severity = Severity.ERROR if statement.spoken == "match" else Severity.WARNING
                    yield replace(
                        _contradiction("member", self.path, keyword, statement, found=member), severity=severity
                    )
                    break

    def _binds(self, keyword: ValueKeyword, listed: ValueKeyword) -> bool:
        """Whether the list should have respected the keyword: a more specific definition may narrow the list."""
        ranks = self.rank(keyword.origin.location), self.rank(listed.origin.location)
        return ranks[0] < ranks[1] or ranks[0] == ranks[1] > 0

    def _no_integer(self) -> Iterator[Diagnostic]:
        integer = [keyword for keyword in self.keywords if keyword.word == "type" and keyword.value == "integer"]
        least = [
            (_least(keyword), keyword) for keyword in self.keywords if keyword.word in ("minimum", "exclusiveMinimum")
        ]
        most = [
            (_most(keyword), keyword) for keyword in self.keywords if keyword.word in ("maximum", "exclusiveMaximum")
        ]
        if integer and least and most:
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


def _contradiction(form: str, path: str, first: ValueKeyword, second: ValueKeyword, **arguments: Any) -> Diagnostic:
    at = first.origin.location
    every = {
        "path": path,
        "keyword": second.spoken,
        "value": second.written,
        "other": first.spoken,
        "against": first.written,
        "file": at.file,
        "line": at.line,
        "column": at.column,
        **arguments,
    }
    return Diagnostic("CM307", form, every, second.origin.location)


def _crossing(sheet: Sheet) -> Iterator[Diagnostic]:
    """Entries of `match` whose path crosses a list: no document ever matches them."""
    for entry in sheet.match:
        number = slots.first_list(sheet.root, entry.path)
        if number is not None:
            arguments = {"path": dotted(entry.path), "at": dotted(entry.path[:number])}
            yield Diagnostic("CM307", "match-list", arguments, entry.origin.location)
