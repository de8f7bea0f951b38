"""What the event path counts, as plain lists until there is enough of it for columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from covage_model.behaviour.population.kernel import Kernel
from covage_model.behaviour.population.tally import LifeTally, count_lives, count_stays, empty_tally, sum_parts

_BULK = 1 << 16


class EventCounts:
    """
    Counts by batch and option (`fired`, `waited`), by batch and place (`seconds`), by place (`open`), and lists of what
    has just happened. Beginnings are counted in `batches`.

    `ended` are (end or -1, seconds, second of beginning, batch), `stretches` (number, variant, seconds, batch),
    `stayed` (kind, seconds); `stays` has the kind of stay of each place, None if they are not counted.
    """

    def __init__(self, kernel: Kernel, *, batches: int, width: int | None, stays: bool) -> None:
        self.fired, self.waited = ([[0] * kernel.options for _ in range(batches)] for _ in range(2))
        self.seconds = [[0] * kernel.places for _ in range(batches)]
        self.open = [0] * kernel.places
        self.ended: list[tuple[int, int, int, int]] = []
        self.stretches: list[tuple[int, int, int, int]] = []
        self.stayed: list[tuple[int, int]] = []
        self.stays: Sequence[int] | None = kernel.stay_of.tolist() if stays else None
        self.last = 0  # the second at which the last order ended
        sizes = kernel.places, kernel.options, len(kernel.ends), (len(kernel.between), len(kernel.variants))
        self.tally = empty_tally(*sizes, width, len(kernel.stays) if stays else 0, batches)
        self.batches = [empty_tally(*sizes, None) for _ in range(batches)]

    @property
    def full(self) -> bool:
        """Whether the lists should be collected."""
        return len(self.ended) > _BULK

    def collect(self) -> LifeTally:
        """All counts so far; the lists are then empty."""
        tally = self.tally
        tally.open[:] = self.open
        if tally.parts is not None:
            tally.parts.fired[:], tally.parts.waited[:], tally.parts.seconds[:] = self.fired, self.waited, self.seconds
            tally.parts.begun[:] = [batch.begun for batch in self.batches]
            sum_parts(tally)
        self.last = max(self.last, count_lives(tally, self.batches, self.ended, self.stretches))
        if self.stayed:
            count_stays(tally, *np.array(self.stayed, dtype=np.int64).T)
        for lists in (self.ended, self.stretches, self.stayed):
            lists.clear()
        return tally
