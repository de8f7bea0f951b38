"""Scenarios found and played: those of a pack, or in files given from outside it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from covage_model.api import files, orders
from covage_model.conditions import truth
from covage_model.diagnostics import Diagnostic, Location
from covage_model.model.pack import SpecPack
from covage_model.model.scenario import Scenario
from covage_model.orders.question import Role
from covage_model.orders.verdict import Account, Judge
from covage_model.scenario import judged as judging
from covage_model.scenario import play as playing
from covage_model.scenario.outcome import Outcome
from covage_model.source import read
from covage_model.source.document import Document
from covage_model.source.limits import Limits

_SCENARIO_FILE = re.compile(rb"^[\"']?scenario[\"']?[ \t]*:", re.MULTILINE)
_WHY = {
    "missing": "there is no such file",
    "directory": "it is a folder",
    "special": "it is neither a file nor a folder",
    "denied": "it may not be read",
}


@dataclass(frozen=True, slots=True)
class Played:
    """One scenario file: its outcome, None where it could not be played, and everything found."""

    file: str
    outcome: Outcome | None
    findings: tuple[Diagnostic, ...]


def play_pack(judge: Judge, folders: Sequence[str]) -> Iterator[Played]:
    """Every scenario of the pack, in the order of its files."""
    for scenario in judge.pack.scenarios:
        yield play(scenario, judge, root_of(scenario, folders))


def play_files(paths: Sequence[str], judge: Judge, folders: Sequence[str]) -> Iterator[Played]:
    """The scenarios in these files; a folder is every YAML file below it that holds one."""
    for path in paths:
        if os.path.isdir(path):
            found = [name for name in files.below(path, (".yaml",)) if _holds_scenario(name)]
            if not found:
                where = Location(path, 0, 0)
                yield Played(path, None, (Diagnostic("CM412", "nothing-to-play", {"where": path}, where),))
        else:
            found = [path]
        for name in found:
            scenario, findings = read_scenario(name, judge.pack)
            if scenario is None:
                yield Played(name, None, findings)
            else:
                played = play(scenario, judge, root_of(scenario, folders))
                yield replace(played, findings=(*findings, *played.findings))


def _holds_scenario(path: str) -> bool:
    content = files.read_bytes(path, limit=Limits().bytes)
    return isinstance(content, bytes) and b"scenario" in content


def is_scenario(path: str) -> bool:
    """Whether a file says at its top that it is a scenario: an order file may be YAML too."""
    content = files.read_bytes(path, limit=Limits().bytes) if path.lower().endswith((".yaml", ".yml")) else b""
    return isinstance(content, bytes) and _SCENARIO_FILE.search(content) is not None


def read_scenario(path: str, pack: SpecPack) -> tuple[Scenario | None, tuple[Diagnostic, ...]]:
    """The scenario in a spec file, and what is wrong with the file."""
    from covage_model.compiler.compile import compile_scenario

    content = files.read_bytes(path, limit=Limits().bytes)
    if isinstance(content, Diagnostic):
        return None, (content,)
    node, unread = read.read_spec(content, path)
    if node is None:
        return None, unread
    scenario, findings = compile_scenario(node, pack)
    return scenario, (*unread, *findings)


def play(scenario: Scenario, judge: Judge, root: str) -> Played:
    """One scenario, its documents read from inside `root`."""
    file = scenario.origin.location.file
    folder = os.path.dirname(file) or "."
    document, findings = _document(scenario.given.document, folder, root, scenario)
    account, more = _account(scenario.given.account, folder, root, scenario, judge)
    found = (*findings, *more)
    if document is None or (scenario.given.account is not None and account is None):
        return Played(file, None, found)
    data = truth.ABSENT if isinstance(document, _NoDocument) else document.data
    if scenario.steps or (scenario.given.order is not None):
        outcome = playing.played(scenario, judge, document=data, account=account)
    else:
        outcome = _judged(scenario, judge, document, account)
    return Played(file, outcome, (*found, *outcome.findings))


def read_given(scenario: Scenario, root: str) -> tuple[Document | None, Document | None, tuple[Diagnostic, ...]]:
    """The document and the account that a scenario gives, unjudged, and why one cannot be read from inside `root`."""
    folder = os.path.dirname(scenario.origin.location.file) or "."
    document, findings = _document(scenario.given.document, folder, root, scenario)
    account, more = _document(scenario.given.account, folder, root, scenario)
    given = (None if isinstance(one, _NoDocument) else one for one in (document, account))
    return next(given), next(given), (*findings, *more)


class _NoDocument:
    """Stands for the document of a scenario that gives an order instead."""


def _judged(scenario: Scenario, judge: Judge, document: Any, account: Account | None) -> Outcome:
    if judging.judges_account(scenario):
        return judging.judged_account(scenario, judge.account(document.data, document.file))
    role = Role(scenario.given.role) if scenario.given.role is not None else None
    request = orders.Request(role, scenario.given.status, account)
    judged = orders.judge_document(document, judge, request)
    assert judged.verdict is not None  # judge_document always gives one
    return judging.judged(scenario, judged.verdict)


def _document(
    name: str | None, folder: str, root: str, scenario: Scenario
) -> tuple[Document | _NoDocument | None, tuple[Diagnostic, ...]]:
    if name is None:
        return _NoDocument(), ()
    content = _inside(name, folder, root, scenario)
    if isinstance(content, Diagnostic):
        return None, (content,)
    documents, unread = read.read_documents(content, os.path.join(folder, name))
    if unread or len(documents) != 1:
        arguments = {"name": name, "found": len(documents)}
        return None, unread or (Diagnostic("CM506", "several", arguments, scenario.origin.location),)
    return documents[0], ()


def _account(
    name: str | None, folder: str, root: str, scenario: Scenario, judge: Judge
) -> tuple[Account | None, tuple[Diagnostic, ...]]:
    if name is None:
        return None, ()
    content = _inside(name, folder, root, scenario)
    if isinstance(content, Diagnostic):
        return None, (content,)
    return orders.read_account(os.path.join(folder, name), judge)


def _inside(name: str, folder: str, root: str, scenario: Scenario) -> bytes | Diagnostic:
    """The bytes of a file that a scenario names, if it lies inside `root`, links followed."""
    try:
        path = os.path.realpath(os.path.join(folder, name))
    except ValueError as error:  # no system takes a name with a zero byte
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
    """The pack's folder that a scenario lies in, else its own folder."""
    own = os.path.realpath(os.path.dirname(scenario.origin.location.file) or ".")
    for folder in folders:
        home = os.path.realpath(folder)
        if os.path.commonpath([own, home]) == home:
            return folder
    return os.path.dirname(scenario.origin.location.file) or "."
