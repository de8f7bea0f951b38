"""Lists folders and reads files. Never opens a file that could block, such as a device."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from io import FileIO
from itertools import chain

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.ground.files.cutting import CHUNK

ORDER_ENDINGS = (".json", ".yaml", ".yml", ".ndjson", ".jsonl")
_AT_ONCE = 2**16  # bytes; most files have fewer
_PATIENCE = 1.0  # seconds to wait for the first writer of a pipe


def read_bytes(path: str, *, limit: int | None = None) -> bytes | Diagnostic:
    """The content of a regular file, at most `limit` + 1 bytes, or the finding why it cannot be read (CM008)."""
    opened = _opened(path, _status(path))
    if isinstance(opened, Diagnostic):
        return opened
    descriptor, size = opened
    try:
        return _content(descriptor, size, limit)
    except (OSError, MemoryError) as error:
        return unreadable(path, error)
    finally:
        os.close(descriptor)


def _content(descriptor: int, size: int, limit: int | None) -> bytes:
    """
    All that can be read, at most `limit` + 1 bytes. A file object would take four times as long for a small file.

    `size` was the file's when it was opened, 0 where that is unknown.
    """
    taken: list[bytes] = []
    left = sys.maxsize if limit is None else limit + 1
    while left and (content := os.read(descriptor, min(left, _AT_ONCE))):
        taken.append(content)
        left -= len(content)
        size -= len(content)
        if size == 0:  # the end; there is no need to be told
            break
    return b"".join(taken)


@dataclass(frozen=True, slots=True)
class FileChunks:
    """The content of an open file in chunks; it is closed at the end. Iterating raises OSError if reading fails."""

    file: FileIO
    size: int  # bytes when it was opened; 0 of a pipe

    def __iter__(self) -> Iterator[bytes]:
        with self.file:
            while chunk := self.file.read(CHUNK):
                yield chunk

    def whole(self, longest: int) -> bytes | None:
        """The content of a regular file of at most `longest` bytes, else None; it can still be read in chunks."""
        if self.size > longest:
            return None
        try:
            content = self.file.read(self.size + 1)
            self.file.seek(0)
        except (OSError, MemoryError):  # told when it is read in chunks
            return None
        return content if len(content) == self.size else None


def chunks(path: str, *, named: bool, known: os.stat_result | None = None) -> Iterable[bytes] | Diagnostic:
    """
    The content of a regular file in chunks, or the finding why it cannot be read (CM008).

    A pipe is read only if the user `named` it and a process writes to it. Iterating raises OSError if reading fails.
    `known` is what the file system has just said of the path.
    """
    found = known or _status(path)
    if named and not isinstance(found, Diagnostic) and stat.S_ISFIFO(found.st_mode):
        return _pipe(path)
    opened = _opened(path, found)
    return opened if isinstance(opened, Diagnostic) else FileChunks(FileIO(opened[0]), opened[1])


def _status(path: str) -> os.stat_result | Diagnostic:
    """As `status`, or the finding why that is not known (CM008)."""
    try:
        return os.stat(path)
    except (OSError, ValueError) as error:
        return unreadable(path, error)


def _opened(path: str, known: os.stat_result | Diagnostic) -> tuple[int, int] | Diagnostic:
    """The descriptor and size of a regular file that is opened, or the finding why it cannot be (CM008)."""
    if isinstance(known, Diagnostic):
        return known
    if not stat.S_ISREG(known.st_mode):
        return _finding(path, "directory" if stat.S_ISDIR(known.st_mode) else "special")
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_BINARY", 0)), known.st_size
    except (OSError, ValueError) as error:
        return unreadable(path, error)


def _pipe(path: str) -> Iterable[bytes] | Diagnostic:
    """Opens a pipe without blocking: without a writer, a normal open never returns."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        first = _first_bytes(descriptor)
    except OSError as error:
        return unreadable(path, error)
    if first == b"":
        os.close(descriptor)
        return _finding(path, "pipe")
    os.set_blocking(descriptor, True)
    return chain([first or b""], FileChunks(FileIO(descriptor), 0))


def _first_bytes(descriptor: int) -> bytes | None:
    """The first bytes in the pipe; None if it has a writer but no data yet; b'' if no writer came in time."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            if first := os.read(descriptor, CHUNK):
                return first
        except BlockingIOError:
            return None
        time.sleep(0.01)
    return b""


def unreadable(path: str, error: Exception) -> Diagnostic:
    """The finding for an OSError or MemoryError of a path."""
    if isinstance(error, FileNotFoundError):
        return _finding(path, "missing")
    if isinstance(error, PermissionError):
        return _finding(path, "denied")
    return Diagnostic("CM008", "failed", {"detail": _detail(error)}, Location(path, 0, 0))


def _detail(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "there is not enough memory"
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _finding(path: str, form: str) -> Diagnostic:
    return Diagnostic("CM008", form, {}, Location(path, 0, 0))


def status(path: str) -> os.stat_result | None:
    """What the file system says of a path; None if nothing is there."""
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None


def identity(path: str) -> tuple[int, int] | None:
    """Device and inode: equal for two paths of one file or folder. None if it does not exist."""
    known = status(path)
    return (known.st_dev, known.st_ino) if known is not None else None


def below(folder: str, endings: tuple[str, ...], *, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """The files of `walk`, without its findings."""
    return (entry for entry in walk(folder, endings, without=without) if isinstance(entry, str))


def names_in(folder: str) -> list[str] | Diagnostic:
    """The names in a folder, sorted, or the finding why it cannot be listed (CM008); '' is the working folder."""
    try:
        return sorted(os.listdir(folder or os.curdir))
    except OSError as error:
        return _not_listed(folder, error)


def walk(
    folder: str,
    endings: tuple[str, ...],
    *,
    without: frozenset[str] = frozenset(),
    leave: bool = True,
    skip: Callable[[str], bool] | None = None,
) -> Iterator[str | Diagnostic]:
    """
    The files below a folder that have one of the endings, sorted, and findings about skipped entries.

    Hidden names are skipped, and so are the folders directly below it that `without` names. A symbolic link to a folder
    is followed once, if its target is a hidden folder inside `folder`; any other such link is a note (CM009). A link to
    a file outside is a note too, unless `leave`. A folder that cannot be listed is an error (CM008). Paths for which
    `skip` is true are left out, with all below them.
    """
    walker = _Walker(folder, endings, leave=leave, skip=skip or _none)
    todo = [folder]
    while todo:
        place = todo.pop()
        yield from walker.files(place)
        todo += [path for path in reversed(walker.folders) if place != folder or os.path.basename(path) not in without]


class _Walker:
    """One walk through a folder. `folders` are the subfolders of the folder listed last."""

    def __init__(self, folder: str, endings: tuple[str, ...], *, leave: bool, skip: Callable[[str], bool]) -> None:
        self._folder = folder
        self._skip = skip
        self._home = _real(folder)
        self._endings = endings
        self._leave = leave
        self._entered: dict[tuple[int, int] | None, str] = {}
        self.folders: list[str] = []

    def files(self, place: str) -> Iterator[str | Diagnostic]:
        """The files of one folder, and the findings about its entries."""
        self.folders = []
        self._entered[identity(place)] = place
        try:
            with os.scandir(place) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield _not_listed(place, error)
            return
        for entry in entries:
            path = os.path.join(place, entry.name)
            if not entry.name.startswith(".") and not self._skip(path):
                yield from self._entry(entry, path)

    def _entry(self, entry: os.DirEntry[str], path: str) -> Iterator[str | Diagnostic]:
        wanted = entry.name.lower().endswith(self._endings)
        if _is_folder(entry):
            if (note := self._note_on_folder(path) if entry.is_symlink() else None) is not None:
                yield note
            else:
                self.folders.append(path)
        elif entry.is_symlink() and not wanted and identity(path) is None:
            yield _note(path, "broken")
        elif wanted and entry.is_symlink() and not self._leave and os.path.isfile(path) and not self._inside(path):
            yield _note(path, "outside", folder=self._folder)
        elif wanted:
            yield path

    def _note_on_folder(self, path: str) -> Diagnostic | None:
        if not self._inside(path):
            return _note(path, "outside", folder=self._folder)
        below_home = os.path.relpath(_real(path), self._home)
        hidden = any(name.startswith(".") and name != "." for name in below_home.split(os.sep))
        first = self._entered.setdefault(identity(path), path) if hidden else os.path.join(self._folder, below_home)
        return None if first == path else _note(path, "again", first=os.path.normpath(first))

    def _inside(self, path: str) -> bool:
        real = _real(path)
        return real == self._home or real.startswith(os.path.join(self._home, ""))


def _none(_: str) -> bool:
    return False


def _not_listed(folder: str, error: OSError) -> Diagnostic:
    return Diagnostic("CM008", "listing", {"detail": _detail(error)}, Location(folder, 0, 0))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a cycle of links
        return False


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):  # the working folder was removed
        return os.path.normpath(path)


def _note(path: str, form: str, **arguments: str) -> Diagnostic:
    hint = f"to read it, give its path: {path}" if form == "outside" else None
    return Diagnostic("CM009", form, arguments, Location(path, 0, 0), hint, Severity.NOTE)


def same_file(path: str, first: str) -> Diagnostic:
    """The note that a file was already judged under another path."""
    return _note(path, "again", first=first)


def other_kind(path: str) -> Diagnostic:
    """The note that a file in a folder is of a kind whose orders are not read."""
    return _note(path, "kind")
