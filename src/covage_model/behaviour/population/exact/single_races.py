"""Races of durations of one law each: a sum over the nodes of each, of the chance that all others last longer."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from covage_model.behaviour.population.draws import Reals
from covage_model.behaviour.population.exact.partial_moments import Moments, knots
from covage_model.behaviour.population.exact.quadrature import nodes
from covage_model.behaviour.population.laws import below
from covage_model.ground.classes import dataclass
from covage_model.pack.model.profile import Law

_EPSILON = 1e-16
_TERMS = 10_000


@dataclass(frozen=True, slots=True)
class Runner:
    """A drawn duration in a race: `after` seconds and a continuous law."""

    after: float
    law: Law


def race_of_single_laws(runners: Sequence[Runner], end: float) -> tuple[list[Moments], list[Moments], float]:
    """
    For each runner the chance to be the first before `end`, and the means of the time and of its square.

    Also the same over every other node, and the chance that nobody comes before `end`.
    """
    fine, coarse = [], []
    for number, runner in enumerate(runners):
        others = [each for place, each in enumerate(runners) if place != number]
        bends = [each.after + knot - runner.after for each in others for knot in knots(each.law)]
        drawn = nodes(runner.law, [*bends, end - runner.after])
        times = runner.after + drawn[0]
        alone = np.prod([1 - reached(each.law, times - each.after) for each in others], axis=0) * (times < end)
        sums = [[float((times**power * alone) @ drawn[column]) for power in range(3)] for column in (1, 2)]
        fine.append((sums[0][0], sums[0][1], sums[0][2]))
        coarse.append((sums[1][0], sums[1][1], sums[1][2]))
    nobody = math.prod(1 - below(each.law, end - each.after) for each in runners) if end < math.inf else 0.0
    return fine, coarse, nobody


def reached(law: Law, seconds: Reals) -> Reals:
    """The chances of at most so many seconds; the law is continuous."""
    places, numbers = np.maximum(seconds, 0.0), law.numbers
    found: Reals
    match law.kind:
        case "exponential":
            found = -np.expm1(-places / numbers[0])
        case "weibull":
            found = -np.expm1(-((places / numbers[1]) ** numbers[0]))
        case "uniform":
            found = np.clip((places - numbers[0]) / (numbers[1] - numbers[0]), 0.0, 1.0)
        case "quantiles":
            found = np.interp(places, numbers[1::2], numbers[::2])
        case "gamma":
            found = _lower_gamma(numbers[0], places / numbers[1])
        case _:
            found = np.array([below(law, place) for place in places.tolist()])
    return found


def _lower_gamma(shape: float, places: Reals) -> Reals:
    """The regularised lower incomplete gamma function, as `ground.gamma` has it for one number."""
    with np.errstate(divide="ignore"):
        front = np.exp(shape * np.log(places) - places - math.lgamma(shape))
    found: Reals = np.zeros(len(places))
    low = places < shape + 1
    term = np.full(int(low.sum()), 1 / shape)
    total = term.copy()
    for step in range(1, _TERMS):
        term *= places[low] / (shape + step)
        total += term
        if not (term > total * _EPSILON).any():
            break
    found[low] = front[low] * total
    found[~low] = 1 - front[~low] * _upper_fraction(shape, places[~low])
    return found


def _upper_fraction(shape: float, places: Reals) -> Reals:
    """The continued fraction of the upper function, by Lentz's method."""
    b = places + 1 - shape
    c, d = np.full(len(b), 1e300), 1 / b
    value = d.copy()
    for step in range(1, _TERMS):
        a = -step * (step - shape)
        b = b + 2
        d = 1 / (a * d + b)
        c = b + a / c
        value *= c * d
        if not (abs(c * d - 1) > _EPSILON * 4).any():
            break
    return value
