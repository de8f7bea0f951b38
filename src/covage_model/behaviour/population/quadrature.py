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

from covage_model.behaviour.population.partial_moments import knots
from covage_model.ground.classes import dataclass
from covage_model.pack.model.profile import Law

_STEP = 1 / 16
_EDGE = 3.0  # of the rule: beyond it, weights are below 1e-12
_WIDEST = 3.0  # of a panel, in the logarithm of the duration
_TAIL = 1e-14  # the chance of what is left out at each end
_DEVIATIONS = 8.0  # of the logarithm of a log-normal duration, to each side


@dataclass(frozen=True, slots=True)
class QuadratureNode:
    """A duration in seconds, its weight among all nodes, and its weight among every other node (0: not among them)."""

    seconds: float
    weight: float
    coarse: float


def nodes(law: Law, bends: Sequence[float]) -> list[QuadratureNode]:
    """
    The nodes for a function that bends at these seconds; their weights sum to 1, but for the error of the rule.

    The law is continuous, and no law of quantiles.
    """
    low, high = _span(law)
    inside = {math.log(bend) for bend in (*bends, *knots(law)) if bend > 0}
    borders = [low, *sorted(bend for bend in inside if low < bend < high), high]
    found = []
    for left, right in pairwise(borders):
        panels = max(1, math.ceil((right - left) / _WIDEST))
        half = (right - left) / panels / 2
        for number in range(panels):
            middle = left + (2 * number + 1) * half
            for place, weight, coarse in _rule():
                seconds = math.exp(middle + half * place)
                density = _density(law, seconds) * seconds * half
                if density * weight > _TAIL * _TAIL:
                    found.append(QuadratureNode(seconds, density * weight, density * coarse))
    return found


@cache
def _rule() -> tuple[tuple[float, float, float], ...]:
    """Places from -1 to 1, with their weights among all and among every other."""
    found = []
    most = round(_EDGE / _STEP)
    for number in range(-most, most + 1):
        t = number * _STEP
        inner = math.pi / 2 * math.sinh(t)
        weight = _STEP * math.pi / 2 * math.cosh(t) / math.cosh(inner) ** 2
        found.append((math.tanh(inner), weight, 0.0 if number % 2 else 2 * weight))
    return tuple(found)


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


def _density(law: Law, seconds: float) -> float:
    numbers = law.numbers
    match law.kind:
        case "log-normal":
            mu, sigma = numbers
            place = (math.log(seconds) - mu) / sigma
            return math.exp(-place * place / 2) / (seconds * sigma * math.sqrt(2 * math.pi))
        case "gamma":
            shape, scale = numbers
            place = seconds / scale
            return math.exp((shape - 1) * math.log(place) - place - math.lgamma(shape)) / scale
        case "weibull":
            shape, scale = numbers
            place = seconds / scale
            return float(shape / scale * place ** (shape - 1) * math.exp(-(place**shape)))
        case "uniform":
            return 1 / (numbers[1] - numbers[0])
        case "triangular":
            least, mode, most = numbers
            if seconds < mode:
                return 2 * max(seconds - least, 0.0) / ((most - least) * (mode - least))
            return 2 * max(most - seconds, 0.0) / ((most - least) * (most - mode)) if mode < most else 0.0
    return math.exp(-seconds / numbers[0]) / numbers[0]
