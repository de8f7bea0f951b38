"""Where a command reads and writes, and what its exit code says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from typing import IO, Any, cast

from covage_model.ground import escape


class Exit(IntEnum):
    """What the exit code says; the highest wins."""

    CLEAN = 0
    FOUND = 1
    USAGE = 2
    BROKEN = 3
    UNREADABLE = 4
    OURS = 5


class _Gate:
    """A stream for messages: whatever is written passes the gate, line by line."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        self._stream.write("\n".join(map(escape.terminal, text.split("\n"))))
        return len(text)


@dataclass(slots=True, repr=False, eq=False)  # quickly defined: every start pays
class Streams:
    """Where a command writes and reads. `err` escapes what could do harm; `terminal` is the same, unescaped."""

    out: IO[str]
    err: IO[str]
    stdin: IO[bytes] | None
    terminal: IO[str]


def streams_of(out: IO[str], err: IO[str], stdin: IO[bytes] | None) -> Streams:
    """The streams of one call."""
    return Streams(out, cast("IO[str]", _Gate(err)), stdin, err)


@contextmanager
def progress(total: int, doing: str, streams: Streams) -> Iterator[Callable[[], None]]:
    """A function to call after each of `total` pieces of work: a line on a terminal, nothing in a log."""
    shown = total > 1
    done = 0

    with _line(streams) as say:

        def tick() -> None:
            nonlocal done
            done += 1
            if shown:
                say(f"{doing} {done}/{total}")

        yield tick


@contextmanager
def exploring(streams: Streams) -> Iterator[Callable[[str, int], None]]:
    """What is told now and then whose state space is explored, and how large it is so far: as `progress` shows it."""
    with _line(streams) as say:
        yield lambda name, count: say(f"exploring {name}: {count:,} configurations")


@contextmanager
def doing(streams: Streams) -> Iterator[Callable[[str, str], None]]:
    """What is told for whom, or which, something is done now, and what: as `progress` shows it."""
    with _line(streams) as say:
        yield lambda name, what: say(f"{name}: {what}")


@contextmanager
def _line(streams: Streams) -> Iterator[Callable[[str], None]]:
    """A function that shows a line on a terminal, in place of the one before, and nothing in a log."""
    shown = False

    def say(text: str) -> None:
        nonlocal shown
        if streams.err.isatty():
            shown = True
            streams.terminal.write(f"\r\033[K{escape.plain(text)}")
            streams.err.flush()

    try:
        yield say
    finally:
        if shown:
            streams.terminal.write("\r\033[K")
            streams.err.flush()
