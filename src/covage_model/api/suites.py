"""Test suites for behaviour, built and written into a folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from covage_model import version
from covage_model.orders.verdict import Judge
from covage_model.statespace.explore import explore
from covage_model.suites.suite import Run, Suite, suite
from covage_model.traces.written import SUFFIX

MANIFEST = "suites.json"
_OURS = (SUFFIX, ".order.json", ".account.json")


class CannotWrite(Exception):
    """The folder holds something that is no suite of ours, or the system says no."""


@dataclass(frozen=True, slots=True)
class Suites:
    """The suites of several orders and variants for one cover; `files` by path below their folder."""

    cover: str
    suites: tuple[Suite, ...]
    languages: tuple[str, ...]  # of the pack: a scenario's title is in those of them that we speak

    def files(self) -> dict[str, str]:
        """Every scenario and document, and the manifest that lists what each shows."""
        found = {name: text for one in self.suites for name, text in _files(one, self.languages).items()}
        return {**found, MANIFEST: json.dumps(self.manifest(), ensure_ascii=False, indent=2) + "\n"}

    def manifest(self) -> dict[str, Any]:
        """What the suites are, show, and cannot show: plain data, as `--format json` prints it."""
        return {
            "format": 1,
            "tool": {"name": "covage-model", "version": version.VERSION},
            "command": "suites",
            "cover": self.cover,
            "suites": [_told(one) for one in self.suites],
        }


def build(
    judge: Judge,
    names: Sequence[str],
    cover: str,
    *,
    longest: int | None = None,
    limit: int = 1_000_000,
    done: Callable[[], None] = lambda: None,
) -> Suites:
    """The suites of these leaves, in order; `done` is called after each. Raises KeyError for a name that is none."""
    found = []
    for name in names:
        leaf = judge.pack.leaf(name)
        space = explore(judge.pack.lifecycle(leaf.order.follows), leaf, limit=limit)
        found.append(suite(judge, space, cover, longest=longest))
        done()
    return Suites(cover, tuple(found), judge.pack.languages)


def check_folder(folder: str) -> None:
    """Raises CannotWrite where `folder` holds other things than suites."""
    if os.path.isdir(folder) and os.listdir(folder) and not os.path.isfile(os.path.join(folder, MANIFEST)):
        raise CannotWrite(f"{folder} is not empty, and holds no {MANIFEST}: say another folder")


def write(suites: Suites, folder: str) -> None:
    """
    The files into `folder`, which is made if need be; scenarios of an earlier call are replaced.

    Raises CannotWrite for a folder that holds other things.
    """
    check_folder(folder)
    try:
        for one in suites.suites:
            _clear(os.path.join(folder, _folder(one)))
        for name, text in suites.files().items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        raise CannotWrite(f"cannot write {folder}: {error.strerror}") from error


def _clear(folder: str) -> None:
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        if name.endswith(_OURS):
            os.remove(os.path.join(folder, name))


def _folder(one: Suite) -> str:
    return one.leaf.replace("/", ".")


def _files(one: Suite, languages: Sequence[str]) -> dict[str, str]:
    found = {}
    for number, run in enumerate(one.runs, 1):
        for name, text in run.files(_name(one, number), _title(one, number, run, languages)).items():
            found[f"{_folder(one)}/{name}"] = text
    return found


def _name(one: Suite, number: int) -> str:
    return f"{one.cover}-{number:0{len(str(len(one.runs)))}}"


def _title(one: Suite, number: int, run: Run, languages: Sequence[str]) -> str | dict[str, str]:
    which, end = f"{one.leaf}, {one.cover} {number}/{len(one.runs)}", run.trace.end.state
    said = {"en": f"{which}: to {end}", "fr": f"{which} : jusqu'à {end}"}
    return {language: said[language] for language in languages if language in said} or said["en"]


def _told(one: Suite) -> dict[str, Any]:
    return {
        "order": one.leaf,
        "size": len(one.runs),
        "least": one.least,
        "steps": one.steps,
        "shown": one.shown,
        "targets": one.shown + len(one.missing),
        "complete": one.complete,
        "runs": [
            {
                "file": f"{_folder(one)}/{_name(one, number)}{SUFFIX}",
                "moves": len(run.trace.moves),
                "refusals": sum(map(len, run.refused.values())),
                "shows": [{"kind": target.kind, "name": target.name} for target in run.shows],
                "own": [{"kind": target.kind, "name": target.name} for target in run.own],
            }
            for number, run in enumerate(one.runs, 1)
        ],
        "missing": [
            {
                "kind": target.kind,
                "name": target.name,
                "reason": reason,
                "file": target.origin.location.file,
                "line": target.origin.location.line,
            }
            for target, reason in one.missing
        ],
    }
