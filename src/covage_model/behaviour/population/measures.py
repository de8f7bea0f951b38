"""What can be asked of a simulation: the share of an end, and the mean and quantiles of a lead time or a stretch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from covage_model.behaviour.population import figures
from covage_model.behaviour.population.figures import Figure
from covage_model.behaviour.population.kernel import Kernel
from covage_model.behaviour.population.simulate import BATCHES, Sampled
from covage_model.behaviour.population.tally import Durations, LifeTally

_BEYOND = 3  # orders beyond a quantile of a batch, at least


@dataclass(frozen=True, slots=True)
class Measure:
    """
    One question. `figure` is share, mean, or a quantile such as p95.

    `stretch` is the number of a stretch, None for the lead time. `variants` and `ends` are numbers of the kernel;
    `within` counts only lead times of at most so many seconds.
    """

    figure: str
    variants: frozenset[int]
    ends: frozenset[int]
    stretch: int | None = None
    within: float | None = None

    def durations(self, tally: LifeTally) -> Durations:
        """The durations that it is about."""
        if self.stretch is not None:
            return figures.summed(tally.between[self.stretch][variant] for variant in sorted(self.variants))
        return figures.summed(tally.lead[end] for end in sorted(self.ends))

    def count(self, tally: LifeTally) -> int:
        """How many orders it counts."""
        durations = self.durations(tally)
        return durations.count if self.within is None else durations.at_most(self.within)


def is_quantile(word: str) -> bool:
    """
    Whether a word is a percentile.

    >>> [is_quantile(word) for word in ("p95", "p99.9", "p100", "mean")]
    [True, True, False, False]
    """
    return word[:1] == "p" and word[1:].replace(".", "", 1).isdigit() and 0 < float(word[1:]) < 100


def begun(kernel: Kernel, tally: LifeTally, variants: frozenset[int]) -> int:
    """How many orders of these variants began."""
    return int(sum(tally.begun[kernel.first_places[v] : kernel.first_places[v + 1]].sum() for v in variants))


def value(measure: Measure, kernel: Kernel, tally: LifeTally) -> float | None:
    """The measured value; None of no orders."""
    if measure.figure == "share":
        total = begun(kernel, tally, measure.variants)
        return measure.count(tally) / total if total else None
    durations = measure.durations(tally)
    if not durations.count:
        return None
    if measure.figure == "mean":
        return durations.mean
    return float(durations.at_rank(_rank(durations, measure.figure)))


def of_batch(measure: Measure, kernel: Kernel, tally: LifeTally) -> float | None:
    """The measured value of a batch; None for a quantile of so few orders that it says nothing."""
    if measure.figure not in ("share", "mean"):
        part = float(measure.figure[1:]) / 100
        if measure.durations(tally).count * min(part, 1 - part) < _BEYOND:
            return None
    return value(measure, kernel, tally)


def _rank(durations: Durations, word: str) -> float:
    return -(-durations.count * float(word[1:]) // 100)


def figure(measure: Measure, sampled: Sampled) -> Figure | None:
    """The measured value with its interval; None of no orders."""
    kernel, tally = sampled.plan.kernel, sampled.tally
    if sampled.plan.crews:
        whole = value(measure, kernel, tally)
        parts = [of_batch(measure, kernel, batch) for batch in sampled.batches]
        most = 1.0 if measure.figure == "share" else math.inf
        return None if whole is None else figures.batched(whole, parts, most=most)
    if measure.figure == "share":
        return figures.share(measure.count(tally), begun(kernel, tally, measure.variants))
    durations = measure.durations(tally)
    if measure.figure == "mean":
        return figures.mean(durations)
    return figures.quantile(durations, float(measure.figure[1:]) / 100)


def fewest(measure: Measure, sampled: Sampled) -> int | None:
    """About how many orders give an interval, of a figure that has none; None if no order counts."""
    counted = measure.durations(sampled.tally).count
    if not counted:
        return None
    needed = 2.0 * BATCHES  # of orders that count
    if is_quantile(measure.figure):
        part = float(measure.figure[1:]) / 100
        tail, spread = min(part, 1 - part), figures.Z * math.sqrt(part * (1 - part))
        if sampled.plan.crews:
            needed = BATCHES * _BEYOND / tail
        else:  # so many that the ranks of the interval are among them
            needed = ((spread + math.sqrt(spread**2 + 8 * tail)) / (2 * tail)) ** 2
    return math.ceil(sampled.orders * needed / counted * 1.1)


def difference(measure: Measure, first: Sampled, second: Sampled) -> Figure | None:
    """How much more the second simulation has, from the differences of their batches, which draw the same numbers."""
    values = [value(measure, each.plan.kernel, each.tally) for each in (first, second)]
    if values[0] is None or values[1] is None:
        return None
    parts: list[float | None] = []
    for one, other in zip(first.batches, second.batches, strict=False):
        pair = of_batch(measure, first.plan.kernel, one), of_batch(measure, second.plan.kernel, other)
        parts.append(None if pair[0] is None or pair[1] is None else pair[1] - pair[0])
    return figures.batched(values[1] - values[0], parts, least=-math.inf)


def ends_of(kernel: Kernel, variants: frozenset[int], name: str | None) -> frozenset[int]:
    """The ends of these variants in that state, or of that outcome; all if there is no name."""
    wanted = {kernel.variants[variant] for variant in variants}
    return frozenset(
        number
        for number, end in enumerate(kernel.ends)
        if end.variant in wanted and (name is None or name in (end.state, outcome(kernel, number)))
    )


def outcome(kernel: Kernel, end: int) -> str | None:
    """The outcome's word of an end."""
    kind = kernel.ends[end]
    chances = kernel.chances[kernel.variants.index(kind.variant)]
    return chances.space.lifecycle.state(kind.state).final


def variants_named(kernel: Kernel, name: str | None) -> frozenset[int]:
    """The variants of a name: one of them, or all of an order; all if there is no name."""
    return frozenset(
        number
        for number, variant in enumerate(kernel.variants)
        if name is None or name in (variant, variant.partition("/")[0])
    )


def names(kernel: Kernel) -> tuple[Sequence[str], Sequence[str]]:
    """The names that a question may use: of orders and variants, and of ends."""
    variants = dict.fromkeys([*kernel.variants, *(variant.partition("/")[0] for variant in kernel.variants)])
    outcomes = (outcome(kernel, number) for number in range(len(kernel.ends)))
    ends = dict.fromkeys([*(end.state for end in kernel.ends), *(word for word in outcomes if word)])
    return list(variants), list(ends)
