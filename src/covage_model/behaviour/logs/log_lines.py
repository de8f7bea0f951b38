"""The lines of a log in NDJSON, many at once: what each shows, of which order, when. The others are read with care."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import compress
from operator import attrgetter
from typing import Any, NamedTuple

from covage_model.behaviour.logs.collect import Column, OrderCollector
from covage_model.behaviour.logs.moments import moment_of
from covage_model.behaviour.logs.records import LogShape
from covage_model.ground.files import cutting
from covage_model.ground.files.member_columns import MemberColumns, literals

_AT_ONCE = 2**18  # bytes; more do not stay in the cache of a processor
_ZONE = attrgetter("tzinfo")


class LineMembers(NamedTuple):
    """
    The members of a line that have what a record shows.

    `keys` tell events apart, `identifier` is that of the record, and `texts` are the order, the time and the alias.
    Without `identifier` or alias, it is not looked at.
    """

    keys: tuple[str, ...]
    identifier: tuple[str, ...]
    texts: tuple[str, ...]


class LogLines:
    """
    Reads lines for a collector. `names` are the events, by the values of the `keys`.

    `own` are the events about orders themselves; `first` has the first name of an order by its other names. `order_of`
    is called with a record of another event: its case, alias and event. It says the order; None if it is left out.
    """

    def __init__(
        self,
        names: Mapping[Any, str],
        members: LineMembers,
        collector: OrderCollector,
        own: Collection[str],
        first: Mapping[str, str],
        order_of: Callable[[str, str | None, str], str | None],
    ) -> None:
        self._collector, self._own, self._first, self._order_of = collector, own, first, order_of
        self._has_identifier, self._has_alias = bool(members.identifier), len(members.texts) > 2
        written = {literals(key if isinstance(key, tuple) else (key,)): event for key, event in names.items()}
        self._members = MemberColumns(members.keys, written, (*members.identifier, *members.texts))

    def hear(self, block: bytes, number: int) -> Generator[int, None, int]:
        """
        Hear these lines, of which the first has that number in the file. Returns how many there are.

        Comes to the index of each line that somebody else has to read, before it hears the lines after that.
        """
        if b"\r" in block:
            if block.count(b"\r") > block.count(b"\r\n"):
                count = len(block.splitlines())
                yield from range(count)
                return count
            block = block.replace(b"\r\n", b"\n")
        first = number
        for content in cutting.blocks_of(block, _AT_ONCE):
            first += yield from self._hear(content, first, number)
        return first - number

    def _hear(self, content: bytes, first: int, number: int) -> Generator[int, None, int]:
        """Hear lines from the line `first` on; how many. Comes to indexes from `number` on."""
        events, *columns = self._members.columns(content)
        lines = range(first, first + len(events))
        identifiers = columns.pop(0) if self._has_identifier else lines
        cases, times, *aliases = columns
        moments = _moments(times)
        rows = cases, moments, events, lines, identifiers, aliases[0] if aliases else lines
        if all(events) and all(cases) and all(moments):
            self._take(*rows)
            return len(events)
        begun = 0
        for index, values in enumerate(zip(*rows[:3], strict=True)):
            if not all(values):
                self._take(*(row[begun:index] for row in rows))
                yield first + index - number
                begun = index + 1
        self._take(*(row[begun:] for row in rows))
        return len(events)

    def _take(
        self, cases: Column, moments: Column, events: Column, lines: Column, identifiers: Column, aliases: Column
    ) -> None:
        """Hear these records, column by column."""
        orders = [self._first.get(case, case) for case in cases] if self._first else [*cases]
        columns: Sequence[Column] = (orders, moments, events, lines, identifiers)
        others = {*events}.difference(self._own)
        if others:
            for at in [at for at, event in enumerate(events) if event in others]:
                orders[at] = self._order_of(cases[at], aliases[at] if self._has_alias else None, events[at])
            columns = [[*compress(column, orders)] for column in columns]
        self._collector.hear_all(*columns)


def _moments(times: Column) -> Sequence[datetime | None]:
    """The moments of these times, perhaps without zones; None for what is no time."""
    try:
        moments = [*map(datetime.fromisoformat, times)]
    except (TypeError, ValueError):
        return [None if time is None else moment_of(time) for time in times]
    if all(map(_ZONE, moments)):
        return moments
    return [moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC) for moment in moments]


def members_of(shape: LogShape, *, alias: bool) -> LineMembers | None:
    """
    The members that lines of that shape have, `alias` among them if it is asked for.

    None where records show more than events, or where a value does not stand in a member of its own at the top.
    """
    paths = shape.paths
    keys = shape.constants or ((paths["name"],) if "name" in paths else ())
    others = ("time", "alias") if alias else ("time",)
    identifier = (paths["event"],) if "event" in paths else ()
    texts = (shape.case, *(paths[word] for word in others if word in paths))
    every = (*keys, *identifier, *texts)
    if {"state", "variant"} & {*paths} or not keys or len({*every}) < len(every) or any("." in each for each in every):
        return None
    return LineMembers(keys, identifier, texts)
