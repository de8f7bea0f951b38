"""When orders arrive, in whole seconds; the same whichever part of them is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from covage_model.behaviour.population.calendars import OpenClock, clocks, working_day
from covage_model.behaviour.population.draws import Whole, choices, streams
from covage_model.pack.model.profile import DAY, Profile

ARRIVALS = 3  # purpose of a stream
_FINE = 1_000_000  # parts of a second, so that sums are exact


def arrival_blocks(profile: Profile, seed: int, *, count: int | None, until: int | None, size: int) -> Iterator[Whole]:
    """
    The seconds at which orders arrive, in blocks of at most `size`: `count` orders, or all before `until`.

    Without `arrivals` in the profile, all orders begin at second 0, and `count` is needed.
    """
    arrivals = profile.arrivals
    if arrivals is None:
        if count is None:
            raise ValueError("without arrivals, a number of orders is needed")
        for first in range(0, count, size):
            yield np.zeros(min(size, count - first), dtype=np.int64)
        return
    clock, unit = None, float(arrivals.unit)
    if arrivals.during is not None:
        calendar = profile.calendar(arrivals.during)
        clock = clocks(profile)[arrivals.during]
        unit = _open_unit(arrivals.unit, working_day(calendar), calendar.open_seconds)
    gap, elapsed, first = unit / arrivals.count, 0, 0
    while count is None or first < count:
        orders = np.arange(first, first + (size if count is None else min(size, count - first)))
        if arrivals.regular:
            gaps = np.full(len(orders), round(gap * _FINE))
        else:
            words = choices(streams(seed, orders, ARRIVALS))
            gaps = np.rint(-np.log(((words >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53) * gap * _FINE)
        fine = np.cumsum(gaps.astype(np.int64)) + elapsed
        elapsed, first = int(fine[-1]), first + len(orders)
        seconds = fine // _FINE
        if clock is not None:
            seconds = _on_the_wall(clock, seconds)
        if until is not None and seconds[-1] >= until:
            yield seconds[seconds < until]
            return
        yield seconds


def _open_unit(unit: int, day: float, week: int) -> float:
    """The open seconds in a unit of time: in a day those of an open day, in a week those of a week, else all."""
    if unit < DAY:
        return float(unit)
    return day if unit == DAY else float(week)


def _on_the_wall(clock: OpenClock, opened: Whole) -> Whole:
    """The second at which so many open seconds have passed and more begin, for each of a rising column."""
    clock.moment(int(opened[-1]) + 1)
    before, starts = np.array(clock.before), np.array(clock.starts)
    place = np.searchsorted(before, opened, side="right") - 1
    moments: Whole = starts[place] + opened - before[place]
    return moments
