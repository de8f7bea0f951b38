"""The lines of a log in NDJSON, many at once: what each shows, of which order, when. The others are read with care."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from covage_model.behaviour.logs.collect import LONGEST, OrderCollector
from covage_model.behaviour.logs.moments import moment_of
from covage_model.behaviour.logs.records import LogShape
from covage_model.ground.files import cutting
from covage_model.ground.files.member_columns import Column, MemberColumns, literals

_AT_ONCE = 2**18  # bytes; more do not stay in the cache of a processor


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

    `own` has the events about orders themselves, and whether an order may have ended after one; `first` has the first
    name of an order by its other names. `other` is called with a record of another event: its order, alias, event,
    moment, identifier and line.
    """

    def __init__(
        self,
        names: Mapping[Any, str],
        members: LineMembers,
        collector: OrderCollector,
        own: Mapping[str, bool],
        first: Mapping[str, str],
        other: Callable[[str, str | None, str, datetime, str | None, int], object],
    ) -> None:
        self._collector, self._own, self._first, self._other = collector, own, first, other
        self._has_identifier = bool(members.identifier)
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
        identifiers = columns.pop(0) if self._has_identifier else range(first, first + len(events))
        cases, times, *aliases = columns
        if self._first:
            cases = [self._first.get(case or "", case) for case in cases]
        collector = self._collector
        heard, longest = collector.heard, LONGEST
        known = map(self._own.get, events)
        rows = zip(events, known, cases, identifiers, _moments(times), map(heard.get, cases), strict=True)
        for line, (event, ends, case, identifier, moment, records) in enumerate(rows, first):
            if moment is None or event is None or not case:
                yield line - number
                continue
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            if ends is None:
                alias = aliases[0][line - first] if aliases else None
                self._other(case, alias, event, moment, identifier if self._has_identifier else None, line)
                continue
            if records is None:
                if collector.has_ended(case):
                    collector.hear(case, event, moment, identifier if self._has_identifier else None, line)
                    continue
                records = heard[case] = []
            records += moment, event, line, identifier  # as the collector hears it
            if ends or len(records) > longest:
                collector.settle(case)
        return len(events)


def _moments(times: Column) -> Sequence[datetime | None]:
    """The moments of these times, perhaps without zones; None for what is no time."""
    try:
        return [*map(datetime.fromisoformat, times)]
    except (TypeError, ValueError):
        return [None if time is None else moment_of(time) for time in times]


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
