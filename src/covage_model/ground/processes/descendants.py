"""
The processes that a command started, also those in sessions of their own, found in `/proc`.

Only Linux has `/proc`; elsewhere nothing is found. A process is known by its parents, or by a mark in the environment
that it inherited. One that has lost both, its parent and its environment, is not found.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress

MARK = "COVAGE_MODEL_COMMAND"  # a variable in the environment of each command
_PROC = "/proc"


def kill_descendants(process: int, mark: str) -> None:
    """
    Kill all processes below this one, and all whose environment has this `mark`; not the process itself.

    What they start in the meantime is looked for again, until nothing new is found.
    """
    spared = {process, os.getpid()}
    while found := {*_below(process), *_marked(mark)} - spared:
        for each in found:
            with suppress(OSError):  # it ended by itself
                os.kill(each, signal.SIGKILL)
        spared |= found


def _below(process: int) -> set[int]:
    children: dict[int, list[int]] = {}
    for number in _processes():
        children.setdefault(_parent(number), []).append(number)
    found: set[int] = set()
    pending = [process]
    while pending:
        for child in children.get(pending.pop(), ()):
            if child not in found:
                found.add(child)
                pending.append(child)
    return found


def _marked(mark: str) -> Iterator[int]:
    entry = f"{MARK}={mark}".encode()
    for number in _processes():
        with suppress(OSError), open(f"{_PROC}/{number}/environ", "rb") as file:
            if entry in file.read().split(b"\0"):
                yield number


def _processes() -> list[int]:
    if not os.path.isdir(_PROC):
        return []
    return [int(name) for name in os.listdir(_PROC) if name.isdecimal()]


def _parent(process: int) -> int:
    with suppress(OSError, ValueError, IndexError), open(f"{_PROC}/{process}/stat", "rb") as file:
        return int(file.read().rpartition(b")")[2].split()[1])
    return 0
