"""Reports as one JSON object; `schemas/report-1.json` is its schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.ground.escape import json_text
from covage_model.report.report import Foot, Report, ReportEntry, head


def printer(report: Report, width: int) -> _JsonPrinter:  # noqa: ARG001  formats have one signature
    """Members as they come: nothing is held back."""
    return _JsonPrinter(report)


class _JsonPrinter:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._lists = list(report.lists)  # lists not yet closed; the first is open
        self._items = 0  # of the open list
        self._start = "{\n"

    def head(self) -> Iterator[str]:
        for name, value in {**head(self._report.command), **self._report.members}.items():
            yield self._member(name, _value(value, 2))

    def entry(self, entry: ReportEntry) -> Iterator[str]:
        if entry.data is None:
            return
        while self._lists[0] != entry.member:  # lists come in the order that the report names them in
            yield self._close()
        yield (self._member(entry.member, "[\n") if not self._items else ",\n") + f"    {_value(entry.data(), 4)}"
        self._items += 1

    def foot(self, foot: Foot) -> Iterator[str]:
        while self._lists:
            yield self._close()
        for name, value in foot.members.items():
            yield self._member(name, _value(value, 2))
        yield "\n}\n"

    def _member(self, name: str, value: str) -> str:
        start, self._start = self._start, ",\n"
        return f'{start}  "{name}": {value}'

    def _close(self) -> str:
        name, items = self._lists.pop(0), self._items
        self._items = 0
        return "\n  ]" if items else self._member(name, "[]")


def _value(value: Any, indent: int) -> str:
    return json_text(value)[:-1].replace("\n", "\n" + " " * indent)
