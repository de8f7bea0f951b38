"""Which order files have changed since a commit, as git says."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from covage_model.api import order_files
from covage_model.ground.diagnostics import Diagnostic, Severity


class NoChanges(Exception):
    """Git cannot say what has changed; the text says why."""


def changed_among(paths: Sequence[str], ref: str, *, exclude: Sequence[str] = ()) -> tuple[list[str], int]:
    """
    The files that `paths` name and that differ from the commit `ref` or are not in git yet, and how many do not.

    Stdin, pipes and what cannot be found stay. Raises NoChanges.
    """
    changed = _changed(ref)
    kept, same = [], 0
    for entry in order_files.order_files(paths, exclude=exclude):
        if isinstance(entry, Diagnostic):
            kept += [entry.location.file] if entry.severity is Severity.ERROR else []
        elif not os.path.isfile(entry.path) or os.path.realpath(entry.path) in changed:
            kept.append(entry.path)
        else:
            same += 1
    return kept, same


def _changed(ref: str) -> frozenset[str]:
    """The real paths of all files of the repository that differ from the commit, or are not in git yet."""
    if ref.startswith("-"):
        raise NoChanges(f"{ref!r} is no commit")
    top = os.path.realpath(os.fsdecode(_git("rev-parse", "--show-toplevel")).rstrip("\n"))
    commit = _git("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}", told=f"there is no commit {ref!r}")
    named = _git("diff", "--name-only", "-z", "--no-renames", commit.decode().strip(), "--")
    others = _git("-C", top, "ls-files", "--others", "--exclude-standard", "-z")
    names = [os.fsdecode(name) for name in (named + others).split(b"\0") if name]
    return frozenset(os.path.realpath(os.path.join(top, name)) for name in names)


def _git(*words: str, told: str = "") -> bytes:
    try:
        done = subprocess.run(["git", *words], capture_output=True, check=False)  # noqa: S603, S607  the user's own git
    except OSError as error:
        raise NoChanges(f"git cannot be run: {error.strerror}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NoChanges(told or (said[-1] if said else "git failed"))
    return done.stdout
