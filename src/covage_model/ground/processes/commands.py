"""Runs external commands, several at a time: without a shell, with a time limit and bounded output."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from typing import IO

from covage_model.ground.classes import dataclass
from covage_model.ground.processes.descendants import MARK, kill_descendants
from covage_model.ground.processes.termination import termination_raises

KEPT = 4 * 2**20  # bytes of each output of a command; the rest is read and dropped
_CHUNK = 2**16
_GRACE = 1.0  # seconds for the last output, once the command and its group are gone


class NoCommand(Exception):
    """The command does not exist or cannot be run."""


@dataclass(frozen=True, slots=True)
class Ended:
    """
    How a command ended: with an exit `code`, by a `signal`, or with neither because its time was up.

    `out` and `err` are at most `KEPT` bytes each, as UTF-8; `truncated` says that it printed more.
    """

    code: int | None
    out: str
    err: str
    signal: int | None = None
    truncated: bool = False


def ended(commands: Sequence[Sequence[str]], *, seconds: float, jobs: int) -> Iterator[Ended]:
    """
    How each command ended, in their order; `jobs` run at a time, each for at most `seconds`. Raises NoCommand.

    Processes that a command leaves running are killed with it, on Linux also those in sessions of their own.
    Closing the iterator stops the commands.
    """
    running = _RunningCommands(seconds)
    pool = ThreadPoolExecutor(max(jobs, 1))
    try:
        with termination_raises():
            yield from pool.map(running.run, commands)
    finally:
        running.stop()
        pool.shutdown(cancel_futures=True)


@dataclass(slots=True)
class _RunningCommands:
    """The running commands; after `stop`, no other is started."""

    seconds: float
    _stopped: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    _marks: dict[int, str] = field(default_factory=dict)  # in the environment of each process

    def run(self, argv: Sequence[str]) -> Ended:
        process = self._started(argv)
        if process is None:
            return Ended(None, "", "")
        outputs = [_KeptOutput(pipe) for pipe in (process.stdout, process.stderr) if pipe is not None]
        try:
            process.wait(self.seconds)
            code = process.returncode
        except subprocess.TimeoutExpired:
            code = None
        finally:
            self._end(process)
        out, err = (one.text() for one in outputs)
        truncated = any(one.truncated for one in outputs)
        if code is not None and code < 0:
            return Ended(None, out, err, -code, truncated)
        return Ended(code, out, err, None, truncated)

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            for process in self._processes.values():
                self._kill(process)

    def _started(self, argv: Sequence[str]) -> subprocess.Popen[bytes] | None:
        with self._lock:  # so that `stop` knows of each that was started
            if self._stopped:
                return None
            mark = os.urandom(16).hex()
            try:
                process = subprocess.Popen(  # noqa: S603  what the user asks to be run, as a list of words
                    list(argv),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env={**os.environ, MARK: mark},
                    start_new_session=True,  # a process group of its own, which can be killed whole
                )
            except (OSError, ValueError) as error:
                raise NoCommand(f"cannot run {argv[0]}: {error}") from error
            self._processes[process.pid] = process
            self._marks[process.pid] = mark
            return process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._kill(process)
            process.wait()
            del self._processes[process.pid], self._marks[process.pid]

    def _kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill the command and the processes that it started: its group, and those that have left the group."""
        kill_descendants(process.pid, self._marks[process.pid])  # first: they are found by their parents
        with contextlib.suppress(OSError):  # all of the group is gone already
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()


class _KeptOutput:
    """The first bytes of a pipe, read in a thread so that the command never blocks on output."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self.truncated = False
        self._kept = bytearray()
        self._thread = threading.Thread(target=self._read, args=(pipe,), daemon=True)
        self._thread.start()

    def text(self) -> str:
        """The bytes kept, when the pipe is closed, or after a short wait if another process keeps it open."""
        self._thread.join(_GRACE)
        return bytes(self._kept).decode("utf-8", "replace")

    def _read(self, pipe: IO[bytes]) -> None:
        with pipe:
            while chunk := os.read(pipe.fileno(), _CHUNK):
                room = KEPT - len(self._kept)
                self._kept += chunk[:room]
                self.truncated = self.truncated or len(chunk) > room
