"""Example orders: the clean documents of a pack's own scenarios."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from covage_model.api import accounts, files, orders
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.documents.presence.role import Role
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.files import read
from covage_model.ground.files.limits import Limits
from covage_model.pack.model.scenario import Scenario

if TYPE_CHECKING:
    from covage_model.documents.tables.skeleton import Skeleton


@dataclass(frozen=True, slots=True)
class Example:
    """The document of a scenario, judged without an error or a warning as `variant` and `role`."""

    file: str
    variant: str
    role: Role
    data: Any


def clean_examples(judge: Judge, folders: Sequence[str]) -> tuple[Example, ...]:
    """The clean documents of the pack's scenarios, judged with their accounts, each once, sorted by path."""
    clean: dict[str, Example] = {}
    for scenario in judge.pack.scenarios:
        path = _inside(scenario, scenario.given.document, folders)
        if path is None or path in clean:
            continue
        account = _account(_inside(scenario, scenario.given.account, folders), judge)
        example = _example(path, judge, account)
        if example is not None:
            clean[path] = example
    return tuple(sorted(clean.values(), key=lambda example: example.file))


def sound_accounts(judge: Judge, folders: Sequence[str]) -> Iterator[Account]:
    """The accounts of the pack's scenarios that fit their type, each once, in the order of the scenarios."""
    named = (_inside(scenario, scenario.given.account, folders) for scenario in judge.pack.scenarios)
    for path in dict.fromkeys(named):
        account = _account(path, judge)
        if account is not None and not account.findings:
            yield account


def best(examples: Sequence[Example], variant: str) -> Example | None:
    """The smallest request among the examples of a variant, else the smallest record, else None."""
    own = [example for example in examples if example.variant == variant]
    return min(own, key=lambda each: (each.role is Role.RECORD, len(json.dumps(each.data)), each.file), default=None)


def of_variant(examples: Sequence[Example], variant: str) -> list[Example]:
    """The examples of a variant: the best one first, then requests before records."""
    first = best(examples, variant)
    own = [example for example in examples if example.variant == variant]
    return sorted(own, key=lambda each: (each is not first, each.role is Role.RECORD, each.file))


def skeleton_of(judge: Judge, variant: str) -> Skeleton:
    """A document with the required fields of a variant, and the list of values to fill in."""
    from covage_model.documents.tables.skeleton import skeleton

    return skeleton(judge.sheet(variant), judge.pack.record)


def _example(path: str, judge: Judge, account: Account | None) -> Example | None:
    content = files.read_bytes(path, limit=Limits().bytes)
    if isinstance(content, Diagnostic):
        return None
    document, unread = read.read_document(content, path)
    if unread or document is None:
        return None
    verdict = orders.judge_document(document, judge, orders.Request(account=account)).verdict
    heavy = (Severity.ERROR, Severity.WARNING)
    if verdict is None or verdict.variant is None or any(finding.severity in heavy for finding in verdict.findings):
        return None
    return Example(path, verdict.variant, verdict.role, document.data)


def _account(path: str | None, judge: Judge) -> Account | None:
    return accounts.read_account(path, judge)[0] if path is not None else None


def _inside(scenario: Scenario, name: str | None, folders: Sequence[str]) -> str | None:
    """The path of a file that a scenario names, if its real path lies in a folder of the pack; else None."""
    if name is None:
        return None
    path = os.path.normpath(os.path.join(os.path.dirname(scenario.origin.location.file), name))
    homes = [os.path.realpath(folder) for folder in folders]
    real = os.path.realpath(path)
    return path if any(os.path.commonpath([real, home]) == home for home in homes) else None
