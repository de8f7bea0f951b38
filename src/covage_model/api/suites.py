"""Builds test suites for behaviour and writes them into a folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from covage_model import version
from covage_model.api import spec_paths
from covage_model.api.output_folder import OutputFolder
from covage_model.api.workspace import Pack, Workspace
from covage_model.behaviour.run.scenario_file import SUFFIX
from covage_model.behaviour.space.tables import TableUse
from covage_model.ground.classes import dataclass
from covage_model.quality.suites.own_values import OwnValues
from covage_model.quality.suites.suite import Suite, SuiteRun, suite
from covage_model.quality.suites.targets import COVERS as COVERS

MANIFEST = "suites.json"
LIMIT = TableUse.SUITES.limit


@dataclass(frozen=True, slots=True)
class Suites:
    """The suites of several variants for one coverage criterion (`cover`)."""

    cover: str
    suites: tuple[Suite, ...]
    languages: tuple[str, ...]  # of the pack; titles of scenarios use those of them that we support
    root: str = ""  # the folder of the pack

    def files(self) -> dict[str, str]:
        """The text of every file by its path: scenarios, documents, accounts and the manifest."""
        texts = {name: text for suite in self.suites for name, text in _files(suite, self.languages).items()}
        return {**texts, MANIFEST: json.dumps(self.manifest(), ensure_ascii=False, indent=2) + "\n"}

    def manifest(self) -> dict[str, Any]:
        """The manifest as plain data, as `--format json` prints it: runs, what they show, and what is missing."""
        return {
            "format": 1,
            "tool": {"name": "covage-model", "version": version.VERSION},
            "command": "suites",
            "cover": self.cover,
            "suites": [_manifest_entry(suite, self.root) for suite in self.suites],
        }


def build(
    pack: Workspace,
    names: Sequence[str],
    cover: str,
    *,
    longest: int | None = None,
    limit: int = LIMIT,
    progress: Callable[[str, str], None] = lambda *_: None,
) -> Suites:
    """
    Builds the suites of these variants. `progress` is called now and then with a variant and the current activity.

    Raises KeyError for an unknown name.
    """
    own = OwnValues(pack.judge)
    built = (_built(pack, name, cover, longest, limit, partial(progress, name), own) for name in names)
    root = os.path.dirname(pack.spec.origin.location.file)
    return Suites(cover, tuple(built), pack.spec.languages, root)


def _built(
    pack: Workspace,
    name: str,
    cover: str,
    longest: int | None,
    limit: int,
    progress: Callable[[str], None],
    own: OwnValues,
) -> Suite:
    def exploring(_: str, count: int) -> None:
        progress(f"exploring {count:,} configurations")

    space = pack.table(name, TableUse.SUITES, limit=limit, progress=exploring)
    return suite(pack.judge, space, cover, longest=longest, progress=progress, own=own)


def _listed(data: Any) -> Iterator[str]:
    if data["command"] != "suites":
        raise KeyError(MANIFEST)
    for entry in data["suites"]:
        for run in entry["runs"]:
            yield from map(str, (run["file"], *run["documents"]))


FOLDER = OutputFolder(MANIFEST, _listed)


def _folder(one: Suite) -> str:
    return one.variant.replace("/", ".")


def _files(one: Suite, languages: Sequence[str]) -> dict[str, str]:
    found = {}
    for number, run in enumerate(one.runs, 1):
        for name, text in run.files(_name(one, number), _title(one, number, run, languages)).items():
            found[f"{_folder(one)}/{name}"] = text
    return found


def _name(one: Suite, number: int) -> str:
    return f"{one.cover}-{number:0{len(str(len(one.runs)))}}"


def _title(one: Suite, number: int, run: SuiteRun, languages: Sequence[str]) -> str | dict[str, str]:
    which, end = f"{one.variant}, {one.cover} {number}/{len(one.runs)}", run.trace.end.state
    titles = {"en": f"{which}: to {end}", "fr": f"{which} : jusqu'à {end}"}
    return {language: titles[language] for language in languages if language in titles} or titles["en"]


def _documents(one: Suite, number: int, run: SuiteRun) -> list[str]:
    """The file names of the document and the account of a run, if it has them."""
    return [name for name in run.files(_name(one, number), "") if not name.endswith(SUFFIX)]


def _manifest_entry(one: Suite, root: str) -> dict[str, Any]:
    return {
        "order": one.variant,
        "size": len(one.runs),
        "least": one.least,
        "steps": one.steps,
        "shown": one.shown,
        "targets": one.shown + len(one.missing),
        "complete": one.complete,
        "runs": [
            {
                "file": f"{_folder(one)}/{_name(one, number)}{SUFFIX}",
                "documents": [f"{_folder(one)}/{name}" for name in _documents(one, number, run)],
                "moves": len(run.trace.moves),
                "refusals": len(run.trace.refusals),
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
                "file": spec_paths.from_pack(target.origin.location.file, root),
                "line": target.origin.location.line,
            }
            for target, reason in one.missing
        ],
    }


def build_suites(pack: Pack, *names: str, cover: str = "transitions", longest: int | None = None) -> Suites:
    """
    Builds minimal test suites for behaviour, scenarios with documents, for these variants (default: all).

    `cover` is states, transitions, pairs or guards. `.files()` gives the texts by path. Raises KeyError for an
    unknown name.
    """
    return build(pack, pack.variants(names), cover, longest=longest)
