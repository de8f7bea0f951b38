"""So many runs at least: targets of which no run can show two."""

from __future__ import annotations

from covage_model.quality.suites.targets import bits_of
from covage_model.quality.suites.terrain import Terrain


def least_runs(terrain: Terrain, shown: int) -> int:
    """
    So many runs at least show all of `shown`, whoever writes them, where the terrain has all that runs can do.

    A set of targets of which no run can show two is looked for greedily, from each target in turn: there may
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
    For each target of `shown` the mask of those that some run shows with it, itself too.

    Targets are numbered anew: first those that stand with the fewest others.
    """
    after, bits, count = _after(terrain), list(bits_of(shown)), len(terrain.targets.found)
    later = _picked([_text(after[bit], count) for bit in bits], bits)
    rows = [_mask(one) | _mask(other) for one, other in zip(later, _turned(later), strict=True)]
    order = sorted(range(len(rows)), key=lambda place: rows[place].bit_count())
    return [*map(_mask, _picked([_text(rows[place], len(rows)) for place in order], order))]


def _text(mask: int, count: int) -> str:
    """A mask as ones and noughts, that of its lowest bit first: whole masks are turned and picked as texts."""
    return f"{mask:0{count}b}"[::-1]


def _mask(text: str) -> int:
    return int(text[::-1], 2)


def _turned(rows: list[str]) -> list[str]:
    return ["".join(column) for column in zip(*rows, strict=True)]


def _picked(rows: list[str], places: list[int]) -> list[str]:
    """Of each row these places, in this order."""
    columns = _turned(rows)
    return _turned([columns[place] for place in places])


def _after(terrain: Terrain) -> dict[int, int]:
    """For each target the mask of what runs show with a step that shows it, or after it."""
    targets, arrows = terrain.targets, _entered(terrain)
    steps: dict[int, int] = {}  # by what is shown at once, pairs aside: few masks differ
    after: dict[int, int] = {}
    for step in terrain.steps(None):
        steps[step.shows] = steps.get(step.shows, 0) | step.shows | terrain.future(step.to)
    for number in terrain.reached:
        unit, here = terrain.unit[number], targets.here[number]
        if len(terrain.members(unit)) > 1:  # an edit leads there: the pairs after it are what the unit's arrows begin
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
    """For each unit the arrows that lead to it, as a mask; none where pairs are not asked for."""
    found: dict[int, int] = {}
    if terrain.targets.pairs:
        for number in terrain.reached:
            for n in terrain.moves(number):
                unit = terrain.unit[terrain.space.targets[n]]
                found[unit] = found.get(unit, 0) | 1 << terrain.targets.arrow[n]
    return found
