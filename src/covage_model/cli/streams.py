"""The streams of a command, its exit codes, and its progress line."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import IO, Any, cast

from covage_model.ground import escape, language
from covage_model.ground.classes import dataclass

PAUSE = 0.2  # seconds between two states of the progress line of `judging`


class Exit(IntEnum):
    """The exit codes; if several apply, the highest wins."""

    CLEAN = 0
    FOUND = 1
    USAGE = 2
    BROKEN = 3
    UNREADABLE = 4
    OURS = 5


class _Gate:
    """A stream for messages that escapes each line."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        self._stream.write("\n".join(map(escape.terminal, text.split("\n"))))
        return len(text)


@dataclass(slots=True, repr=False, eq=False)  # not compared or shown: saves time at each start
class Streams:
    """
    The streams of a command, and the language of what is said on them.

    `err` escapes control sequences; `terminal` is the same stream without escaping.
    """

    out: IO[str]
    err: IO[str]
    stdin: IO[bytes] | None
    terminal: IO[str]
    progress_shown: bool = False  # whether a progress line stands on the terminal
    language: str = "en"

    def write(self, text: str) -> int:
        """Write to `out`, in place of the progress line."""
        self.clear()
        return self.out.write(text)

    def stdin_if_named(self, paths: Collection[str | None]) -> bytes:
        """All of stdin if one of the paths is `-`, else nothing."""
        return self.stdin.read() if self.stdin is not None and "-" in paths else b""

    def tell(self, template: str, /, **values: Any) -> None:
        """A sentence of our own with its values (see `ground.language`), as a line on `err`."""
        self.err.write(language.tell(template, self.language, **values) + "\n")

    def clear(self) -> None:
        """Remove the progress line."""
        if self.progress_shown:
            self.terminal.write("\r\033[K")
            self.err.flush()
            self.progress_shown = False


def streams_of(out: IO[str], err: IO[str], stdin: IO[bytes] | None, language: str = "en") -> Streams:
    """The streams of one call."""
    return Streams(out, cast("IO[str]", _Gate(err)), stdin, err, language=language)


@contextmanager
def progress(total: int, doing: str, streams: Streams) -> Iterator[Callable[[], None]]:
    """A function to call after each of `total` pieces of work. It updates a progress line, on a terminal only."""
    shown = total > 1
    done = 0
    what = language.words(doing, streams.language)

    with _line(streams) as say:

        def tick() -> None:
            nonlocal done
            done += 1
            if shown:
                say(f"{what} {done}/{total}")

        yield tick


@contextmanager
def judging(streams: Streams, share: Callable[[], float | None], *, shown: bool) -> Iterator[Callable[[int], None]]:
    """
    A function to call with the number of orders judged so far; now and then it updates the progress line.

    `share` is that of the bytes that were read, None where nobody knows. Without `shown` nothing happens.
    """
    started = time.monotonic()

    def told(orders: int) -> str:
        part = share()
        rate = orders / max(time.monotonic() - started, 1e-3)
        template = "{orders:n} {orders:order|orders}, {rate:n}/s"
        template += "" if part is None else ", {part:.0%} of the bytes"
        return language.tell(template, streams.language, orders=orders, rate=round(rate), part=part)

    with _now_and_then(streams, told, shown=shown) as tick:
        yield tick


@contextmanager
def simulating(streams: Streams) -> Iterator[Callable[[int], None]]:
    """A function to call with the number of orders so far; now and then it updates the progress line."""

    def told(orders: int) -> str:
        return language.tell("{orders:n} simulated orders", streams.language, orders=orders)

    with _now_and_then(streams, told) as tick:
        yield tick


@contextmanager
def _now_and_then(
    streams: Streams, told: Callable[[int], str], *, shown: bool = True
) -> Iterator[Callable[[int], None]]:
    """A function to call with a number; each PAUSE seconds the progress line is what is `told` of the number."""
    last = time.monotonic()
    with _line(streams) as say:

        def tick(number: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= PAUSE:
                last = now
                say(told(number))

        def nothing(_: int) -> None:
            """Nobody looks."""

        yield tick if shown and streams.err.isatty() else nothing


@contextmanager
def exploring(streams: Streams) -> Iterator[Callable[[str, int], None]]:
    """A function to call with a variant and the number of its configurations so far; it updates the progress line."""
    with _line(streams) as say:
        template = "exploring {name}: {count:n} configurations"
        yield lambda name, count: say(language.tell(template, streams.language, name=name, count=count))


@contextmanager
def doing(streams: Streams) -> Iterator[Callable[[str, str], None]]:
    """A function to call with a name and what is being done for it; it updates the progress line."""
    with _line(streams) as say:
        yield lambda name, what: say(f"{name}: {language.words(what, streams.language)}")


@contextmanager
def _line(streams: Streams) -> Iterator[Callable[[str], None]]:
    """A function that replaces the progress line on a terminal, and does nothing elsewhere."""

    def say(text: str) -> None:
        if streams.err.isatty():
            streams.progress_shown = True
            streams.terminal.write(f"\r\033[K{escape.plain(text)}")
            streams.err.flush()

    try:
        yield say
    finally:
        streams.clear()
