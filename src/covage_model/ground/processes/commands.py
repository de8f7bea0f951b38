"""Other people's commands, several at a time: never through a shell, and not for ever."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


class NoCommand(Exception):
    """There is no such command, or it cannot be run."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended; `code` None: it was stopped after its time."""

    code: int | None
    out: str
    err: str


def ended(commands: Sequence[Sequence[str]], *, seconds: float, jobs: int) -> Iterator[Ended]:
    """How each ended, in their order. Raises NoCommand."""
    with ThreadPoolExecutor(max(jobs, 1)) as pool:
        yield from pool.map(lambda argv: _run(argv, seconds), commands)


def _run(argv: Sequence[str], seconds: float) -> Ended:
    try:
        done = subprocess.run(  # noqa: S603  what the user asks to be run, as a list of words
            list(argv), stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return Ended(None, "", "")
    except (OSError, ValueError) as error:
        raise NoCommand(f"cannot run {argv[0]}: {error}") from error
    return Ended(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
