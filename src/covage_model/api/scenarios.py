"""Finds and plays scenarios: those of a pack, or those in given files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from covage_model.api import accounts, files, orders
from covage_model.api.workspace import Pack
from covage_model.behaviour.run import judged as judging
from covage_model.behaviour.run import play as playing
from covage_model.behaviour.run.outcome import ScenarioOutcome
from covage_model.behaviour.run.played import Played as Played
from covage_model.documents.judge import uniqueness
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.documents.presence.role import Role
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.ground.files import read
from covage_model.ground.files.document import Document
from covage_model.ground.files.limits import Limits
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.scenario import Scenario

_MANIFEST = "suites.json"  # the manifest that `api.suites` writes
_ENDINGS = (".yaml", ".yml")
NAMED = (".scenario.yaml", ".scenario.yml")  # such a file is always played, so that an empty one fails
_SCENARIO_FILE = re.compile(rb"^[\"']?scenario[\"']?[ \t]*:", re.MULTILINE)
_WHY = {
    "missing": "there is no such file",
    "directory": "it is a folder",
    "special": "it is neither a file nor a folder",
    "denied": "permission denied",
}


def play_pack(judge: Judge, folders: Sequence[str]) -> Iterator[Played]:
    """Plays every scenario of the pack, in the order of its files. That there is none is a finding."""
    if not judge.pack.scenarios:
        at = judge.pack.origin.location
        where = os.path.dirname(at.file)
        yield Played(at.file, None, (Diagnostic("CM412", "nothing-to-play", {"where": where}, at),))
    for scenario in judge.pack.scenarios:
        yield play(scenario, judge, root_of(scenario, folders))


def play_files(paths: Sequence[str], judge: Judge, folders: Sequence[str]) -> Iterator[Played]:
    """Plays the scenarios in these files. A folder means all scenarios below it; missing ones are findings."""
    for path in paths:
        if os.path.isdir(path):
            for name in below(path):
                yield _play_file(name, judge, folders)
            for finding in lacking(path):
                yield Played(finding.location.file, None, (finding,))
        else:
            yield _play_file(path, judge, folders)


def _play_file(path: str, judge: Judge, folders: Sequence[str]) -> Played:
    scenario, findings = read_scenario(path, judge.pack)
    if scenario is None:
        return Played(path, None, findings)
    played = play(scenario, judge, root_of(scenario, folders))
    # A faulty file is read in part: that it lacks steps or expectations (CM519) may not be true.
    own = [finding for finding in played.findings if not findings or finding.code != "CM519"]
    return replace(played, findings=(*findings, *own))


def below(folder: str) -> tuple[str, ...]:
    """The scenario files under a folder."""
    return tuple(path for path in files.below(folder, _ENDINGS) if belongs(path))


def lacking(folder: str) -> tuple[Diagnostic, ...]:
    """Findings about a folder: unlistable subfolders, missing scenarios of its suites, or no scenario at all."""
    entries = [entry for entry in files.walk(folder, _ENDINGS) if isinstance(entry, Diagnostic)]
    unlisted = [entry for entry in entries if entry.severity is Severity.ERROR]
    there = set(below(folder))
    manifests = [path for path in files.below(folder, (_MANIFEST,)) if os.path.basename(path) == _MANIFEST]
    listed = {name: at for manifest in manifests for name, at in _listed(manifest)}
    lost = [_lost(name, at) for name, at in listed.items() if name not in there]
    if not there and not lost and not unlisted:
        return (Diagnostic("CM412", "nothing-to-play", {"where": folder}, Location(folder, 0, 0)),)
    return (*unlisted, *lost)


def _lost(name: str, at: Location) -> Diagnostic:
    return Diagnostic("CM008", "listed", {"manifest": at.file, "line": at.line}, Location(name, 0, 0))


def _listed(manifest: str) -> Iterator[tuple[str, Location]]:
    """The paths that a manifest of suites lists inside its folder, each with its line. Other files list none."""
    content = files.read_bytes(manifest, limit=Limits().bytes)
    documents = () if isinstance(content, Diagnostic) else read.read_documents(content, manifest, format="json")[0]
    for document in documents:
        head = document.data if isinstance(document.data, dict) else {}
        if head.get("command") != "suites" or head.get("format") != 1:
            continue
        for pointer, name in _files_of(head):
            inside = os.path.normpath(name)
            if not os.path.isabs(inside) and inside.split(os.sep)[0] not in (os.curdir, os.pardir):
                yield os.path.join(os.path.dirname(manifest), inside), document.at(pointer)


def _files_of(head: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for number, suite in _mappings(head.get("suites")):
        for position, run in _mappings(suite.get("runs")):
            if isinstance(run.get("file"), str):
                yield f"/suites/{number}/runs/{position}/file", run["file"]


def _mappings(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    items = enumerate(value if isinstance(value, list) else ())
    return ((at, item) for at, item in items if isinstance(item, dict))


def belongs(path: str) -> bool:
    """Whether a file in a folder is played: by its name, or because it is YAML with "scenario" in it or unreadable."""
    if not path.lower().endswith(_ENDINGS):
        return False
    content = files.read_bytes(path, limit=Limits().bytes)
    return path.lower().endswith(NAMED) or isinstance(content, Diagnostic) or b"scenario" in content


def is_scenario(path: str) -> bool:
    """Whether a file is a scenario, by its name or a top-level `scenario` key. An order file may be YAML too."""
    if path.lower().endswith(NAMED):
        return True
    content = files.read_bytes(path, limit=Limits().bytes) if path.lower().endswith(_ENDINGS) else b""
    return isinstance(content, bytes) and _SCENARIO_FILE.search(content) is not None


def read_scenario(path: str, pack: SpecPack) -> tuple[Scenario | None, tuple[Diagnostic, ...]]:
    """The scenario in a file, and the findings about the file."""
    from covage_model.pack.compile.compile import compile_scenario

    content = files.read_bytes(path, limit=Limits().bytes)
    if isinstance(content, Diagnostic):
        return None, (content,)
    node, unread = read.read_spec(content, path)
    if node is None:
        return None, unread
    scenario, findings = compile_scenario(node, pack)
    return scenario, (*unread, *findings)


def play(scenario: Scenario, judge: Judge, root: str) -> Played:
    """Plays one scenario. Its document and account must lie inside `root`."""
    file = scenario.origin.location.file
    folder = os.path.dirname(file) or "."
    document, findings = _document(scenario.given.document, folder, root, scenario)
    account, account_findings = _account(scenario.given.account, folder, root, scenario, judge)
    findings = (*findings, *account_findings)
    if document is None or (scenario.given.account is not None and account is None):
        return Played(file, None, findings)
    data = json_value.ABSENT if isinstance(document, _NoDocument) else document.data
    if scenario.steps or (scenario.given.order is not None):
        outcome = playing.played(scenario, judge, document=data, account=account)
    else:
        earlier, unread = read_earlier(scenario, root)
        if unread:
            return Played(file, None, (*findings, *unread))
        outcome = _judged(scenario, judge, document, account, earlier)
    return Played(file, outcome, (*findings, *outcome.findings))


def read_given(scenario: Scenario, root: str) -> tuple[Document | None, Document | None, tuple[Diagnostic, ...]]:
    """The document and the account of a scenario, not judged, and findings. Both must lie inside `root`."""
    folder = os.path.dirname(scenario.origin.location.file) or "."
    document, findings = _document(scenario.given.document, folder, root, scenario)
    account, more = _document(scenario.given.account, folder, root, scenario)
    given = [None if isinstance(each, _NoDocument) else each for each in (document, account)]
    return given[0], given[1], (*findings, *more)


def read_earlier(scenario: Scenario, root: str) -> tuple[list[Document], tuple[Diagnostic, ...]]:
    """The documents that came before that of a scenario, not judged, and findings. They must lie inside `root`."""
    folder = os.path.dirname(scenario.origin.location.file) or "."
    read_ = [_document(name, folder, root, scenario) for name in scenario.given.earlier]
    documents = [document for document, _ in read_ if isinstance(document, Document)]
    return documents, tuple(finding for _, findings in read_ for finding in findings)


class _NoDocument:
    """Marks a scenario that has no document of its own."""


def _judged(
    scenario: Scenario, judge: Judge, document: Any, account: Account | None, earlier: Sequence[Document]
) -> ScenarioOutcome:
    if judging.judges_account(scenario):
        return judging.judged_account(scenario, judge.account(document.data, document.file))
    role = Role(scenario.given.role) if scenario.given.role is not None else None
    request = orders.Request(role, scenario.given.status, account)
    verdict, *before = [orders.judge_document(one, judge, request).verdict for one in (document, *earlier)]
    assert verdict is not None  # judge_document always gives one
    lines = [one.first_line for one in earlier]
    others = [(one, line) for one, line in zip(before, lines, strict=True) if one is not None]
    return judging.judged(scenario, uniqueness.after(judge, verdict, others) if others else verdict)


def _document(
    name: str | None, folder: str, root: str, scenario: Scenario
) -> tuple[Document | _NoDocument | None, tuple[Diagnostic, ...]]:
    if name is None:
        return _NoDocument(), ()
    content = _inside(name, folder, root, scenario)
    if isinstance(content, Diagnostic):
        return None, (content,)
    document, unread = read.read_document(content, os.path.join(folder, name))
    if unread or document is None:
        return None, unread
    return document, ()


def _account(
    name: str | None, folder: str, root: str, scenario: Scenario, judge: Judge
) -> tuple[Account | None, tuple[Diagnostic, ...]]:
    if name is None:
        return None, ()
    content = _inside(name, folder, root, scenario)
    if isinstance(content, Diagnostic):
        return None, (content,)
    return accounts.read_account(os.path.join(folder, name), judge)


def _inside(name: str, folder: str, root: str, scenario: Scenario) -> bytes | Diagnostic:
    """The bytes of a file that a scenario names, or a finding. The real path must lie inside `root`."""
    try:
        path = os.path.realpath(os.path.join(folder, name))
    except ValueError as error:  # a zero byte in the name
        return Diagnostic("CM506", "unreadable", {"name": name, "detail": str(error)}, scenario.origin.location)
    home = os.path.realpath(root)
    if os.path.isabs(name) or os.path.commonpath([path, home]) != home:
        return Diagnostic("CM506", "outside", {"name": name}, scenario.origin.location)
    content = files.read_bytes(path, limit=Limits().bytes)
    if isinstance(content, Diagnostic):
        detail = _WHY.get(content.form) or content.arguments["detail"]
        return Diagnostic("CM506", "unreadable", {"name": name, "detail": detail}, scenario.origin.location)
    return content


def root_of(scenario: Scenario, folders: Sequence[str]) -> str:
    """The folder of the pack that a scenario lies in; else the folder of the scenario file."""
    own = os.path.realpath(os.path.dirname(scenario.origin.location.file) or ".")
    for folder in folders:
        home = os.path.realpath(folder)
        if os.path.commonpath([own, home]) == home:
            return folder
    return os.path.dirname(scenario.origin.location.file) or "."


def run_scenario(pack: Pack, path: str) -> tuple[Played, ...]:
    """Plays the scenario in a file, or all scenarios below a folder."""
    return tuple(play_files([path], pack.judge, pack.folders))
