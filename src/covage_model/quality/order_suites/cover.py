"""Chooses a small set of files that show as much as all files."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet


def cover(shown: Sequence[AbstractSet[Hashable]]) -> list[int]:
    """
    The numbers, ascending, of a minimal set of files that together show everything that any file shows.

    Greedy set cover (Chvátal 1979): the file that shows most of the rest is taken next. Then
    redundant files are dropped, the last one taken first.
    """
    taken: list[int] = []
    left: set[Hashable] = set().union(*shown) if shown else set()
    while left:
        best = max(range(len(shown)), key=lambda number: (len(shown[number] & left), -number))
        taken.append(best)
        left -= shown[best]
    for number in reversed(taken.copy()):
        others: set[Hashable] = set().union(*(shown[other] for other in taken if other != number))
        if shown[number] <= others:
            taken.remove(number)
    return sorted(taken)
