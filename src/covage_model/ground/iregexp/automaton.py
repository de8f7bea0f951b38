"""
A pattern as a position automaton (Glushkov 1961). Sets of positions are bits of an int.

There is one position for each character of the expanded pattern, and position 0 before the first. All edges
into a position read the same set of characters, so one step is `follow(mask) & entry`.
No set of characters is empty, so every position is reachable and can lead to a match.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from covage_model.ground.classes import dataclass
from covage_model.ground.iregexp.charsets import Ranges, normal
from covage_model.ground.iregexp.nodes import Alternation, Chars, Node, Pattern, Repeat, Sequence

START = 1  # the mask of position 0
_PAIRS = 16  # a join of at most so many pairs is stored as shifts, which similar joins share

# (whether the empty string matches, the first positions of the others, their last positions)
_Fragment = tuple[bool, int, int]
_EMPTY: _Fragment = (True, 0, 0)


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: caches hash it often
class Automaton:
    """
    `members[k]` are the positions that read a character of `sets[k]`. A match ends in one of `last`.

    An entry of `shifts` moves the positions of a mask by an offset; in `joins`, any position of the first mask leads to
    all positions of the second.
    """

    sets: tuple[Ranges, ...]
    members: tuple[int, ...]
    last: int
    shifts: tuple[tuple[int, int], ...]
    joins: tuple[tuple[int, int], ...]

    def follow(self, mask: int) -> int:
        """The positions one step after any of `mask`, for any character."""
        reached = 0
        for offset, sources in self.shifts:
            if moved := mask & sources:
                reached |= moved << offset if offset >= 0 else moved >> -offset
        for sources, targets in self.joins:
            if mask & sources:
                reached |= targets
        return reached

    def before(self, mask: int) -> int:
        """The positions from which one step leads to any of `mask`."""
        reached = 0
        for offset, sources in self.shifts:
            reached |= (mask >> offset if offset >= 0 else mask << -offset) & sources
        for sources, targets in self.joins:
            if mask & targets:
                reached |= sources
        return reached


def bits(mask: int) -> Iterator[int]:
    """The positions in `mask`, ascending."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


@functools.lru_cache(maxsize=512)
def automaton(pattern: Pattern) -> Automaton:
    """The automaton of `pattern`, cached."""
    builder = _Builder()
    nullable, first, last = builder.fragment(pattern.root)
    builder.join(START, first)
    return Automaton(
        sets=tuple(builder.members),
        members=tuple(builder.members.values()),
        last=last | (START if nullable else 0),
        shifts=tuple(builder.shifts.items()),
        joins=tuple(builder.joins),
    )


class _Builder:
    """Builds an automaton. Its recursion is bounded by the depth that the parser allows."""

    __slots__ = ("joins", "members", "positions", "shifts")

    def __init__(self) -> None:
        self.positions = 1
        self.members: dict[Ranges, int] = {}
        self.shifts: dict[int, int] = {}
        self.joins: list[tuple[int, int]] = []

    def join(self, sources: int, targets: int) -> None:
        if sources.bit_count() * targets.bit_count() > _PAIRS:
            self.joins.append((sources, targets))
            return
        for source in bits(sources):
            for target in bits(targets):
                offset = target - source
                self.shifts[offset] = self.shifts.get(offset, 0) | 1 << source

    def fragment(self, node: Node) -> _Fragment:
        match node:
            case Chars(ranges=ranges):
                return self._position(ranges)
            case Sequence(parts):
                return self._sequence(map(self.fragment, parts))
            case Alternation(branches):
                return self._choice(branches)
            case Repeat():
                return self._repeat(node)

    def _position(self, ranges: Ranges) -> _Fragment:
        mask = 1 << self.positions
        self.positions += 1
        self.members[ranges] = self.members.get(ranges, 0) | mask
        return (False, mask, mask)

    def _sequence(self, fragments: Iterable[_Fragment]) -> _Fragment:
        nullable, first, last = _EMPTY
        for skipped, begin, end in fragments:
            self.join(last, begin)
            first |= begin if nullable else 0
            last = end | (last if skipped else 0)
            nullable &= skipped
        return nullable, first, last

    def _choice(self, branches: tuple[Node, ...]) -> _Fragment:
        single = [branch.ranges for branch in branches if isinstance(branch, Chars)]
        if len(single) == len(branches):  # (a|b) is [ab]: fewer positions, fewer joins
            return self._position(normal(pair for ranges in single for pair in ranges))
        nullable, first, last = False, 0, 0
        for skipped, begin, end in map(self.fragment, branches):
            nullable, first, last = nullable or skipped, first | begin, last | end
        return nullable, first, last

    def _repeat(self, node: Repeat) -> _Fragment:
        """
        A chain of copies, of which all but the first `low` are optional.

        If the part may be empty, the whole may be empty too, and the copies need not be optional: this gives a chain
        of joins instead of one for every pair of copies.
        """
        if node.high == 0:
            return _EMPTY
        nullable, first, last = self.fragment(node.part)
        low = 0 if nullable else node.low
        copies = node.high or max(low, 1)
        ends = last if low <= 1 else 0
        begin, end = first, last
        for copy in range(2, copies + 1):
            _, begin, following = self.fragment(node.part)
            self.join(end, begin)
            end = following
            ends |= end if copy >= low else 0
        if node.high is None:
            self.join(end, begin)
        return low == 0, first, ends
