"""The items of a list in a JSON file, cut one after the other, so that a file of any size is read in little memory."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from typing import Any

from covage_model.ground import pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, in_order
from covage_model.ground.files import decoding, json_reader, plain_json
from covage_model.ground.files.builder import faithful
from covage_model.ground.files.document import Document, Reading, ReadingFilter
from covage_model.ground.files.json_scan import AROUND, JsonScan, StoppedReading, brackets_match
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.text import Text

EACH = "*"  # a step of a pointer that means every item of a list or every value of an object
ENDLESS = 2**62  # an offset beyond every end
_BETWEEN = re.compile(rb"\}[ \t\r\n]{0,32},[ \t\r\n]{0,32}\{")
_NAMES = 12
_AHEAD = 2**16  # bytes of items that are cut at once
_USUAL = Limits()
_NO_FINDINGS: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class JsonItem:
    """
    A value that stands in a file: its bytes, and what is beside it on its first and its last line, if that is short.

    `line` and `column` are where `before` starts, `start` is the offset of the content in the file, in bytes. `whole`
    is False if its end was not found.
    """

    content: bytes
    before: bytes
    after: bytes
    line: int
    column: int
    start: int
    whole: bool = True


def readings(
    chunks: Iterable[bytes],
    file: str,
    steps: tuple[str, ...],
    *,
    limits: Limits,
    passes: ReadingFilter | None = None,
    spans: Callable[[int, int], object] | None = None,
) -> Iterator[Reading]:
    """
    The document at the path `steps` of a JSON file, or each item of the list there; one after the other, as they are.

    `*` stands for every item or value. Where the brackets of the file are wrong, the rest of it is not read. What
    stands beside the path is only looked through for its end. Items that `passes` passes are not read: after some of
    them comes a reading without document and findings. `spans` is told where each value that is read starts and ends,
    in bytes, before it is; where the reading stops, the rest of the file is told as if it were one.
    """
    told = spans or _nobody
    cutter = _Cutter(iter(chunks), file, limits, passes=passes if limits == _USUAL else None)
    plain = plain_json.reader() if limits == _USUAL else None
    end = 0
    try:
        if not cutter.peek():
            return
        for item in cutter.values(steps):
            if item is None:
                yield Reading(None)
                continue
            end = item.start + len(item.content)
            told(item.start, end)
            reading = _reading(item, file, limits, plain)
            yield reading
            if reading.document is None and not (item.whole and brackets_match(item.content)):
                told(end, ENDLESS)
                return
        cutter.finish()
    except StoppedReading as stopped:
        told(end, ENDLESS)
        yield Reading(None, (stopped.finding,))
        return
    if not cutter.reached:
        yield Reading(None, (cutter.nowhere(steps),))


def _nobody(start: int, end: int) -> None:
    """Does not listen."""


def _reading(item: JsonItem, file: str, limits: Limits, plain: Callable[[bytes], Any] | None) -> Reading:
    if len(item.content) > limits.bytes:
        where = Location(file, item.line, item.column + len(item.before.decode(errors="replace")))
        return Reading(None, (decoding.too_large("endless", where, limits.bytes, len(item.content)),))
    before, after = item.before.decode(errors="replace"), item.after.decode(errors="replace")  # of other items, perhaps
    start = len(before)
    own = decoding.decode(item.content, file, item.line, item.column + start)
    if isinstance(own, Diagnostic):
        return Reading(None, (own,))
    text = Text(file, before + own.content + after, item.line, item.column)
    end = start + len(own.content)
    try:
        containers = item.content.count(b"{") + item.content.count(b"[")
        if plain is None or containers > limits.depth:
            raise plain_json.Doubt
        data, findings = plain(item.content), _NO_FINDINGS
    except (ValueError, RecursionError):
        data, findings = json_reader.read(text, start, end, limits=limits)
    if not faithful(findings):
        return Reading(None, in_order(findings), text)
    return Reading(Document(file, data, text.content, "json", item.line, start, {"lines": text}), findings)


@dataclass(slots=True)
class _Cutter(JsonScan):
    """Follows a path, and cuts the values there."""

    passes: ReadingFilter | None = None
    is_doubtful: bool = False  # whether the next item was not passed
    reached: bool = False  # whether something is at the path
    names: set[str] = field(default_factory=set)  # those of the object in which the path ended

    def values(self, steps: tuple[str, ...]) -> Iterator[JsonItem | None]:
        """The values at the path, from here on; None stands for some that were passed."""
        first = self.peek()
        if not steps:
            self.reached = True
            if first == b"[":
                for _ in self._members(b"]"):
                    yield None if self._passed() else self._item()
            else:
                yield self._item()
        elif first == b"[":
            for number, _ in enumerate(self._members(b"]")):
                yield from self._step(steps, str(number))
        elif first == b"{":
            seen = set[str]()
            for _ in self._members(b"}"):
                name = self._name(seen)
                yield from self._step(steps, name)
            self.names = self.names or seen
        else:
            self.skip()

    def _passed(self) -> bool:
        """
        Whether the item here, and perhaps some after it, are passed; then goes beyond them.

        They are cut where what stood between the last two objects stands again. A cut in the wrong place leaves a text
        that is no JSON, which nobody passes: a text that is JSON from its first bracket to its last is a whole object.
        """
        if self.passes is None or not self.between or self.is_doubtful:
            self.is_doubtful = False
            return False
        end = self.data.rfind(self.between, self.at, self.at + _AHEAD)
        if end < 0 or self.data[self.at : self.at + 1] != b"{" or self.data.find(b"\r", self.at, end) >= 0:
            return False
        items = [b"{%b}" % part for part in self._parts(self.data[self.at + 1 : end])]
        self.move_anchor(self.at)
        numbers, number, step = [], self.line, self.between.count(b"\n")
        for item in items:
            numbers.append(number)
            number += item.count(b"\n") + step
        count = self.passes.items(items, numbers)
        self.is_doubtful = count < len(items)
        if count:
            self.at += sum(map(len, items[:count])) + (count - 1) * (len(self.between) - 2)
        return count > 0

    def _parts(self, objects: bytes) -> Iterator[bytes]:
        """The inside of each object, where as many lists end as start in it: objects in a list may be so parted too."""
        held = b""
        for part in objects.split(self.between):
            held = held + self.between + part if held else part
            if held.count(b"[") == held.count(b"]"):
                yield held
                held = b""

    def _step(self, steps: tuple[str, ...], name: str) -> Iterator[JsonItem | None]:
        if steps[0] in (EACH, name):
            yield from self.values(steps[1:])
        else:
            self.skip()

    def _members(self, closing: bytes) -> Iterator[None]:
        """Stops before each member of the list or object that starts here; its reader is to go beyond it."""
        self.at += 1
        if self.peek() == closing:
            self.at += 1
            return
        while True:
            yield
            found = self.peek()
            if found == closing:
                self.at += 1
                return
            if found != b",":
                raise StoppedReading(self.expected("',' or a closing bracket", "Expecting ',' delimiter"))
            comma = self.at
            self.at += 1
            if self.peek() == closing:
                self.at = comma
                detail = f"a comma before the closing '{closing.decode()}'"
                raise StoppedReading(self.broken(detail, "remove the comma"))

    def _name(self, seen: set[str]) -> str:
        """The key here, which must not be one of those `seen`; then goes beyond its colon."""
        if self.peek() != b'"':
            raise StoppedReading(
                self.expected("a key in double quotes", "Expecting property name enclosed in double quotes")
            )
        start, end = self.held()
        try:
            name = str(json.loads(self.data[start:end]))
        except ValueError as error:
            raise StoppedReading(self.broken("a key that is no text")) from error
        if name in seen:
            raise StoppedReading(self.broken(f"the key {json.dumps(name, ensure_ascii=False)} a second time"))
        seen.add(name)
        self.at = end
        if self.peek() != b":":
            raise StoppedReading(self.expected("':'", "Expecting ':' delimiter"))
        self.at += 1
        return name

    def finish(self) -> None:
        """Looks whether the file ends here."""
        if self.peek():
            raise StoppedReading(self.expected("the end", "Extra data"))

    def nowhere(self, steps: tuple[str, ...]) -> Diagnostic:
        """The finding that nothing is at the path."""
        hint = f"the object there has: {', '.join(sorted(self.names)[:_NAMES])}" if self.names else None
        return Diagnostic("CM001", "at", {"pointer": pointer.join(steps)}, Location(self.file, 0, 0), hint)

    def _item(self) -> JsonItem:
        """The value here; then goes beyond it."""
        if self.peek() in (b"", b",", b"]", b"}", b":"):
            raise StoppedReading(self.expected("a value", "Expecting value"))
        start, end = self.held()
        self.move_anchor(start)
        whole = end > 0
        end = end or len(self.data)
        near = start - self.line_start <= AROUND
        before = self.data[self.line_start if near else start : start]
        column = self.column - len(before.decode(errors="replace")) if near else self.column
        rest = self.data[end : end + AROUND]
        line_end = min((place for place in (rest.find(b"\n"), rest.find(b"\r")) if place >= 0), default=-1)
        after = rest[: max(line_end, 0)]
        self.at = end
        if between := _BETWEEN.match(self.data, end - 1):
            self.between = between[0]
        return JsonItem(self.data[start:end], before, after, self.line, column, self.let_go + start, whole)
