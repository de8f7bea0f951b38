"""The process's own stdout and stderr, which may be closed, full, or read by nobody any more."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, cast


class OutputRefused(Exception):
    """Stdout takes nothing more; `why` is None where that is because nobody reads on."""

    def __init__(self, why: str | None) -> None:
        super().__init__(why)
        self.why = why


def stdout() -> IO[str]:
    """Stdout, which raises Refused instead of OSError: that is never taken for an error about some file."""
    return cast("IO[str]", _Outlet(_own(sys.stdout)))


def stderr() -> IO[str]:
    """Stderr, which loses what it cannot take: there is no place left to say so, and the exit code tells."""
    return cast("IO[str]", _Outlet(_own(sys.stderr), loses=True))


class _Closed(io.StringIO):
    """Stands for a stream that was closed before we began."""

    def write(self, _: str) -> int:
        raise OSError(errno.EBADF, "it is closed")


def _own(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        return _Closed()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


class _Outlet:
    """A stream of text or bytes, and what becomes of an error of the system when it is written to."""

    def __init__(self, stream: Any, *, loses: bool = False) -> None:
        self._stream = stream
        self._loses = loses
        self._refusal: OutputRefused | None = None  # raised again: who probes a stream may have swallowed it

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
            with suppress(OSError):  # else what it still holds is written, and refused again, when Python ends
                os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
            if not self._loses:
                self._refusal = OutputRefused(None if isinstance(error, BrokenPipeError) else error.strerror)
                raise self._refusal from error
