"""Durations counted in bins: whole seconds below 2048, above that bins of at most a thousandth of their value."""

from __future__ import annotations

import numpy as np

from covage_model.behaviour.population.draws import Whole

_BITS = 10


def bin_of(seconds: Whole) -> Whole:
    """The bin of each duration (0 or more)."""
    exponent = np.frexp(seconds.astype(np.float64))[1].astype(np.int64) - (_BITS + 1)
    np.maximum(exponent, 0, out=exponent)
    return (exponent << _BITS) + (seconds >> exponent)


def span_of(number: int) -> tuple[int, int]:
    """The least and the largest duration in a bin."""
    exponent = max((number >> _BITS) - 1, 0)
    low = (number - (exponent << _BITS)) << exponent
    return low, low + (1 << exponent) - 1


def middle_of(number: int) -> int:
    """The middle of a bin."""
    low, high = span_of(number)
    return (low + high) // 2
