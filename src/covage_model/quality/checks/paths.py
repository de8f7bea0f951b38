"""CM206: a path in a condition that no document has. Also passes on the other findings of presence (CM202)."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.documents.presence.anchor import Anchor
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Atom, Condition
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.quality.checks import reads
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.shared import EVERYWHERE, merged
from covage_model.quality.checks.value_keywords import NOTHING


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    A path in a lifecycle must exist in at least one of the orders that follow it; elsewhere in each.

    A path in an account needs an account type.
    """
    of_presence = ground.presence_findings.items()
    found = [(variant or EVERYWHERE, finding) for variant, several in of_presence for finding in several]
    yield from merged(ground, found)
    for lifecycle in ground.lifecycles:
        if not ground.lost and ground.account_is_sound:
            yield from _of_lifecycle(ground, lifecycle)
    if ground.pack.record is not None and ground.variants and not ground.lost:
        for test in tree.atoms(ground.pack.record):
            yield from _in_none(test, list(ground.sheets.values()), ground.account)
    if ground.pack.account is None and ground.account_is_sound:
        yield from _without_account(ground)


def _of_lifecycle(ground: Ground, lifecycle: Lifecycle) -> Iterator[Diagnostic]:
    sheets = [ground.sheets[variant.name] for variant in ground.followers(lifecycle)]
    if sheets and lifecycle.name not in ground.known:
        return  # the path may exist in an order that is not here
    for atom in reads.atoms(lifecycle):
        yield from _in_none(atom, sheets, ground.account)


def _in_none(test: Atom, sheets: list[Sheet], account: Sheet | None) -> Iterator[Diagnostic]:
    """The findings about the paths of a test, if every sheet has some."""
    roots = [sheet.root for sheet in sheets] or [NOTHING]
    by_sheet = [_problems(test, root, account) for root in roots]
    if all(by_sheet):
        crossing = [problems for problems in by_sheet if any(finding.form == "crosses" for finding in problems)]
        yield from (crossing or by_sheet)[0]


def _problems(test: Atom, root: Slot, account: Sheet | None) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    Anchor(root, account.root if account is not None else None, (), (), problems.append).condition(test)
    return problems


def _without_account(ground: Ground) -> Iterator[Diagnostic]:
    conditions: list[Condition] = list(reads.of_rules(ground.pack))
    for lifecycle in ground.pack.lifecycles:
        conditions.extend(reads.of_lifecycle(lifecycle))
    for condition in conditions:
        for test in reads.every_test(condition):
            for ref in reads.refs(test):
                if ref.root == "account" and test.origin is not None:
                    yield _no_account(dotted(("account", *ref.names)), test.origin)


def _no_account(path: str, origin: Origin) -> Diagnostic:
    hint = "add `account` and the name of a type to the pack file"
    return Diagnostic("CM206", "no-account", {"path": path}, origin.location, hint)
