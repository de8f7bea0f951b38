"""
Collects the records of orders, and looks at an order when it seems to have ended: once, and not at each record.

Most orders of a log are told so: their records come in the order of time, none comes twice, and what they show could
have happened and has ended. Few such lives differ, so each is followed once. All other orders go to an OrderFollower,
record by record.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from covage_model.behaviour.logs.follow import KEPT, Beginning, OpenOrder, OrderFollower
from covage_model.behaviour.logs.possible import NOWHERE, PossibleSets, Seen
from covage_model.ground.classes import dataclass

WIDTH = 4  # what is collected of a record: the moment, the event, the line, and the identifier
LONGEST = 40 * WIDTH  # what is collected of an order
_LIVES = 4096  # that are remembered
_BULK = 2**14  # moments that are counted at once


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


class OrderCollector:
    """
    Hears the records of orders that show events. `events` has those that it knows, and whether an order may have ended
    after one.

    `heard` has, of each open order, what is collected of its records, one after the other.
    """

    def __init__(self, follower: OrderFollower, events: Mapping[str, bool]) -> None:
        self._follower = follower
        self.events = events
        self.heard: dict[str, list[Any]] = {}
        self._ended: OrderedDict[str, tuple[_ShownLife, list[datetime], list[Any]]] = (
            OrderedDict()
        )  # kept for late records
        self._lives: dict[tuple[Beginning, tuple[str, ...]], _ShownLife] = {}
        self._uncounted: list[_ShownLife] = []
        self._size = 0  # their moments

    def __len__(self) -> int:
        """How many orders are kept."""
        return len(self.heard) + len(self._ended) + len(self._follower.open)

    def hear(self, order: str, event: str, moment: datetime, identifier: str | None, line: int) -> None:
        """The next record. One with an `identifier` that the order has already is dropped."""
        if order not in self.heard and self.has_ended(order):
            if order in self._ended:
                self._follow(order, self._ended.pop(order)[-1])
            self._follower.hear(order, (event, None), moment, identifier, line)
            return
        records = self.heard.setdefault(order, [])
        records += moment, event, line, identifier or object()  # which is like no other
        if self.events[event] or len(records) > LONGEST:
            self.settle(order)

    def has_ended(self, order: str) -> bool:
        """Whether an order has seemed to end, and is still kept."""
        return order in self._ended or order in self._follower.open

    def settle(self, order: str) -> None:
        """An order may have ended: look at it."""
        records = self.heard.pop(order)
        moments = records[::WIDTH]
        life = self._life(order, records, moments)
        if life is None or not life.has_ended:
            self._follow(order, records)
            return
        ended = self._ended
        ended[order] = life, moments, records
        if len(ended) > KEPT:
            order, (life, moments, records) = ended.popitem(last=False)
            self._count(order, life, moments, records)

    def restart(self, order: str) -> None:
        """Look at an order again from its beginning, since `begins` of the follower now says something else of it."""
        if order in self._ended:
            self._follow(order, self._ended.pop(order)[-1])
        else:
            self._follower.restart(order)

    def finish(self) -> None:
        """No more records come."""
        for order, ended in self._ended.items():
            self._count(order, *ended)
        for order, records in self.heard.items():
            moments = records[::WIDTH]
            life = self._life(order, records, moments)
            if life is None:
                self._follow(order, records)
            else:
                self._count(order, life, moments, records)
        self._ended.clear()
        self.heard.clear()
        self._count_all()
        self._follower.finish()

    def _follow(self, order: str, records: Sequence[Any]) -> None:
        """Follow an order record by record from now on."""
        for moment, event, line, identifier in zip(*(records[n::WIDTH] for n in range(WIDTH)), strict=True):
            known = identifier if isinstance(identifier, str) else None
            self._follower.hear(order, (event, None), moment, known, line)

    def _life(self, order: str, records: Sequence[Any], moments: list[datetime]) -> _ShownLife | None:
        """How an order lived; None if a record came late or twice, or if it could not have happened."""
        if len({*records[3::WIDTH]}) < len(moments) or sorted(moments) != moments:
            return None
        begins, events = self._follower.begins(order), tuple(records[1::WIDTH])
        life = self._lives.get((begins, events)) or self._new_life(begins, events)
        return life if life.number != NOWHERE else None

    def _new_life(self, begins: Beginning, events: tuple[str, ...]) -> _ShownLife:
        number = begins.start
        seen = [(event, None) for event in events]
        for each in seen:
            number = begins.sets.step(number, each)
        if len(self._lives) >= _LIVES:
            self._lives.clear()
        life = self._lives[begins, events] = _ShownLife(
            begins.sets, begins.start, number, seen, begins.sets.finished[number]
        )
        return life

    def _count(self, order: str, life: _ShownLife, moments: list[datetime], records: Sequence[Any]) -> None:
        """Add an order to the totals, if not at once: no more of its records come."""
        if not life.moments:
            self._uncounted.append(life)
        life.moments += moments
        self._size += len(moments)
        if self._size >= _BULK:
            self._count_all()
        if self._follower.done is not None:
            followed = OpenOrder(order, life.sets, life.start, moments[-1])
            followed.number = life.number
            followed.records = [*zip(moments, life.seen, records[2::WIDTH], strict=True)]
            self._follower.done(followed)

    def _count_all(self) -> None:
        """Add all orders to the totals that are not in them yet."""
        for life in self._uncounted:
            self._follower.totals.add(life.sets, life.number, life.seen, life.moments)
            life.moments.clear()
        self._uncounted.clear()
        self._size = 0
