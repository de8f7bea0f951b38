"""
The fast path: orders that do not interact, all moved by one step at a time as columns of numbers.

A pool of orders is kept full: ended orders leave it, and new ones take their places.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from covage_model.behaviour.population import draws
from covage_model.behaviour.population.draws import Whole, Words
from covage_model.behaviour.population.kernel import Kernel
from covage_model.behaviour.population.tally import LifeTally, Parts, count_stays, empty_tally, sum_parts
from covage_model.ground.classes import dataclass

POOL = 1 << 14  # orders that are moved together: their columns stay in the processor's cache
MOST_STEPS = 20_000  # of one order: then it is given up
NEVER = np.iinfo(np.int64).max >> 1
MIX, TIMERS = 1, 2  # purposes of streams, beside the lives themselves
_BULK = 1 << 16


@dataclass(slots=True, eq=False)
class _OrderPool:
    """The orders that are alive. All columns have one entry for each."""

    stream: Words
    place: Whole
    time: Whole  # seconds since the order began
    begun: Whole  # seconds since the simulation began
    steps: Whole
    batch: Whole
    columns: list[Whole]  # dates of timers; for each stretch its beginning (-1: none yet, -2: over); entry of the state

    def keep(self, alive: npt.NDArray[np.bool_]) -> None:
        where = np.flatnonzero(alive)
        self.stream, self.place, self.time = self.stream[where], self.place[where], self.time[where]
        self.begun, self.steps, self.batch = self.begun[where], self.steps[where], self.batch[where]
        self.columns = [column[where] for column in self.columns]

    def extend(self, other: _OrderPool) -> None:
        self.stream = np.concatenate([self.stream, other.stream])
        self.place = np.concatenate([self.place, other.place])
        self.time = np.concatenate([self.time, other.time])
        self.begun = np.concatenate([self.begun, other.begun])
        self.batch = np.concatenate([self.batch, other.batch])
        self.steps = np.concatenate([self.steps, other.steps])
        self.columns = [np.concatenate(pair) for pair in zip(self.columns, other.columns, strict=True)]


class OrderWalk:
    """
    The lives of orders `first` to `last`, with `arrivals[i]` the second at which order `first + i` begins.

    `until` is the second at which the simulation ends; with `width`, orders in progress are counted in spans of so
    many seconds; with `stays`, how long they stay in each state. With `parts`, rates are counted by batch.
    """

    def __init__(
        self,
        kernel: Kernel,
        seed: int,
        *,
        until: int | None,
        width: int | None,
        stays: bool = False,
        parts: Parts | None = None,
    ) -> None:
        self._kernel, self._seed, self._until = kernel, seed, until
        self._timed = kernel.timers > 0
        sizes = (len(kernel.between), len(kernel.variants))
        kinds = len(kernel.stays) if stays else 0
        self.tally = empty_tally(
            kernel.places, kernel.options, len(kernel.ends), sizes, width, kinds, parts.batches if parts else 0
        )
        self._parts = parts
        self.last = 0  # the second at which the last order ended
        self._done: list[tuple[Whole, Whole, Whole]] = []
        self._stayed: list[tuple[Whole, Whole]] = []
        self._waiting = 0

    def run(self, first: int, arrivals: Whole) -> LifeTally:
        """Walks these orders to their ends; the counts of all orders walked so far."""
        pool = self._fresh(first, arrivals[:0])
        fresh = self._batches(first, arrivals)
        more = True
        while True:
            if more and len(pool.place) <= POOL // 2:
                batch = next(fresh, None)
                if batch is None:
                    more = False
                else:
                    pool.extend(batch)
            if not len(pool.place) and not more:
                break
            if len(pool.place):
                self._step(pool)
        self._collect()
        sum_parts(self.tally)
        return self.tally

    def _batches(self, first: int, arrivals: Whole) -> Iterator[_OrderPool]:
        size = POOL // 2
        for start in range(0, len(arrivals), size):
            yield self._fresh(first + start, arrivals[start : start + size])

    def _fresh(self, first: int, begun: Whole) -> _OrderPool:
        """New orders, those that end where they begin already counted."""
        kernel, count = self._kernel, len(begun)
        orders = np.arange(first, first + count)
        place = kernel.starts(draws.streams(self._seed, orders, MIX))
        batch = np.zeros(0, dtype=np.int64) if self._parts is None else self._parts.of(orders, begun)
        self._add("begun", place, batch)
        stream = draws.streams(self._seed, orders)
        columns = [self._begun_timer(number, place, stream) for number in range(kernel.timers)]
        columns += [np.where(marks[place], 0, -1) for marks in kernel.start_marks]
        zero = np.zeros(count, dtype=np.int64)
        columns += [zero.copy()] if self.tally.stays else []
        pool = _OrderPool(stream, place, zero, begun, zero.copy(), batch if len(batch) else zero, columns)
        self._leave(pool)
        return pool

    def _begun_timer(self, number: int, place: Whole, stream: Words) -> Whole:
        """The dates of a timer, for orders in which it runs from the beginning."""
        dates = np.full(len(place), NEVER)
        where = np.flatnonzero(self._kernel.running[place] >> number & 1)
        if len(where):
            words = draws.mixed(stream[where] ^ np.uint64(TIMERS + number))
            dates[where], _ = self._kernel.timer_laws[number].of(self._kernel.variant_of[place[where]], words)
        return dates

    def _step(self, pool: _OrderPool) -> None:
        kernel, tally = self._kernel, self.tally
        draws.advance(pool.stream)
        option = kernel.chosen(pool.place, draws.choices(pool.stream))
        words = draws.duration_words(pool.stream)
        waits, works = kernel.laws.of(option, words)
        spent = waits if works is None else waits + works
        if self._timed:
            option, spent = self._raced(pool, option, spent)
        pool.steps += 1
        if self._until is not None:
            room = self._until - pool.begun - pool.time
            late = spent > room
            if late.any():
                self._cut(pool, late, room)
                if not len(pool.place):
                    return
                on_time = ~late
                option, spent, words = option[on_time], spent[on_time], words[on_time]
        self._add("seconds", pool.place, pool.batch, spent)
        self._add("fired", option, pool.batch)
        pool.time = pool.time + spent
        if self._timed:
            self._set_timers(pool, option)
        if kernel.between:
            self._mark(pool, option)
        if tally.stays:
            self._move_on(pool, option)
        pool.place = kernel.target[option]
        self._leave(pool)

    def _add(self, name: str, where: Whole, batch: Whole, seconds: Whole | None = None) -> None:
        """Counts places or options, or the seconds there, by batch if that is asked for."""
        total = getattr(self.tally, name)
        if self.tally.parts is None:
            total += np.bincount(where, seconds, len(total)).astype(np.int64)
            return
        grid = getattr(self.tally.parts, name)
        counts = np.bincount(batch * len(total) + where, seconds, grid.size).astype(np.int64, copy=False)
        grid += counts.reshape(grid.shape)

    def _cut(self, pool: _OrderPool, late: npt.NDArray[np.bool_], room: Whole) -> None:
        """Leaves the orders that the end of the simulation finds where they are."""
        places = pool.place[late]
        self._add("seconds", places, pool.batch[late], room[late])
        self.tally.open += np.bincount(places, minlength=self._kernel.places)
        ends = np.full(len(places), -1)
        self._count(ends, pool.time[late] + room[late], pool.begun[late])
        pool.keep(~late)

    def _raced(self, pool: _OrderPool, option: Whole, spent: Whole) -> tuple[Whole, Whole]:
        """What happens first: the chosen move, or that of a timer. Of equal dates, the first in the spec."""
        kernel = self._kernel
        chosen_at = kernel.at[option]
        where = np.flatnonzero(kernel.contested[pool.place])
        if not len(where):
            return option, spent
        option, spent = option.copy(), spent.copy()
        place, time = pool.place[where], pool.time[where]
        best, first = option[where], spent[where]
        for number in range(kernel.timers):
            date = np.maximum(pool.columns[number][where] - time, 0)
            first = np.where(chosen_at[where] == number, date, first)
        for number in range(kernel.timers):
            rival = kernel.races[number, place]
            date = np.maximum(pool.columns[number][where] - time, 0)
            wins = (rival >= 0) & ((date < first) | ((date == first) & (rival < best)))
            best, first = np.where(wins, rival, best), np.where(wins, date, first)
        option[where], spent[where] = best, first
        return option, spent

    def _set_timers(self, pool: _OrderPool, option: Whole) -> None:
        kernel = self._kernel
        sets, at = kernel.sets[option], kernel.at[option]
        for number in range(kernel.timers):
            pool.columns[number][at == number] = NEVER
            where = np.flatnonzero(sets >> number & 1)
            if len(where):
                words = draws.mixed(pool.stream[where] ^ np.uint64(TIMERS + number))
                variants = kernel.variant_of[pool.place[where]]
                lasts, _ = kernel.timer_laws[number].of(variants, words)
                pool.columns[number][where] = pool.time[where] + lasts

    def _mark(self, pool: _OrderPool, option: Whole) -> None:
        """Notes the first moments of stretches, and counts those that end."""
        kernel = self._kernel
        variants = kernel.variant_of[pool.place]
        for number, (first, last) in enumerate(kernel.marks):
            column = pool.columns[kernel.timers + number]
            over = np.flatnonzero(last[option] & (column >= 0))
            for variant in np.unique(variants[over]):
                here = over[variants[over] == variant]
                self.tally.between[number][variant].add(pool.time[here] - column[here])
            column[over] = -2
            begins = first[option] & (column == -1)
            column[begins] = pool.time[begins]

    def _move_on(self, pool: _OrderPool, option: Whole) -> None:
        """Notes the stays of orders that leave their state."""
        kinds = self._kernel.stay_of[pool.place]
        left = np.flatnonzero(kinds != self._kernel.stay_of[self._kernel.target[option]])
        self._stayed.append((kinds[left], pool.time[left] - pool.columns[-1][left]))
        pool.columns[-1][left] = pool.time[left]

    def _leave(self, pool: _OrderPool) -> None:
        """Takes out the orders that have ended, are stuck, or take too many steps."""
        kernel = self._kernel
        stops = kernel.stops[pool.place]
        tired = pool.steps >= MOST_STEPS
        if tired.any():
            self.tally.given_up += int((tired & ~stops).sum())
            stops |= tired
        if not stops.any():
            return
        where = np.flatnonzero(stops)
        places = pool.place[where]
        ends = kernel.end[places]
        going = ends < 0
        if going.any():
            self.tally.open += np.bincount(places[going], minlength=kernel.places)
        times, begun = pool.time[where], pool.begun[where]
        if self._until is not None and going.any():  # what is stuck stays to the end
            rest = np.where(going, self._until - begun - times, 0)
            self._add("seconds", places, pool.batch[where], rest)
            times = times + rest
        self._count(ends, times, begun)
        pool.keep(~stops)

    def _count(self, ends: Whole, times: Whole, begun: Whole) -> None:
        self._done.append((ends, times, begun))
        self._waiting += len(ends)
        if self._waiting >= _BULK:
            self._collect()

    def _collect(self) -> None:
        if self._stayed:
            kinds, stayed = (np.concatenate(part) for part in zip(*self._stayed, strict=True))
            count_stays(self.tally, kinds, stayed)
            self._stayed = []
        if not self._done:
            return
        ends, times, begun = (np.concatenate(part) for part in zip(*self._done, strict=True))
        self._done, self._waiting = [], 0
        self.last = max(self.last, int((begun + times).max(initial=0)))
        order = np.argsort(ends, kind="stable")
        ends, times, begun = ends[order], times[order], begun[order]
        borders = np.searchsorted(ends, np.arange(len(self._kernel.ends) + 1))
        for number, durations in enumerate(self.tally.lead):
            durations.add(times[borders[number] : borders[number + 1]])
        if self.tally.progress is not None:
            self.tally.progress.add(begun, begun + times)
