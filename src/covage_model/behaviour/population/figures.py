"""Figures with their intervals: shares, means and quantiles of what was counted."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from covage_model.behaviour.population.tally import Durations
from covage_model.ground.classes import dataclass

Z = 1.959963984540054  # a normal number is within so many deviations in 95 of 100 cases
_STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
            2.120, 2.110, 2.101, 2.093)  # fmt: skip
_FEWEST = 5  # batches that give an interval, and at least half of all


@dataclass(frozen=True, slots=True)
class Figure:
    """A sampled number with the ends of its 95 % interval; None where there are too few orders to say."""

    value: float
    low: float | None
    high: float | None


def share(count: int, total: int) -> Figure | None:
    """The share of independent orders (Wilson's interval); None of nothing."""
    if not total:
        return None
    part, square = count / total, Z * Z
    centre = (part + square / (2 * total)) / (1 + square / total)
    half = Z * math.sqrt(part * (1 - part) / total + square / (4 * total * total)) / (1 + square / total)
    return Figure(part, max(0.0, centre - half), min(1.0, centre + half))


def mean(durations: Durations) -> Figure | None:
    """The mean of independent durations."""
    if not durations.count:
        return None
    if durations.count < 2:
        return Figure(durations.mean, None, None)
    half = Z * math.sqrt(durations.variance / durations.count)
    return Figure(durations.mean, max(0.0, durations.mean - half), durations.mean + half)


def quantile(durations: Durations, part: float) -> Figure | None:
    """A quantile of independent durations, with the durations at the ranks that enclose it in 95 of 100 cases."""
    total = durations.count
    if not total:
        return None
    half = Z * math.sqrt(total * part * (1 - part))
    value = float(durations.at_rank(math.ceil(total * part)))
    low, high = math.floor(total * part - half), math.ceil(total * part + half) + 1
    if low < 1 or high > total:
        return Figure(value, None, None)
    return Figure(value, float(durations.at_rank(low)), float(durations.at_rank(high)))


def summed(parts: Iterable[Durations]) -> Durations:
    """The counts of several together."""
    total = Durations()
    for part in parts:
        total.merge(part)
    return total


def batched(value: float, parts: Sequence[float | None], *, least: float = 0.0, most: float = math.inf) -> Figure:
    """A figure with the interval that the same figure of each batch gives (Student's t), within what it can be."""
    known = [part for part in parts if part is not None]
    if len(known) < max(_FEWEST, len(parts) // 2):
        return Figure(value, None, None)
    centre = sum(known) / len(known)
    deviation = math.sqrt(sum((part - centre) ** 2 for part in known) / (len(known) - 1))
    half = _STUDENT[min(len(known) - 2, len(_STUDENT) - 1)] * deviation / math.sqrt(len(known))
    return Figure(value, max(least, value - half), min(most, value + half))


def of_batches(whole: Durations, batches: Sequence[Durations], of: Callable[[Durations], float]) -> Figure | None:
    """A figure of durations that depend on one another, from those of each batch."""
    if not whole.count:
        return None
    return batched(of(whole), [of(each) if each.count else None for each in batches])
