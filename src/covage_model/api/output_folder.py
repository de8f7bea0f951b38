"""A folder of generated files. Each call replaces the files of the call before, which a manifest lists."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.files.writer import HIDDEN
from covage_model.ground.processes.termination import termination_raises


class CannotWrite(Exception):
    """The folder holds files of somebody else, or cannot be written; the text says what to do."""


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """
    One kind of output folder. `manifest` is the name of the file that lists the others.

    `listed` returns the paths listed in the data of a manifest. It raises KeyError or TypeError for other data.
    """

    manifest: str
    listed: Callable[[Any], Iterable[str]]

    def check(self, folder: str) -> list[str]:
        """The paths of the files of the last call, manifest last. Raises CannotWrite if there are other files."""
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
        Replaces the files of the last call by `texts`, which maps paths in the folder to contents, with the manifest.

        Everything is written to temporary files first, so a full disk or an interrupt leaves the old files unchanged.
        A lock serialises concurrent calls. Raises CannotWrite if another file would be overwritten.
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
                    os.rmdir(folder)  # fails unless the folder is empty

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
            # The manifest is moved first: if we are interrupted, the next call still knows which files are ours.
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
    """Holds an exclusive lock on the folder, if the system supports locks."""
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
    """The path of a file in the folder. Raises CannotWrite if it leads outside or is not a regular file."""
    path, root = os.path.join(folder, name), os.path.realpath(folder)
    out = os.path.commonpath([root, os.path.realpath(os.path.dirname(path))]) != root
    if out or (os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode)):
        raise CannotWrite(f"{path} leads out of {folder}, or is no plain file: name another folder")
    return path


def _remove(path: str, folder: str) -> None:
    """Removes the file, and its folder if that is empty now."""
    if os.path.lexists(path):
        os.remove(path)
    place = os.path.dirname(path)
    if os.path.isdir(place) and not os.path.samefile(place, folder) and not os.listdir(place):
        os.rmdir(place)
