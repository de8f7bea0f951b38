"""The incomplete gamma function, which the standard library does not have."""

from __future__ import annotations

import math

_STEPS = 10_000
_SMALL = 1e-300
_EPSILON = 1e-15


def lower_gamma(shape: float, x: float) -> float:
    """
    The regularised lower incomplete gamma function: the share of a gamma distribution of scale 1 below `x`.

    >>> round(lower_gamma(1.0, 1.0), 12) == round(1 - math.exp(-1), 12)
    True
    """
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    return front * _series(shape, x) if x < shape + 1 else 1.0 - front * _fraction(shape, x)


def _series(shape: float, x: float) -> float:
    term = total = 1.0 / shape
    for step in range(1, _STEPS):
        term *= x / (shape + step)
        total += term
        if term < total * _EPSILON:
            break
    return total


def _fraction(shape: float, x: float) -> float:
    """The continued fraction of the upper function, by Lentz's method."""
    b = x + 1.0 - shape
    c, d = 1.0 / _SMALL, 1.0 / b
    value = d
    for step in range(1, _STEPS):
        a = -step * (step - shape)
        b += 2.0
        d = 1.0 / _away_from_zero(a * d + b)
        c = _away_from_zero(b + a / c)
        value *= c * d
        if abs(c * d - 1.0) < _EPSILON:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _SMALL else _SMALL


def gamma_quantile(shape: float, share: float) -> float:
    """The value below which that share (0 < share < 1) of a gamma distribution of scale 1 lies."""
    low, high = -700.0, math.log(shape + 1.0) + 1.0  # of the logarithm
    while lower_gamma(shape, math.exp(high)) < share:
        high += 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if lower_gamma(shape, math.exp(middle)) < share:
            low = middle
        else:
            high = middle
        if high - low < 1e-14 * max(1.0, abs(high)):
            break
    return math.exp((low + high) / 2)
