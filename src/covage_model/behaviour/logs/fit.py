"""A profile from what a log shows: laws of durations, weights and shares, each judged on orders that were held out."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from statistics import NormalDist
from typing import Any

from covage_model.behaviour.logs.hours import (
    ActiveHours,
    acts_of,
    arrival_hours,
    arrivals_a_day,
    begun_in,
    in_working_time,
    kept_hours,
    share_within,
    spans_few_years,
)
from covage_model.behaviour.logs.observed import Act, Choice, Observed
from covage_model.ground.classes import dataclass
from covage_model.pack.model.profile import Profile

ARRIVALS = "arrivals"  # what the hours of arrivals are of
FEWEST = 30  # durations or choices from which a number is fitted
_SHARES = (0, 1, *range(5, 100, 5), 99, 100)  # percentages of quantiles
_KOLMOGOROV = 1.36  # a sample of its own law is that far from it, times the root of its size, in 5 of 100 cases
_Z = 1.96
_ROUNDS = 500
_NORMAL_95 = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True, slots=True)
class FittedFigure:
    """
    A fitted number beside that of the orders held out.

    `about` is the trigger or the variant that it is about, and `figure` is share, mean, median or p90.

    `low` and `high` are the 95 % interval that the orders held out allow, the error of the fitted number included; None
    where they are too few.
    """

    about: str
    figure: str
    fitted: float
    held_out: float | None
    low: float | None
    high: float | None

    @property
    def inside(self) -> bool | None:
        """Whether the fitted number is in the interval; None where there is none."""
        return None if self.low is None or self.high is None else self.low <= self.fitted <= self.high


@dataclass(slots=True)
class Fitted:
    """
    The fitted parts of a profile: `laws` and `weights` by trigger, `mix` by variant, `rate` of arrivals for each day.

    With `arrival_hours`, orders arrive in these alone, and `rate` is for an open day. `hours` has those in which actors
    seem to act. `owners` has, by trigger, the actor whose hours it keeps: its law is of working time.

    `figures` judge them; `hidden` are triggers that a log does not show alone, `few` those with too few events.
    """

    laws: dict[str, dict[str, Any]] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    mix: dict[str, int] = field(default_factory=dict)
    rate: float | None = None
    arrival_hours: ActiveHours | None = None
    hours: dict[str, ActiveHours] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    figures: list[FittedFigure] = field(default_factory=list)
    hidden: tuple[str, ...] = ()
    few: tuple[str, ...] = ()

    @property
    def calendars(self) -> dict[str, ActiveHours]:
        """The hours that become calendars: by actor, and those of "arrivals"."""
        found = {actor: self.hours[actor] for actor in sorted({*self.owners.values()})}
        return found if self.arrival_hours is None else {**found, ARRIVALS: self.arrival_hours}


def fitted(
    kept: Observed,
    held_out: Observed,
    names: Sequence[str],
    triggers: Sequence[str],
    base: Mapping[str, float],
    profile: Profile,
) -> Fitted:
    """
    What the kept orders say of `triggers`, judged on those held out. Durations may be in working time afterwards.

    `names` has the variant of each table. `base` has the weights that the base `profile` gives without a condition:
    only these are fitted.
    """
    found = Fitted()
    _fit_hours(found, kept, held_out, profile)
    for trigger, durations in sorted(kept.durations.items()):
        if len(durations) >= FEWEST:
            found.laws[trigger] = law(durations)
            found.figures += _durations(trigger, durations, held_out.durations.get(trigger, array("q")))
    enough = {options: counts for options, counts in kept.choices.items() if sum(counts.values()) >= FEWEST}
    several = {options: counts for options, counts in enough.items() if len(options) > 1 and {*options} <= base.keys()}
    found.weights = weights(several, base)
    for options, counts in sorted(several.items()):
        found.figures += _choices(options, counts, held_out.choices.get(options, Counter()))
    if sum(kept.tables.values()) == kept.orders >= FEWEST:
        found.mix = {names[table]: count for table, count in sorted(kept.tables.items())}
        found.figures += [
            _share(f"mix {names[table]}", count, kept.orders, held_out.tables[table], held_out.orders)
            for table, count in sorted(kept.tables.items())
        ]
    if len(kept.begun) == kept.orders >= FEWEST:
        every = [*kept.begun, *held_out.begun]
        found.arrival_hours = arrival_hours(kept, profile) if spans_few_years((kept, held_out)) else None
        found.rate = arrivals_a_day(every, found.arrival_hours, profile)
        if found.arrival_hours is not None:
            halves = [begun_in(half, profile) for half in (kept, held_out)]
            found.figures.append(_within(ARRIVALS, found.arrival_hours, halves, profile))
    found.few = tuple(sorted(name for name, each in kept.durations.items() if len(each) < FEWEST))
    found.hidden = tuple(name for name in triggers if name not in kept.durations)
    return found


def _fit_hours(found: Fitted, kept: Observed, held_out: Observed, profile: Profile) -> None:
    """The hours of actors, judged by the share of acts within them; the durations of what keeps them."""
    if not spans_few_years((kept, held_out)):
        return
    found.hours, found.owners = kept_hours(kept, profile)
    for actor in sorted({*found.owners.values()}):
        triggers = [trigger for trigger, owner in found.owners.items() if owner == actor]
        halves = [acts_of(half, triggers) for half in (kept, held_out)]
        found.figures.append(_within(actor, found.hours[actor], halves, profile))
    in_working_time((kept, held_out), found.hours, found.owners, profile)


def _within(about: str, hours: ActiveHours, halves: Sequence[Counter[Act]], profile: Profile) -> FittedFigure:
    """The share of what happens in these hours, on both halves."""
    (kept, total), (held_out, other) = (
        (round(share_within(hours, acts, profile) * acts.total()), acts.total()) for acts in halves
    )
    return _share(f"open hours {about}", kept, total, held_out, other)


def law(durations: Sequence[int]) -> dict[str, Any]:
    """
    The law of these durations, as a profile writes it: fixed, log-normal or exponential where they look like one, by
    the test of Kolmogorov and Smirnov; else their quantiles.
    """
    ordered = sorted(durations)
    size = len(ordered)
    if ordered[0] == ordered[-1]:
        return {"fixed": _duration(ordered[0])}
    mean = sum(ordered) / size
    laws: list[tuple[float, dict[str, Any]]] = []
    laws.append((_distance(ordered, lambda x: 1 - math.exp(-x / mean)), {"exponential": _duration(mean)}))
    if ordered[0] > 0:
        normal = NormalDist.from_samples([math.log(each) for each in ordered])
        median, p95 = math.exp(normal.mean), math.exp(normal.mean + _NORMAL_95 * normal.stdev)
        words = {"median": _duration(median), "p95": _duration(p95)}
        laws.append((_distance(ordered, lambda x: normal.cdf(math.log(max(x, 1e-9)))), words))
    distance, best = min(laws, key=lambda each: each[0])
    if distance * math.sqrt(size) <= _KOLMOGOROV:
        return best
    return {"quantiles": {f"p{share}": _duration(ordered[round(share / 100 * (size - 1))]) for share in _SHARES}}


def weights(choices: Mapping[Choice, Counter[str]], base: Mapping[str, float]) -> dict[str, float]:
    """
    The weights by which these choices are most likely (Plackett and Luce, by Hunter's iteration), in the scale of
    `base`: the trigger that was chosen most often keeps its weight there.
    """
    won = Counter[str]()
    for counts in choices.values():
        won.update(counts)
    names = sorted({name for options in choices for name in options})
    found = dict.fromkeys(names, 1.0)
    for _ in range(_ROUNDS):
        shares = dict.fromkeys(names, 0.0)
        for options, counts in choices.items():
            total = sum(found[name] for name in options)
            for name in options:
                shares[name] += sum(counts.values()) / total if total else 0.0
        found = {name: won[name] / shares[name] if shares[name] else 0.0 for name in names}
        most = max(found.values(), default=1.0)
        found = {name: weight / most for name, weight in found.items()}
    if not won:
        return {}
    anchor = won.most_common(1)[0][0]
    scale = base[anchor] / found[anchor]
    return {name: float(f"{weight * scale:.6g}") for name, weight in found.items()}


def _distance(ordered: Sequence[int], below: Callable[[float], float]) -> float:
    """How far the sample is at most from the law, of which `below` is the distribution function."""
    size = len(ordered)
    return max(
        max(abs(below(value + 0.5) - (number + 1) / size), abs(below(max(value - 0.5, 0)) - number / size))
        for number, value in enumerate(ordered)
    )


def _durations(trigger: str, kept: Sequence[int], held_out: Sequence[int]) -> Iterator[FittedFigure]:
    """Mean, median and p90 of a duration, on both halves."""
    yield _mean(trigger, kept, held_out)
    for name, share in (("median", 0.5), ("p90", 0.9)):
        fitted_value = float(sorted(kept)[math.ceil(share * len(kept)) - 1])
        if not held_out:
            yield FittedFigure(trigger, name, fitted_value, None, None, None)
            continue
        ordered = sorted(held_out)
        size = len(ordered)
        half = _Z * math.sqrt(size * share * (1 - share) * (1 + size / len(kept)))
        low, high = math.floor(size * share - half), math.ceil(size * share + half) + 1
        inside = low >= 1 and high <= size
        value = float(ordered[math.ceil(share * size) - 1])
        ends = (float(ordered[low - 1]), float(ordered[high - 1])) if inside else (None, None)
        yield FittedFigure(trigger, name, fitted_value, value, *ends)


def _mean(trigger: str, kept: Sequence[int], held_out: Sequence[int]) -> FittedFigure:
    mean, error = _moments(kept)
    if len(held_out) < FEWEST:
        return FittedFigure(trigger, "mean", mean, None, None, None)
    other, other_error = _moments(held_out)
    half = _Z * math.sqrt(error + other_error)
    return FittedFigure(trigger, "mean", mean, other, other - half, other + half)


def _moments(durations: Sequence[int]) -> tuple[float, float]:
    """The mean, and the variance of the mean."""
    size = len(durations)
    mean = sum(durations) / size
    return mean, sum((each - mean) ** 2 for each in durations) / size / size


def _choices(options: Choice, kept: Counter[str], held_out: Counter[str]) -> Iterator[FittedFigure]:
    """How often each of several triggers is chosen, on both halves."""
    total, other = sum(kept.values()), sum(held_out.values())
    for name in options:
        yield _share(f"{name} of {', '.join(options)}", kept[name], total, held_out[name], other)


def _share(about: str, kept: int, total: int, held_out: int, other: int) -> FittedFigure:
    share = kept / total
    if other < FEWEST:
        return FittedFigure(about, "share", share, None, None, None)
    value = held_out / other
    pooled = (kept + held_out + 1) / (total + other + 2)
    half = _Z * math.sqrt(pooled * (1 - pooled) * (1 / total + 1 / other))
    return FittedFigure(about, "share", share, value, value - half, value + half)


def _duration(seconds: float) -> str:
    """A duration as a profile writes it."""
    return f"{round(seconds)} s"
