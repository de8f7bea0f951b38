"""What follows from a law of durations: its moments, its distribution function and its inverse."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from statistics import NormalDist

from covage_model.ground.gamma import gamma_quantile, lower_gamma
from covage_model.pack.model.profile import Law

_NORMAL = NormalDist()


def mean(law: Law | None) -> float:
    """The mean in seconds; no law takes no time."""
    if law is None:
        return 0.0
    numbers = law.numbers
    match law.kind:
        case "uniform" | "triangular":
            return sum(numbers) / len(numbers)
        case "log-normal":
            return math.exp(numbers[0] + numbers[1] ** 2 / 2)
        case "gamma":
            return numbers[0] * numbers[1]
        case "weibull":
            return numbers[1] * math.gamma(1 + 1 / numbers[0])
        case "quantiles":
            return sum((high - low) * (first + last) / 2 for low, first, high, last in _segments(law))
    return numbers[0]  # fixed and exponential


def variance(law: Law | None) -> float:
    """The variance in square seconds."""
    if law is None:
        return 0.0
    numbers = law.numbers
    match law.kind:
        case "uniform":
            return (numbers[1] - numbers[0]) ** 2 / 12
        case "triangular":
            a, c, b = numbers
            return (a * a + b * b + c * c - a * b - a * c - b * c) / 18
        case "exponential":
            return numbers[0] ** 2
        case "log-normal":
            return math.expm1(numbers[1] ** 2) * mean(law) ** 2
        case "gamma":
            return numbers[0] * numbers[1] ** 2
        case "weibull":
            return numbers[1] ** 2 * math.gamma(1 + 2 / numbers[0]) - mean(law) ** 2
        case "quantiles":
            squares = ((high - low) * (a * a + a * b + b * b) / 3 for low, a, high, b in _segments(law))
            return sum(squares) - mean(law) ** 2
    return 0.0


def _segments(law: Law) -> list[tuple[float, float, float, float]]:
    """The straight parts of the inverse distribution: share, value, next share, next value."""
    shares, values = law.numbers[::2], law.numbers[1::2]
    return list(zip(shares, values, shares[1:], values[1:], strict=False))


def below(law: Law, seconds: float) -> float:
    """The chance of at most so many seconds."""
    numbers = law.numbers
    match law.kind:
        case "fixed":
            return float(seconds >= numbers[0])
        case "exponential":
            return -math.expm1(-seconds / numbers[0]) if seconds > 0 else 0.0
        case "log-normal":
            return _NORMAL.cdf((math.log(seconds) - numbers[0]) / numbers[1]) if seconds > 0 else 0.0
        case "gamma":
            return lower_gamma(numbers[0], seconds / numbers[1])
        case "weibull":
            return -math.expm1(-((seconds / numbers[1]) ** numbers[0])) if seconds > 0 else 0.0
        case "uniform":
            return min(1.0, max(0.0, (seconds - numbers[0]) / (numbers[1] - numbers[0])))
        case "triangular":
            return _triangular_below(numbers, seconds)
    return _quantiles_below(law, seconds)


def _triangular_below(numbers: tuple[float, ...], seconds: float) -> float:
    a, c, b = numbers
    if seconds <= a:
        return 0.0
    if seconds >= b:
        return 1.0
    if seconds <= c:
        return (seconds - a) ** 2 / ((b - a) * (c - a))
    return 1 - (b - seconds) ** 2 / ((b - a) * (b - c))


def _quantiles_below(law: Law, seconds: float) -> float:
    shares, values = law.numbers[::2], law.numbers[1::2]
    place = bisect_right(values, seconds)
    if place == 0:
        return 0.0
    if place == len(values):
        return 1.0
    low, high = values[place - 1], values[place]
    return shares[place - 1] + (shares[place] - shares[place - 1]) * (seconds - low) / (high - low)


def quantile(law: Law, share: float) -> float:
    """The seconds below which that share (0 < share < 1) of the durations lies."""
    numbers = law.numbers
    match law.kind:
        case "exponential":
            return -numbers[0] * math.log1p(-share)
        case "log-normal":
            return math.exp(numbers[0] + numbers[1] * _NORMAL.inv_cdf(share))
        case "gamma":
            return numbers[1] * gamma_quantile(numbers[0], share)
        case "weibull":
            return float(numbers[1] * (-math.log1p(-share)) ** (1 / numbers[0]))
        case "uniform":
            return numbers[0] + (numbers[1] - numbers[0]) * share
        case "triangular":
            a, c, b = numbers
            if share * (b - a) <= c - a:
                return a + math.sqrt(share * (b - a) * (c - a))
            return b - math.sqrt((1 - share) * (b - a) * (b - c))
        case "quantiles":
            shares, values = numbers[::2], numbers[1::2]
            place = min(max(bisect_left(shares, share), 1), len(shares) - 1)
            part = (share - shares[place - 1]) / (shares[place] - shares[place - 1])
            return values[place - 1] + part * (values[place] - values[place - 1])
    return numbers[0]
