"""From codes back to the numbers of configurations, without a dictionary."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Lookup:
    """
    Which configuration has a code, and which have codes close together: their numbers sorted by code.

    Four bytes for each configuration where a dictionary takes a hundred; sorted when first asked.
    """

    codes: Sequence[int]
    _sorted: array[int] | None = field(default=None, compare=False)

    def find(self, code: int) -> int | None:
        """The number of the configuration with that code; None where there is none."""
        order = self._order()
        place = bisect_left(order, code, key=self.codes.__getitem__)
        return order[place] if place < len(order) and self.codes[order[place]] == code else None

    def between(self, least: int, beyond: int) -> tuple[int, ...]:
        """The numbers of the configurations whose codes are `least` or more and less than `beyond`, in their order."""
        order, code = self._order(), self.codes.__getitem__
        start = bisect_left(order, least, key=code)
        return tuple(order[start : bisect_left(order, beyond, start, key=code)])

    def _order(self) -> array[int]:
        if self._sorted is None:
            self._sorted = array("I", sorted(range(len(self.codes)), key=self.codes.__getitem__))
        return self._sorted
