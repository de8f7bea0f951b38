"""Rules over several fields, and over the account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from covage_model.documents.judge import question as asking
from covage_model.documents.judge.question import At, Question, Role
from covage_model.documents.presence.sheet import AnchoredRule, Sheet, Slot
from covage_model.ground import json_value, pointer
from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.pack.conditions import truth


def broken(
    rule: AnchoredRule, sheet: Sheet, data: Any, question: Question, applied: list[Origin]
) -> Iterator[Diagnostic]:
    """A finding for each object that breaks the rule, or where nobody could look; `applied` gets rules looked at."""
    if rule.reads_account and question.role is Role.RECORD:
        return
    unchecked = _unchecked(rule, question)
    for at in asking.objects(data, rule.host, rule.level):
        if rule.when is not None and _reads_only_document(rule) and not truth.holds(rule.when, at.scopes):
            continue
        where = _pointed_at(sheet.root, rule, at)
        arguments = {"rule": rule.name, "path": ".".join(rule.at)}
        slot = asking.slot_at(sheet.root, rule.at)
        if unchecked is not None:
            yield replace(
                asking.found("CM408", unchecked, slot, where, question, rule.origin, **arguments), messages=()
            )
            continue
        if rule.when is not None and not truth.holds(rule.when, at.scopes, question.account):
            continue
        applied.append(rule.origin)
        if not truth.holds(rule.then, at.scopes, question.account):
            yield _with_message(asking.found("CM407", "rule", slot, where, question, rule.origin, **arguments), rule)


def _with_message(finding: Diagnostic, rule: AnchoredRule) -> Diagnostic:
    return replace(finding, messages=(rule.message,) if rule.message is not None else ())


def _reads_only_document(rule: AnchoredRule) -> bool:
    """Whether `when` can be decided without an account: a rule that does not apply needs no check."""
    return rule.when is not None and all(ref.root != "account" for ref in truth.references(rule.when))


def _unchecked(rule: AnchoredRule, question: Question) -> str | None:
    if not rule.reads_account:
        return None
    if question.account is json_value.ABSENT:
        return "no-account"
    conditions = [rule.then] if rule.when is None else [rule.when, rule.then]
    refs = [ref for condition in conditions for ref in truth.references(condition)]
    parts = {ref.names[0] for ref in refs if ref.root == "account"}
    return "unsound-account" if parts & question.unsound or "" in question.unsound else None


def _pointed_at(root: Slot, rule: AnchoredRule, at: At) -> str:
    """The pointer of what a rule points at, as far as the first list on the way that it is not inside of."""
    inside = rule.at[: len(rule.host)] == rule.host
    start = len(rule.host) if inside else 0
    names = rule.at[start:]
    below = asking.slot_at(root, rule.at[: start + 1])
    return (at.pointer if inside else "") + pointer.join(asking.to_first_list(below, names) if names else ())
