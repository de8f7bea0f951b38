"""
Percentiles of the lead time between two bounds: every duration is rounded down, and then up, to a grid.

Both rounded chains are solved exactly, by their generating function at the roots of unity.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from covage_model.behaviour.population.chances import Chances
from covage_model.behaviour.population.draws import Reals
from covage_model.behaviour.population.exact.rounded import GRID, RADIUS, RoundedOption, rounded_options
from covage_model.behaviour.population.exact.steps import Steps, endless
from covage_model.ground.classes import dataclass

_LARGEST = 300  # places: a system of that size is solved for each of the frequencies
_AT_ONCE = 1 << 22  # numbers of the systems that are solved together
_DEVIATIONS = 10.5  # by Cantelli's inequality, 99 % of all durations are less than so many deviations above the mean


@dataclass(frozen=True, slots=True)
class Bracket:
    """A percentile of the lead time: it is not below `low` and not above `high` seconds."""

    share: float
    low: float
    high: float


def can_bracket(chances: Chances) -> bool:
    """Whether the table is small enough."""
    return len(chances) <= _LARGEST


def brackets(
    chances: Chances, steps: Steps, mean: float, variance: float, shares: Sequence[float], state: str | None = None
) -> tuple[Bracket, ...]:
    """
    The percentiles of the lead time of orders that end in `state` (None: anywhere).

    `steps` are those of the table, `mean` and `variance` those of this lead time. () if the table is too large or the
    lead time is always 0.
    """
    span = (mean + _DEVIATIONS * math.sqrt(variance)) / GRID * 1.001
    if not can_bracket(chances) or not span > 0:
        return ()
    stays = endless(chances, steps)
    low, high = (
        _distribution(chances, rounded_options(chances, steps, span, up=up), stays, state) for up in (False, True)
    )
    total = _chance(chances, steps, stays, state)
    found = []
    for share in shares:
        ranks = [int(np.searchsorted(each, share * total * (1 - 1e-9))) for each in (low, high)]
        if max(ranks) >= GRID:
            return ()
        found.append(Bracket(share, ranks[0] * span, ranks[1] * span))
    return tuple(found)


def _chance(chances: Chances, steps: Steps, stays: list[int], state: str | None) -> float:
    """The chance to end in that state: the generating function at 1."""
    size = len(chances)
    matrix = np.eye(size)
    for place in range(size):
        for n, chance, *_ in steps.leaves(chances, place):
            matrix[place, chances.target[n]] -= chance
    matrix[stays] = np.eye(size)[stays]
    return float(_start(chances) @ np.linalg.solve(matrix, _goal(chances, state)))


def _start(chances: Chances) -> Reals:
    start = np.zeros(len(chances))
    for place, chance in chances.start:
        start[place] += chance
    return start


def _goal(chances: Chances, state: str | None) -> Reals:
    return np.array(
        [float(ended and state in (None, name)) for ended, name in zip(chances.ended, chances.states, strict=True)]
    )


def _distribution(chances: Chances, rounded: Iterable[RoundedOption], stays: list[int], state: str | None) -> Reals:
    """
    The chance to have ended after 0, 1, 2 … spans, with every duration rounded.

    Places of `stays` are cut off, so that no system is singular.
    """
    size, frequencies, cut = len(chances), GRID // 2 + 1, set(stays)
    kept = [each for each in rounded if each.place not in cut]
    start, goal = _start(chances), _goal(chances, state)
    found = np.empty(frequencies, dtype=np.complex128)
    step = max(1, _AT_ONCE // (size * size))
    for begin in range(0, frequencies, step):
        part = slice(begin, min(begin + step, frequencies))
        count = part.stop - begin
        matrices = np.zeros((count, size, size), dtype=np.complex128)
        matrices[:, range(size), range(size)] = 1
        for each in kept:
            matrices[:, each.place, chances.target[each.option]] -= each.times[part] * each.chance
        solved = np.linalg.solve(matrices, np.broadcast_to(goal[:, None], (count, size, 1)))[:, :, 0]
        found[part] = solved @ start
    damped = np.fft.irfft(found, GRID)
    masses: Reals = damped * RADIUS ** -np.arange(GRID)
    return np.maximum.accumulate(np.cumsum(masses))
