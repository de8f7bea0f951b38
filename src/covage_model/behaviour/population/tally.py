"""What is counted about simulated orders: whole numbers alone, so that any division of the work sums to the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

import numpy as np
import numpy.typing as npt

from covage_model.behaviour.population.bins import bin_of, middle_of, span_of
from covage_model.behaviour.population.draws import Whole
from covage_model.ground.classes import dataclass

Grid = npt.NDArray[np.int64]  # a row for each batch
_HALF = 16
_LOW = (1 << _HALF) - 1


@dataclass(slots=True, eq=False)
class Durations:
    """Counts of durations by bin, with their exact sum and sum of squares."""

    count: int = 0
    total: int = 0
    squares: int = 0
    bins: Whole = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def add(self, seconds: Whole) -> None:
        """Counts these durations."""
        if not len(seconds):
            return
        high, low = seconds >> _HALF, seconds & _LOW
        self.count += len(seconds)
        self.total += int(seconds.sum())
        self.squares += (int((high * high).sum()) << 2 * _HALF) + (int((high * low).sum()) << _HALF + 1)
        self.squares += int((low * low).sum())
        self._add_bins(np.bincount(bin_of(seconds)))

    def merge(self, other: Durations) -> None:
        """Counts what another one has counted."""
        self.count += other.count
        self.total += other.total
        self.squares += other.squares
        self._add_bins(other.bins)

    def _add_bins(self, bins: Whole) -> None:
        if len(bins) > len(self.bins):
            self.bins = np.concatenate([self.bins, np.zeros(len(bins) - len(self.bins), dtype=np.int64)])
        self.bins[: len(bins)] += bins

    @property
    def mean(self) -> float:
        """The mean in seconds. Raises ZeroDivisionError if nothing was counted."""
        return self.total / self.count

    @property
    def variance(self) -> float:
        """The variance of the sample; 0 for a single duration."""
        if self.count < 2:
            return 0.0
        return (self.squares * self.count - self.total**2) / (self.count * (self.count - 1))

    def at_rank(self, rank: float) -> int:
        """The duration at that rank (1 is the shortest), as the middle of its bin."""
        place = int(np.searchsorted(np.cumsum(self.bins), min(max(rank, 1), self.count)))
        return middle_of(place)

    def at_most(self, seconds: float) -> int:
        """How many durations are at most so many seconds; those of the bin that holds the limit are all counted."""
        total = 0
        for place in np.flatnonzero(self.bins):
            if span_of(int(place))[0] > seconds:
                break
            total += int(self.bins[place])
        return total


@dataclass(slots=True, eq=False)
class Progress:
    """
    Orders in progress over time: in spans of `width` seconds, which doubles where more than `most` would be needed.

    `part[i]` are the order-seconds of orders that begin or end in span `i`, `whole[i]` how many more orders are there
    for the whole of span `i` than of the one before.
    """

    width: int
    most: int = 2048
    part: Whole = field(default_factory=lambda: np.zeros(2, dtype=np.int64))
    whole: Whole = field(default_factory=lambda: np.zeros(2, dtype=np.int64))

    def add(self, starts: Whole, ends: Whole) -> None:
        """Counts orders by the seconds at which they begin and end."""
        if not len(starts):
            return
        self._reach(int(ends.max()))
        first, last = starts // self.width, ends // self.width
        same = first == last
        np.add.at(self.part, first, np.where(same, ends - starts, (first + 1) * self.width - starts))
        np.add.at(self.part, last[~same], (ends - last * self.width)[~same])
        np.add.at(self.whole, first[~same] + 1, 1)
        np.add.at(self.whole, last[~same], -1)

    def _reach(self, second: int) -> None:
        while second // self.width >= self.most:
            self._double()
        needed = second // self.width + 2
        if needed > len(self.part):
            more = np.zeros(max(needed, 2 * len(self.part)) - len(self.part), dtype=np.int64)
            self.part, self.whole = np.concatenate([self.part, more]), np.concatenate([self.whole, more])

    def _double(self) -> None:
        size = len(self.part) + len(self.part) % 2
        part, whole = (
            np.concatenate([each, np.zeros(size - len(each), dtype=np.int64)]) for each in (self.part, self.whole)
        )
        # an order that is there from an odd span on fills the second half of a double span, and all later ones
        self.part = part[::2] + part[1::2] + whole[1::2] * self.width
        later = np.concatenate([[0], whole[1::2]])
        self.whole = np.concatenate([whole[::2], [0]]) + later
        self.part = np.concatenate([self.part, [0]])
        self.width *= 2

    def merge(self, other: Progress) -> None:
        """Counts what another one has counted."""
        while self.width < other.width:
            self._double()
        while other.width < self.width:
            other._double()
        size = max(len(self.part), len(other.part))
        parts = [np.concatenate([each, np.zeros(size - len(each), dtype=np.int64)]) for each in (self.part, other.part)]
        wholes = [
            np.concatenate([each, np.zeros(size - len(each), dtype=np.int64)]) for each in (self.whole, other.whole)
        ]
        self.part, self.whole = parts[0] + parts[1], wholes[0] + wholes[1]

    def means(self, until: int) -> list[tuple[int, float]]:
        """
        The beginning of each span before `until`, with the mean number of orders in progress in it.

        `until` is a whole number of spans, or no order is in progress after it.
        """
        self._reach(max(until - 1, 0))  # first: it may double the width
        count = -(-until // self.width)
        running = np.cumsum(self.whole)
        starts = [i * self.width for i in range(count)]
        filled = (self.part[:count] + running[:count] * self.width).tolist()
        lengths = [min(start + self.width, until) - start for start in starts]
        return [(start, each / length) for start, each, length in zip(starts, filled, lengths, strict=True)]


@dataclass(frozen=True, slots=True)
class Parts:
    """Which batch an order is in: by its number, of `count`, or else by its second of arrival, before `until`."""

    batches: int
    count: int | None
    until: int | None

    def of(self, orders: Whole, begun: Whole) -> Whole:
        """The batches of orders, by their numbers and the seconds at which they begin."""
        if self.count is not None:
            return np.minimum(orders * self.batches // self.count, self.batches - 1)
        return begun * self.batches // (self.until or 1)


@dataclass(slots=True, eq=False)
class PartCounts:
    """The counts of a tally by batch of orders, one row for each: how orders differ gives the intervals of rates."""

    begun: Grid
    fired: Grid
    seconds: Grid
    waited: Grid

    def merge(self, other: PartCounts) -> None:
        """Counts what another one has counted."""
        self.begun += other.begun
        self.fired += other.fired
        self.seconds += other.seconds
        self.waited += other.waited


@dataclass(slots=True, eq=False)
class LifeTally:
    """
    The counts of one part of a simulation, by the numbers of a kernel.

    `begun[p]` orders began in place `p`, `fired[n]` times option `n` happened, `seconds[p]` were spent in place `p`,
    `open[p]` orders were there at the end of the simulation, or when they were given up after too many steps.
    `lead[e]` are the lead times of end `e`, `between[b][v]` the durations of stretch `b` of variant `v`, `stays[s]`
    those of stays of kind `s` (none if they are not counted). `waited[n]` are the seconds for which the work of option
    `n` waited for a hand or for open hours. `parts` are the same counts by batch of orders, if they were asked for.
    """

    begun: Whole
    fired: Whole
    seconds: Whole
    open: Whole
    lead: list[Durations]
    between: list[list[Durations]]
    progress: Progress | None
    waited: Whole
    stays: list[Durations]
    parts: PartCounts | None
    given_up: int = 0

    def merge(self, other: LifeTally) -> None:
        """Counts what another one has counted."""
        self.begun += other.begun
        self.fired += other.fired
        self.seconds += other.seconds
        self.open += other.open
        for mine, theirs in zip(self.lead, other.lead, strict=True):
            mine.merge(theirs)
        for row, others in zip(self.between, other.between, strict=True):
            for mine, theirs in zip(row, others, strict=True):
                mine.merge(theirs)
        self.waited += other.waited
        if self.parts is not None and other.parts is not None:
            self.parts.merge(other.parts)
        for mine, theirs in zip(self.stays, other.stays, strict=True):
            mine.merge(theirs)
        if self.progress is not None and other.progress is not None:
            self.progress.merge(other.progress)
        self.given_up += other.given_up


def empty_tally(
    places: int, options: int, ends: int, between: tuple[int, int], width: int | None, stays: int = 0, parts: int = 0
) -> LifeTally:
    """
    A tally of nothing; `between` is the number of stretches and of variants, `width` the seconds of a span.

    `stays` is the number of kinds of stays that are counted, `parts` that of batches whose counts are kept apart.
    """
    sizes = (places, options, places, options)
    return LifeTally(
        begun=np.zeros(places, dtype=np.int64),
        fired=np.zeros(options, dtype=np.int64),
        seconds=np.zeros(places, dtype=np.int64),
        open=np.zeros(places, dtype=np.int64),
        lead=[Durations() for _ in range(ends)],
        between=[[Durations() for _ in range(between[1])] for _ in range(between[0])],
        progress=None if width is None else Progress(width),
        waited=np.zeros(options, dtype=np.int64),
        stays=[Durations() for _ in range(stays)],
        parts=PartCounts(*(np.zeros((parts, size), dtype=np.int64) for size in sizes)) if parts else None,
    )


def sum_parts(tally: LifeTally) -> None:
    """Sets the counts of a tally to the sums over its parts."""
    if tally.parts is not None:
        for name in ("begun", "fired", "seconds", "waited"):
            getattr(tally, name)[:] = getattr(tally.parts, name).sum(axis=0)


def count_lives(
    tally: LifeTally,
    batches: Sequence[LifeTally],
    lives: Sequence[tuple[int, int, int, int]],
    stretches: Sequence[tuple[int, int, int, int]],
) -> int:
    """
    Counts single lives and stretches, in the whole tally and in that of their batch; the second of the last end.

    A life is (end or -1, seconds, second of beginning, batch), a stretch (number, variant, seconds, batch).
    """
    ends, times, begun, parts = np.array(lives or [(0,) * 4][:0], dtype=np.int64).reshape(-1, 4).T
    for number in range(len(tally.lead)):
        of_end = ends == number
        tally.lead[number].add(times[of_end])
        for batch, each in enumerate(batches):
            each.lead[number].add(times[of_end & (parts == batch)])
    if tally.progress is not None:
        tally.progress.add(begun, begun + times)
    groups: dict[tuple[int, int, int], list[int]] = {}
    for stretch, variant, lasted, batch in stretches:
        groups.setdefault((stretch, variant, batch), []).append(lasted)
    for (stretch, variant, batch), group in groups.items():
        seconds = np.array(group, dtype=np.int64)
        tally.between[stretch][variant].add(seconds)
        batches[batch].between[stretch][variant].add(seconds)
    return int((begun + times).max(initial=0))


def count_stays(tally: LifeTally, kinds: Whole, seconds: Whole) -> None:
    """Counts stays by their kinds."""
    order = np.argsort(kinds, kind="stable")
    borders = np.searchsorted(kinds[order], np.arange(len(tally.stays) + 1))
    for number, durations in enumerate(tally.stays):
        durations.add(seconds[order[borders[number] : borders[number + 1]]])
