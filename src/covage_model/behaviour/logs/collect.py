"""
Collects the records of orders, and looks at an order when it seems to have ended: once, and not at each record.

Most orders of a log are told so: their records come in the order of time, none comes twice, and what they show could
have happened and has ended. Few such lives differ, so each is followed once. All other orders go to an OrderFollower,
record by record.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from itertools import compress
from typing import Any

from covage_model.behaviour.logs.follow import KEPT, Beginning, OpenOrder, OrderFollower
from covage_model.behaviour.logs.possible import NOWHERE, PossibleSets, Seen
from covage_model.ground.classes import dataclass

LONGEST = 40  # records that are collected of an order
_WIDTH = 4  # what is collected of a record: the moment, the event, the line, and the identifier
_LIVES = 4096  # that are remembered
_BULK = 2**14  # moments that are counted at once
_LOOKED_AFTER = 2**14  # records, or more if as many orders are open: so often long orders are looked for
Column = Sequence[Any]


@dataclass(slots=True)
class _ShownLife:
    """
    What orders showed from their beginning on: from the set `start` to the set `number`.

    `moments` are those of all records of such orders that are not counted yet, one order after the other.
    """

    sets: PossibleSets
    start: int
    number: int
    seen: Sequence[Seen]
    has_ended: bool  # nothing more can be shown
    moments: list[datetime] = field(default_factory=list)


_Ended = dict[str, tuple[_ShownLife, Sequence[datetime], Sequence[Any]]]  # by order


class OrderCollector:
    """
    Hears the records of orders that show events. `events` has those that it knows, and whether an order may have ended
    after one.
    """

    def __init__(self, follower: OrderFollower, events: Mapping[str, bool]) -> None:
        self._follower, self._events = follower, events
        self._heard: defaultdict[str, list[Any]] = defaultdict(list)  # by open order, its records one after the other
        self._ended: _Ended = {}  # kept for late records; KEPT of them at most
        self._ended_before: _Ended = {}  # as many that ended before those
        self._lives: dict[tuple[Beginning, tuple[str, ...]], _ShownLife] = {}
        self._uncounted: list[_ShownLife] = []
        self._size = 0  # their moments
        self._unlooked = 0  # records since long orders were looked for

    def __len__(self) -> int:
        """How many orders are kept."""
        return len(self._heard) + len(self._ended) + len(self._ended_before) + len(self._follower.open)

    def hear(self, order: str, event: str, moment: datetime, identifier: str | None, line: int) -> None:
        """The next record. One with an `identifier` that the order has already is dropped."""
        record = moment, event, line, identifier or object()  # which is like no other
        if order not in self._heard and self._is_kept(order):
            self._reopen(order)
            self._follow(order, record)
            return
        records = self._heard[order]
        records += record
        if self._events[event] or len(records) > LONGEST * _WIDTH:
            self._settle((order,))

    def hear_all(self, orders: Column, moments: Column, events: Column, lines: Column, identifiers: Column) -> None:
        """The next records, column by column."""
        heard = self._heard
        columns: Sequence[Column] = (orders, moments, events, lines, identifiers)
        followed = {order for order in {*orders}.difference(heard) if self._is_kept(order)}
        if followed:
            for order in sorted(followed):
                self._reopen(order)
            for order, *record in zip(*columns, strict=True):
                if order in followed:
                    self._follow(order, record)
            others = [order not in followed for order in orders]
            columns = [[*compress(column, others)] for column in columns]
            orders, events = columns[0], columns[2]
        # no loop is quicker: the tuples of `zip` are not kept
        deque(map(list.extend, map(heard.__getitem__, orders), zip(*columns[1:], strict=True)), maxlen=0)
        self._settle(compress(orders, map(self._events.__getitem__, events)))
        self._unlooked += len(orders)
        if self._unlooked > max(_LOOKED_AFTER, len(heard)):
            self._unlooked = 0
            self._settle([order for order, records in heard.items() if len(records) > LONGEST * _WIDTH])

    def restart(self, order: str) -> None:
        """Look at an order again from its beginning, since `begins` of the follower now says something else of it."""
        if not self._reopen(order):
            self._follower.restart(order)

    def finish(self) -> None:
        """No more records come."""
        self._settle([*self._heard], at_end=True)
        self._count(self._ended_before)
        self._count(self._ended)
        self._count_all()
        self._follower.finish()

    def _is_kept(self, order: str) -> bool:
        """Whether an order has ended and is still kept, or is followed record by record."""
        return order in self._ended or order in self._ended_before or order in self._follower.open

    def _reopen(self, order: str) -> bool:
        """Follow an order record by record if it has ended, and is still kept; whether it is."""
        for ended in (self._ended, self._ended_before):
            if order in ended:
                self._follow(order, ended.pop(order)[-1])
                return True
        return False

    def _settle(self, orders: Iterable[str], *, at_end: bool = False) -> None:
        """These orders may have ended: look at them. At the end of the log, they need not have."""
        for order in orders:
            records = self._heard.pop(order, None)
            if records is None:  # it was looked at already
                continue
            moments, life = records[::_WIDTH], None
            if len({*records[3::_WIDTH]}) == len(moments) and sorted(moments) == moments:
                begins, events = self._follower.begins(order), tuple(records[1::_WIDTH])
                life = self._lives.get((begins, events)) or self._new_life(begins, events)
            if life is None or not (life.has_ended or (at_end and life.number != NOWHERE)):
                self._follow(order, records)
                continue
            self._ended[order] = life, moments, records
            if len(self._ended) >= KEPT:
                self._count(self._ended_before)
                self._ended, self._ended_before = {}, self._ended

    def _follow(self, order: str, records: Sequence[Any]) -> None:
        """Follow an order record by record from now on."""
        for moment, event, line, identifier in zip(*(records[n::_WIDTH] for n in range(_WIDTH)), strict=True):
            known = identifier if isinstance(identifier, str) else None
            self._follower.hear(order, (event, None), moment, known, line)

    def _new_life(self, begins: Beginning, events: tuple[str, ...]) -> _ShownLife:
        number = begins.start
        seen = [(event, None) for event in events]
        for each in seen:
            number = begins.sets.step(number, each)
        if len(self._lives) >= _LIVES:
            self._lives.clear()
        has_ended = number != NOWHERE and begins.sets.finished[number]
        life = self._lives[begins, events] = _ShownLife(begins.sets, begins.start, number, seen, has_ended)
        return life

    def _count(self, ended: _Ended) -> None:
        """Add these orders to the totals, if not at once: no more of their records come."""
        done = self._follower.done
        for order, (life, moments, records) in ended.items():
            if not life.moments:
                self._uncounted.append(life)
            life.moments += moments
            self._size += len(moments)
            if self._size >= _BULK:
                self._count_all()
            if done is not None:
                followed = OpenOrder(order, life.sets, life.start, moments[-1])
                followed.number = life.number
                followed.records = [*zip(moments, life.seen, records[2::_WIDTH], strict=True)]
                done(followed)
        ended.clear()

    def _count_all(self) -> None:
        """Add all orders to the totals that are not in them yet."""
        for life in self._uncounted:
            self._follower.totals.add(life.sets, life.number, life.seen, life.moments)
            life.moments.clear()
        self._uncounted.clear()
        self._size = 0
