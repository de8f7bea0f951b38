"""Stdout and stderr of the process, which may be closed, on a full disk, or a pipe without a reader."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, cast


class OutputRefused(Exception):
    """Stdout cannot be written to. `why` is the system's reason, or None for a pipe without a reader."""

    def __init__(self, why: str | None) -> None:
        super().__init__(why)
        self.why = why


def stdout() -> IO[str]:
    """Stdout that raises OutputRefused instead of OSError, so that it is not mistaken for an error about a file."""
    return cast("IO[str]", _Outlet(_own(sys.stdout)))


def stderr() -> IO[str]:
    """Stderr that drops what cannot be written: no other stream could report it, but the exit code remains."""
    return cast("IO[str]", _Outlet(_own(sys.stderr), loses=True))


class _Closed(io.StringIO):
    """A stream that was closed before the process started."""

    def write(self, _: str) -> int:
        raise OSError(errno.EBADF, "it is closed")


def _own(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        return _Closed()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


class _Outlet:
    """A stream of text or bytes that turns a system error on writing into OutputRefused, or drops it (`loses`)."""

    def __init__(self, stream: Any, *, loses: bool = False) -> None:
        self._stream = stream
        self._loses = loses
        self._refusal: OutputRefused | None = None  # raised again, in case a caller swallowed it

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @property
    def buffer(self) -> _Outlet:
        return _Outlet(self._stream.buffer, loses=self._loses)

    def write(self, content: Any) -> int:
        with self._guarded():
            self._stream.write(content)
        return len(content)

    def flush(self) -> None:
        with self._guarded():
            self._stream.flush()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        if self._refusal is not None:
            raise self._refusal
        try:
            yield
        except OSError as error:
            with suppress(OSError):  # otherwise Python would try to write the rest at exit, and fail again
                os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
            if not self._loses:
                self._refusal = OutputRefused(None if isinstance(error, BrokenPipeError) else error.strerror)
                raise self._refusal from error
