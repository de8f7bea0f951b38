"""
Truths of atoms that an order's rules exclude: no document has them and is ready.

A rule over the whole document is an error wherever it does not hold, and a document with an error is not
ready. What tests say of one value is compared; what cannot be told so is kept, for a document may be found.
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


def telling(sheet: Sheet, lifecycle: Lifecycle) -> tuple[AnchoredRule, ...]:
    """The rules that every document must keep to be ready, and that speak of a value that a guard asks for."""
    asked = {_place(atom) for atom in atoms_of(lifecycle) if isinstance(atom, Holds)}
    return tuple(
        rule
        for rule in sheet.rules
        if not rule.host and severity_of(rule.origin.standing) is Severity.ERROR
        if any(_place(atom) in asked for atom in tree.atoms(rule.then) if isinstance(atom, Holds))
    )


def ruled_out(rules: Sequence[AnchoredRule], valued: Valued) -> bool:
    """Whether no document and account, of which these atoms are so true or false, can be."""
    statuses = {atom.status for atom, holds in valued if isinstance(atom, DocumentReady) and holds}
    return any(
        _holds(rule.then, valued) is False and (rule.when is None or _holds(rule.when, valued) is True)
        for rule in rules
        if not statuses.isdisjoint(rule.statuses)
    )


def _holds(condition: Condition, valued: Valued) -> bool | None:
    return truth.evaluate(condition, lambda atom: _told(atom, valued))


def _told(test: Atom, valued: Valued) -> bool | None:
    """What the atoms say of a test in a rule: theirs, if it is one of them, or what they leave of its value."""
    if isinstance(test, DocumentReady) or test.ref.root not in ("scope", "account") or test.ref.level:
        return None  # of an item, or of another list: no guard asks for that
    for atom, holds in valued:
        if isinstance(atom, Holds) and _place(atom) == _place(test):
            if identity(atom.test) == identity(test.test):
                return holds
            for way in (True, False):
                if exclusion.excludes(atom.test, holds, test.test, way):
                    return not way
    return None


def _place(atom: Holds) -> tuple[bool, tuple[str, ...]]:
    return atom.ref.root == "account", atom.ref.names
