"""The finding that no history leads to a record: no order of its variant ever shows that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING, Any

from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.findings import location_at
from covage_model.documents.presence.sheet import RecordHistories, Sheet
from covage_model.ground import json_value, pointer
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import Scalar

if TYPE_CHECKING:
    from covage_model.pack.model.pack import HistoryWay

_Showing = Sequence[bool]


def unreached(sheet: Sheet, histories: RecordHistories, data: Any, context: JudgeContext) -> Iterator[Diagnostic]:
    """The finding about a record that has no error, with the nearest record to which a history leads."""
    shows = tuple(truth.holds(place.when, (data,)) for place in histories.shown)
    here = histories.reached.get(context.status, ())
    if any(map(partial(_agrees, shows), here)):
        return
    values = [place.variable is not None for place in histories.shown]
    alike = [way for way in here if _agrees(tuple(compress(shows, values)), tuple(compress(way, values)))]
    if alike:
        yield _of_document(sheet, histories, data, shows, alike, context)
    else:
        yield _of_values(sheet, histories, data, shows, context)


def _agrees(shows: _Showing, way: HistoryWay) -> bool:
    return all(wanted is None or wanted is holds for holds, wanted in zip(shows, way, strict=True))


def _of_document(
    sheet: Sheet,
    histories: RecordHistories,
    data: Any,
    shows: _Showing,
    ways: Sequence[HistoryWay],
    context: JudgeContext,
) -> Diagnostic:
    """No order of that status has such a document: the tests that fail are those of the nearest."""
    differing = [
        [
            place
            for place, holds, wanted in zip(histories.shown, shows, way, strict=True)
            if wanted is not None and wanted is not holds
        ]
        for way in ways
    ]
    tests = min(differing, key=len)
    paths = list(dict.fromkeys(ref.names for test in tests for ref in tree.references(test.when) if ref.root != "item"))
    arguments = {"status": context.status, "paths": list(map(dotted, paths))}
    place = location_at(context, _pointer(sheet, data, paths))
    return Diagnostic("CM419", "document", arguments, place, because=tests[0].origin)


def _of_values(
    sheet: Sheet, histories: RecordHistories, data: Any, shows: _Showing, context: JudgeContext
) -> Diagnostic:
    """No order of that status shows these values of hidden variables."""
    shown = [place for place in histories.shown if place.variable is not None]
    showing = shows[: len(shown)]  # values come before tests
    nearest = _nearest(histories, context.status, showing)
    arguments: dict[str, Any] = {"status": context.status}
    if context.status not in histories.reached or nearest is None:
        place = location_at(context, pointer.join(sheet.status_path or ()))
        return Diagnostic("CM419", "status", arguments, place, because=histories.origin)
    status, other = nearest
    pairs = [(str(place.variable), place.value) for place in shown]
    arguments |= {"shown": told(pairs, showing), "nearest": told(pairs, other), "other": status}
    number = next((number for number, (one, two) in enumerate(zip(showing, other, strict=True)) if one is not two), 0)
    different = shown[number]
    place = location_at(context, _pointer(sheet, data, [ref.names for ref in tree.references(different.when)]))
    form = "shown" if status == context.status else "elsewhere"
    return Diagnostic("CM419", form, arguments, place, because=different.origin)


def _nearest(histories: RecordHistories, status: str, showing: _Showing) -> tuple[str, _Showing] | None:
    """The status and the shown values with the fewest differences, the status being one; the first of several."""
    ways = [
        (sum(one is not two for one, two in zip(showing, way, strict=False)) + (other != status), number, other, way)
        for number, (other, each) in enumerate(histories.reached.items())
        for way in each
    ]
    if not ways:
        return None
    *_, other, way = min(ways, key=lambda way: (way[0], way[2] != status, way[1]))
    return other, tuple(map(bool, way[: len(showing)]))


def told(shown: Sequence[tuple[str, Scalar]], showing: _Showing) -> list[str]:
    """
    Each value of a variable that is shown, and those of variables of which none is.

    >>> told([("paid", "part"), ("paid", "all"), ("sent", True)], [True, False, False])
    ['paid = part', 'sent ≠ true']
    """
    from covage_model.pack.definitions import texts  # late: few records need it, and it takes a tenth of a start

    has = {variable for (variable, _), holds in zip(shown, showing, strict=True) if holds}
    return [
        f"{variable} {'=' if holds else '≠'} {texts.plain(value)}"
        for (variable, value), holds in zip(shown, showing, strict=True)
        if holds or variable not in has
    ]


def _pointer(sheet: Sheet, data: Any, paths: Sequence[tuple[str, ...]]) -> str:
    """The first of these places that is there, else that of the status."""
    there = (path for path in paths if json_value.at(data, path) is not json_value.ABSENT)
    return pointer.join(next(there, sheet.status_path or ()))
