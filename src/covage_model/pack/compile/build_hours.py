"""Builds the weekly calendars of a profile."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.ground.files.node import Node
from covage_model.pack.compile.context import Context
from covage_model.pack.compile.grammar_profile import WEEKDAYS
from covage_model.pack.model.profile import OpeningHours


def hours_of(node: Node | None, context: Context) -> Iterator[OpeningHours]:
    """Each calendar of a settled mapping. Hours that end before they begin are reported and left out."""
    for name, child in ({} if node is None else node.value).items():
        context.check_sources(child)
        days: list[list[tuple[int, int]]] = [[] for _ in WEEKDAYS]
        for word, spans in child.value.items():
            for start, end in () if word in ("source", "standing") else _spans(spans, context):
                for day in _weekdays(word):
                    days[day].append((start, end))
        yield OpeningHours(name, tuple(tuple(_united(each)) for each in days), context.origin(child))


def _spans(node: Node, context: Context) -> Iterator[tuple[int, int]]:
    for span in node.value:
        start, end = (int(part[:2]) * 3600 + int(part[3:]) * 60 for part in span.value.split("-"))
        if end <= start:
            context.finding("CM210", "hours", span, hours=span.value, hint="split it at midnight")
        else:
            yield start, end


def _weekdays(word: str) -> list[int]:
    """
    The weekdays of a word; a span may go over Sunday.

    >>> _weekdays("sat-mon")
    [5, 6, 0]
    """
    first, _, last = word.partition("-")
    start = WEEKDAYS.index(first)
    count = (WEEKDAYS.index(last or first) - start) % 7
    return [(start + day) % 7 for day in range(count + 1)]


def _united(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order, those that touch or overlap as one."""
    current: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if current is not None and start <= current[1]:
            current = current[0], max(current[1], end)
            continue
        if current is not None:
            yield current
        current = start, end
    if current is not None:
        yield current
