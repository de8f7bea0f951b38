"""Durations on a grid of moments, so that sums and renewals of them can be computed."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from covage_model.behaviour.population.draws import Reals
from covage_model.behaviour.population.exact.partial_moments import knots, moments_below, parts
from covage_model.ground.classes import dataclass
from covage_model.pack.model.profile import Law

PARTS = 1_000  # of a second: fixed durations are written with at most so many


@dataclass(frozen=True, slots=True)
class GridDuration:
    """
    A duration at the moments 0, 1, 2 … of a grid.

    `atoms` are the chances to last exactly so long. Of all other durations, `reached` has the chance to last at most so
    long; `spread` the same chances shared between the two moments next to a duration, so that the mean stays.
    """

    atoms: Reals
    reached: Reals
    spread: Reals

    @property
    def whole(self) -> Reals:
        """All chances, those of no moment shared between the two next to it."""
        return self.atoms + self.spread


class DurationGrid:
    """Durations up to so many seconds, at `count + 1` moments."""

    def __init__(self, seconds: float, count: int) -> None:
        self._seconds, self._count = seconds, count
        self._known: dict[tuple[tuple[Law, ...], int], GridDuration] = {}

    def duration(self, laws: tuple[Law, ...], every: int) -> GridDuration:
        """The sum of durations, at each `every`-th moment of the grid."""
        key = laws, every
        if key not in self._known:
            self._known[key] = self._summed(laws, every)
        return self._known[key]

    def _summed(self, laws: tuple[Law, ...], every: int) -> GridDuration:
        if not laws:
            atoms, none = np.zeros(self._count // every + 1), np.zeros(self._count // every + 1)
            atoms[0] = 1.0
            return GridDuration(atoms, none, none)
        if len(laws) == 1:
            return self._single(laws[0], every)
        first, second = self.duration(laws[:1], every), self.duration(laws[1:], every)
        atoms = convolved(first.atoms, second.atoms)
        atoms[atoms < 1e-15] = 0.0
        reached = convolved(first.atoms, second.reached) + convolved(first.reached, second.whole)
        return GridDuration(atoms, reached, convolved(first.whole, second.whole) - atoms)

    def _single(self, law: Law, every: int) -> GridDuration:
        count = self._count // every
        span = self._seconds / count
        atoms, reached, spread = (np.zeros(count + 1) for _ in range(3))
        for share, part in parts(law):
            if part.kind == "fixed":
                place = round(part.numbers[0] / span)
                if place <= count:
                    atoms[place] += share
                continue
            chance, first = (column[::every] for column in _below(part, self._seconds, self._count))
            area = np.arange(count + 1) * span * chance - first  # the integral of the distribution so far
            slopes = np.diff(area, prepend=0.0) / span
            spread += share * np.append(np.diff(slopes), chance[-1] - slopes[-1])
            reached += share * chance
        return GridDuration(atoms, reached, spread)


@lru_cache(64)
def _below(law: Law, seconds: float, count: int) -> tuple[Reals, Reals]:
    """At each moment of a grid the chance to be below, and the mean there, counted as 0 beyond."""
    found = np.array([moments_below(law, seconds / count * n)[:2] for n in range(count + 1)])
    return found[:, 0], found[:, 1]


def convolved(first: Reals, second: Reals) -> Reals:
    """The sums over all moments before each, along the last axis."""
    count = first.shape[-1]
    size = fast_size(2 * count - 1)
    found: Reals = np.fft.irfft(np.fft.rfft(first, size) * np.fft.rfft(second, size), size)[..., :count]
    return found


def fast_size(least: int) -> int:
    """The least size that is not below and has small factors alone, for which transforms are fast."""
    halves = (odd << max(0, -(-least // odd) - 1).bit_length() for odd in (1, 3, 5, 9, 15, 25, 27, 45))
    return min(halves)


def integral(values: Reals, span: float) -> Reals:
    """The integral up to each moment, along the last axis, by the rule of trapezia."""
    halves = (values[..., 1:] + values[..., :-1]) * (span / 2)
    found: Reals = np.concatenate([np.zeros((*values.shape[:-1], 1)), np.cumsum(halves, axis=-1)], axis=-1)
    return found


def spans(seconds: float, laws: set[Law], least: int) -> int:
    """
    The least number of spans, at least `least`, at whose borders every fixed duration up to so many seconds lies.

    So do the places at which a density bends, unless that needs more than `least`.
    """
    whole = round(seconds * PARTS)
    needed = [max(whole // math.gcd(whole, each), 1) for each in _measures(seconds, laws)]
    count = needed[0] if needed[0] <= least else needed[1]
    return count * math.ceil(least / count)


def whole_measures(seconds: float, laws: set[Law], most: int) -> float:
    """
    The least number of seconds, at least `seconds`, that is a multiple of what all fixed durations have in common.

    Also of what the places have in common at which a density bends, unless there are more than `most` such spans.
    """
    bends, fixed = (each or max(round(seconds * PARTS), 1) for each in _measures(seconds, laws))
    measure = (bends if seconds * PARTS / bends <= most else fixed) / PARTS
    return measure * math.ceil(seconds / measure - 1e-9)


def _measures(seconds: float, laws: set[Law]) -> tuple[int, int]:
    """The measure in common of the bends of laws below so many seconds, and of the fixed durations; 0 without any."""
    every = [(part, knot) for law in laws for _, part in parts(law) for knot in knots(part) if 0 < knot < seconds]
    fixed = math.gcd(*(round(knot * PARTS) for part, knot in every if part.kind == "fixed"))
    return math.gcd(*(round(knot * PARTS) for _, knot in every)), fixed
