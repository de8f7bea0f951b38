"""
The event path: orders that share hands. One queue of moments, in the order of time.

An order moves on by itself until it needs a hand: only requests for hands, their releases, and timers that end the
waiting are events. Without hands and calendars it draws the same numbers as the fast path, and gives the same lives.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from itertools import count

import numpy as np

from covage_model.behaviour.population import draws
from covage_model.behaviour.population.calendars import OpenClock
from covage_model.behaviour.population.drawn import STEPS, Numbers, advanced, numbers, streams_of
from covage_model.behaviour.population.draws import Whole
from covage_model.behaviour.population.event_counts import EventCounts
from covage_model.behaviour.population.hands import CrewTally, Hands, LiveOrder, take_stock
from covage_model.behaviour.population.kernel import Kernel
from covage_model.behaviour.population.kernel_lists import KernelLists
from covage_model.behaviour.population.log import LifeLog
from covage_model.behaviour.population.tally import LifeTally
from covage_model.behaviour.population.walk import MIX, MOST_STEPS, NEVER, TIMERS

_REQUEST, _RELEASE, _EXPIRE = range(3)
BatchOf = Callable[[int, int], int]  # the batch of an order, by its number and its second of arrival


class EventLoop:
    """
    The lives of orders that share hands. `crews` are the number of hands and the clock of actors; others are free.

    Orders that arrive in batch `batch_of(number, second)` are also counted in the tally `batches[batch]`, which has
    their beginnings, lead times and stretches alone. `log` hears of every move.
    """

    def __init__(
        self,
        kernel: Kernel,
        seed: int,
        crews: dict[str, tuple[int | None, OpenClock | None]],
        *,
        batches: int,
        until: int | None,
        width: int | None,
        stays: bool = False,
        log: LifeLog | None = None,
    ) -> None:
        self._hear: Callable[[int, int, int], object] | None = None if log is None else log.hear
        self._passed: Callable[[int], object] = _nobody if log is None else log.passed
        self._ends: Callable[[int, int], object] = _nobody if log is None else log.ended
        self._seed, self._until, self._horizon = seed, NEVER if until is None else until, until
        self._kernel = kernel
        self._counts = counts = EventCounts(kernel, batches=batches, width=width, stays=stays)
        self._fired, self._seconds, self._waited = counts.fired, counts.seconds, counts.waited
        self.tally, self.batches, self._stays = counts.tally, counts.batches, counts.stays
        self._hands = {who: Hands(hands, hands or 0, clock, deque(), [], []) for who, (hands, clock) in crews.items()}
        self.arrived = 0  # the second after the last arrival
        self._heap: list[tuple[int, int, int, LiveOrder]] = []
        self._sequence = count()
        self._lists = KernelLists(kernel)
        self._actor = [self._hands.get(each.actor) if each.works is not None else None for each in kernel.happenings]

    @property
    def last(self) -> int:
        """The second at which the last order ended."""
        return self._counts.last

    @property
    def crews(self) -> dict[str, CrewTally]:
        """What the hands of each actor did."""
        return {actor: hands.tally for actor, hands in self._hands.items()}

    def run(self, blocks: Iterable[Whole], batch_of: BatchOf, tick: Callable[[int], None]) -> LifeTally:
        """
        The lives of orders that arrive at these seconds, given in rising blocks; the counts of all.

        `tick` is called with the number of orders so far.
        """
        number = 0
        for block in blocks:
            for order in self._arriving(block, number, batch_of):
                self._until_second(order.begun)
                self._live(order)
            number += len(block)
            self.arrived = int(block[-1]) + 1 if len(block) else self.arrived
            if self._counts.full:
                self._counts.collect()
                for hands in self._hands.values():
                    hands.collect()
            tick(number)
        if self.tally.progress is not None and self._horizon is None:
            self._until_second(self.arrived)
            running = [(self._actor[each.option], end) for end, _, kind, each in self._heap if kind == _RELEASE]
            take_stock(self._hands.values(), running, self.arrived)
        self._until_second(NEVER)
        for order in [each for hands in self._hands.values() for each in hands.queue if each.queued]:
            self._waited[order.batch][order.option] += self._until - order.asked
            self._stay(order)
        self._passed(NEVER + 1)
        return self._counts.collect()

    def _arriving(self, block: Whole, first: int, batch_of: BatchOf) -> Iterable[LiveOrder]:
        kernel = self._kernel
        orders = np.arange(first, first + len(block))
        places = kernel.starts(draws.streams(self._seed, orders, MIX)).tolist()
        streams = streams_of(self._seed, orders)
        every = numbers(streams, uniform=self._lists.uniform)
        for number, (second, place, stream) in enumerate(zip(block.tolist(), places, streams, strict=True)):
            marks = [second if marks[place] else -1 for marks in self._lists.start_marks]
            dates = [NEVER] * kernel.timers
            running = self._lists.running[place]
            batch = batch_of(first + number, second)
            self.batches[batch].begun[place] += 1
            order = LiveOrder(place, stream, second, second, batch, every[number], dates, marks, first + number, second)
            if running:
                self._set_timers(order, running)
            yield order

    def _until_second(self, second: int) -> None:
        """Handles the events before that second."""
        heap = self._heap
        while heap and heap[0][0] < second:
            now, _, kind, order = heappop(heap)
            if kind == _REQUEST:
                self._request(order, now)
            elif kind == _RELEASE:
                self._release(order, now)
            elif order.queued and order.date == now:  # an older date is of an earlier wait
                order.queued = False
                self._waited[order.batch][order.option] += now - order.asked
                self._happen(order, order.rival, now)
                self._live(order)
        self._passed(second)

    def _live(self, order: LiveOrder) -> None:
        """Moves an order on until it ends, or needs a hand."""
        lists = self._lists
        while True:
            place = order.place
            if lists.stops[place] or order.steps >= MOST_STEPS:
                self._leave(order)
                return
            drawn = order.drawn[order.steps % STEPS] if order.steps % STEPS or not order.steps else self._more(order)
            option = lists.first[place] + bisect_left(lists.thresholds[place], drawn[0])
            order.steps += 1
            if lists.contested[place]:
                order.rival, order.date = lists.rival(place, order.dates, order.time, option)
            else:
                order.rival, order.date = -1, NEVER
            at, waits, works = lists.at[option], lists.waits[option], lists.works[option]
            if at >= 0:
                moment = max(order.dates[at], order.time)
            else:
                moment = order.time if waits is None else order.time + round(waits(drawn[1], drawn[3]))
                if works is not None:
                    done = self._worked(order, option, moment, round(works(drawn[2], drawn[4])))
                    if done is None:
                        return
                    moment = done
            if order.date <= moment and (order.date < moment or order.rival < option):
                option, moment = order.rival, order.date
            if moment > self._until:
                self._stay(order)
                return
            self._happen(order, option, moment)

    def _more(self, order: LiveOrder) -> Numbers:
        """Draws the numbers of the next steps; those of the first."""
        order.drawn = numbers([advanced(order.stream, order.steps)], uniform=self._lists.uniform)[0]
        return order.drawn[0]

    def _worked(self, order: LiveOrder, option: int, ready: int, work: int) -> int | None:
        """When work is done that is ready to begin; None if the order has to wait for a hand."""
        hands = self._actor[option]
        if hands is None:
            return ready + work
        if hands.hands is None:
            moment = hands.finish(ready, work)
            self._waited[order.batch][option] += max(moment - ready - work, 0)
            hands.works += moment <= min(self._until, order.date)
            return moment
        if order.date < ready or (order.date == ready and order.rival < option):
            return ready
        if ready > self._until:
            self._stay(order)
            return None
        order.option, order.work = option, work
        heappush(self._heap, (ready, next(self._sequence), _REQUEST, order))
        return None

    def _request(self, order: LiveOrder, now: int) -> None:
        hands = self._actor[order.option]
        assert hands is not None  # only works of an actor with hands are requested
        if hands.free:
            order.asked = now
            self._grant(hands, order, now)
            return
        order.queued, order.asked = True, now
        hands.queue.append(order)
        if order.date <= self._until and order.date != NEVER:
            heappush(self._heap, (order.date, next(self._sequence), _EXPIRE, order))

    def _grant(self, hands: Hands, order: LiveOrder, now: int) -> None:
        hands.free -= 1
        hands.waits.append(now - order.asked)
        hands.batches.append(order.batch)
        finish = hands.finish(now, order.work)
        if order.date < finish or (order.date == finish and order.rival < order.option):
            finish, order.work = order.date, -1  # the timer comes first
        order.date = NEVER
        end = min(finish, self._until)
        busy = hands.opened(now, end) if order.work < 0 or finish > end else order.work
        hands.spend(busy, order.batch)
        self._waited[order.batch][order.option] += end - order.asked - busy
        if finish > self._until:
            self._stay(order)  # the hand is busy to the end
            return
        heappush(self._heap, (finish, next(self._sequence), _RELEASE, order))

    def _release(self, order: LiveOrder, now: int) -> None:
        hands = self._actor[order.option]
        assert hands is not None  # a hand was granted
        hands.free += 1
        while hands.queue and hands.free:
            following = hands.queue.popleft()
            if following.queued:
                following.queued = False
                self._grant(hands, following, now)
        if order.work < 0:
            self._happen(order, order.rival, now)
        else:
            hands.works += 1
            self._happen(order, order.option, now)
        self._live(order)

    def _happen(self, order: LiveOrder, option: int, moment: int) -> None:
        if self._hear is not None:
            self._hear(moment, order.number, option)
        lists, place, batch = self._lists, order.place, order.batch
        target, at, sets = lists.target[option], lists.at[option], lists.sets[option]
        self._fired[batch][option] += 1
        self._seconds[batch][place] += moment - order.time
        order.time = moment
        if self._stays is not None and self._stays[place] != self._stays[target]:
            self._counts.stayed.append((self._stays[place], moment - order.entered))
            order.entered = moment
        if at >= 0:
            order.dates[at] = NEVER
        if sets:
            self._set_timers(order, sets)
        for number, (first, last) in enumerate(lists.marks):
            mark = order.marks[number]
            if mark >= 0 and last[option]:
                variant = int(self._kernel.variant_of[place])
                self._counts.stretches.append((number, variant, moment - mark, batch))
                order.marks[number] = -2
            elif mark == -1 and first[option]:
                order.marks[number] = moment
        order.place = target

    def _set_timers(self, order: LiveOrder, sets: int) -> None:
        stream = np.array([advanced(order.stream, order.steps)], dtype=np.uint64)
        variant = self._kernel.variant_of[order.place : order.place + 1]
        for number, table in enumerate(self._kernel.timer_laws):
            if sets >> number & 1:
                lasts, _ = table.of(variant, draws.mixed(stream ^ np.uint64(TIMERS + number)))
                order.dates[number] = order.time + int(lasts[0])

    def _leave(self, order: LiveOrder) -> None:
        """Counts an order that has ended, is stuck or takes too many steps."""
        end = self._lists.end[order.place]
        if end < 0:
            if not self._lists.stops[order.place]:
                self.tally.given_up += 1
            elif self._horizon is not None:
                self._stay(order)
                return
            self._counts.open[order.place] += 1
        self._count(end, order)

    def _stay(self, order: LiveOrder) -> None:
        """Counts an order that the end of the simulation finds where it is."""
        self._seconds[order.batch][order.place] += self._until - order.time
        order.time = self._until
        self._counts.open[order.place] += 1
        self._count(-1, order)

    def _count(self, end: int, order: LiveOrder) -> None:
        self._ends(order.time, order.number)
        self._counts.ended.append((end, order.time - order.begun, order.begun, order.batch))


def _nobody(*_: int) -> None:
    """Nobody listens."""
