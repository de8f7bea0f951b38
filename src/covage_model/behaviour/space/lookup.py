"""An index from codes to the numbers of configurations, smaller than a dictionary."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import field

from covage_model.ground.classes import dataclass


@dataclass(slots=True)
class Lookup:
    """
    Finds configurations by code or by a range of codes, in an array of their numbers sorted by code.

    It takes four bytes for each configuration, a dictionary about a hundred. It is sorted at the first use.
    """

    codes: Sequence[int]
    _sorted: array[int] | None = field(default=None, compare=False)

    def find(self, code: int) -> int | None:
        """The number of the configuration with that code, or None."""
        order = self._order()
        place = bisect_left(order, code, key=self.codes.__getitem__)
        return order[place] if place < len(order) and self.codes[order[place]] == code else None

    def between(self, least: int, beyond: int) -> tuple[int, ...]:
        """The numbers of the configurations with `least <= code < beyond`, in the order of their codes."""
        order, code = self._order(), self.codes.__getitem__
        start = bisect_left(order, least, key=code)
        return tuple(order[start : bisect_left(order, beyond, start, key=code)])

    def _order(self) -> array[int]:
        if self._sorted is None:
            self._sorted = array("I", sorted(range(len(self.codes)), key=self.codes.__getitem__))
        return self._sorted
