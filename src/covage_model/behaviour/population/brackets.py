"""
Percentiles of the lead time between two bounds: every duration is rounded down, and then up, to a grid.

Both rounded chains are solved exactly, by their generating function at the roots of unity.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from covage_model.behaviour.population.chances import Chances
from covage_model.behaviour.population.draws import Reals
from covage_model.behaviour.population.laws import below
from covage_model.ground.classes import dataclass
from covage_model.pack.model.profile import Law

GRID = 4096  # spans of the grid
_LARGEST = 300  # places: a system of that size is solved for each of the frequencies
_AT_ONCE = 1 << 22  # numbers of the systems that are solved together
_DAMPED = 1e-10  # of what lies beyond the grid, this much is mistaken for the beginning
_DEVIATIONS = 10.5  # by Cantelli's inequality, 99 % of all durations are less than so many deviations above the mean

Complex = npt.NDArray[np.complex128]


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
    chances: Chances, mean: float, variance: float, shares: Sequence[float], state: str | None = None
) -> tuple[Bracket, ...]:
    """
    The percentiles of the lead time of orders that end in `state` (None: anywhere).

    `mean` and `variance` are those of this lead time. () if the table is too large or the lead time is always 0.
    """
    span = (mean + _DEVIATIONS * math.sqrt(variance)) / GRID * 1.001
    if not can_bracket(chances) or not span > 0:
        return ()
    low, high = (_distribution(chances, span, state, up=up) for up in (False, True))
    total = _chance(chances, state)
    found = []
    for share in shares:
        ranks = [int(np.searchsorted(each, share * total * (1 - 1e-9))) for each in (low, high)]
        if max(ranks) >= GRID:
            return ()
        found.append(Bracket(share, ranks[0] * span, ranks[1] * span))
    return tuple(found)


def _chance(chances: Chances, state: str | None) -> float:
    """The chance to end in that state: the generating function at 1."""
    size = len(chances)
    matrix = np.eye(size)
    for place in range(size):
        for n in chances.options(place):
            matrix[place, chances.target[n]] -= chances.chance[n]
    stays = _stays(chances)
    matrix[stays] = np.eye(size)[stays]
    return float(_start(chances) @ np.linalg.solve(matrix, _goal(chances, state)))


def _stays(chances: Chances) -> list[int]:
    """Places from which nothing leads to an end: they are cut off, so that no system is singular."""
    return sorted({*chances.endless(), *chances.stuck()})


def _start(chances: Chances) -> Reals:
    start = np.zeros(len(chances))
    for place, chance in chances.start:
        start[place] += chance
    return start


def _goal(chances: Chances, state: str | None) -> Reals:
    return np.array(
        [float(ended and state in (None, name)) for ended, name in zip(chances.ended, chances.states, strict=True)]
    )


def _distribution(chances: Chances, span: float, state: str | None, *, up: bool) -> Reals:
    """The chance to have ended after 0, 1, 2 … spans, with every duration rounded."""
    size, radius = len(chances), _DAMPED ** (1 / GRID)
    frequencies = GRID // 2 + 1
    times = [
        _transform(each.waits, span, radius, up=up) * _transform(each.works, span, radius, up=up)
        for each in chances.labels
    ]
    rows = np.repeat(np.arange(size), np.diff(np.asarray(chances.offsets)))
    columns, labels = np.asarray(chances.target), np.asarray(chances.label)
    chance = np.asarray(chances.chance, dtype=np.float64)
    cut = np.isin(rows, _stays(chances))
    transforms = np.array(times).reshape(len(times), frequencies)
    start, goal = _start(chances), _goal(chances, state)
    found = np.empty(frequencies, dtype=np.complex128)
    step = max(1, _AT_ONCE // (size * size))
    for begin in range(0, frequencies, step):
        part = transforms[:, begin : begin + step]
        matrices = np.zeros((part.shape[1], size, size), dtype=np.complex128)
        matrices[:, range(size), range(size)] = 1
        for n in np.flatnonzero(~cut):
            matrices[:, rows[n], columns[n]] -= part[labels[n]] * chance[n]
        solved = np.linalg.solve(matrices, np.broadcast_to(goal[:, None], (part.shape[1], size, 1)))[:, :, 0]
        found[begin : begin + step] = solved @ start
    damped = np.fft.irfft(found, GRID)
    masses: Reals = damped * radius ** -np.arange(GRID)
    return np.maximum.accumulate(np.cumsum(masses))


def _transform(law: Law | None, span: float, radius: float, *, up: bool) -> Complex:
    """The generating function of a rounded duration at the damped roots of unity."""
    if law is None:
        return np.ones(GRID // 2 + 1, dtype=np.complex128)
    masses = np.zeros(GRID)
    if law.kind == "fixed":
        place = law.numbers[0] / span
        number = math.ceil(place - 1e-9) if up else math.floor(place + 1e-9)
        if number < GRID:
            masses[number] = 1.0
    else:
        reached = np.array([below(law, span * number) for number in range(GRID + 1)])
        masses[1:] = np.diff(reached[:-1]) if up else np.diff(reached)[1:]
        masses[0] = reached[0] if up else reached[1]
    return np.fft.rfft(masses * radius ** np.arange(GRID))
