"""Goes through JSON in chunks: where values end, and which line and column something is on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import plain_json
from covage_model.ground.files.json_syntax import HINTS
from covage_model.ground.files.limits import Limits
from covage_model.ground.patterns import REPEATED

_REPEATED = REPEATED.encode()
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)' + _REPEATED + b'"'
_BLANK = re.compile(rb"[ \t\r\n]*+")
_BRACKET = re.compile(rb'(?:[^"{}\[\]]++|' + _STRING + b")" + _REPEATED + rb"([{}\[\]])", re.DOTALL)
_TO_STRING = re.compile(rb'(?:[^"{}\[\]]++|' + _STRING + b")" + _REPEATED, re.DOTALL)
_SCALAR = re.compile(_STRING + rb'|[^\s",:{}\[\]]++', re.DOTALL)
_TRIES = 3
_LONG = 2**16  # bytes
AROUND = 200  # bytes of a line that are kept beside an item, to be shown
_SHALLOW = 10  # levels that one regular expression looks at


class StoppedReading(Exception):
    """The rest of the file is not read."""

    @property
    def finding(self) -> Diagnostic:
        """Why."""
        found: Diagnostic = self.args[0]
        return found


@dataclass(slots=True)
class JsonScan:
    """Goes through a JSON file once. `data` is what is held of it, `at` where it looks."""

    chunks: Iterator[bytes]
    file: str
    limits: Limits
    data: bytes = b""
    at: int = 0
    let_go: int = 0  # bytes of the file before what is held
    anchor: int = 0  # an offset whose line and column are known
    line: int = 1
    column: int = 1
    line_start: int = 0  # the offset at which the line of the anchor starts, if it is held, else that of what is held
    between: bytes = b""  # what stood between the last two objects, with their brackets
    is_json: Callable[[bytes], Any] | None = field(default_factory=plain_json.engine)

    def held(self) -> tuple[int, int]:
        """Start and end of the value here, all of which is held then; the end is 0 if there is none."""
        while True:
            if end := self._end():
                return self.at, end
            if len(self.data) - self.at > self.limits.bytes or not self._more(self._as_much()):
                return self.at, self._end(last=True)

    def _end(self, *, last: bool = False) -> int:
        """The end of the value here; 0 if it is not held."""
        first = self.data[self.at : self.at + 1]
        if first not in (b"{", b"["):
            scalar = _SCALAR.match(self.data, self.at)
            return scalar.end() if scalar and (last or first == b'"' or scalar.end() < len(self.data)) else 0
        if end := self._guessed():
            return end
        shallow = _shallow().match(self.data, self.at)
        if shallow:
            return shallow.end()
        depth, at = 0, self.at
        while bracket := _BRACKET.match(self.data, at):
            depth += 1 if bracket[1] in b"{[" else -1
            at = bracket.end()
            if not depth:
                return at
        return 0

    def _guessed(self) -> int:
        """
        The end of the object here, where what stood between the last two objects stands again; 0 if it is not that.

        A text that is JSON from its first bracket to its last is the whole object: no shorter one would be JSON.
        """
        if not self.between or self.is_json is None:
            return 0
        farthest = self.at + plain_json.LONGEST
        end = self.data.find(self.between, self.at, farthest)
        for _ in range(_TRIES):
            if end < 0:
                return 0
            try:
                self.is_json(self.data[self.at : end + 1])
            except ValueError:
                end = self.data.find(self.between, end + 1, farthest)
            else:
                return end + 1
        return 0

    def skip(self) -> None:
        """Goes beyond the value here without holding it."""
        first = self.peek()
        if first not in (b"{", b"["):
            _, end = self.held()
            if not end:
                raise StoppedReading(self.expected("a value", "Expecting value"))
            self.at = end
            return
        depth = 0
        while True:
            while bracket := _BRACKET.match(self.data, self.at):
                self.at = bracket.end()
                depth += 1 if bracket[1] in b"{[" else -1
                if not depth:
                    return
            rest = _TO_STRING.match(self.data, self.at)  # a text that goes on in the next chunk is kept
            self.at = rest.end() if rest else self.at
            if len(self.data) - self.at > self.limits.bytes or not self._more(self._as_much()):
                raise StoppedReading(self.expected("a closing bracket", "Expecting ',' delimiter"))

    def _as_much(self) -> int:
        """How much more of a long value to read: as much as there is, so that looking at it again stays linear."""
        held = len(self.data) - self.at
        return held if held > _LONG else 1

    def peek(self) -> bytes:
        """The next byte that is not blank, b'' at the end; goes there."""
        while True:
            blank = _BLANK.match(self.data, self.at)
            self.at = blank.end() if blank else self.at
            if self.at < len(self.data) or not self._more():
                return self.data[self.at : self.at + 1]

    def _more(self, wanted: int = 1) -> bool:
        """Reads on, as many bytes as are wanted; lets go of what lies behind, but for the start of the line."""
        held: list[bytes] = []
        for chunk in self.chunks:
            held.append(chunk)
            wanted -= len(chunk)
            if wanted <= 0:
                break
        if not held:
            return False
        chunk = b"".join(held)
        behind = self.at - 1 if self.data[self.at - 1 : self.at] == b"\r" else self.at
        self.move_anchor(max(behind, self.anchor))
        keep = self.line_start if self.anchor - self.line_start <= AROUND else self.anchor
        keep = min(keep, self.anchor, self.at)
        self.data = self.data[keep:] + chunk
        self.let_go += keep
        self.at -= keep
        self.anchor -= keep
        self.line_start = max(self.line_start - keep, 0)
        return True

    def move_anchor(self, to: int) -> None:
        """Counts lines and columns up to an offset."""
        passed = self.data[self.anchor : to]
        last = max(passed.rfind(b"\n"), passed.rfind(b"\r")) + 1
        if last:
            self.line += passed.count(b"\n") + passed.count(b"\r") - passed.count(b"\r\n")
            self.line_start = self.anchor + last
            self.column = 1
        self.column += len(passed[last:].decode(errors="replace"))
        self.anchor = to

    def expected(self, what: str, complaint: str) -> Diagnostic:
        """The finding that something else stands here."""
        found = self.data[self.at : self.at + 4].decode(errors="ignore")[:1]
        quoted = f'"{found}"' if found == "'" else f"'{found}'"
        hint = HINTS.get(complaint) if found else "close every bracket: the text is cut"
        return self.broken(f"expected {what}, found {quoted if found else 'the end'}", hint)

    def broken(self, detail: str, hint: str | None = None) -> Diagnostic:
        """The finding that this is no JSON here."""
        self.move_anchor(self.at)
        return Diagnostic("CM001", "json", {"detail": detail}, Location(self.file, self.line, self.column), hint)


_made: list[re.Pattern[bytes]] = []


def _shallow() -> re.Pattern[bytes]:
    """Matches a list or an object that is not deep, whichever brackets close it: its reader looks at that."""
    if not _made:
        other, inner = rb'[^"{}\[\]]*+', _STRING
        for _ in range(_SHALLOW):
            inner = _STRING + rb"|[{\[]" + other + b"(?:(?:" + inner + b")" + other + b")" + _REPEATED + rb"[}\]]"
        _made.append(re.compile(inner[len(_STRING) + 1 :], re.DOTALL))
    return _made[0]


def brackets_match(content: bytes) -> bool:
    """Whether each bracket of a text is closed by its own kind."""
    stack, at = [], 0
    while bracket := _BRACKET.match(content, at):
        at = bracket.end()
        if bracket[1] in b"{[":
            stack.append(b"}" if bracket[1] == b"{" else b"]")
        elif not stack or stack.pop() != bracket[1]:
            return False
    return not stack
