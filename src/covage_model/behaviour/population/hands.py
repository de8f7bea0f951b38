"""Orders that are in progress, and the hands that they share."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import field

import numpy as np

from covage_model.behaviour.population.calendars import OpenClock
from covage_model.behaviour.population.drawn import Numbers
from covage_model.behaviour.population.figures import summed
from covage_model.behaviour.population.tally import Durations
from covage_model.behaviour.population.walk import NEVER
from covage_model.ground.classes import dataclass


@dataclass(slots=True, eq=False)
class CrewTally:
    """
    What the hands of an actor did: finished works, and how long works waited for a hand.

    `busy` are the seconds of work while orders arrive, or until the end if all arrive at once; `busy_by_batch` those
    for the orders of each batch, whenever they are.
    """

    hands: int | None
    works: int
    busy: int
    waiting: Durations
    waiting_by_batch: tuple[Durations, ...]
    busy_by_batch: Mapping[int, int]


@dataclass(slots=True, eq=False)
class Hands:
    """The hands of an actor while the loop runs. `hands` None is as many as needed."""

    hands: int | None
    free: int
    clock: OpenClock | None
    queue: deque[LiveOrder]
    waits: list[int]
    batches: list[int]  # of the orders that waited
    works: int = 0
    busy: int = 0
    busy_at: int | None = None  # when the last order arrived
    busy_by_batch: Counter[int] = field(default_factory=Counter)
    parts: list[Durations] = field(default_factory=list)  # the waits that were collected, by batch

    @property
    def tally(self) -> CrewTally:
        """What they did so far."""
        self.collect()
        busy = self.busy if self.busy_at is None else self.busy_at
        return CrewTally(self.hands, self.works, busy, summed(self.parts), tuple(self.parts), self.busy_by_batch)

    def collect(self) -> None:
        """Counts the waits so far; the lists are then empty."""
        waits, batches = np.array(self.waits, dtype=np.int64), np.array(self.batches, dtype=np.int64)
        self.parts += (Durations() for _ in range(len(self.parts), int(batches.max(initial=-1)) + 1))
        for number in np.unique(batches).tolist():
            self.parts[number].add(waits[batches == number])
        self.waits.clear()
        self.batches.clear()

    def spend(self, seconds: int, batch: int) -> None:
        """A hand works so long for an order of that batch."""
        self.busy += seconds
        self.busy_by_batch[batch] += seconds

    def finish(self, second: int, work: int) -> int:
        """When so much work ends that begins at that second at the earliest."""
        return second + work if self.clock is None else self.clock.finish(second, work)

    def opened(self, first: int, last: int) -> int:
        """The seconds of work between two moments."""
        return last - first if self.clock is None else self.clock.open_until(last) - self.clock.open_until(first)


def take_stock(every: Iterable[Hands], running: Iterable[tuple[Hands | None, int]], second: int) -> None:
    """Notes how busy all hands were until that second; `running` are works that end later, with their ends."""
    for hands in every:
        hands.busy_at = hands.busy
    for worker, finish in running:
        if worker is not None and worker.busy_at is not None:
            worker.busy_at -= worker.opened(second, finish)


@dataclass(slots=True, eq=False)
class LiveOrder:
    """An order in progress. `option`, `work`, `rival` and `date` are of the move that waits for a hand."""

    place: int
    stream: int
    time: int
    begun: int
    batch: int
    drawn: list[Numbers]
    dates: list[int]
    marks: list[int]
    number: int
    entered: int  # the second at which the state was entered
    steps: int = 0
    option: int = -1
    work: int = 0
    rival: int = -1
    date: int = NEVER
    asked: int = 0
    queued: bool = False
