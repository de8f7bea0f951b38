"""
A small set of runs that show all reachable targets.

Finding the smallest set is NP-hard (set cover). Each run is built greedily: it goes to the step, nearest first,
that leaves the fewest targets out of reach for the rest of the run. Then redundant runs
are dropped, and each run is cut after the last target that only it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from operator import or_

from covage_model.ground.classes import dataclass
from covage_model.quality.suites.terrain import Node, Terrain, TerrainStep

PATIENCE = 200  # nodes searched for a better step after a first one was found


@dataclass(frozen=True, slots=True)
class SuiteWalk:
    """The steps of one run, the targets that it shows, and those of them that no other run of the suite shows."""

    steps: tuple[TerrainStep, ...]
    shows: int
    own: int = 0


def walks(
    terrains: Sequence[Terrain], *, longest: int | None = None, progress: Callable[[int], None] = lambda _: None
) -> tuple[SuiteWalk, ...]:
    """
    Runs that show all targets that any run can, in the order in which they were found. None can be dropped.

    Each run stays on one of the terrains. With `longest`, a run has at most so many steps, unless its first target is
    farther away. `progress` is called after each run with the number of targets shown.
    """
    left = everything = all_shown(terrains)
    found: list[SuiteWalk] = []
    while left:
        steps = tuple(_walk(terrains, left, longest))
        found.append(_walked(steps))
        left &= ~found[-1].shows
        progress((everything & ~left).bit_count())
    return _trimmed(_needed(found))


def all_shown(terrains: Sequence[Terrain]) -> int:
    """The mask of the targets that some run on one of the terrains shows."""
    mask = 0
    for terrain in terrains:
        mask |= terrain.everything
    return mask


def _walked(steps: tuple[TerrainStep, ...]) -> SuiteWalk:
    mask = 0
    for step in steps:
        mask |= step.shows
    return SuiteWalk(steps, mask)


def _walk(terrains: Sequence[Terrain], left: int, longest: int | None) -> list[TerrainStep]:
    begun = ((terrain, *_nearest(terrain, left, None)) for terrain in terrains)
    terrain, taken, _ = min(((t, s, (lost, len(s))) for t, s, lost in begun if s), key=lambda begun_walk: begun_walk[2])
    ahead = taken
    while True:
        for step in ahead:
            left &= ~step.shows
        here = taken[-1].to
        ahead, _ = _nearest(terrain, left & terrain.future(here), here)
        if not ahead or (longest is not None and len(taken) + len(ahead) > longest + 1):
            return taken
        taken = taken + ahead


def _nearest(terrain: Terrain, wanted: int, start: Node | None) -> tuple[list[TerrainStep], int]:
    """The steps to the next wanted target, and the number of targets lost by them; no steps if none is reachable."""
    if not wanted:
        return [], 0
    best, least, patience = None, wanted.bit_count(), PATIENCE
    parents: dict[Node | None, tuple[Node | None, TerrainStep] | None] = {start: None}
    pending = [start]
    for source in pending:  # grows as it is read
        for step in terrain.steps(source):
            future = terrain.future(step.to)
            if step.shows & wanted:
                lost = (wanted & ~(step.shows | future)).bit_count()
                if best is None or lost < least:
                    best, least = (source, step), lost
                if lost == 0:
                    return list(_path(parents, best))[::-1], 0
            elif step.to not in parents and future & wanted:
                parents[step.to] = source, step
                pending.append(step.to)
        patience -= best is not None
        if not patience:
            break
    return list(_path(parents, best))[::-1], least


def _path(
    parents: dict[Node | None, tuple[Node | None, TerrainStep] | None], last: tuple[Node | None, TerrainStep] | None
) -> Iterator[TerrainStep]:
    while last is not None:
        yield last[1]
        last = parents[last[0]]


def _needed(found: Sequence[SuiteWalk]) -> list[SuiteWalk]:
    """The runs without redundant ones. Those that show the least, then the longest, are dropped first."""
    kept = list(found)
    for walk in sorted(found, key=lambda walk: (walk.shows.bit_count(), -len(walk.steps))):
        others = [other for other in kept if other is not walk]
        if not walk.shows & ~_all(others):
            kept = others
    return kept


def _trimmed(found: list[SuiteWalk]) -> tuple[SuiteWalk, ...]:
    """The runs, each cut after the last target that only it shows."""
    for number, walk in enumerate(found):
        own = walk.shows & ~_others(found, number)
        so_far = accumulate((step.shows for step in walk.steps), or_)
        length = next(place for place, mask in enumerate(so_far, 1) if not own & ~mask)
        found[number] = _walked(walk.steps[:length])
    return tuple(
        SuiteWalk(walk.steps, walk.shows, walk.shows & ~_others(found, number)) for number, walk in enumerate(found)
    )


def _others(found: Sequence[SuiteWalk], number: int) -> int:
    return _all([*found[:number], *found[number + 1 :]])


def _all(found: Sequence[SuiteWalk]) -> int:
    mask = 0
    for walk in found:
        mask |= walk.shows
    return mask
