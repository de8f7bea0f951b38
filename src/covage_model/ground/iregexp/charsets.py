"""
Sets of characters as ranges of code points, and the partition of Unicode by several sets.

A set is a tuple of (lowest, highest) in ascending order, without overlaps or adjacent ranges.
Surrogates (U+D800 to U+DFFF) are no characters and in no set.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from itertools import groupby

Ranges = tuple[tuple[int, int], ...]

LAST = 0x10FFFF
SURROGATES = (0xD800, 0xDFFF)


def normal(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """
    The characters in any of `ranges`, which may overlap and be unsorted.

    >>> normal([(98, 99), (97, 97), (0xD7FF, 0xE000)])
    ((97, 99), (55295, 55295), (57344, 57344))
    """
    return complement(complement(ranges))


def complement(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """
    The characters in none of `ranges`.

    >>> complement([(0, 96), (98, 0x10FFFF)])
    ((97, 97),)
    """
    gaps = []
    free = 0
    for low, high in sorted((*ranges, SURROGATES)):
        if free < low:
            gaps.append((free, low - 1))
        free = max(free, high + 1)
    if free <= LAST:
        gaps.append((free, LAST))
    return tuple(gaps)


def category(name: str) -> Ranges:
    """
    The characters of a general category, or of all categories with that first letter.

    Source: RFC 9485, `IsCategory`, which leaves out surrogates (Cs).
    """
    members = _by_category()
    return normal(pair for key in members if key.startswith(name) for pair in members[key])


@functools.cache
def _by_category() -> dict[str, list[tuple[int, int]]]:
    import unicodedata  # imported late: it takes a megabyte and few patterns need it

    categories: dict[str, list[tuple[int, int]]] = {}
    low = 0
    for name, run in groupby(map(unicodedata.category, map(chr, range(LAST + 1)))):
        after = low + sum(1 for _ in run)
        categories.setdefault(name, []).append((low, after - 1))
        low = after
    return categories


def partition(sets: Sequence[Ranges]) -> tuple[list[int], list[int]]:
    """
    The code points at which the membership changes, and the membership from there on: bit k stands for `sets[k]`.

    The first code point is 0. Characters with equal membership are in the same sets.

    >>> partition([((97, 99),), ((98, 98),)])
    ([0, 97, 98, 99, 100], [0, 1, 3, 1, 0])
    """
    toggled = {0: 0}
    for index, ranges in enumerate(sets):
        for low, high in ranges:
            for place in (low, high + 1):
                toggled[place] = toggled.get(place, 0) ^ 1 << index
    places = sorted(toggled)
    membership = 0
    memberships = []
    for place in places:
        membership ^= toggled[place]
        memberships.append(membership)
    return places, memberships
