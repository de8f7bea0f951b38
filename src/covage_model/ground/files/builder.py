"""Builds the tree of one document from the events of a reader, without recursion and within the limits."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import field
from typing import Any

from covage_model.ground import pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.place import Place
from covage_model.ground.files.text import Text
from covage_model.ground.patterns import regex

INDEX = 8  # how long a list's index counts in a pointer, whatever it is: `json_reader` must count the same, quickly
_SURROGATE = regex("[\ud800-\udfff]")
_WHOLE = "write the whole character"
_SHOWN = 60  # code points of a refused text that a finding quotes


def faithful(findings: Iterable[Diagnostic]) -> bool:
    """Whether the data are unaltered and can be judged: there is no finding except duplicate keys (CM002)."""
    return all(finding.code == "CM002" for finding in findings)


class StoppedError(Exception):
    """The rest of the document is not read. The last finding is the reason."""


@dataclass(frozen=True, slots=True)
class _Key:
    name: str | None  # None for a key that has no name: a list, an alias
    start: int = 0
    kept: bool = False  # whether the value is kept; else it is read for its findings only


@dataclass(slots=True)
class _Frame:
    """A mapping or a list that is still open."""

    items: dict[str, Place] | list[Place]
    start: int
    length: int  # of its pointer
    key: _Key | None = None  # the key whose value is awaited

    def step(self) -> str | int | None:
        """The name of what is being read inside."""
        if isinstance(self.items, list):
            return len(self.items)
        return self.key.name if self.key else None


@dataclass(slots=True)
class Builder:
    """
    One document as far as it was read. `root` is the whole document when all mappings and lists are closed.

    Methods raise `StoppedError` when a limit is passed. A key written twice keeps its first value.
    """

    text: Text
    limits: Limits
    findings: list[Diagnostic] = field(default_factory=list)
    root: Place | None = None
    _open: list[_Frame] = field(default_factory=list)
    _nodes: int = 0
    _paths: int = 0
    _reported: int = 0

    @property
    def awaits_key(self) -> bool:
        """Whether the next thing read is a key."""
        return bool(self._open) and self._open[-1].key is None and isinstance(self._open[-1].items, dict)

    @property
    def is_open(self) -> bool:
        """Whether a mapping or a list is still open."""
        return bool(self._open)

    def key(self, name: str, start: int) -> None:
        """The next value belongs to `name`, unless that has one."""
        self.check("scalar", self.limits.scalar, len(name), start)
        frame, spelled = self._open[-1], printable(name)
        frame.key = _Key(spelled, start, kept=spelled not in frame.items)
        if spelled != name:
            self.report("CM007", "surrogate", start, hint=_WHOLE, text=short(spelled))
        if isinstance(frame.items, dict) and spelled in frame.items:
            first = self.text.location(frame.items[spelled].key or 0)
            where = {"first_line": first.line, "first_column": first.column}
            self.report("CM002", "key", start, hint="remove one of the two", key=spelled, **where)

    def skip(self) -> None:
        """The next value belongs to a key that was refused."""
        self._open[-1].key = _Key(None)

    def open(self, items: dict[str, Place] | list[Place], start: int) -> None:
        """A mapping or a list starts."""
        length = self._count(start)
        self.check("depth", self.limits.depth, len(self._open) + 1, start)
        self._open.append(_Frame(items, start, length))

    def close(self) -> None:
        """The innermost mapping or list ends."""
        frame = self._open.pop()
        self._add(frame.items, frame.start)

    def scalar(self, value: Any, start: int) -> None:
        """A text, number, boolean or null."""
        self._count(start)
        if isinstance(value, str):
            self.check("scalar", self.limits.scalar, len(value), start)
            written, value = value, printable(value)
            if value != written:
                self.report("CM007", "surrogate", start, hint=_WHOLE, text=short(value))
        self._add(value, start)

    def report(self, code: str, form: str, start: int, *, hint: str | None = None, **arguments: Any) -> None:
        """A finding about what is being read."""
        self._reported += 1
        if self._reported > self.limits.findings:
            code, form, hint = "CM003", "findings", None
            arguments = {"limit": self.limits.findings, "found": self._reported}
        location = self.text.location(start, self._pointer())
        self.findings.append(Diagnostic(code, form, arguments, location, hint))
        if code == "CM003":
            raise StoppedError

    def check(self, form: str, limit: int, found: int, start: int) -> None:
        """Stop if a count exceeds its limit."""
        if found > limit:
            self.report("CM003", form, start, limit=limit, found=found)

    def check_digits(self, spelled: str, start: int) -> None:
        """Stop at a number with more digits than the limit, or than Python converts."""
        limit = min(self.limits.digits, sys.get_int_max_str_digits() or self.limits.digits)
        if len(spelled) > limit:
            self.check("digits", limit, sum(map(str.isdigit, spelled)), start)

    def _add(self, value: Any, start: int) -> None:
        if not self._open:
            self.root = Place(value, start)
            return
        frame = self._open[-1]
        if isinstance(frame.items, list):
            frame.items.append(Place(value, start))
        elif frame.key is None:
            self.skip()  # a mapping or a list as a key
        else:
            key, frame.key = frame.key, None
            if key.kept and key.name is not None:
                frame.items[key.name] = Place(value, start, key.start)

    def _count(self, start: int) -> int:
        """The length of this value's pointer, after counting both."""
        length = 0
        if self._open:
            step = self._open[-1].step()
            length = self._open[-1].length + (len(step) + 1 if isinstance(step, str) else INDEX)
        self._nodes += 1
        self._paths += length
        self.check("nodes", self.limits.nodes, self._nodes, start)
        self.check("paths", self.limits.paths, self._paths, start)
        return length

    def _pointer(self) -> str:
        steps: list[str | int] = []
        for frame in self._open:
            step = frame.step()
            if step is None:  # inside a key
                break
            steps.append(step)
        return pointer.join(steps)


def printable(text: str) -> str:
    r"""`text` with its surrogates spelled out: `\ud800`."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-8", "backslashreplace").decode()


def short(text: str) -> str:
    """`text`, cut to the length that a finding quotes."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
