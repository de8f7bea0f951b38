"""Globs over paths: `*`, `?` and `[…]` within one name, `**` for any number of folders."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence

from covage_model.api import files
from covage_model.ground.diagnostics import Diagnostic

_MAGIC = re.compile(r"[*?\[]")
_DEEP = "**"


def has_magic(path: str) -> bool:
    """Whether the path has a character that stands for others."""
    return _MAGIC.search(path) is not None


def matching(pattern: str, skip: Callable[[str], bool]) -> Iterator[str | Diagnostic]:
    """
    The files and folders that a glob matches, sorted, less those that `skip` names, and findings on the way.

    `*` matches no name that starts with a dot. Below `**` only files match, and links are followed as in `files.walk`.
    """
    drive, tail = os.path.splitdrive(pattern)
    root = drive + (os.sep if tail.startswith(os.sep) else "")
    return _below(root, [name for name in tail.split(os.sep) if name], skip)


def excludes(pattern: str, path: str) -> bool:
    """
    Whether an exclusion means this path: by its end, or by the end of a folder that it lies in.

    >>> [excludes("a/*.json", path) for path in ("x/a/b.json", "a/b/c.json", "a/b.json/c")]
    [True, False, True]
    >>> [excludes("old", path) for path in ("old/a.json", "x/old", "older/a.json")]
    [True, True, False]
    """
    wanted = _names(pattern)
    if os.path.isabs(pattern):
        return _match(wanted, _names(os.path.abspath(path)), whole=False)
    names = _names(path)
    return any(_match(wanted, names[start:], whole=False) for start in range(len(names)))


def _names(path: str) -> list[str]:
    return [name for name in os.path.normpath(path).split(os.sep) if name]


def _fits(name: str, pattern: str) -> bool:
    from fnmatch import fnmatchcase  # slow to load, and most paths are no globs

    return fnmatchcase(name, pattern)


def _match(pattern: Sequence[str], names: Sequence[str], *, whole: bool) -> bool:
    """Whether a pattern fits the names, all of them or so many as it has."""
    if not pattern:
        return not (whole and names)
    if pattern[0] == _DEEP:
        return any(_match(pattern[1:], names[start:], whole=whole) for start in range(len(names) + 1))
    return bool(names) and _fits(names[0], pattern[0]) and _match(pattern[1:], names[1:], whole=whole)


def _below(base: str, pattern: list[str], skip: Callable[[str], bool]) -> Iterator[str | Diagnostic]:
    """What the rest of a pattern matches in the folder `base`; '' is the working folder."""
    if not pattern:
        if not skip(base):
            yield base
        return
    name, *rest = pattern
    if name == _DEEP:
        yield from _deep(base, rest, skip)
    elif not has_magic(name):
        path = os.path.join(base, name)
        if os.path.lexists(path):
            yield from _below(path, rest, skip)
    elif not base or os.path.isdir(base):
        entries = files.names_in(base)
        if isinstance(entries, Diagnostic):
            yield entries
            return
        for entry in entries:
            if _fits(entry, name) and (name.startswith(".") or not entry.startswith(".")):
                yield from _below(os.path.join(base, entry), rest, skip)


def _deep(base: str, rest: list[str], skip: Callable[[str], bool]) -> Iterator[str | Diagnostic]:
    if base and not os.path.isdir(base):
        return
    for entry in files.walk(base or os.curdir, ("",), leave=False, skip=skip):
        if isinstance(entry, Diagnostic):
            yield entry
        else:
            path = os.path.normpath(entry)
            if not rest or _match([_DEEP, *rest], _names(os.path.relpath(path, base or os.curdir)), whole=True):
                yield path
