"""
Follows the orders of a log, all at once: which could have happened, which are unfinished, which are impossible.

Records may come in any order: those of one order are followed in the order of their times, and as they come where the
times are equal. An order that has ended is kept for a while, for records that come late.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterable
from datetime import datetime

from covage_model.behaviour.logs.possible import NOWHERE, PossibleSets, Seen
from covage_model.behaviour.logs.repair import Repair, repaired
from covage_model.behaviour.logs.totals import LogTotals
from covage_model.ground.classes import dataclass

KEPT = 512  # ended orders that are kept for late records
_REPAIRS = 4096  # that are remembered
_LATE = 8  # one in so many records that come late is waited for before an order is followed again
Record = tuple[datetime, Seen, int]  # when, what is seen, and on which line


@dataclass(frozen=True, slots=True)
class OrderFault:
    """
    An order that could not have happened.

    `first` is the number of its first impossible record, from 0, and `before` that of the set of places before it, in
    `sets`. `repair` is None if none is cheap enough.
    """

    order: str
    records: tuple[Record, ...]
    first: int
    sets: PossibleSets
    before: int
    repair: Repair | None


class OpenOrder:
    """
    An order whose events are still coming.

    `start` is the number of the set in which it began, `number` that of the set after its records so far. `last` is the
    time of its latest record. `cut`: its beginning is not in the log. `closed`: nothing more is to be shown of it.
    `waits`: it stands among those that are kept for late records.
    """

    __slots__ = ("closed", "cut", "identifiers", "last", "late", "name", "number", "records", "sets", "start", "waits")

    def __init__(self, name: str, sets: PossibleSets, start: int, last: datetime) -> None:
        self.name = name
        self.sets, self.start, self.number = sets, start, start
        self.records: list[Record] = []
        self.late: list[Record] = []
        self.identifiers: dict[str, Record] = {}
        self.last = last
        self.cut = self.closed = self.waits = False


@dataclass(frozen=True, slots=True, eq=False)
class Beginning:
    """Where an order begins: in the set `start` of `sets`, if it follows one of these tables."""

    sets: PossibleSets
    tables: tuple[int, ...]
    start: int


def beginning(sets: PossibleSets, tables: Iterable[int]) -> Beginning:
    """The beginning of an order that follows one of these tables."""
    every = tuple(tables)
    return Beginning(sets, every, sets.start(every))


class OrderFollower:
    """
    Follows orders record by record. `begins` says where an order begins, and says it with the same
    object of orders that begin alike.

    `incomplete` are orders of which a record was left out: what they show is no proof against them.

    With `cut_front`, the beginning of orders may be missing. `fault` is called with each order that could not have
    happened, once no more of its records come; its repair costs at most `most`. `done` is called with each other order.
    `differs` is called with an order, an identifier and the lines of two records that differ; the second is dropped.
    """

    def __init__(
        self,
        begins: Callable[[str], Beginning],
        fault: Callable[[OrderFault], object],
        *,
        cut_front: bool = False,
        most: int = 10,
        done: Callable[[OpenOrder], object] | None = None,
        differs: Callable[[str, str, int, int], object] | None = None,
        incomplete: Container[str] = (),
    ) -> None:
        self.begins, self._fault, self._cut_front, self._most = begins, fault, cut_front, most
        self.open: dict[str, OpenOrder] = {}
        self._ended: deque[OpenOrder] = deque()  # perhaps reopened since
        self._repairs: dict[tuple[PossibleSets, int, tuple[Seen, ...]], Repair | None] = {}
        self.done, self._differs, self._incomplete = done, differs, incomplete
        self.totals = LogTotals()

    def hear(self, order: str, seen: Seen, moment: datetime, identifier: str | None, line: int) -> None:
        """The next record. One with an `identifier` that the order has already is dropped."""
        open_order = self.open.get(order)
        if open_order is None:
            open_order = self._begin(order, moment)
        record = moment, seen, line
        if identifier:
            first = open_order.identifiers.setdefault(identifier, record)
            if first is not record:
                self._hear_again(order, identifier, first, record)
                return
        if moment < open_order.last or open_order.closed or open_order.late:
            self._insert(order, open_order, record)
            return
        open_order.records.append(record)
        open_order.last = moment
        open_order.number = self._step(open_order, seen)
        if open_order.sets.finished[open_order.number]:
            self._end(open_order)

    def restart(self, order: str) -> None:
        """Follow an order again from its beginning, since `begins` now says something else of it."""
        if order in self.open:
            open_order = self.open[order]
            begins = self.begins(order)
            open_order.sets, open_order.start, open_order.cut = begins.sets, begins.start, False
            self._follow(open_order)

    def finish(self) -> None:
        """No more records come. Orders are counted as they came into the log."""
        for order in sorted(self.open, key=self._first_line):
            self._count(order)

    def _first_line(self, order: str) -> int:
        open_order = self.open[order]
        return min(line for _, _, line in (*open_order.records, *open_order.late))

    def _begin(self, order: str, moment: datetime) -> OpenOrder:
        begins = self.begins(order)
        open_order = self.open[order] = OpenOrder(order, begins.sets, begins.start, moment)
        return open_order

    def _step(self, open_order: OpenOrder, seen: Seen) -> int:
        number = open_order.sets.step(open_order.number, seen)
        if number == NOWHERE and self._cut_front and open_order.number == open_order.start and not open_order.cut:
            open_order.cut = True
            open_order.start = open_order.sets.anywhere(open_order.sets.tables(open_order.start))
            number = open_order.sets.step(open_order.start, seen)
        return number

    def _insert(self, order: str, open_order: OpenOrder, record: Record) -> None:
        """A record that comes late: the order is followed again, where it is long together with others that do."""
        self.totals.late += record[0] < open_order.last
        open_order.late.append(record)
        open_order.last = max(open_order.last, record[0])
        if open_order.cut or self._cut_front:
            open_order.start, open_order.cut = self.begins(order).start, False
        if open_order.closed or len(open_order.late) * _LATE > len(open_order.records):
            self._follow(open_order)

    def _follow(self, open_order: OpenOrder) -> None:
        """Follow all records of an order from its start, and close or reopen it."""
        self._settle(open_order)
        ends = open_order.sets.finished[open_order.number]
        if ends and not open_order.closed:
            self._end(open_order)
        elif open_order.closed and not ends:
            open_order.closed = False

    def _settle(self, open_order: OpenOrder) -> None:
        """Put the records that came late in their places, and follow all from the start."""
        if open_order.late:
            open_order.records.extend(open_order.late)
            open_order.late.clear()
            open_order.records.sort(key=lambda each: each[0])
        open_order.number = open_order.start
        for _, seen, _ in open_order.records:
            open_order.number = self._step(open_order, seen)

    def _hear_again(self, order: str, identifier: str, first: Record, record: Record) -> None:
        """A record with the identifier of an earlier one of its order."""
        if record[:2] == first[:2]:
            self.totals.duplicates += 1
        elif self._differs is not None:
            self._differs(order, identifier, first[2], record[2])

    def _end(self, open_order: OpenOrder) -> None:
        """Nothing more is to be shown of an order: it is kept for records that come late, and counted after that."""
        open_order.closed = True
        if not open_order.waits:
            open_order.waits = True
            self._ended.append(open_order)
        if len(self._ended) > KEPT:
            oldest = self._ended.popleft()
            oldest.waits = False
            if oldest.closed:
                self._count(oldest.name)

    def _count(self, order: str) -> None:
        """Add an order to the totals: no more of its records come."""
        open_order, totals = self.open.pop(order), self.totals
        if open_order.late:
            self._settle(open_order)
        records, number, sets = open_order.records, open_order.number, open_order.sets
        totals.cut += open_order.cut
        if number == NOWHERE:
            totals.records += len(records)
            if order in self._incomplete:
                totals.undecided += 1
            else:
                totals.impossible += 1
            self._find_fault(order, open_order)
            return
        moments, seen = [moment for moment, _, _ in records], [seen for _, seen, _ in records]
        totals.add(sets, number, seen, moments, whole=not open_order.cut)
        if self.done is not None:
            self.done(open_order)

    def _find_fault(self, order: str, open_order: OpenOrder) -> None:
        sets, seen = open_order.sets, tuple(record[1] for record in open_order.records)
        key = (sets, open_order.start, seen)
        if key not in self._repairs:
            if len(self._repairs) > _REPAIRS:
                self._repairs.clear()
            self._repairs[key] = repaired(sets, open_order.start, seen, most=self._most)
        repair, number, first = self._repairs[key], open_order.start, 0
        while (following := sets.step(number, seen[first])) != NOWHERE:
            number, first = following, first + 1
        if repair is not None:
            self.totals.explained += len(seen) - (repair.cost - repair.missing)
            self.totals.missing += repair.missing
        self._fault(OrderFault(order, tuple(open_order.records), first, sets, number, repair))
