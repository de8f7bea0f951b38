"""A lower bound on the size of a suite: a set of targets of which no run can show two."""

from __future__ import annotations

from covage_model.quality.suites.targets import bits_of
from covage_model.quality.suites.terrain import Terrain


def least_runs(terrain: Terrain, shown: int) -> int:
    """
    A lower bound on the number of runs that any suite needs to show all of `shown`, if the table is complete.

    It is the size of a set of targets of which no run can show two, found greedily from each target in turn; there may
    be a larger one.
    """
    rows = together(terrain, shown)
    everything, best = (1 << len(rows)) - 1, 0
    for first in rows:
        count, free = 1, everything & ~first
        while free:
            count, free = count + 1, free & ~rows[(free & -free).bit_length() - 1]
        best = max(best, count)
    return best


def together(terrain: Terrain, shown: int) -> list[int]:
    """
    For each target of `shown`, the mask of the targets that some run shows together with it, itself included.

    Targets are renumbered: those with the fewest companions come first.
    """
    after, bits, count = _after(terrain), list(bits_of(shown)), len(terrain.targets.found)
    later = _columns([_text(after[bit], count) for bit in bits], bits)
    rows = [_mask(row) | _mask(column) for row, column in zip(later, _transposed(later), strict=True)]
    order = sorted(range(len(rows)), key=lambda place: rows[place].bit_count())
    return [*map(_mask, _columns([_text(rows[place], len(rows)) for place in order], order))]


def _text(mask: int, count: int) -> str:
    """A mask as a text of 0 and 1, the lowest bit first. Texts are transposed and sliced faster than bits."""
    return f"{mask:0{count}b}"[::-1]


def _mask(text: str) -> int:
    return int(text[::-1], 2)


def _transposed(rows: list[str]) -> list[str]:
    return ["".join(column) for column in zip(*rows, strict=True)]


def _columns(rows: list[str], places: list[int]) -> list[str]:
    """The columns at `places`, in this order, of every row."""
    columns = _transposed(rows)
    return _transposed([columns[place] for place in places])


def _after(terrain: Terrain) -> dict[int, int]:
    """For each target, the mask of the targets that a run can show in the same step or after it."""
    targets, arrows = terrain.targets, _entered(terrain)
    steps: dict[int, int] = {}  # by the targets shown at once, without pairs: there are few different masks
    after: dict[int, int] = {}
    for step in terrain.steps(None):
        steps[step.shows] = steps.get(step.shows, 0) | step.shows | terrain.future(step.to)
    for number in terrain.reached:
        unit, here = terrain.unit[number], targets.here[number]
        if len(terrain.members(unit)) > 1:  # an edit leads there: pairs go on from the arrows that enter the unit
            ahead = here
            for before in (*bits_of(arrows.get(unit, 0)), -1):
                ahead |= terrain.future((number, before))
            steps[here] = steps.get(here, 0) | ahead
        for n in terrain.moves(number):
            shows, arrow = targets.shown[n], targets.arrow[n]
            ahead = shows | terrain.future((terrain.space.targets[n], arrow if targets.pairs else -1))
            for before in bits_of(arrows.get(unit, 0)):
                bit = targets.bases[before] + targets.local[arrow]
                after[bit] = after.get(bit, 1 << bit) | ahead
            steps[shows] = steps.get(shows, 0) | ahead
    for shows, mask in steps.items():
        for bit in bits_of(shows):
            after[bit] = after.get(bit, 0) | mask
    return after


def _entered(terrain: Terrain) -> dict[int, int]:
    """For each unit, the mask of the arrows that lead to it; empty if pairs are not covered."""
    arrows: dict[int, int] = {}
    if terrain.targets.pairs:
        for number in terrain.reached:
            for n in terrain.moves(number):
                unit = terrain.unit[terrain.space.targets[n]]
                arrows[unit] = arrows.get(unit, 0) | 1 << terrain.targets.arrow[n]
    return arrows
