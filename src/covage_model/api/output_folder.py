"""A folder that one call fills and the next replaces: its manifest says which files in it are ours."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from covage_model.ground.files.writer import HIDDEN
from covage_model.ground.processes.termination import termination_raises


class CannotWrite(Exception):
    """The folder holds something that is not ours, or the system says no."""


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """
    Folders of one kind. `manifest` is the name of the file in them that lists the others.

    `listed` gives the paths that the data of a manifest lists; it raises KeyError or TypeError for what is
    no manifest of this kind.
    """

    manifest: str
    listed: Callable[[Any], Iterable[str]]

    def check(self, folder: str) -> list[str]:
        """The paths of an earlier call's files, the manifest the last. Raises CannotWrite where others' are there."""
        if not folder:
            raise CannotWrite("the folder to write has no name: give --out DIR")
        if os.path.lexists(folder) and not os.path.isdir(folder):
            raise CannotWrite(f"{folder} is no folder: name another")
        if not os.path.isdir(folder):
            return []
        try:
            with _locked(folder):
                return self._ours(folder)
        except OSError as error:
            raise CannotWrite(f"cannot read {folder}: {error.strerror}") from error

    def write(self, folder: str, texts: Mapping[str, str]) -> None:
        """
        The texts by their paths below the folder, the manifest among them; an earlier call's files go.

        Everything is written beside first, so that a full disk or an interrupt leaves the old files as they were;
        calls at the same time follow each other. Raises CannotWrite where anything else would be overwritten.
        """
        self.check(folder)
        missing = not os.path.isdir(folder)
        try:
            os.makedirs(folder, exist_ok=True)
            with termination_raises(), _locked(folder):
                self._replace(folder, texts)
        except OSError as error:
            raise CannotWrite(f"cannot write {error.filename or folder}: {error.strerror}") from error
        finally:
            if missing:
                with suppress(OSError):
                    os.rmdir(folder)  # only an empty one goes

    def _replace(self, folder: str, texts: Mapping[str, str]) -> None:
        from shutil import rmtree
        from tempfile import mkdtemp

        mine = self._ours(folder)
        paths = {_inside(folder, name): text for name, text in texts.items()}
        for path in paths:
            if os.path.lexists(path) and path not in mine:
                raise CannotWrite(f"{path} is not in {self.manifest}, so it is not ours: name another folder")
        manifest = os.path.join(folder, self.manifest)
        staging = mkdtemp(prefix=HIDDEN, dir=folder)
        try:
            staged = {path: os.path.join(staging, str(number)) for number, path in enumerate(paths)}
            for path, beside in staged.items():
                with open(beside, "w", encoding="utf-8", newline="\n") as file:
                    file.write(paths[path])
            for path in mine:
                if path not in paths:
                    _remove(path, folder)
            # The manifest first: whatever stops us, the next call knows what is ours.
            for path in sorted(staged, key=lambda path: path != manifest):
                os.makedirs(os.path.dirname(path), exist_ok=True)
                os.replace(staged[path], path)
        finally:
            rmtree(staging, ignore_errors=True)

    def _ours(self, folder: str) -> list[str]:
        if all(name.startswith(HIDDEN) for name in os.listdir(folder)):
            return []
        return [*self._read(folder), os.path.join(folder, self.manifest)]

    def _read(self, folder: str) -> list[str]:
        try:
            with open(os.path.join(folder, self.manifest), encoding="utf-8") as file:
                data = json.load(file)
            ours = data["format"] == 1 and data["tool"]["name"] == "covage-model"
            names = list(self.listed(data))
        except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
            ours, names = False, []
        if not ours or any("\0" in name for name in names):
            raise CannotWrite(f"{folder} is not empty, and holds no {self.manifest} of ours: name another folder")
        return [_inside(folder, name) for name in names]


@contextmanager
def _locked(folder: str) -> Iterator[None]:
    """Alone in the folder among calls of this program, where the system has locks."""
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:  # Windows
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems have none
            flock(descriptor, LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _inside(folder: str, name: str) -> str:
    """The path of a file below the folder. Raises CannotWrite where it leads out, or is no plain file."""
    path, root = os.path.join(folder, name), os.path.realpath(folder)
    out = os.path.commonpath([root, os.path.realpath(os.path.dirname(path))]) != root
    if out or (os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode)):
        raise CannotWrite(f"{path} leads out of {folder}, or is no plain file: name another folder")
    return path


def _remove(path: str, folder: str) -> None:
    """The file, and the folder that it leaves empty."""
    if os.path.lexists(path):
        os.remove(path)
    place = os.path.dirname(path)
    if os.path.isdir(place) and not os.path.samefile(place, folder) and not os.listdir(place):
        os.rmdir(place)
