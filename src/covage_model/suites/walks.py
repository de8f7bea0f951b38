"""
Few runs that show all targets that runs can show.

Finding the fewest is NP-hard (it is set cover). Each run is walked greedily: to the step, nearest first,
after which the least is lost that no later step of the run could show. Then runs that others make needless
are dropped, and each ends where it has shown what only it shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from covage_model.suites.targets import bits_of
from covage_model.suites.terrain import Node, Terrain, Way


@dataclass(frozen=True, slots=True)
class Walk:
    """One run, from its start; `own` are the targets that no other run of the suite shows."""

    ways: tuple[Way, ...]
    own: int = 0

    @property
    def shows(self) -> int:
        """All targets that it shows."""
        mask = 0
        for way in self.ways:
            mask |= way.shows
        return mask


def walks(terrain: Terrain, *, longest: int | None = None) -> tuple[Walk, ...]:
    """
    Runs none of which can be dropped, that show all that any run can; in the order in which they were found.

    With `longest`, a run ends after so many steps, unless a first target lies further away.
    """
    futures = terrain.futures()
    left = 0
    for way in terrain.starts:
        left |= way.shows | futures[way.to]
    found: list[Walk] = []
    while left:
        walk = Walk(tuple(_walk(terrain, futures, left, longest)))
        found.append(walk)
        left &= ~walk.shows
    return _trimmed(_needed(found))


def _walk(terrain: Terrain, futures: dict[Node, int], left: int, longest: int | None) -> list[Way]:
    taken: list[Way] = []
    while True:
        ahead = _nearest(terrain, futures, left, taken)
        if not ahead or (longest is not None and taken and len(taken) + len(ahead) > longest + 1):
            return taken
        taken += ahead
        for way in ahead:
            left &= ~way.shows


def _nearest(terrain: Terrain, futures: dict[Node, int], left: int, taken: list[Way]) -> list[Way]:
    """The steps to what is to be shown next; none where nothing more can be."""
    wanted = left if not taken else left & futures[taken[-1].to]
    if not wanted:
        return []
    best, least = None, None
    start = taken[-1].to if taken else None
    parents: dict[Node, tuple[Node | None, Way]] = {}
    pending = [(start, terrain.ways(start) if start is not None else terrain.starts)]
    for source, ways in pending:  # grows as it is read
        for way in ways:
            if way.shows & wanted:
                lost = (wanted & ~way.shows & ~futures[way.to]).bit_count()
                if least is None or lost < least:
                    best, least = (source, way), lost
                if lost == 0:
                    return _path(parents, source, way)
            elif way.to not in parents and way.to != start:
                parents[way.to] = (source, way)
                pending.append((way.to, terrain.ways(way.to)))
    return _path(parents, *best) if best is not None else []


def _path(parents: dict[Node, tuple[Node | None, Way]], source: Node | None, last: Way) -> list[Way]:
    found = [last]
    while source in parents:
        source, way = parents[source]
        found.append(way)
    return found[::-1]


def _needed(found: Sequence[Walk]) -> list[Walk]:
    """Without those that the others make needless: the shortest and poorest are tried first."""
    kept = list(found)
    for walk in sorted(found, key=lambda one: (one.shows.bit_count(), -len(one.ways))):
        others = 0
        for other in kept:
            others |= other.shows if other is not walk else 0
        if not walk.shows & ~others:
            kept = [other for other in kept if other is not walk]
    return kept


def _trimmed(found: list[Walk]) -> tuple[Walk, ...]:
    """Each ended where it has shown what no other does."""
    for number, walk in enumerate(found):
        own = walk.shows & ~_others(found, number)
        ways = list(walk.ways)
        while len(ways) > 1 and not own & ~Walk(tuple(ways[:-1])).shows:
            ways.pop()
        found[number] = Walk(tuple(ways))
    return tuple(Walk(walk.ways, walk.shows & ~_others(found, number)) for number, walk in enumerate(found))


def _others(found: Sequence[Walk], number: int) -> int:
    mask = 0
    for place, other in enumerate(found):
        mask |= other.shows if place != number else 0
    return mask


def least_runs(terrain: Terrain) -> int:
    """
    So many runs at least, whoever writes them: targets of which no run can show two.

    Such a set is looked for greedily, from each target in turn: there may be a larger one.
    """
    together = _together(terrain)
    best = 0
    for first in together:
        count, shut = 1, together[first]
        for other in sorted(together, key=lambda one: (together[one].bit_count(), one)):
            if not shut >> other & 1:
                count, shut = count + 1, shut | together[other]
        best = max(best, count)
    return best


def _together(terrain: Terrain) -> dict[int, int]:
    """For each target that can be shown, the mask of those that some run shows with it; itself too."""
    futures = terrain.futures()
    after: dict[int, int] = {}
    ways = [*terrain.starts, *(way for node in futures for way in terrain.ways(node))]
    for way in ways:
        ahead = way.shows | futures[way.to]
        for bit in bits_of(way.shows):
            after[bit] = after.get(bit, 0) | ahead
    found = dict(after)
    for bit, mask in after.items():
        for other in bits_of(mask):
            found[other] |= 1 << bit
    return found
