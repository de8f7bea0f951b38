"""Answers what a trigger does and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from covage_model.behaviour.run import session as sessions
from covage_model.behaviour.run.session import Session
from covage_model.behaviour.space.reasons import Reason
from covage_model.behaviour.space.tables import Tables
from covage_model.behaviour.why import search
from covage_model.behaviour.why.answer import Answer, Blame, FailedAccountRule
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import DocumentReady
from covage_model.pack.model.lifecycle import Transition
from covage_model.pack.model.text import Text


def why(
    session: Session,
    trigger: str,
    after: Sequence[str] = (),
    *,
    limit: int | None = None,
    tables: Tables | None = None,
) -> Answer:
    """
    What `trigger` does after the triggers in `after`, and why.

    If a trigger in `after` is refused, the answer is about that one. An undecided one is assumed to
    be accepted, and the truths needed for that are recorded. Raises KeyError for an unknown trigger.
    """
    for name in after:
        session.lifecycle.triggered(name)
    one_of(session, trigger)
    for name in after:
        moved = sessions.fire(session, name, assuming=True)
        if not isinstance(moved, Session):
            return replace(answered(session, name, limit=limit, tables=tables), stopped=True)
        session = moved
    return answered(session, trigger, limit=limit, tables=tables)


def one_of(session: Session, trigger: str) -> Transition:
    """The transition of a trigger. Raises KeyError for an unknown one, and for one of several outcomes not said."""
    options = session.lifecycle.triggered(trigger)
    if len(options) > 1:
        raise KeyError(f"{trigger} has outcomes: {', '.join(each.name for each in options)}")
    return options[0]


def answered(session: Session, trigger: str, *, limit: int | None = None, tables: Tables | None = None) -> Answer:
    """What `trigger` does in the session, and why. Raises KeyError as `why` does."""
    transition, step = session.transition(trigger), session.attempt(trigger)
    if step.moved:
        return Answer(transition, session, step)
    blames = tuple(_blame(session, reason) for reason in step.reasons)
    ways, space = search.nearest_ways(session, trigger, tables or Tables(session.judge), limit=limit)
    return Answer(
        transition,
        session,
        step,
        blames=blames,
        messages=_messages(session, transition),
        ways=ways,
        configurations=len(space),
        decided=space.complete,
    )


def _blame(session: Session, reason: Reason) -> Blame:
    """The reason, with the findings that keep the document from being ready."""
    if not isinstance(reason.atom, DocumentReady) or session.document is json_value.ABSENT:
        return Blame(reason)
    account, document = session.account, session.document
    findings = session.judge.blocking(session.variant.name, document, account, reason.atom.status).findings
    named = tuple(replace(finding, location=replace(finding.location, file="document")) for finding in findings)
    return Blame(reason, named, tuple(_missed(session, findings)))


def _missed(session: Session, findings: tuple[Diagnostic, ...]) -> Iterator[FailedAccountRule]:
    for rule in session.judge.sheet(session.variant.name).rules:
        broken = any(finding.code == "CM407" and finding.because == rule.origin for finding in findings)
        if broken and rule.reads_account:
            refs = [ref for ref in tree.references(rule.then) if ref.root == "scope" and not ref.level]
            paths = dict.fromkeys(ref.names for ref in refs)
            read = ((dotted(names), list(json_value.every_value_at(session.document, names))) for names in paths)
            yield FailedAccountRule(
                rule, tuple((path, values[0] if len(values) == 1 else values) for path, values in read)
            )


def _messages(session: Session, transition: Transition) -> tuple[Text, ...]:
    """The pack's messages for the cases that leave this state (of all cases if none does), each once."""
    cases = [case for case in transition.cases if session.state in case.source] or transition.cases
    messages: list[Text] = []
    for case in cases:
        if case.message is not None and case.message not in messages:
            messages.append(case.message)
    return tuple(messages)
