"""Rules that read a value of a wrong type or format: what is found there already is not found again as a rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.values import failing_keywords, type_problem
from covage_model.documents.presence import slots
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, Slot
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Severity, severity_of
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import Atom, DocumentReady, Present, Ref
from covage_model.pack.model.keywords import Keyword


def may_hold(rule: AnchoredRule, root: Slot, scopes: Sequence[Any], context: JudgeContext) -> bool:
    """
    Whether a broken rule could hold if the values that have a wrong type or format had a right one.

    Each of them has a finding that is as heavy as the rule. `scopes` are those of the object that breaks it.
    """
    reader = _Reader(rule, context)
    around = slots.scopes(root, rule.host)
    return (
        truth.evaluate(
            rule.then,
            lambda atom: None if reader.is_wrong(atom, around, scopes) else truth.holds(atom, scopes, context.account),
        )
        is not False
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Looks at what the tests of a rule read; `around` are the slots of the scopes."""

    rule: AnchoredRule
    context: JudgeContext

    def is_wrong(self, atom: Atom, around: Sequence[Slot | None], scopes: Sequence[Any]) -> bool:
        """Whether a test reads a value of a wrong type or format."""
        if isinstance(atom, DocumentReady) or isinstance(atom.test, Present):
            return False
        other, within = tree.other_side(atom.test), tree.inside(atom.test)
        if any(self._leads_to_wrong(ref, around, scopes) for ref in (atom.ref, other) if ref is not None):
            return True
        if within is None:
            return False
        if atom.ref.root == "account":  # of its items, what they are compared with in the document
            return any(
                self._leads_to_wrong(ref, around, scopes)
                for ref in tree.references(within)
                if ref.root == "order" or (ref.root == "scope" and ref.level < len(scopes))
            )
        items = truth.value_of(atom.ref, scopes)
        if not isinstance(items, list):
            return False
        below = (*around, slots.slot_at_steps(around[_scope(atom.ref)], (*atom.ref.names, 0)))
        return any(self.is_wrong(inner, below, (*scopes, item)) for item in items for inner in tree.atoms(within))

    def _leads_to_wrong(self, ref: Ref, around: Sequence[Slot | None], scopes: Sequence[Any]) -> bool:
        """Whether a value on the way to the reference, or the one there, is found to be wrong."""
        if ref.root == "account":
            return False
        value = scopes[_scope(ref)]
        for name, slot in zip(ref.names, self._on_the_way(ref, around), strict=False):
            value = value.get(name, json_value.ABSENT) if isinstance(value, dict) else json_value.ABSENT
            if value is json_value.ABSENT:
                return False
            if self._has_finding(slot, value):
                return True
        return False

    def _on_the_way(self, ref: Ref, around: Sequence[Slot | None]) -> list[Slot]:
        holder = around[_scope(ref)]
        return [] if holder is None else list(slots.slots_on(holder, ref.names))

    def _has_finding(self, slot: Slot, value: Any) -> bool:
        """Whether the type or the format of a value is a finding as heavy as the rule."""
        is_read_only = slot.read_only is not None and self.context.role is Role.REQUEST
        if is_read_only or slot.judged_by_choice or slot.path in self.context.failed:
            return False
        keyword = type_problem(slot, value) or next(filter(_is_format, failing_keywords(slot, value)), None)
        if keyword is None:
            return False
        return severity_of(keyword.origin.standing) in (Severity.ERROR, severity_of(self.rule.origin.standing))


def _scope(ref: Ref) -> int:
    """The place of the reference's scope among all; the last is the innermost."""
    return -1 if ref.root == "item" else ref.level if ref.root == "scope" else 0


def _is_format(keyword: Keyword) -> bool:
    return keyword.name == "format"
