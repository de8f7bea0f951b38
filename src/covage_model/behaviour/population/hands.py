"""Orders that are in progress, and the hands that they share."""

from __future__ import annotations

from collections import deque

import numpy as np

from covage_model.behaviour.population.calendars import OpenClock
from covage_model.behaviour.population.drawn import Numbers
from covage_model.behaviour.population.tally import Durations
from covage_model.behaviour.population.walk import NEVER
from covage_model.ground.classes import dataclass


@dataclass(slots=True, eq=False)
class CrewTally:
    """What the hands of an actor did: finished works, busy seconds, and how long works waited for a hand."""

    hands: int | None
    works: int
    busy: int
    waiting: Durations


@dataclass(slots=True, eq=False)
class Hands:
    """The hands of an actor while the loop runs. `hands` None is as many as needed."""

    hands: int | None
    free: int
    clock: OpenClock | None
    queue: deque[LiveOrder]
    waits: list[int]
    works: int = 0
    busy: int = 0

    @property
    def tally(self) -> CrewTally:
        """What they did so far."""
        waiting = Durations()
        waiting.add(np.array(self.waits, dtype=np.int64))
        return CrewTally(self.hands, self.works, self.busy, waiting)

    def finish(self, second: int, work: int) -> int:
        """When so much work ends that begins at that second at the earliest."""
        return second + work if self.clock is None else self.clock.finish(second, work)

    def opened(self, first: int, last: int) -> int:
        """The seconds of work between two moments."""
        return last - first if self.clock is None else self.clock.open_until(last) - self.clock.open_until(first)


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
    steps: int = 0
    option: int = -1
    work: int = 0
    rival: int = -1
    date: int = NEVER
    asked: int = 0
    queued: bool = False
