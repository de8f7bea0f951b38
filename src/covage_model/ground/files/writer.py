"""Atomic writing of files: to a temporary file in the same folder, which is then renamed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

HIDDEN = ".covage-model-"  # begins the name of a file that is not finished


@contextmanager
def replaced(path: str) -> Iterator[IO[bytes]]:
    """
    A file to write, which replaces `path` when the block ends without an exception.

    Otherwise nothing is left behind, folders made for it included, and an old file stays as it was.
    A pipe or a device is written directly. Raises OSError.
    """
    from covage_model.ground.processes.termination import termination_raises  # slow to load, and few runs write

    with termination_raises(), _replaced(os.path.realpath(path)) as file:
        yield file


@contextmanager
def _replaced(target: str) -> Iterator[IO[bytes]]:
    if os.path.exists(target) and not stat.S_ISREG(os.stat(target).st_mode):
        with open(target, "wb") as file:
            yield file
        return
    folder = os.path.dirname(target)
    made = _make_folders(folder)
    if os.path.exists(target) and os.access(target, os.W_OK) and not os.access(folder, os.W_OK):
        with open(target, "wb") as file:  # nothing can be put beside it
            yield file
        return
    beside = os.path.join(folder, f"{HIDDEN}{os.urandom(8).hex()}")
    try:
        with open(beside, "xb") as file:
            yield file
        if os.path.exists(target):
            os.chmod(beside, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            os.remove(beside)
        for folder in reversed(made):
            with suppress(OSError):
                os.rmdir(folder)
        raise


def write(path: str, content: str | bytes) -> None:
    """Write a whole file, as UTF-8 where it is text. Raises OSError."""
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    with replaced(path) as file:
        file.write(data)


def _make_folders(folder: str) -> list[str]:
    """The folders that were missing, outermost first. Raises OSError."""
    missing = []
    while folder and not os.path.isdir(folder):
        missing.append(folder)
        above = os.path.dirname(folder)
        if above == folder:
            break
        folder = above
    missing.reverse()
    for each in missing:
        os.makedirs(each, exist_ok=True)
    return missing
