"""
Event logs as other tools read them, written as the events come: NDJSON, CSV, XES (IEEE 1849) and OCEL 2.0 (JSON).

NDJSON and CSV have the events in the order of time. XES has a trace for each order, in which its events lie, so an
order's events wait until it has ended. OCEL has the events in the order of time, then the objects, which wait in a
temporary file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from covage_model.behaviour.population.logged import LoggedEvent, LogListener
from covage_model.ground import escape
from covage_model.ground.files.spool import Spool

_OBJECT = "object"  # the type of objects of which the pack says none
_XES_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Identity" prefix="identity" uri="http://www.xes-standard.org/identity.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00Z"/>
  </global>
  <classifier name="Event" keys="concept:name"/>
"""
Write = Callable[[str], object]


class EventWriter(Protocol):
    """Writes the events of simulated orders."""

    def event(self, event: LoggedEvent) -> None:
        """The next event, in the order of time."""

    def ended(self, order: str) -> None:
        """No more events of that order come."""

    def finish(self) -> None:
        """No more events come at all."""


def writer(form: str, write: Write, columns: Sequence[str], kinds: Mapping[str, str]) -> EventWriter:
    """A writer of that format. `columns` are the fields that events have, `kinds` what each event is about."""
    if form == "csv":
        return CsvLog(write, columns)
    if form == "xes":
        return XesLog(write)
    return OcelLog(write, columns, kinds) if form == "ocel" else NdjsonLog(write)


class Several:
    """A listener that tells several others."""

    def __init__(self, listeners: Sequence[LogListener]) -> None:
        self._listeners = listeners

    def event(self, event: LoggedEvent) -> None:
        """The next event."""
        for each in self._listeners:
            each.event(event)

    def ended(self, order: str) -> None:
        """No more events of that order come."""
        for each in self._listeners:
            each.ended(order)


class NdjsonLog:
    """One JSON object on each line, in the pack's own shape."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def event(self, event: LoggedEvent) -> None:
        """The next event."""
        self._write(_json(event.document) + "\n")

    def ended(self, order: str) -> None:
        """Nothing is kept of an order."""

    def finish(self) -> None:
        """Nothing follows the events."""


class CsvLog:
    """A row for each event; the columns are the fields that events of the pack have."""

    def __init__(self, write: Write, columns: Sequence[str]) -> None:
        self._write, self._columns = write, columns
        write(_csv(columns))

    def event(self, event: LoggedEvent) -> None:
        """The next event; a field without a value is an empty cell."""
        cells = (event.document.get(name) for name in self._columns)
        self._write(_csv(["" if each is None else each if isinstance(each, str) else _json(each) for each in cells]))

    def ended(self, order: str) -> None:
        """Nothing is kept of an order."""

    def finish(self) -> None:
        """Nothing follows the events."""


class XesLog:
    """A trace for each order that emitted something, in the order in which they ended."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._open: dict[str, list[str]] = {}
        write(_XES_HEAD)

    def event(self, event: LoggedEvent) -> None:
        """The next event: its name, time and identifier as XES has them, then its texts under their own names."""
        lines = [
            "    <event>\n",
            _attribute("string", "concept:name", event.name),
            _attribute("date", "time:timestamp", event.time),
            _attribute("id", "identity:id", event.identifier),
            *(_attribute("string", key, text) for key, text in event.document.items() if isinstance(text, str)),
            "    </event>\n",
        ]
        self._open.setdefault(event.order, []).append("".join(lines))

    def ended(self, order: str) -> None:
        """Writes the trace of an order."""
        events = self._open.pop(order, None)
        if events:
            head = f'  <trace>\n    <string key="concept:name" value="{escape.xml(order)}"/>\n'
            self._write(f"{head}{''.join(events)}  </trace>\n")

    def finish(self) -> None:
        """Writes the orders that have not ended, and the end of the log."""
        for order in list(self._open):
            self.ended(order)
        self._write("</log>\n")


class OcelLog:
    """The events, each with the object that it is about; an order's other objects name the order's first one."""

    def __init__(self, write: Write, columns: Sequence[str], kinds: Mapping[str, str]) -> None:
        self._write, self._spool = write, Spool()
        self._open: dict[str, dict[str, str]] = {}  # by order, the kinds of its objects by their identifiers
        self._comma = self._comma_of_objects = ""
        attributes = [{"name": name, "type": "string"} for name in columns]
        of_objects = [{"name": kind or _OBJECT, "attributes": []} for kind in dict.fromkeys(kinds.values())]
        of_events = [{"name": name, "attributes": attributes} for name in kinds]
        write(f'{{"objectTypes":{_json(of_objects)},\n"eventTypes":{_json(of_events)},\n"events":[')

    def event(self, event: LoggedEvent) -> None:
        """The next event; its attributes are its texts under their own names."""
        self._open.setdefault(event.order, {})[event.object] = event.about or _OBJECT
        document = {
            "id": event.identifier,
            "type": event.name,
            "time": event.time,
            "attributes": [
                {"name": name, "value": text} for name, text in event.document.items() if isinstance(text, str)
            ],
            "relationships": [{"objectId": event.object, "qualifier": "about"}],
        }
        self._write(f"{self._comma}\n{_json(document)}")
        self._comma = ","

    def ended(self, order: str) -> None:
        """Keeps the objects of an order for the end of the log."""
        first: str | None = None
        for identifier, kind in self._open.pop(order, {}).items():
            of_order = [] if first is None else [{"objectId": first, "qualifier": "of"}]
            document = {"id": identifier, "type": kind, "attributes": [], "relationships": of_order}
            self._spool.add(f"{self._comma_of_objects}\n{_json(document)}")
            self._comma_of_objects, first = ",", first or identifier

    def finish(self) -> None:
        """Writes the objects, and the end of the log."""
        for order in list(self._open):
            self.ended(order)
        self._write('\n],\n"objects":[')
        for text in self._spool.texts():
            self._write(text)
        self._write("\n]}\n")
        self._spool.close()


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _csv(cells: Sequence[str]) -> str:
    return ",".join(_cell(cell) for cell in cells) + "\n"


def _cell(text: str) -> str:
    quoted = any(sign in text for sign in ',"\r\n') or text != text.strip()
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if quoted else text


def _attribute(kind: str, key: str, value: str) -> str:
    return f'      <{kind} key="{escape.xml(key)}" value="{escape.xml(value)}"/>\n'
