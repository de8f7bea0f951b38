"""Durations drawn from laws, many at once. Log-normal and fixed durations are one formula, others go law by law."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from statistics import NormalDist

import numpy as np

from covage_model.behaviour.population.draws import Reals, Whole, Words, normals, uniforms
from covage_model.behaviour.population.laws import quantile
from covage_model.pack.model.profile import Law

_NODES = 1024  # of a table of quantiles, evenly distributed in a normal number
_WIDEST = 8.0  # standard deviations at the ends of the table


class LawTable:
    """The laws of numbered things as columns. `of` draws a duration for each thing of a list."""

    def __init__(self, waits: Sequence[Law | None], works: Sequence[Law | None]) -> None:
        self._columns = [_LawColumn(waits, 0), _LawColumn(works, 1)]
        self.works = self._columns[1].any

    def of(self, things: Whole, words: Words) -> tuple[Whole, Whole | None]:
        """The whole seconds of waiting and of work; None if nothing in the table takes work."""
        pair = normals(words, both=self.works)
        waiting, working = self._columns
        return waiting.drawn(things, words, pair[0]), working.drawn(things, words, pair[1]) if self.works else None


class _LawColumn:
    def __init__(self, laws: Sequence[Law | None], side: int) -> None:
        self._side = side
        self.any = any(law is not None for law in laws)
        plain = [_logarithm(law) for law in laws]
        self._mu = np.array([mu for mu, _ in plain], dtype=np.float64)
        self._sigma = np.array([sigma for _, sigma in plain], dtype=np.float64)
        others = dict.fromkeys(law for law in laws if law is not None and law.kind not in ("fixed", "log-normal"))
        self._others = [(law, _table(law)) for law in others]
        numbers = {law: number for number, law in enumerate(others)}
        self._other = np.array([-1 if law is None else numbers.get(law, -1) for law in laws], dtype=np.int64)

    def drawn(self, things: Whole, words: Words, normal: Reals) -> Whole:
        values = self._sigma[things]
        values *= normal
        values += self._mu[things]
        np.exp(values, out=values)
        if self._others:
            other = self._other[things]
            for number, (law, table) in enumerate(self._others):
                where = np.flatnonzero(other == number)
                if len(where):
                    values[where] = _values(law, table, words[where], normal[where], self._side)
        np.rint(values, out=values)
        return values.astype(np.int64)


def _logarithm(law: Law | None) -> tuple[float, float]:
    """The mean and deviation of the logarithm of a log-normal or fixed duration; zero for others."""
    if law is not None and law.kind == "log-normal":
        return law.numbers[0], law.numbers[1]
    if law is not None and law.kind == "fixed" and law.numbers[0]:
        return float(np.log(law.numbers[0])), 0.0
    return -np.inf, 0.0


def _table(law: Law) -> Reals | None:
    """Logarithms of quantiles of a gamma law, by normal numbers; other laws have a formula."""
    return np.array(gamma_steps(law)[0]) if law.kind == "gamma" else None


@cache
def gamma_steps(law: Law) -> tuple[list[float], float, float]:
    """Logarithms of quantiles of a gamma law; the normal number of the first, and the distance between two."""
    normal = NormalDist()
    shares = [min(max(normal.cdf(z), 1e-15), 1 - 1e-15) for z in np.linspace(-_WIDEST, _WIDEST, _NODES).tolist()]
    return [math.log(quantile(law, share)) for share in shares], -_WIDEST, 2 * _WIDEST / (_NODES - 1)


def _values(law: Law, table: Reals | None, words: Words, normal: Reals, side: int) -> Reals:
    numbers = law.numbers
    if table is not None:
        return np.exp(np.interp(normal, np.linspace(-_WIDEST, _WIDEST, _NODES), table))
    share = uniforms(words)[side]
    match law.kind:
        case "exponential":
            return -numbers[0] * np.log(share)
        case "weibull":
            return numbers[1] * (-np.log(share)) ** (1 / numbers[0])
        case "uniform":
            return numbers[0] + (numbers[1] - numbers[0]) * share
        case "triangular":
            a, c, b = numbers
            rising = a + np.sqrt(share * (b - a) * (c - a))
            falling = b - np.sqrt((1 - share) * (b - a) * (b - c))
            return np.where(share * (b - a) <= c - a, rising, falling)
    return np.interp(share, numbers[::2], numbers[1::2])
