"""Files and folders: which there are, and their bytes. Only regular files are ever opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from covage_model.ground.diagnostics import Diagnostic, Location

ORDER_ENDINGS = (".json", ".yaml", ".yml", ".ndjson", ".jsonl")


def read_bytes(path: str, *, limit: int | None = None) -> bytes | Diagnostic:
    """The bytes of a regular file, at most `limit` + 1 of them, or the finding why there are none (CM008)."""
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        return unreadable(path, error)
    if stat.S_ISDIR(status.st_mode):
        return _finding(path, "directory")
    if not stat.S_ISREG(status.st_mode):
        return _finding(path, "special")
    try:
        with open(path, "rb") as file:
            return file.read() if limit is None else file.read(limit + 1)
    except OSError as error:
        return unreadable(path, error)


def unreadable(path: str, error: Exception) -> Diagnostic:
    """The finding for what the system says about a path."""
    if isinstance(error, FileNotFoundError):
        return _finding(path, "missing")
    if isinstance(error, PermissionError):
        return _finding(path, "denied")
    detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Diagnostic("CM008", "failed", {"detail": detail}, Location(path, 0, 0))


def _finding(path: str, form: str) -> Diagnostic:
    return Diagnostic("CM008", form, {}, Location(path, 0, 0))


def below(folder: str, endings: tuple[str, ...], *, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """
    The files under a folder with one of the endings, sorted; hidden names and linked folders are passed over.

    `without` names folders directly under it that are not entered.
    """
    for place, folders, names in os.walk(folder):
        top = place == folder
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not (top and name in without))
        for name in sorted(names):
            if name.lower().endswith(endings) and not name.startswith("."):
                yield os.path.join(place, name)
