"""
XES (IEEE 1849), read event by event: an XML file whose traces hold events, and events hold attributes.

A document type is refused, and with it every entity: no event log needs one, and entities can grow without end.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.parsers import expat

from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import kinds, opening
from covage_model.ground.files.limits import Limits

TRACE = "case:"  # before the names of a trace's attributes
_USUAL = Limits()
_ATTRIBUTES = frozenset(("string", "date", "int", "float", "boolean", "id"))
_XML = re.compile(rb"\s*<(\?xml|!DOCTYPE|log|!--)")


class _Refused(Exception):
    """The file is not read further. The arguments are the form of the finding and its arguments."""


def looks_like_xes(head: bytes) -> bool:
    """Whether a file that starts so may be XES."""
    return _XML.match(head.removeprefix(codecs.BOM_UTF8)) is not None


def opened(chunks: Iterable[bytes], file: str) -> tuple[bytes, Iterable[bytes]]:
    """The first bytes of a file, unpacked, and its chunks again, unpacked. Raises BrokenArchive."""
    unpacked, _ = opening.unpacked(chunks, file, any_text=True)
    return opening.beginning(unpacked)


def events(
    chunks: Iterable[bytes], file: str, *, limits: Limits = _USUAL
) -> Iterator[tuple[dict[str, Any], int] | Diagnostic]:
    """
    The attributes of each event, and those of its trace with `case:` before their names, with its line.

    What is not well-formed, a document type, and an event over the limits end the reading with a finding (CM012).
    """
    reader = _XesReader(limits)
    size = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            reader.parse(chunk)
            if reader.found:
                size = 0
                yield from reader.found
                reader.found.clear()
            if size > limits.bytes:
                yield Diagnostic("CM012", "endless", {}, Location(file, reader.parser.CurrentLineNumber, 1))
                return
        reader.parser.Parse(b"", True)  # noqa: FBT003  as in `parse`
        yield from reader.found
    except expat.ExpatError as error:
        yield from reader.found
        arguments = {"detail": expat.ErrorString(error.code)}
        yield Diagnostic("CM012", "broken", arguments, Location(file, error.lineno, error.offset + 1))
    except _Refused as refused:
        yield from reader.found
        form, arguments = refused.args
        yield Diagnostic("CM012", form, arguments, Location(file, reader.parser.CurrentLineNumber, 1))
    except kinds.BrokenArchive as broken:
        yield from reader.found
        yield broken.finding


class _XesReader:
    """Takes what the parser tells. `found` are the events that are complete."""

    def __init__(self, limits: Limits) -> None:
        self.found: list[tuple[dict[str, Any], int]] = []
        self._limits = limits
        self._path: list[str] = []
        self._trace: dict[str, Any] = {}
        self._event: dict[str, Any] | None = None
        self._line = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def parse(self, chunk: bytes) -> None:
        try:
            self.parser.Parse(chunk, False)  # noqa: FBT003  expat takes it by place alone
        except (LookupError, ValueError) as error:  # of Python, asked for an encoding that expat does not know
            raise _Refused("encoding", {}) from error

    def _refuse(self, *_: object) -> None:
        raise _Refused("doctype", {})

    def _start(self, name: str, given: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        path = self._path
        if not path and tag != "log":
            raise _Refused("other", {"name": name})
        if len(path) >= self._limits.depth:
            raise _Refused("deep", {"limit": self._limits.depth})
        if tag == "trace" and len(path) == 1:
            self._trace = {}
        elif tag == "event" and path[-1:] == ["trace"]:
            self._event, self._line = dict(self._trace), self.parser.CurrentLineNumber
        elif tag in _ATTRIBUTES and "key" in given and path:
            if path[-1] == "event" and self._event is not None:
                self._event[given["key"]] = given.get("value")
            elif path[-1] == "trace" and len(path) == 2:
                self._trace[f"{TRACE}{given['key']}"] = given.get("value")
            if len(self._trace) + len(self._event or ()) > self._limits.findings:
                raise _Refused("endless", {})
        path.append(tag)

    def _end(self, _: str) -> None:
        tag = self._path.pop()
        if tag == "event" and self._event is not None and self._path[-1:] == ["trace"]:
            self.found.append((self._event, self._line))
            self._event = None
