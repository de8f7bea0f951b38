"""Durations counted as they come, in little memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import sub

DAY = 86_400
_BULK = 4096  # durations that are counted at once
_ROUNDED = [-1 << max(bits - 11, 0) for bits in range(64)]  # by the bits of a length, those of it that are kept


class DurationCounts:
    """Counts durations, in whole seconds; above 2048 s they are rounded down to a thousandth of their value."""

    __slots__ = ("_counted", "_new")

    def __init__(self) -> None:
        self._counted: Counter[int] = Counter()
        self._new: list[timedelta] = []

    def add(self, begun: Iterable[datetime], ended: Iterable[datetime]) -> None:
        """Add the durations from each of the first moments to the one of the second at its place."""
        self._new.extend(map(sub, ended, begun))
        if len(self._new) >= _BULK:
            self._count()

    def _count(self) -> None:
        self._counted.update(
            [
                (length := duration.days * DAY + duration.seconds) & _ROUNDED[length.bit_length()]
                for duration in self._new
            ]
        )
        self._new.clear()

    @property
    def counts(self) -> dict[int, int]:
        """How many there are of each duration."""
        self._count()
        return self._counted

    def __len__(self) -> int:
        """How many durations there are."""
        return sum(self.counts.values())

    @property
    def mean(self) -> float:
        """The mean of at least one duration."""
        return sum(seconds * count for seconds, count in self.counts.items()) / len(self)

    def quantile(self, share: float) -> int:
        """The duration at that share of at least one."""
        rank, seen = share * (len(self) - 1), 0
        for seconds in sorted(self.counts):
            seen += self.counts[seconds]
            if seen > rank:
                return seconds
        raise ValueError("nothing was counted")
