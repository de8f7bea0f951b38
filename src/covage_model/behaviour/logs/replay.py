"""A log replayed on explored tables: what each record is about, and which orders could have happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from typing import Any

from covage_model.behaviour.logs.collect import OrderCollector
from covage_model.behaviour.logs.fault import finding
from covage_model.behaviour.logs.follow import Beginning, OpenOrder, OrderFault, OrderFollower, beginning
from covage_model.behaviour.logs.log_finding import LogFinding
from covage_model.behaviour.logs.log_lines import LogLines, members_of
from covage_model.behaviour.logs.possible import PossibleSets
from covage_model.behaviour.logs.records import LogRecord, LogShape, RecordReader, UnusableRecord
from covage_model.behaviour.space.passage import passages
from covage_model.behaviour.space.space import StateSpace
from covage_model.ground import pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.ground.nearest import nearest


@dataclass(slots=True)
class KnownOrders:
    """
    What is known of orders beside the log. An order may have several names.

    By each of its names, `tables` has the number of its table, and `first` its first name. `objects` has the orders
    that an object belongs to, by the name of the object, and `joined` the orders that have objects.
    """

    tables: dict[str, int] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    objects: dict[str, list[str]] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)

    def add(self, table: int, names: Sequence[str], objects: Sequence[str]) -> None:
        """Add an order by its names, with the names of the objects that belong to it."""
        for name in names:
            self.tables[name] = table
            self.first[name] = names[0]
        for name in objects:
            self.objects.setdefault(name, []).append(names[0])
        if objects:
            self.joined.add(names[0])


class LogReplay:
    """
    Replays the records of one log. `spaces` are the tables that its orders may follow.

    `found` has the findings since it was last emptied.
    `left_out` counts records that are of no order, by reason: `unjoined` (about an object of no known order) and
    `foreign` (an event that no order emits, and that is not about one). `done` is called with each order that could
    have happened.
    """

    def __init__(
        self,
        spaces: Sequence[StateSpace],
        shape: LogShape,
        file: str,
        known: KnownOrders,
        *,
        cut_front: bool = False,
        most: int = 10,
        severity: Severity = Severity.ERROR,
        done: Callable[[OpenOrder], object] | None = None,
    ) -> None:
        self._shape, self._file, self._known, self._severity = shape, file, known, severity
        self._reader = RecordReader(shape)
        self._names = [space.variant.name for space in spaces]
        self._sets_of_all = PossibleSets(spaces, shape.names.values())
        self._emitted = [frozenset(_emitted(space)) for space in spaces]
        self._emitted_by_some = frozenset().union(*self._emitted)
        begins = self._sets_of_all.start(range(len(spaces)))
        kinds = {shape.kinds[event] for event in self._sets_of_all.events(begins)}
        # the events about an order itself, and not about its other objects
        self._own = {event for event in shape.names.values() if shape.whole or shape.kinds[event] in kinds}
        self._sets_of_own = self._sets_of_all if shape.whole else PossibleSets(spaces, self._own)
        self._variant: str | None = None
        self._every = range(len(spaces))
        self._usual = beginning(self._sets_of_own, self._every)
        self._beginnings: dict[
            tuple[int | None, bool], Beginning
        ] = {}  # by the table, and whether all events are shown
        self._states = {*_state_names(spaces)}
        self.found: list[LogFinding] = []
        self.left_out: Counter[str] = Counter()
        self._left: dict[str, int] = {}  # by order, the line of its first record that could not be used
        how: dict[str, Any] = {"cut_front": cut_front, "most": most, "done": done}
        self._follower = OrderFollower(self._begins, self._fault, differs=self._differs, incomplete=self._left, **how)
        self.totals = self._follower.totals
        at_end = {event for space in spaces for event in _emitted(space, at_end=True)}
        self._collector = OrderCollector(self._follower, {event: event in at_end for event in shape.names.values()})
        self._shows_more = bool({"state", "variant"} & {*shape.paths})

    def take(self, data: Any, line: int) -> None:
        """Read a record of any kind."""
        try:
            record = self._reader.record(data)
            self._check(record)
        except UnusableRecord as error:
            self._complain(error, data, line)
            return
        order = self._order_of(record.case, record.alias, record.event)
        if order is not None:
            self._variant = record.variant
            if record.event is None or self._shows_more:
                seen = record.event, record.state
                self._follower.hear(order, seen, record.moment, record.identifier, line)
            else:
                self._collector.hear(order, record.event, record.moment, record.identifier, line)

    def finish(self) -> None:
        """No more records come."""
        self._collector.finish()

    def lines(self) -> LogLines | None:
        """A fast reader of NDJSON; None where records of this shape need `take`."""
        members = members_of(self._shape, alias=bool(self._known.objects))
        if members is None:
            return None
        return LogLines(self._shape.names, members, self._collector, self._own, self._known.first, self._order_of)

    def _complain(self, error: UnusableRecord, data: Any, line: int) -> None:
        """Add the finding about a record that cannot be used."""
        arguments, hint = dict(error.arguments), None
        if error.form == "unknown":
            hint = nearest(str(arguments["value"]), list(self._shape.names.values()))
        elif error.form == "other":
            hint = f"the events are {', '.join(self._shape.names.values())}"
        elif error.form in ("state", "variant"):
            hint = nearest(str(arguments["value"]), sorted(self._states) if error.form == "state" else self._names)
        elif error.form == "missing":
            hint = _hint_of(arguments.pop("others"), _list_in(data))
        order = self._reader.order_of(data)
        finding = Diagnostic("CM552", error.form, arguments, Location(self._file, line, 1), hint)
        self._leave_out(finding, data if order is None else order, order)

    def _differs(self, order: str, identifier: str, first: int, line: int) -> None:
        """Another record has the identifier of one on line `first`, and says something else."""
        arguments = {"value": identifier, "line": first}
        finding = Diagnostic("CM552", "identifier", arguments, Location(self._file, line, 1))
        self._leave_out(finding, [order, identifier], order)

    def _leave_out(self, finding: Diagnostic, about: Any, order: str | None) -> None:
        """Add the finding about a record that is left out; its order may be impossible for want of it."""
        if order is not None:
            order_name, line = self._known.first.get(order, order), finding.location.line
            self._left[order_name] = min(line, self._left.get(order_name, line))
        self.found.append(LogFinding(finding, about, order))

    def _check(self, record: LogRecord) -> None:
        """Raises UnusableRecord for a state or a variant that no order has."""
        if record.state is not None and record.state not in self._states:
            raise UnusableRecord("state", name=self._shape.paths["state"], value=record.state)
        if record.variant is not None and record.variant not in self._names:
            raise UnusableRecord("variant", name=self._shape.paths["variant"], value=record.variant)

    def _order_of(self, case: str, alias: str | None, event: str | None) -> str | None:
        """The order that a record is about; None if it is left out, which is counted."""
        known = self._known
        if event is None or event in self._own:
            return known.first.get(case, case)
        if known.objects or self._shape.grouped:
            order = self._joined(case, alias, event)
            if order is not None:
                return order
        self.left_out["unjoined" if event in self._emitted_by_some else "foreign"] += 1
        return None

    def _joined(self, case: str, alias: str | None, event: str) -> str | None:
        """The order that an event about another object belongs to."""
        known = self._known
        if self._shape.grouped and event in self._emitted_by_some:
            if case not in known.joined:
                known.joined.add(case)
                self._collector.restart(case)
            return case
        for name in (case, alias):
            for order in known.objects.get(name or "", ()):
                if event in self._emitted[known.tables[order]]:
                    return order
        return None

    def _begins(self, order: str) -> Beginning:
        if not (self._known.tables or self._known.joined or self._variant):  # the usual case, which has to be quick
            return self._usual
        table = self._known.tables.get(order)
        if table is None and self._variant is not None:
            table = self._names.index(self._variant)
        key = table, order in self._known.joined
        if key not in self._beginnings:
            sets = self._sets_of_all if key[1] else self._sets_of_own
            self._beginnings[key] = beginning(sets, self._every if table is None else (table,))
        return self._beginnings[key]

    def _fault(self, fault: OrderFault) -> None:
        found = finding(fault, self._file, self._severity, self._left.get(fault.order))
        self.found.append(LogFinding(found, fault.order, fault.order, fault))


def _state_names(spaces: Sequence[StateSpace]) -> Iterator[str]:
    """The names of all states, and their statuses."""
    for space in spaces:
        for state in space.lifecycle.states:
            yield state.name
            if state.status is not None:
                yield state.status


def _list_in(data: Any) -> str | None:
    """The first member of a record that is a list of objects."""
    members = data.items() if isinstance(data, dict) else ()
    return next((str(name) for name, value in members if isinstance(value, list) and _has_object(value)), None)


def _has_object(items: list[Any]) -> bool:
    return bool(items) and isinstance(items[0], dict)


def _emitted(space: StateSpace, *, at_end: bool = False) -> Iterator[str]:
    """The events that moves of a table may emit, or those alone that lead to an end."""
    for _, case in space.numbered:
        for source in case.source:
            for way in passages(space.lifecycle, case, source):
                if not at_end or space.lifecycle.state(way.target).final is not None:
                    yield from way.emits


def _hint_of(members: Sequence[str], envelope: str | None) -> str | None:
    """What to do about a record that has these members, a list `envelope` perhaps, and not those that are needed."""
    if {"objectTypes", "eventTypes", "events"} <= set(members):
        return "this is OCEL: replay reads NDJSON, CSV, Parquet and XES"
    if envelope is not None:
        return f"if the records lie in {envelope}, give --log-at {pointer.join((envelope,))}"
    return f"it has {', '.join(members)}: --case and --columns say what is what" if members else None
