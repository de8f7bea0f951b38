"""
The mean of a function of a drawn duration, as a sum over nodes.

Between the places at which the function or the density bends, both are smooth in the logarithm of the duration. There
the rule of Takahasi and Mori (tanh-sinh) gains as many digits as it had with each halving of its step, whatever happens
at the ends. So the sum over every other node tells how good the sum over all is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from covage_model.behaviour.population.draws import Reals
from covage_model.behaviour.population.exact.partial_moments import knots, parts
from covage_model.pack.model.profile import Law

_STEP = 1 / 16
_EDGE = 3.0  # of the rule: beyond it, weights are below 1e-12
_WIDEST = 3.0  # of a panel, in the logarithm of the duration
_TAIL = 1e-14  # the chance of what is left out at each end
_DEVIATIONS = 8.0  # of the logarithm of a log-normal duration, to each side


def nodes(law: Law, bends: Sequence[float]) -> Reals:
    """
    Durations in seconds, their weights among all nodes, and among every other node, as three rows.

    The function whose mean is wanted bends at `bends` (seconds). The weights sum to 1, but for the error of the rule.
    The law is not fixed, and if it is of quantiles, no two of them are equal.
    """
    columns = [_nodes(part, bends) * ((1.0,), (share,), (share,)) for share, part in parts(law)]
    return np.concatenate(columns, axis=1)


def _nodes(law: Law, bends: Sequence[float]) -> Reals:
    low, high = _span(law)
    inside = {math.log(bend) for bend in (*bends, *knots(law)) if bend > 0}
    borders = [low, *sorted(bend for bend in inside if low < bend < high), high]
    middles, halves = [], []
    for left, right in pairwise(borders):
        panels = max(1, math.ceil((right - left) / _WIDEST))
        half = (right - left) / panels / 2
        middles += [left + (2 * number + 1) * half for number in range(panels)]
        halves += [half] * panels
    places, weights, coarse = _rule()
    half_widths = np.array(halves)[:, None]
    seconds = np.exp(np.array(middles)[:, None] + half_widths * places)
    scale = _density(law, seconds) * seconds * half_widths
    found = np.array([seconds, scale * weights, scale * coarse]).reshape(3, -1)
    kept: Reals = found[:, found[1] > _TAIL * _TAIL]
    return kept


@cache
def _rule() -> tuple[Reals, Reals, Reals]:
    """Places from -1 to 1, with their weights among all and among every other."""
    most = round(_EDGE / _STEP)
    t = np.arange(-most, most + 1) * _STEP
    inner = math.pi / 2 * np.sinh(t)
    weights = _STEP * math.pi / 2 * np.cosh(t) / np.cosh(inner) ** 2
    return np.tanh(inner), weights, np.where(np.arange(-most, most + 1) % 2 == 0, 2 * weights, 0.0)


def _span(law: Law) -> tuple[float, float]:
    """The logarithms of durations between which all but a tiny share lies."""
    numbers, tail = law.numbers, math.log(_TAIL)
    match law.kind:
        case "log-normal":
            mu, sigma = numbers
            return mu - _DEVIATIONS * sigma, mu + (_DEVIATIONS + 2 * sigma) * sigma  # its square lies higher
        case "gamma":
            shape, scale = numbers
            least = (tail + math.lgamma(shape + 1)) / shape
            return math.log(scale) + least, math.log(scale * (shape - 1.5 * tail + _DEVIATIONS * math.sqrt(shape)))
        case "weibull":
            return math.log(numbers[1]) + tail / numbers[0], math.log(numbers[1]) + math.log(-1.5 * tail) / numbers[0]
        case "exponential":
            return math.log(numbers[0]) + tail, math.log(numbers[0] * -1.5 * tail)
    return math.log(max(numbers[0], numbers[-1] * _TAIL)), math.log(numbers[-1])


def _density(law: Law, seconds: Reals) -> Reals:
    numbers, found = law.numbers, seconds
    match law.kind:
        case "log-normal":
            mu, sigma = numbers
            place = (np.log(seconds) - mu) / sigma
            found = np.exp(-place * place / 2) / (seconds * sigma * math.sqrt(2 * math.pi))
        case "gamma":
            shape, scale = numbers
            place = seconds / scale
            found = np.exp((shape - 1) * np.log(place) - place - math.lgamma(shape)) / scale
        case "weibull":
            shape, scale = numbers
            place = seconds / scale
            found = shape / scale * place ** (shape - 1) * np.exp(-(place**shape))
        case "uniform":
            found = np.full(seconds.shape, 1 / (numbers[1] - numbers[0]))
        case "triangular":
            least, mode, most = numbers
            rising = 2 * np.maximum(seconds - least, 0.0) / ((most - least) * (mode - least or 1.0))
            falling = 2 * np.maximum(most - seconds, 0.0) / ((most - least) * (most - mode or 1.0))
            found = np.where(seconds < mode, rising, falling if mode < most else 0.0)
        case _:
            found = np.exp(-seconds / numbers[0]) / numbers[0]
    return found
