"""
Valuations that an order's rules exclude: no document has these truths and is ready.

A broken rule over the whole document is an error, and a document with an error is not
ready. Only tests of the same value are compared; a valuation that this does not decide is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from covage_model.behaviour.space import exclusion
from covage_model.behaviour.space.atoms import atoms_of
from covage_model.behaviour.space.explore import Valued
from covage_model.documents.presence.sheet import AnchoredRule, Sheet
from covage_model.ground.diagnostics import Severity, severity_of
from covage_model.pack.conditions import tree, truth
from covage_model.pack.conditions.tree import identity
from covage_model.pack.model.conditions import Atom, Condition, DocumentReady, Holds
from covage_model.pack.model.lifecycle import Lifecycle


def excluding_rules(sheet: Sheet, lifecycle: Lifecycle) -> tuple[AnchoredRule, ...]:
    """The rules that a ready document cannot break and that test a value which a guard tests too."""
    tested = {_place(atom) for atom in atoms_of(lifecycle) if isinstance(atom, Holds)}
    return tuple(
        rule
        for rule in sheet.rules
        if not rule.host and severity_of(rule.origin.standing) is Severity.ERROR
        if any(_place(atom) in tested for atom in tree.atoms(rule.then) if isinstance(atom, Holds))
    )


def ruled_out(rules: Sequence[AnchoredRule], valued: Valued) -> bool:
    """Whether no document and account can give the atoms these truths."""
    statuses = {atom.status for atom, holds in valued if isinstance(atom, DocumentReady) and holds}
    return any(
        _holds(rule.then, valued) is False and (rule.when is None or _holds(rule.when, valued) is True)
        for rule in rules
        if not statuses.isdisjoint(rule.statuses)
    )


def _holds(condition: Condition, valued: Valued) -> bool | None:
    return truth.evaluate(condition, lambda atom: _implied(atom, valued))


def _implied(test: Atom, valued: Valued) -> bool | None:
    """The truth of a rule's test that follows from the truths of the atoms; None if none follows."""
    if isinstance(test, DocumentReady) or test.ref.root not in ("scope", "account") or test.ref.level:
        return None  # a test of a list item: no guard has one
    for atom, holds in valued:
        if isinstance(atom, Holds) and _place(atom) == _place(test):
            if identity(atom.test) == identity(test.test):
                return holds
            for value in (True, False):
                if exclusion.excludes(atom.test, holds, test.test, value):
                    return not value
    return None


def _place(atom: Holds) -> tuple[bool, tuple[str, ...]]:
    return atom.ref.root == "account", atom.ref.names
