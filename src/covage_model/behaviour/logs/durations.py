"""Durations counted as they come, in little memory."""

from __future__ import annotations

_BULK = 4096  # durations that are counted at once


class DurationCounts:
    """Counts durations, in whole seconds; above 2048 s they are rounded down to a thousandth of their value."""

    __slots__ = ("_counted", "_new")

    def __init__(self) -> None:
        self._counted: dict[int, int] = {}
        self._new: list[int] = []

    def add(self, seconds: int) -> None:
        """One more duration."""
        self._new.append(seconds)
        if len(self._new) >= _BULK:
            self._count()

    def _count(self) -> None:
        counted = self._counted
        for seconds in self._new:
            shift = seconds.bit_length() - 11
            rounded = seconds >> shift << shift if shift > 0 else seconds
            counted[rounded] = counted.get(rounded, 0) + 1
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
