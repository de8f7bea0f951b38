"""
Which files to judge: files, folders, globs, lists of paths (`@list.txt`) and stdin, less what is excluded.

A name that exists is that file or folder, also with `*` or `@` in it. Each file is given once.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import field

from covage_model.api import files
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.ground.files import cutting, kinds
from covage_model.ground.files.decoding import other_encoding
from covage_model.ground.files.limits import Limits

ENDINGS = tuple(
    ending + packed
    for ending in (*files.ORDER_ENDINGS, ".csv", ".tsv", ".parquet")
    for packed in ("", *kinds.COMPRESSED)
)
# Of files in a folder whose orders are not read, these are told; others, such as notes and pictures, are not.
_TOLD = (
    ".xlsx",
    ".xlsm",
    ".xls",
    ".ods",
    ".zip",
    ".7z",
    ".tar",
    ".tar.gz",
    ".tgz",
    ".bz2",
    ".xz",
    ".avro",
    ".orc",
    ".jsonc",
)
STDIN = "-"
_LONGEST = 2**16  # bytes of a line in a list of paths


@dataclass(frozen=True, slots=True)
class OrderFile:
    """
    A file to judge. `named`: the user gave its path or a glob for it, so that it may be a pipe.

    `status` is what the file system said of it when it was found; None if nothing was there.
    """

    path: str
    named: bool
    status: os.stat_result | None = field(default=None, compare=False)


def order_files(
    paths: Sequence[str], *, exclude: Sequence[str] = (), stdin_name: str = STDIN
) -> Iterator[OrderFile | Diagnostic]:
    """
    The files that `paths` name, lazily and in that order, and findings about what is not there or not read.

    A path is a file, a folder (all order files below it), a glob (`**`: any number of folders), `@FILE` (a path on
    each line; blank lines and lines with `#` are skipped) or `-`. `exclude` holds globs: without a `/` for the name
    of any file or folder, else for the end of its path; what is below an excluded folder is excluded too.
    A path for which nothing is found is an error, and so is nothing at all.
    """
    return _Chosen(exclude, stdin_name).all(paths)


def belongs(path: str) -> bool:
    """Whether a path has the extension of an order file."""
    return path.lower().endswith(ENDINGS)


def below(folder: str) -> tuple[str, ...]:
    """The order files under a folder."""
    return tuple(files.below(folder, ENDINGS))


def lacking(folder: str) -> tuple[Diagnostic, ...]:
    """Findings about a folder: subfolders that cannot be listed, or no order file at all."""
    entries = list(files.walk(folder, ENDINGS, leave=False))
    unlisted = [entry for entry in entries if isinstance(entry, Diagnostic) and entry.severity is Severity.ERROR]
    found = unlisted or any(isinstance(entry, str) for entry in entries)
    return tuple(unlisted) if found else (_nothing("nothing", folder, folder),)


def _nothing(form: str, where: str, place: str, line: int = 0) -> Diagnostic:
    return Diagnostic("CM412", form, {"where": where}, Location(place, line, min(line, 1)))


@dataclass(slots=True)
class _Chosen:
    exclude: Sequence[str]
    stdin_name: str
    given: dict[tuple[int, int], str] = field(default_factory=dict)  # the first path of each file
    read_stdin: bool = False

    def all(self, paths: Sequence[str]) -> Iterator[OrderFile | Diagnostic]:
        """The files of all paths; an error if they are none."""
        empty = True
        for path in paths:
            for entry in self._argument(path):
                empty = empty and isinstance(entry, Diagnostic) and entry.severity is Severity.NOTE
                yield entry
        if empty:
            yield _nothing("excluded", ", ".join(self.exclude), paths[0] if paths else "")

    def _argument(self, path: str) -> Iterator[OrderFile | Diagnostic]:
        if path == STDIN:
            yield files.same_file(self.stdin_name, STDIN) if self.read_stdin else OrderFile(STDIN, named=True)
            self.read_stdin = True
        elif path.startswith("@") and not os.path.lexists(path):
            yield from self._listed(path[1:])
        else:
            yield from self._path(path)

    def _path(self, path: str) -> Iterator[OrderFile | Diagnostic]:
        """The files of one path: a file, a folder or a glob."""
        if _has_magic(path) and not os.path.lexists(path):
            yield from self._matching(path)
        elif self._excluded(path):
            return
        else:
            yield from self._found(path)

    def _found(self, path: str) -> Iterator[OrderFile | Diagnostic]:
        """A file that was given, or the order files below a folder."""
        status = files.status(path)
        if status is not None and stat.S_ISDIR(status.st_mode):
            yield from self._folder(path)
        else:
            yield self._file(path, status, named=True)

    def _matching(self, pattern: str) -> Iterator[OrderFile | Diagnostic]:
        """What a glob matches: files, and the order files below folders."""
        from covage_model.api import path_globs

        empty = True
        for entry in path_globs.matching(pattern, self._excluded):
            if isinstance(entry, Diagnostic):
                empty = empty and entry.severity is Severity.NOTE
                yield entry
            else:
                empty = False
                yield from self._found(entry)
        if empty:
            yield _nothing("no-match", pattern, pattern)

    def _folder(self, folder: str) -> Iterator[OrderFile | Diagnostic]:
        empty = True
        for entry in files.walk(folder, (*ENDINGS, *_TOLD), leave=False, skip=self._excluded):
            if isinstance(entry, Diagnostic):
                empty = empty and entry.severity is Severity.NOTE
                yield entry
            elif not belongs(entry):
                yield files.other_kind(entry)
            else:
                empty = False
                yield self._file(entry, files.status(entry), named=False)
        if empty:
            yield _nothing("nothing", folder, folder)

    def _file(self, path: str, status: os.stat_result | None, *, named: bool) -> OrderFile | Diagnostic:
        first = path if status is None else self.given.setdefault((status.st_dev, status.st_ino), path)
        return OrderFile(path, named, status) if first is path else files.same_file(path, first)

    def _listed(self, path: str) -> Iterator[OrderFile | Diagnostic]:
        """The files of a list of paths."""
        content = files.chunks(path, named=True)
        if isinstance(content, Diagnostic):
            yield content
            return
        empty = True
        try:
            for line in cutting.lines(content, keep=_LONGEST, most=Limits().bytes):
                if line.line == 1 and (encoded := other_encoding(line.content[:4], path)):
                    yield encoded
                    return
                name = os.fsdecode(line.content.removeprefix(b"\xef\xbb\xbf") if line.line == 1 else line.content)
                if (name := name.strip()) and not name.startswith("#"):
                    empty = False
                    yield from self._line(name, path, line.line)
        except (OSError, MemoryError) as error:
            yield files.unreadable(path, error)
            return
        if empty:
            yield _nothing("empty-list", path, path)

    def _line(self, name: str, path: str, line: int) -> Iterator[OrderFile | Diagnostic]:
        """The files of one line of a list."""
        if _has_magic(name) or os.path.lexists(name):
            yield from self._path(name)
        elif not self._excluded(name):
            yield Diagnostic("CM008", "listed", {"manifest": path, "line": line}, Location(name, 0, 0))

    def _excluded(self, path: str) -> bool:
        if not self.exclude:
            return False
        from covage_model.api import path_globs

        return any(path_globs.excludes(pattern, path) for pattern in self.exclude)


def _has_magic(path: str) -> bool:
    """Whether the path may be a glob; globs are loaded where there are some."""
    return "*" in path or "?" in path or "[" in path
