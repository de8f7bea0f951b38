"""
XES (IEEE 1849), read event by event: an XML file whose traces hold events, and events hold attributes.

A document type is refused, and with it every entity: no event log needs one, and entities can grow without end.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any
from xml.parsers import expat

from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import kinds, opening
from covage_model.ground.files.limits import Limits

TRACE = "case:"  # before the names of a trace's attributes
_USUAL = Limits()
_ATTRIBUTES = frozenset(("string", "date", "int", "float", "boolean", "id"))
_IN_TRACE = ["log", "trace"]
_DECLARE = 'say in the first line what it is, as in <?xml version="1.0" encoding="ISO-8859-1"?>, or save it as UTF-8'
_XML = re.compile(rb"\s*<(\?xml|!DOCTYPE|log|!--)")


class _Refused(Exception):
    """The file is not read further. The arguments are the form of the finding and its arguments."""


def looks_like_xes(head: bytes) -> bool:
    """Whether a file that starts so may be XES."""
    return _XML.match(head.removeprefix(codecs.BOM_UTF8)) is not None


def opened(chunks: Iterable[bytes], file: str) -> tuple[bytes, Iterable[bytes]]:
    """The first bytes of a file, unpacked, and its chunks again, unpacked, with their mark. Raises BrokenArchive."""
    unpacked, _ = opening.unpacked(chunks, file, any_text=True, keep_mark=True)
    return opening.beginning(unpacked)


def events(
    chunks: Iterable[bytes], file: str, *, limits: Limits = _USUAL
) -> Iterator[tuple[dict[str, Any], int] | Diagnostic]:
    """
    The attributes of each event, and those of its trace with `case:` before their names, with its line.

    An event outside of a trace has its own attributes alone. An attribute that is said twice is left out (CM012).
    What is not well-formed, a document type, and an event over the limits end the reading with a finding (CM012).
    """
    rest = iter(chunks)
    head = next(rest, b"")
    reader = _XesReader(file, limits, marked=head.startswith(codecs.BOM_UTF8))
    size = 0
    try:
        for chunk in chain([head], rest):
            size += len(chunk)
            reader.parse(chunk)
            if reader.found:
                size = size if all(isinstance(each, Diagnostic) for each in reader.found) else 0
                yield from reader.found
                reader.found.clear()
            if size > limits.bytes:
                yield Diagnostic("CM012", "endless", {}, Location(file, reader.parser.CurrentLineNumber, 1))
                return
        reader.parser.Parse(b"", True)  # noqa: FBT003  as in `parse`
        yield from reader.found
    except expat.ExpatError as error:
        yield from reader.found
        yield reader.broken(error)
    except _Refused as refused:
        yield from reader.found
        form, arguments = refused.args
        yield Diagnostic("CM012", form, arguments, Location(file, reader.parser.CurrentLineNumber, 1))
    except kinds.BrokenArchive as broken:
        yield from reader.found
        yield broken.finding


class _XesReader:
    """
    Takes what the parser tells. `found` are the events that are complete.

    A file that is `marked` as UTF-8 is read so, whatever encoding it declares.
    """

    def __init__(self, file: str, limits: Limits, *, marked: bool) -> None:
        self.found: list[tuple[dict[str, Any], int] | Diagnostic] = []
        self._file, self._limits = file, limits
        self._path: list[str] = []
        self._trace: dict[str, Any] = {}
        self._event: dict[str, Any] | None = None
        self._said: dict[str, int] = {}  # how often the trace or the event itself has said a name
        self._line = 0
        self._chunk, self._passed = b"", 0  # the last chunk, and the bytes before it
        self._encoding = "UTF-8"
        self.parser = expat.ParserCreate("UTF-8" if marked else None)
        self.parser.XmlDeclHandler = self._declare
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def parse(self, chunk: bytes) -> None:
        """Reads a chunk. Raises ExpatError, or _Refused for an encoding that is not known."""
        self._passed += len(self._chunk)
        self._chunk = chunk
        try:
            self.parser.Parse(chunk, False)  # noqa: FBT003  expat takes it by place alone
        except (LookupError, ValueError) as error:  # of Python, asked for an encoding that expat does not know
            raise _Refused("encoding", {}) from error

    def broken(self, error: expat.ExpatError) -> Diagnostic:
        """The finding about what is not well-formed; a byte that is no UTF-8 is named."""
        place = Location(self._file, error.lineno, error.offset + 1)
        at = self.parser.ErrorByteIndex - self._passed
        byte = self._chunk[at] if 0 <= at < len(self._chunk) else 0
        if byte >= 0x80 and self._encoding == "UTF-8":
            return Diagnostic("CM012", "bytes", {"byte": f"0x{byte:02X}"}, place, _DECLARE)
        return Diagnostic("CM012", "broken", {"detail": expat.ErrorString(error.code)}, place)

    def _declare(self, _: str, encoding: str | None, __: int) -> None:
        self._encoding = (encoding or "UTF-8").upper()

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
            self._said.clear()
        elif tag == "event" and path:
            self._event = dict(self._trace) if path == _IN_TRACE else {}
            self._said.clear()
            self._line = self.parser.CurrentLineNumber
        elif tag in _ATTRIBUTES and "key" in given and path:
            if path[-1] == "event" and self._event is not None:
                self._say(self._event, given["key"], given.get("value"))
            elif path == _IN_TRACE:
                self._say(self._trace, TRACE + given["key"], given.get("value"))
            if len(self._trace) + len(self._event or ()) > self._limits.findings:
                raise _Refused("endless", {})
        path.append(tag)

    def _end(self, _: str) -> None:
        tag = self._path.pop()
        if tag == "event" and self._event is not None:
            self.found.append((self._event, self._line))
            self._event = None

    def _say(self, attributes: dict[str, Any], name: str, value: str | None) -> None:
        """Adds an attribute; one that the same element says again, or the trace otherwise, is left out."""
        said = self._said[name] = self._said.get(name, 0) + 1
        if said > 2:
            return
        if said == 2 or attributes.get(name, value) != value:
            place = Location(self._file, self.parser.CurrentLineNumber, 1)
            self.found.append(Diagnostic("CM012", "twice", {"name": name}, place, "remove one of the two"))
            value = None
        attributes[name] = value
