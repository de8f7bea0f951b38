"""Atomic writing of files: to a temporary file in the same folder, which is then renamed."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    beside = _beside(target)
    try:
        with open(beside, "xb") as file:
            yield file
        _move(beside, target)
    except BaseException:
        _clean([beside], made)
        raise


def write(path: str, content: str | bytes) -> None:
    """Write a whole file, as UTF-8 where it is text. Raises OSError."""
    with replaced(path) as file:
        file.write(_bytes(content))


def write_all(contents: Iterable[tuple[str, str | bytes | Iterable[bytes]]], *, private: bool = False) -> None:
    """
    Write whole files by their paths, all or none; a content may come in chunks. With `private`, for their owner alone.

    Each content is written beside its path when it comes; all are renamed at the end. Where that fails, nothing is
    left behind, and old files stay as they were, also those already replaced. A pipe or a device is written directly.
    Raises OSError.
    """
    from covage_model.ground.processes.termination import termination_raises

    staged: dict[str, str] = {}  # the finished file by its target
    made: list[str] = []
    with termination_raises():
        try:
            for path, content in contents:
                target = os.path.realpath(path)
                _refuse_folder(target)
                made += _make_folders(os.path.dirname(target))
                with open(staged.setdefault(target, _beside(target)), "wb") as file:
                    if private:
                        os.chmod(file.fileno(), 0o600)
                    file.writelines([_bytes(content)] if isinstance(content, str | bytes) else content)
            _move_all(staged)
        except BaseException:
            _clean(staged.values(), made)
            raise


def _refuse_folder(target: str) -> None:
    if os.path.isdir(target):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), target)


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content


def _beside(target: str) -> str:
    """A new path beside the target; among the temporary files where nothing can be put beside it."""
    folder = os.path.dirname(target)
    if os.path.exists(target) and not os.access(folder, os.W_OK):
        import tempfile

        folder = tempfile.gettempdir()
    return os.path.join(folder, f"{HIDDEN}{os.urandom(8).hex()}")


def _move(finished: str, target: str) -> None:
    """The finished file takes the place of its target; it is copied into what cannot be replaced."""
    mode = os.stat(target).st_mode if os.path.exists(target) else None
    if os.path.dirname(finished) == os.path.dirname(target) and (mode is None or stat.S_ISREG(mode)):
        if mode is not None:
            os.chmod(finished, stat.S_IMODE(mode))
        os.replace(finished, target)
        return
    with open(finished, "rb") as source, open(target, "wb") as file:
        file.write(source.read())
    os.remove(finished)


def _move_all(staged: Mapping[str, str]) -> None:
    """Each finished file takes the place of its target, or none does."""
    old: dict[str, str | None] = {}  # a second name of each file that was there
    try:
        for target, finished in staged.items():
            old[target] = _second_name(target)
            _move(finished, target)
    except BaseException:
        for target, kept in reversed(old.items()):
            with suppress(OSError):
                if kept is not None:
                    _move(kept, target)
                elif os.path.isfile(target):
                    os.remove(target)
        raise
    finally:
        _clean([kept for kept in old.values() if kept is not None], ())


def _second_name(target: str) -> str | None:
    """A second name beside a regular file, or a copy where files cannot have one; None where there is no such file."""
    if not os.path.isfile(target):
        return None
    kept = _beside(target)
    try:
        os.link(target, kept)
    except OSError:
        import shutil

        shutil.copy2(target, kept)
    return kept


def _clean(paths: Iterable[str], folders: Sequence[str]) -> None:
    """Remove the files, then the folders that they leave empty."""
    for path in paths:
        with suppress(OSError):
            os.remove(path)
    for folder in reversed(folders):
        with suppress(OSError):
            os.rmdir(folder)


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
