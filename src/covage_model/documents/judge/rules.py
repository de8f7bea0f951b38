"""Findings for rules over several fields, and over the account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.findings import finding_at
from covage_model.documents.judge.objects import ScopedObject, objects
from covage_model.documents.presence import slots
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, Sheet, Slot
from covage_model.ground import json_value, pointer
from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import Condition
from covage_model.pack.model.text import Text

_KEPT = 4096
_parts: dict[int, tuple[Condition, frozenset[str]]] = {}  # by id of the condition, which is kept with it


def broken(
    rule: AnchoredRule, sheet: Sheet, data: Any, context: JudgeContext, applied: list[Origin]
) -> Iterator[Diagnostic]:
    """
    A finding for each object that breaks the rule (CM407), or for which it was not checked (CM408).

    The rule's origin is added to `applied` for each object that it was checked for.
    """
    if rule.reads_account and context.role is Role.RECORD:
        return
    unchecked = why_unchecked(rule, context)
    decidable = is_decidable(rule)
    for at in objects(data, rule.host, rule.level):
        if rule.when is not None and decidable and not truth.holds(rule.when, at.scopes):
            continue
        if unchecked is not None and context.apart is not None:
            context.apart[unchecked, rule.name] = None
            return
        if unchecked is not None:
            where = _pointed_at(sheet.root, rule, at)
            yield _finding("CM408", unchecked, rule, None, where, context)
            continue
        if rule.when is not None and not decidable and not truth.holds(rule.when, at.scopes, context.account):
            continue
        applied.append(rule.origin)
        if not truth.holds(rule.then, at.scopes, context.account) and not _may_hold(rule, sheet, at, context):
            where = _pointed_at(sheet.root, rule, at)
            yield _finding("CM407", "rule", rule, rule.message, where, context)


def _may_hold(rule: AnchoredRule, sheet: Sheet, at: ScopedObject, context: JudgeContext) -> bool:
    """Whether what breaks the rule is a value of a wrong type or format, which is found already."""
    from covage_model.documents.judge import mistyped  # late: few documents break a rule

    return mistyped.may_hold(rule, sheet.root, at.scopes, context)


def _finding(
    code: str, form: str, rule: AnchoredRule, message: Text | None, where: str, context: JudgeContext
) -> Diagnostic:
    finding = finding_at(code, form, None, where, context, rule.origin, rule=rule.name, path=dotted(rule.at))
    return finding if message is None else replace(finding, messages=(message,))


def is_decidable(rule: AnchoredRule) -> bool:
    """Whether `when` can be decided without an account: a rule that does not apply needs no check."""
    if rule.when is None or not rule.reads_account:
        return rule.when is not None
    return not _account_parts(rule.when)


def why_unchecked(rule: AnchoredRule, context: JudgeContext) -> str | None:
    """Why the rule cannot be checked, as the form of its finding; None where it can."""
    if not rule.reads_account:
        return None
    if context.account is json_value.ABSENT:
        return "no-account"
    if not context.unsound:
        return None
    parts = _account_parts(rule.then) | (_account_parts(rule.when) if rule.when is not None else frozenset())
    return "unsound-account" if parts & context.unsound or "" in context.unsound else None


def _account_parts(condition: Condition) -> frozenset[str]:
    """The names of the parts of the account that a condition reads; looked for once."""
    known = _parts.get(id(condition))
    if known is None:
        if len(_parts) >= _KEPT:
            _parts.clear()
        refs = (ref for ref in tree.references(condition) if ref.root == "account")
        names = frozenset(next(iter(ref.names), "") for ref in refs)
        known = _parts[id(condition)] = (condition, names)
    return known[1]


def _pointed_at(root: Slot, rule: AnchoredRule, at: ScopedObject) -> str:
    """The pointer of what a rule points at, up to the first list on the way that the object is not inside of."""
    inside = rule.at[: len(rule.host)] == rule.host
    start = len(rule.host) if inside else 0
    names = rule.at[start:]
    below = slots.slot_at(root, rule.at[: start + 1])
    return (at.pointer if inside else "") + pointer.join(slots.up_to_first_list(below, names))
