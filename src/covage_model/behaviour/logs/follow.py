"""
Follows the orders of a log, all at once: which of them could have happened, which are still running, which cannot be.

Records may come in any order: those of one order are followed in the order of their times, and as they come where the
times are equal. An order that has ended is kept for a while, for records that come late.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from dataclasses import field
from datetime import UTC, datetime
from enum import Enum

from covage_model.behaviour.logs.durations import DurationCounts
from covage_model.behaviour.logs.possible import NOWHERE, PossibleSets, Seen
from covage_model.behaviour.logs.repair import Repair, repaired
from covage_model.ground.classes import dataclass

DAY = 86_400
KEPT = 512  # ended orders that are kept for late records
_REPAIRS = 4096  # that are remembered
Record = tuple[datetime, Seen, int]  # when, what is seen, and on which line


class ReplayVerdict(Enum):
    """What the log says of an order."""

    CONFORMS = "conforms"
    UNFINISHED = "unfinished"
    IMPOSSIBLE = "could not have happened"


@dataclass(frozen=True, slots=True)
class OrderFault:
    """
    The first record of an order that could not have happened: its number, and the set of places before it.

    `sets` are what the order was followed in; `repair` is None if none is cheap enough.
    """

    order: str
    records: tuple[Record, ...]
    first: int
    sets: PossibleSets
    before: int
    repair: Repair | None


@dataclass(slots=True)
class LogTotals:
    """What a log adds up to."""

    impossible: int = 0  # orders that could not have happened
    cut: int = 0  # orders whose beginning is not in the log
    records: int = 0  # of orders, without those left out
    duplicates: int = 0
    unordered: int = 0
    explained: int = 0  # records that could have happened, after repairs
    missing: int = 0
    steps: dict[Seen, dict[Seen, DurationCounts]] = field(default_factory=dict)  # from one record to the next
    lives: DurationCounts = field(default_factory=DurationCounts)  # from the first event to the last, of ended orders
    sets: dict[tuple[PossibleSets, int], int] = field(default_factory=dict)  # orders by where they were at the end

    @property
    def orders(self) -> dict[ReplayVerdict, int]:
        """How many orders have each verdict; {} where there is no order."""
        ended = sum(count for (sets, number), count in self.sets.items() if sets.ended[number])
        counts = {
            ReplayVerdict.CONFORMS: ended,
            ReplayVerdict.UNFINISHED: sum(self.sets.values()) - ended,
            ReplayVerdict.IMPOSSIBLE: self.impossible,
        }
        return counts if any(counts.values()) else {}

    @property
    def fitness(self) -> float:
        """The share of the events that happened or should have which did and should; 1 of nothing."""
        whole = self.records + self.missing
        return self.explained / whole if whole else 1.0


class OpenOrder:
    """An order whose events are still coming. `number` is the set after its records so far, `row` what follows it."""

    __slots__ = ("closed", "cut", "identifiers", "last", "name", "number", "records", "row", "sets", "start", "waits")

    def __init__(self, name: str, sets: PossibleSets, start: int, last: datetime) -> None:
        self.name = name
        self.sets, self.start, self.number = sets, start, start
        self.row = sets.rows[start]
        self.records: list[Record] = []
        self.identifiers: list[object] = []
        self.last = last
        self.cut = self.closed = self.waits = False


Beginning = Callable[[str], tuple[PossibleSets, tuple[int, ...]]]  # of an order: its sets, and the tables it may follow


class OrderFollower:
    """
    Follows orders record by record. `begins` says what an order may be; with `cut_front`, its beginning may be missing.

    `fault` hears of each order that could not have happened, once no more of its records come; its repair costs at
    most `most`. `done` hears of each other order then.
    """

    def __init__(
        self,
        begins: Beginning,
        fault: Callable[[OrderFault], object],
        *,
        cut_front: bool = False,
        most: int = 10,
        done: Callable[[OpenOrder], object] | None = None,
    ) -> None:
        self._begins, self._fault, self._cut_front, self._most = begins, fault, cut_front, most
        self.open: dict[str, OpenOrder] = {}
        self._ended: deque[OpenOrder] = deque()  # perhaps reopened since
        self._repairs: dict[tuple[PossibleSets, int, tuple[Seen, ...]], Repair | None] = {}
        self._done = done
        self.totals = LogTotals()

    def hear(self, order: str, seen: Seen, moment: datetime, identifier: object, line: int) -> None:
        """The next record. One with an `identifier` (not None) that the order has already is dropped."""
        here = self.open.get(order)
        if here is None:
            here = self._begin(order, moment)
        if identifier is not None:
            if identifier in here.identifiers:
                self.totals.duplicates += 1
                return
            here.identifiers.append(identifier)
        if moment < here.last or here.closed:
            self._insert(order, here, (moment, seen, line))
            return
        here.records.append((moment, seen, line))
        here.last = moment
        number = here.row.get(seen)
        if not number:  # not known yet, or impossible
            number = self._step(here, seen)
        here.number, here.row = number, here.sets.rows[number]
        if here.sets.finished[number]:
            self.end(here)

    def restart(self, order: str) -> None:
        """More is known of an order: it is followed again from its beginning."""
        if order in self.open:
            here = self.open[order]
            here.sets, tables = self._begins(order)
            here.start, here.cut = here.sets.start(tables), False
            self._follow(here)

    def finish(self) -> None:
        """No more records come."""
        for order in list(self.open):
            self._count(order)

    def _begin(self, order: str, moment: datetime) -> OpenOrder:
        sets, tables = self._begins(order)
        here = self.open[order] = OpenOrder(order, sets, sets.start(tables), moment)
        return here

    def _step(self, here: OpenOrder, seen: Seen) -> int:
        number = here.sets.step(here.number, seen)
        if number == NOWHERE and self._cut_front and here.number == here.start and not here.cut:
            here.cut = True
            here.start = here.sets.anywhere(here.sets.tables(here.start))
            number = here.sets.step(here.start, seen)
        return number

    def _insert(self, order: str, here: OpenOrder, record: Record) -> None:
        """A record that comes late: the order is followed again."""
        self.totals.unordered += record[0] < here.last
        here.records.insert(bisect_right(here.records, record[0], key=lambda each: each[0]), record)
        here.last = here.records[-1][0]
        if here.cut or self._cut_front:
            sets, tables = self._begins(order)
            here.start, here.cut = sets.start(tables), False
        self._follow(here)

    def _follow(self, here: OpenOrder) -> None:
        """All records of an order from its start."""
        here.number = here.start
        for _, seen, _ in here.records:
            here.number = self._step(here, seen)
        here.row = here.sets.rows[here.number]
        ends = here.sets.finished[here.number]
        if ends and not here.closed:
            self.end(here)
        elif here.closed and not ends:
            here.closed = False

    def end(self, here: OpenOrder) -> None:
        """An order has come to where nothing more is shown of it: it is kept for records that come late."""
        here.closed = True
        if not here.waits:
            here.waits = True
            self._ended.append(here)
        if len(self._ended) > KEPT:
            oldest = self._ended.popleft()
            oldest.waits = False
            if oldest.closed:
                self._count(oldest.name)

    def _count(self, order: str) -> None:
        """An order of which nothing more comes."""
        here, totals = self.open.pop(order), self.totals
        records, number, sets = here.records, here.number, here.sets
        totals.records += len(records)
        totals.cut += here.cut
        if number == NOWHERE:
            totals.impossible += 1
            self._find_fault(order, here)
            return
        totals.explained += len(records)
        key = sets, number
        totals.sets[key] = totals.sets.get(key, 0) + 1
        if self._done is not None:
            self._done(here)
        begun = before = records[0][0]
        steps = totals.steps
        taken = steps.get(records[0][1]) or self._steps_from(records[0][1])
        for moment, seen, _ in records[1:]:
            duration = moment - before
            durations = taken.get(seen)
            if durations is None:
                durations = taken[seen] = DurationCounts()
            durations.add(duration.days * DAY + duration.seconds)
            before = moment
            taken = steps.get(seen) or self._steps_from(seen)
        if sets.ended[number] and not here.cut:
            duration = before - begun
            totals.lives.add(duration.days * DAY + duration.seconds)

    def _steps_from(self, seen: Seen) -> dict[Seen, DurationCounts]:
        return self.totals.steps.setdefault(seen, {})

    def _find_fault(self, order: str, here: OpenOrder) -> None:
        sets, seen = here.sets, tuple(record[1] for record in here.records)
        key = (sets, here.start, seen)
        if key not in self._repairs:
            if len(self._repairs) > _REPAIRS:
                self._repairs.clear()
            self._repairs[key] = repaired(sets, here.start, seen, most=self._most)
        repair, number, first = self._repairs[key], here.start, 0
        while (following := sets.step(number, seen[first])) != NOWHERE:
            number, first = following, first + 1
        if repair is not None:
            self.totals.explained += len(seen) - (repair.cost - repair.missing)
            self.totals.missing += repair.missing
        self._fault(OrderFault(order, tuple(here.records), first, sets, number, repair))


def moment_of(text: str) -> datetime | None:
    """The moment of an ISO 8601 date and time, in UTC where it has no zone; None of another text."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
