"""The cheapest repair of a log that could not have happened: events that are missing, and events too many."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from covage_model.behaviour.logs.possible import NOWHERE, PossibleSets, Seen, named
from covage_model.ground.classes import dataclass

_MOST = 50_000  # nodes that one search looks at
_Node = tuple[int, int]  # how many records were read, and the set after them


@dataclass(frozen=True, slots=True)
class Change:
    """
    One change of a log: an event that is put in (`kind` is missing), or a record that is left out (`kind` is extra).

    `at` is the number of a record, from 0: the one before which the event is put in, or the one that is left out.
    `event` is the event that is put in, or what the record shows.
    """

    kind: str
    at: int
    event: str


@dataclass(frozen=True, slots=True)
class Repair:
    """
    The fewest changes after which all records could have happened. Each costs 1.

    Where two neighbours in the wrong order are the whole repair, `swapped` has them in the right order.
    """

    changes: tuple[Change, ...]
    swapped: tuple[str, str] | None = None

    @property
    def cost(self) -> int:
        """How many changes there are."""
        return len(self.changes)

    @property
    def missing(self) -> int:
        """How many events are missing."""
        return sum(change.kind == "missing" for change in self.changes)


def repaired(sets: PossibleSets, start: int, records: Sequence[Seen], *, most: int) -> Repair | None:
    """
    The cheapest repair of these records; None if every one needs more than `most` changes.

    The search goes by cost: reading a record is free, leaving one out or putting an event in costs 1. Of two repairs
    that cost the same, the one comes first that reads more before its first change.
    """
    first: _Node = (0, start)
    costs: dict[_Node, int] = {first: 0}
    before: dict[_Node, tuple[_Node, Change | None]] = {}
    queue: deque[tuple[int, _Node]] = deque([(0, first)])
    while queue and len(costs) < _MOST:
        cost, node = queue.popleft()
        if cost > costs[node]:
            continue
        read, number = node
        if read == len(records):
            changes = _changes(before, node)
            return Repair(changes, _swapped(changes, records))
        options: list[tuple[_Node, Change | None]] = []
        if cost < most:
            options += [
                ((read, sets.step(number, (event, None))), Change("missing", read, event))
                for event in reversed(sets.events(number))
            ]
            options.append(((read + 1, number), Change("extra", read, named(records[read]))))
        options.append(((read + 1, sets.step(number, records[read])), None))
        for following, change in options:
            price = cost + (change is not None)
            if following[1] != NOWHERE and price < costs.get(following, most + 1):
                costs[following] = price
                before[following] = node, change
                if change is None:
                    queue.appendleft((price, following))
                else:
                    queue.append((price, following))
    return None


def _changes(before: dict[_Node, tuple[_Node, Change | None]], node: _Node) -> tuple[Change, ...]:
    found: list[Change] = []
    while node in before:
        node, change = before[node]
        if change is not None:
            found.append(change)
    return tuple(reversed(found))


def _swapped(changes: tuple[Change, ...], records: Sequence[Seen]) -> tuple[str, str] | None:
    """Two neighbours that change places, in the right order; None if these changes do anything else."""
    by_kind = {change.kind: change for change in changes}
    if len(changes) != 2 or len(by_kind) != 2 or changes[0].event != changes[1].event:
        return None
    extra, missing = by_kind["extra"], by_kind["missing"]
    if missing.at == extra.at - 1:
        return extra.event, named(records[missing.at])
    return (named(records[extra.at + 1]), extra.event) if missing.at == extra.at + 2 else None
