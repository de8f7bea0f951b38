"""The figures of a simulation, one by one, with their exact values and differences where there are any."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from covage_model.behaviour.population.brackets import brackets
from covage_model.behaviour.population.exact import ExactEnd, ExactLife
from covage_model.behaviour.population.figures import Figure
from covage_model.behaviour.population.measures import Measure, begun, difference, ends_of, figure
from covage_model.behaviour.population.simulate import Sampled
from covage_model.pack.model.profile import DAY

SHARES = {"p50": 0.50, "p90": 0.90, "p95": 0.95, "p99": 0.99}
LEADS = ("mean", *SHARES)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """
    One figure. `section` is end, between, state, trigger, crew, progress or total.

    `variant` is "" for all together, `name` the end, stretch, state, trigger, actor or day. `unit` is share, seconds or
    count. `exact` are the bounds of the exact value, `difference` how much more the other profile has.
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
    if len(kernel.variants) > 1:
        variants = frozenset(range(len(kernel.variants)))
        for state in dict.fromkeys(end.state for end in kernel.ends):
            yield from _end(sampled, other, variants, ends_of(kernel, variants, state), "", state, None)
        yield from _end(sampled, other, variants, ends_of(kernel, variants, None), "", "", None)
    yield from _stretches(sampled, other)
    yield from _states(sampled, lives)
    yield from _triggers(sampled, lives)
    yield from _crews(sampled)
    yield from _progress(sampled, lives)


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
        marks = brackets(life.chances, end.mean, end.variance, tuple(SHARES.values()), state or None)
        found.update({word: (mark.low, mark.high) for word, mark in zip(SHARES, marks, strict=bool(marks))})
    return found


def _stretches(sampled: Sampled, other: Sampled | None) -> Iterator[ResultRow]:
    kernel = sampled.plan.kernel
    several = [("", frozenset(range(len(kernel.variants))))] if len(kernel.variants) > 1 else []
    for number, stretch in enumerate(kernel.between):
        for variant, variants in [*((name, frozenset([n])) for n, name in enumerate(kernel.variants)), *several]:
            for word in LEADS:
                measure = Measure(word, variants, frozenset(), stretch=number)
                found = figure(measure, sampled)
                more = difference(measure, sampled, other) if other is not None else None
                if found is not None:
                    yield ResultRow("between", variant, stretch.name, word, "seconds", found, None, more)


def _states(sampled: Sampled, lives: Mapping[str, ExactLife]) -> Iterator[ResultRow]:
    """How often an order enters each state, and how long it is there; exact for a single variant."""
    kernel, tally = sampled.plan.kernel, sampled.tally
    entries, seconds = dict[str, int](), dict[str, int]()
    for place, state in enumerate(kernel.states):
        entries[state] = entries.get(state, 0) + int(tally.begun[place])
        seconds[state] = seconds.get(state, 0) + int(tally.seconds[place])
    for n, times in enumerate(tally.fired.tolist()):
        source, target = kernel.states[kernel.place_of_option[n]], kernel.states[kernel.target[n]]
        if source != target:
            entries[target] += times
    life = lives.get(kernel.variants[0]) if len(kernel.variants) == 1 else None
    orders = max(sampled.orders, 1)
    for state in entries:
        bounds = _twice(life.entries[state]) if life is not None else None
        yield ResultRow("state", "", state, "entries", "count", _plain(entries[state] / orders), bounds)
        spent = _twice(life.seconds[state]) if life is not None and math.isfinite(life.seconds[state]) else None
        yield ResultRow("state", "", state, "time", "seconds", _plain(seconds[state] / orders), spent)


def _triggers(sampled: Sampled, lives: Mapping[str, ExactLife]) -> Iterator[ResultRow]:
    kernel, orders = sampled.plan.kernel, max(sampled.orders, 1)
    fired, refused = dict[str, int](), dict[str, int]()
    for n, times in enumerate(sampled.tally.fired.tolist()):
        happening = kernel.happenings[n]
        counts = refused if happening.refused else fired
        counts[happening.trigger] = counts.get(happening.trigger, 0) + times
    life = lives.get(kernel.variants[0]) if len(kernel.variants) == 1 else None
    for trigger in dict.fromkeys([*fired, *refused]):
        yield ResultRow("trigger", "", trigger, "happened", "count", _plain(fired.get(trigger, 0) / orders))
        if trigger in refused:
            bounds = _twice(life.refused.get(trigger, 0.0)) if life is not None else None
            yield ResultRow("trigger", "", trigger, "refused", "count", _plain(refused[trigger] / orders), bounds)


def _crews(sampled: Sampled) -> Iterator[ResultRow]:
    for actor, crew in sampled.crews.items():
        yield ResultRow("crew", "", actor, "works", "count", _plain(crew.works))
        if crew.hands is None:
            continue
        possible = crew.hands * sampled.open[actor]
        if possible:
            yield ResultRow("crew", "", actor, "utilisation", "share", _plain(crew.busy / possible))
        if crew.waiting.count:
            yield ResultRow("crew", "", actor, "mean wait", "seconds", _plain(crew.waiting.mean))
            rank = crew.waiting.at_rank(math.ceil(crew.waiting.count * 0.95))
            yield ResultRow("crew", "", actor, "p95 wait", "seconds", _plain(rank))


def _progress(sampled: Sampled, lives: Mapping[str, ExactLife]) -> Iterator[ResultRow]:
    """The mean number of orders in progress until the last one arrives, and for each span of time."""
    progress = sampled.tally.progress
    if progress is None or not sampled.arrived:
        return
    until = sampled.until or max(sampled.arrived // progress.width, 1) * progress.width
    means = progress.means(until)
    lengths = [min(progress.width, until - start) for start, _ in means]
    total = sum(orders * length for (_, orders), length in zip(means, lengths, strict=True))
    yield ResultRow("progress", "", "", "mean", "count", _plain(total / until), _steady(sampled, lives))
    for start, orders in means:
        yield ResultRow("progress", "", str(start // DAY), "mean", "count", _plain(orders))


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
