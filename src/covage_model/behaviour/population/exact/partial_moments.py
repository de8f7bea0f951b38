"""What is needed of a law where it is cut off: the moments below a place, and the places at which it bends."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from statistics import NormalDist

from covage_model.behaviour.population.laws import mean, variance
from covage_model.ground.gamma import lower_gamma
from covage_model.pack.model.profile import Law

_NORMAL = NormalDist()
_MOST = 700.0  # e to this power is a float
_POINT = 1 / math.sqrt(3)  # Gauss's rule with two points is exact for polynomials of degree 3
Moments = tuple[float, float, float]  # a chance, and the means of a duration and of its square, each with that chance


def parts(law: Law) -> list[tuple[float, Law]]:
    """The laws that a law is mixed of, with their shares: quantiles are uniform between two of them, others one."""
    if law.kind != "quantiles":
        return [(1.0, law)]
    shares, values = law.numbers[::2], law.numbers[1::2]
    found = []
    for number in range(len(shares) - 1):
        low, high = values[number], values[number + 1]
        each = replace(law, kind="fixed", numbers=(low,))
        if low < high:
            each = replace(law, kind="uniform", numbers=(low, high))
        found.append((shares[number + 1] - shares[number], each))
    return found


def knots(law: Law) -> tuple[float, ...]:
    """The seconds at which the density of a law is not smooth."""
    if law.kind == "quantiles":
        return law.numbers[1::2]
    return law.numbers if law.kind in ("fixed", "uniform", "triangular") else (0.0,)


def moments_below(law: Law, seconds: float) -> Moments:
    """
    The chance of at most so many seconds, and the means of the duration and of its square, counted as 0 beyond.

    The law is continuous, and no law of quantiles.
    """
    if seconds <= 0:
        return 0.0, 0.0, 0.0
    if math.isinf(seconds):
        average = mean(law)
        return 1.0, average, variance(law) + average * average
    numbers = law.numbers
    match law.kind:
        case "gamma":
            shape, scale = numbers
            chance, first, second = (lower_gamma(shape + k, seconds / scale) for k in range(3))
            return chance, shape * scale * first, shape * (shape + 1) * scale * scale * second
        case "weibull":
            shape, scale = numbers
            powers = [1 + k / shape for k in range(3)]
            place = math.exp(min(shape * math.log(seconds / scale), _MOST))
            chance, first, second = (
                scale**k * math.gamma(power) * lower_gamma(power, place) for k, power in enumerate(powers)
            )
            return chance, first, second
        case "log-normal":
            mu, sigma = numbers
            place = (math.log(seconds) - mu) / sigma
            chance, first, second = (
                math.exp(k * mu + (k * sigma) ** 2 / 2) * _NORMAL.cdf(place - k * sigma) for k in range(3)
            )
            return chance, first, second
        case "uniform":
            low, high = numbers
            return _of_line(low, min(high, seconds), lambda _: 1 / (high - low))
        case "triangular":
            return _triangular(numbers, seconds)
    chance, first, second = (lower_gamma(1.0 + k, seconds / numbers[0]) for k in range(3))  # exponential
    return chance, numbers[0] * first, 2 * numbers[0] ** 2 * second


def _triangular(numbers: tuple[float, ...], seconds: float) -> Moments:
    least, mode, most = numbers
    rising, falling = (most - least) * (mode - least), (most - least) * (most - mode)
    first = _of_line(least, min(mode, seconds), lambda place: 2 * (place - least) / rising)
    second = _of_line(mode, min(most, seconds), lambda place: 2 * (most - place) / falling)
    return first[0] + second[0], first[1] + second[1], first[2] + second[2]


def _of_line(low: float, high: float, density: Callable[[float], float]) -> Moments:
    """The moments between two places of a density that is a straight line there."""
    if high <= low:
        return 0.0, 0.0, 0.0
    middle, half = (low + high) / 2, (high - low) / 2
    places = (middle - half * _POINT, middle + half * _POINT)
    shares = [half * density(place) for place in places]
    first, second = (sum(s * place**k for s, place in zip(shares, places, strict=True)) for k in (1, 2))
    return sum(shares), first, second
