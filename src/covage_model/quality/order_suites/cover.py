"""A few of many files that show as much as all of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet


def cover(shown: Sequence[AbstractSet[Hashable]]) -> list[int]:
    """
    Numbers of files that together show all that any shows, none of which can be dropped, in their order.

    What only one shows is taken first; then, greedily, what shows most of the rest (Chvátal 1979); then
    what has become needless goes, the last that was taken first.
    """
    taken: list[int] = []
    left: set[Hashable] = set().union(*shown) if shown else set()
    while left:
        best = max(range(len(shown)), key=lambda number: (len(shown[number] & left), -number))
        taken.append(best)
        left -= shown[best]
    for number in reversed(taken.copy()):
        others: set[Hashable] = set().union(*(shown[one] for one in taken if one != number))
        if shown[number] <= others:
            taken.remove(number)
    return sorted(taken)
