"""CM316: a pattern on which a backtracking engine may take exponential time."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.documents.presence.sheet import Sheet
from covage_model.documents.presence.slots import every_slot
from covage_model.ground import iregexp
from covage_model.ground.diagnostics import Diagnostic, Origin, Severity
from covage_model.pack.model.conditions import Condition, Matches
from covage_model.quality.checks import reads
from covage_model.quality.checks.ground import Ground


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """Each such pattern of a value or a condition, where it is written."""
    known: dict[str, bool] = {}
    for pattern, origin in dict.fromkeys(_patterns(ground)):
        if pattern not in known:
            known[pattern] = _is_exponential(pattern)
        if known[pattern]:
            arguments = {"pattern": pattern}
            yield Diagnostic("CM316", "exponential", arguments, origin.location, severity=Severity.WARNING)


def _patterns(ground: Ground) -> Iterator[tuple[str, Origin]]:
    sheets = [*ground.sheets.values(), *(sheet for _, sheet in ground.alone)]
    for sheet in sheets:
        yield from _of_sheet(sheet)
    for lifecycle in ground.lifecycles:
        for condition in reads.of_lifecycle(lifecycle):
            yield from _of_condition(condition)


def _of_sheet(sheet: Sheet) -> Iterator[tuple[str, Origin]]:
    for slot in every_slot(sheet.root):
        yield from ((keyword.value, keyword.origin) for keyword in slot.keywords if keyword.name == "pattern")
    conditions = [*(demand.when for demand in (*sheet.required, *sheet.forbidden))]
    conditions += [condition for rule in sheet.rules for condition in (rule.when, rule.then)]
    for condition in conditions:
        if condition is not None:
            yield from _of_condition(condition)


def _of_condition(condition: Condition) -> Iterator[tuple[str, Origin]]:
    for test in reads.every_test(condition):
        if isinstance(test.test, Matches) and test.origin is not None:
            yield test.test.pattern, test.origin


def _is_exponential(text: str) -> bool:
    try:
        return iregexp.backtracking(iregexp.parse(text)) is iregexp.Backtracking.EXPONENTIAL
    except iregexp.PatternError:  # reported by the compiler
        return False
