"""The figures of a simulation, one by one, with their exact values and differences where there are any."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from covage_model.behaviour.population.exact.brackets import brackets
from covage_model.behaviour.population.exact.life import ExactEnd, ExactLife
from covage_model.behaviour.population.figures import Figure, batched, of_batches, summed
from covage_model.behaviour.population.kernel import Kernel
from covage_model.behaviour.population.measures import Measure, begun, difference, ends_of, figure, variants_named
from covage_model.behaviour.population.rates import Rates
from covage_model.behaviour.population.simulate import Sampled
from covage_model.behaviour.population.tally import Durations
from covage_model.pack.model.profile import DAY

SHARES = {"p50": 0.50, "p90": 0.90, "p95": 0.95, "p99": 0.99}
LEADS = ("mean", *SHARES)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """
    One figure. `section` is end, between, state, stay, trigger, crew or progress.

    `variant` may be an order, for all its variants, and is "" for all together. `name` is the end, stretch, state,
    trigger, actor or day, `unit` share, seconds or count. `exact` are the bounds of the exact value, `difference` how
    much more the other profile has.
    """

    section: str
    variant: str
    name: str
    figure: str
    unit: str
    sampled: Figure | None
    exact: tuple[float, float] | None = None
    difference: Figure | None = None


def rows(sampled: Sampled, lives: Mapping[str, ExactLife], other: Sampled | None) -> Iterator[ResultRow]:
    """All figures: per variant and end, of all orders, of stretches, states, triggers, hands, and over time."""
    kernel = sampled.plan.kernel
    for number, variant in enumerate(kernel.variants):
        variants = frozenset([number])
        life = lives.get(variant)
        for end in sorted(ends_of(kernel, variants, None)):
            state = kernel.ends[end].state
            yield from _end(sampled, other, variants, frozenset([end]), variant, state, life)
        every = ends_of(kernel, variants, None)
        yield from _end(sampled, other, variants, every, variant, "", life)
    for name, variants in _together(kernel):
        for state in dict.fromkeys(kernel.ends[end].state for end in sorted(ends_of(kernel, variants, None))):
            yield from _end(sampled, other, variants, ends_of(kernel, variants, state), name, state, None)
        yield from _end(sampled, other, variants, ends_of(kernel, variants, None), name, "", None)
    yield from _stretches(sampled, other)
    rates = Rates(sampled)
    yield from _states(sampled, lives, rates)
    yield from _stays(sampled)
    yield from _triggers(sampled, lives, rates)
    yield from _crews(sampled)
    yield from _progress(sampled, lives)


def _together(kernel: Kernel) -> list[tuple[str, frozenset[int]]]:
    """The variants of each order that has several, then all as ""; an order that is all of them is not listed."""
    orders = dict.fromkeys(variant.partition("/")[0] for variant in kernel.variants)
    if len(kernel.variants) < 2:
        return []
    several = [(order, variants_named(kernel, order)) for order in orders if len(orders) > 1]
    return [*((name, each) for name, each in several if len(each) > 1), ("", variants_named(kernel, None))]


def _end(
    sampled: Sampled,
    other: Sampled | None,
    variants: frozenset[int],
    ends: frozenset[int],
    variant: str,
    state: str,
    life: ExactLife | None,
) -> Iterator[ResultRow]:
    exact = _exact_end(life, state) if life is not None else {}
    for word in ("share", *LEADS):
        measure = Measure(word, variants, ends)
        found = figure(measure, sampled)
        more = difference(measure, sampled, other) if other is not None else None
        if found is not None or word == "share":
            unit = "share" if word == "share" else "seconds"
            yield ResultRow("end", variant, state, word, unit, found, exact.get(word), more)


def _exact_end(life: ExactLife, state: str) -> dict[str, tuple[float, float]]:
    end: ExactEnd | None = life.every_end if not state else next((e for e in life.outcomes if e.state == state), None)
    if end is None:
        return {"share": (0.0, 0.0)}
    found = {"share": (end.chance, end.chance)}
    if end.chance:
        found["mean"] = (end.mean, end.mean)
        marks = brackets(life.chances, life.steps, end.mean, end.variance, tuple(SHARES.values()), state or None)
        found.update({word: (mark.low, mark.high) for word, mark in zip(SHARES, marks, strict=bool(marks))})
    return found


def _stretches(sampled: Sampled, other: Sampled | None) -> Iterator[ResultRow]:
    kernel = sampled.plan.kernel
    for number, stretch in enumerate(kernel.between):
        for variant, variants in [
            *((name, frozenset([n])) for n, name in enumerate(kernel.variants)),
            *_together(kernel),
        ]:
            for word in LEADS:
                measure = Measure(word, variants, frozenset(), stretch=number)
                found = figure(measure, sampled)
                more = difference(measure, sampled, other) if other is not None else None
                if found is not None:
                    yield ResultRow("between", variant, stretch.name, word, "seconds", found, None, more)


def _states(sampled: Sampled, lives: Mapping[str, ExactLife], rates: Rates) -> Iterator[ResultRow]:
    """
    How often an order enters each state, and how long it is there; exact for a single variant.

    `remaining` is the mean time from there to an end, of orders that end. It is exact or not told.
    """
    life = _only_life(sampled, lives)
    for state, entries in rates.entries.items():
        bounds = _twice(life.entries[state]) if life is not None else None
        yield ResultRow("state", "", state, "entries", "count", entries, bounds)
        spent = _twice(life.seconds[state]) if life is not None and math.isfinite(life.seconds[state]) else None
        yield ResultRow("state", "", state, "time", "seconds", rates.time[state], spent)
        left = life.remaining(state) if life is not None else None
        if left is not None and left.mean > 0:
            yield ResultRow("state", "", state, "remaining", "seconds", None, _twice(left.mean))
        if sampled.plan.crews:
            yield ResultRow("state", "", state, "waiting", "seconds", rates.waiting[state])


def _stays(sampled: Sampled) -> Iterator[ResultRow]:
    """How long a stay in a state lasts, of those that have ended; none if they were not counted."""
    kernel, tally = sampled.plan.kernel, sampled.tally
    if not tally.stays:
        return
    for variant in [*kernel.variants, *([""] if len(kernel.variants) > 1 else [])]:
        for state in dict.fromkeys(kernel.states):
            kinds = [n for n, (whose, where) in enumerate(kernel.stays) if where == state and variant in (whose, "")]
            stays = summed(tally.stays[kind] for kind in kinds)
            if stays.count:
                yield ResultRow("stay", variant, state, "mean", "seconds", _plain(stays.mean))
                for word, part in SHARES.items():
                    value = float(stays.at_rank(math.ceil(stays.count * part)))
                    yield ResultRow("stay", variant, state, word, "seconds", _plain(value))


def _triggers(sampled: Sampled, lives: Mapping[str, ExactLife], rates: Rates) -> Iterator[ResultRow]:
    life, nothing = _only_life(sampled, lives), _plain(0.0)

    def exact(key: tuple[str, bool]) -> tuple[float, float] | None:
        count = math.inf if life is None else life.happened.get(key, 0.0)
        return _twice(count) if math.isfinite(count) else None

    for trigger in dict.fromkeys(name for name, _ in rates.happened):
        for word, key in (("happened", (trigger, False)), ("refused", (trigger, True))):
            if word == "happened" or key in rates.happened:
                yield ResultRow("trigger", "", trigger, word, "count", rates.happened.get(key, nothing), exact(key))


def _only_life(sampled: Sampled, lives: Mapping[str, ExactLife]) -> ExactLife | None:
    """The exact life, where there is one variant."""
    kernel = sampled.plan.kernel
    return lives.get(kernel.variants[0]) if len(kernel.variants) == 1 else None


def _crews(sampled: Sampled) -> Iterator[ResultRow]:
    for actor, crew in sampled.crews.items():
        yield ResultRow("crew", "", actor, "works", "count", _plain(crew.works))
        if crew.hands is None:
            continue
        possible = crew.hands * sampled.open[actor]
        if possible:
            apart = sampled.open_by_batch[actor]
            parts = [crew.busy_by_batch[batch] / (crew.hands * each) if each else None for batch, each in apart.items()]
            found = batched(crew.busy / possible, parts if sampled.plan.profile.arrivals is not None else (), most=1.0)
            yield ResultRow("crew", "", actor, "utilisation", "share", found)
        if crew.waiting.count:
            for word, of in (("mean wait", _mean), ("p95 wait", _p95)):
                waited = of_batches(crew.waiting, crew.waiting_by_batch, of)
                yield ResultRow("crew", "", actor, word, "seconds", waited)


def _progress(sampled: Sampled, lives: Mapping[str, ExactLife]) -> Iterator[ResultRow]:
    """The mean number of orders in progress until the last one arrives, and for each span of time."""
    means, until = progress_means(sampled), _observed(sampled)
    if not means:
        return
    lengths = [later - start for (start, _), (later, _) in pairwise([*means, (until, 0.0)])]
    total = sum(orders * length for (_, orders), length in zip(means, lengths, strict=True))
    yield ResultRow("progress", "", "", "mean", "count", _plain(total / until), _steady(sampled, lives))
    for start, orders in means:
        yield ResultRow("progress", "", str(start // DAY), "mean", "count", _plain(orders))


def progress_means(sampled: Sampled) -> list[tuple[int, float]]:
    """The beginning of each span of time until the last order arrives, with the mean number in progress in it."""
    progress = sampled.tally.progress
    return [] if progress is None or not sampled.arrived else progress.means(_observed(sampled))


def _observed(sampled: Sampled) -> int:
    """The seconds for which orders in progress are told: whole spans, until the last order arrives."""
    width = sampled.tally.progress.width if sampled.tally.progress is not None else DAY
    return sampled.until or max(sampled.arrived // width, 1) * width


def open_share(sampled: Sampled, variant: int) -> float:
    """The share of the orders of a variant (a number of the kernel) that have not ended."""
    orders = begun(sampled.plan.kernel, sampled.tally, frozenset([variant]))
    ended = sum(sampled.tally.lead[end].count for end in ends_of(sampled.plan.kernel, frozenset([variant]), None))
    return 1 - ended / orders if orders else 0.0


def _steady(sampled: Sampled, lives: Mapping[str, ExactLife]) -> tuple[float, float] | None:
    """The mean number in progress in the long run, by Little's law; None where it is not exact."""
    arrivals, kernel = sampled.plan.profile.arrivals, sampled.plan.kernel
    ends = [lives[variant].every_end for variant in kernel.variants if variant in lives]
    if arrivals is None or arrivals.during is not None or len(ends) < len(kernel.variants):
        return None
    if any(end.chance < 1 - 1e-9 for end in ends):
        return None  # orders that never end add up without limit
    lead = sum(share * end.mean for share, end in zip(kernel.shares, ends, strict=True))
    return _twice(arrivals.count / arrivals.unit * lead)


def _mean(durations: Durations) -> float:
    return durations.mean


def _p95(durations: Durations) -> float:
    return float(durations.at_rank(math.ceil(durations.count * 0.95)))


def _plain(value: float) -> Figure:
    return Figure(value, None, None)


def _twice(value: float) -> tuple[float, float]:
    return value, value


def unfinished(sampled: Sampled) -> int:
    """The orders that had not ended at the end of the simulation, never can, or were given up."""
    return int(sampled.tally.open.sum())


def stuck_states(sampled: Sampled) -> dict[str, int]:
    """How many orders are in each state from which nothing is ever chosen."""
    kernel, found = sampled.plan.kernel, dict[str, int]()
    for place, orders in enumerate(sampled.tally.open.tolist()):
        if orders and kernel.stuck[place]:
            found[kernel.states[place]] = found.get(kernel.states[place], 0) + orders
    return found


def orders_of(sampled: Sampled) -> dict[str, int]:
    """How many orders of each variant began."""
    kernel = sampled.plan.kernel
    return {name: begun(kernel, sampled.tally, frozenset([n])) for n, name in enumerate(kernel.variants)}
