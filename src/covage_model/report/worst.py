"""The worst findings, for formats of which only so many are shown: what weighs least is left out and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from covage_model.ground.diagnostics import Severity

Kept = TypeVar("Kept")


class Worst(Generic[Kept]):
    """At most `most` items: those of the highest severity, of one severity the first. The memory is bounded."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._room = most
        self._kept: dict[Severity, list[Kept]] = {severity: [] for severity in Severity}
        self._left_out: Counter[Severity] = Counter()

    def add(self, severity: Severity, make: Callable[[], Kept]) -> None:
        """One more item, which is made only if it is kept; one that weighs less may have to go."""
        if self._room:
            self._room -= 1
            self._kept[severity].append(make())
            return
        lighter = [other for other in reversed(Severity) if self._kept[other]][:1]
        if not lighter or _weight(lighter[0]) >= _weight(severity):
            self._left_out[severity] += 1
            return
        self._kept[lighter[0]].pop()
        self._left_out[lighter[0]] += 1
        self._kept[severity].append(make())

    def count(self, others: Mapping[Severity, int]) -> None:
        """Findings that were never listed."""
        self._left_out.update(others)

    def kept(self) -> Iterator[tuple[Severity, Kept]]:
        """The items, the worst first."""
        for severity, items in self._kept.items():
            yield from ((severity, item) for item in items)

    def left_out(self) -> Mapping[Severity, int]:
        """How many items of each severity are not kept."""
        return +self._left_out


_WEIGHTS = {severity: len(Severity) - number for number, severity in enumerate(Severity)}


def _weight(severity: Severity) -> int:
    return _WEIGHTS[severity]
