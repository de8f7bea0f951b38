"""A question about a trigger, answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from covage_model.behaviour.run import session as stepping
from covage_model.behaviour.run.session import Session
from covage_model.behaviour.space import step
from covage_model.behaviour.space.reasons import Reason
from covage_model.behaviour.space.tables import Tables
from covage_model.behaviour.why import ways
from covage_model.behaviour.why.answer import Answer, Blame, FailedAccountRule, TriggerVerdict
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.conditions import truth
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
    What `trigger` does after the triggers of `after`, and why.

    A trigger of `after` that is refused is answered instead. One that nobody can decide is taken as
    having happened: what that takes is granted. Raises KeyError for a trigger the lifecycle does not have.
    """
    for one in (*after, trigger):
        transition_of(session, one)
    for one in after:
        moved = stepping.fire(session, one, granting_it=True)
        if not isinstance(moved, Session):
            return replace(answered(session, one, limit=limit, tables=tables), stopped=True)
        session = moved
    return answered(session, trigger, limit=limit, tables=tables)


def transition_of(session: Session, trigger: str) -> Transition:
    """The transition of that name. Raises KeyError where there is none."""
    return {each.name: each for each in session.lifecycle.transitions}[trigger]


def answered(session: Session, trigger: str, *, limit: int | None = None, tables: Tables | None = None) -> Answer:
    """What `trigger` does where the order is, and why. Raises KeyError as `why` does."""
    transition, result = transition_of(session, trigger), session.pull(trigger)
    if isinstance(result, step.Accepted):
        return Answer(transition, session, TriggerVerdict.POSSIBLE, result)
    verdict = TriggerVerdict.REFUSED if isinstance(result, step.Refused) else TriggerVerdict.UNDECIDED
    blames = tuple(_blame(session, reason) for reason in result.reasons)
    found, space = ways.to(session, trigger, tables or Tables(session.judge), limit=limit)
    return Answer(
        transition,
        session,
        verdict,
        blames=blames,
        messages=_messages(session, transition),
        ways=found,
        configurations=len(space),
        decided=space.complete,
    )


def _blame(session: Session, reason: Reason) -> Blame:
    """The reason with what in the document keeps it from being ready, or could not be checked."""
    if not isinstance(reason.variant, DocumentReady) or session.document is json_value.ABSENT:
        return Blame(reason)
    account, document = session.account, session.document
    found = session.judge.blocking(session.variant.name, document, account, reason.variant.status).findings
    named = tuple(replace(one, location=replace(one.location, file="document")) for one in found)
    return Blame(reason, named, tuple(_missed(session, found)))


def _missed(session: Session, found: tuple[Diagnostic, ...]) -> Iterator[FailedAccountRule]:
    for rule in session.judge.sheet(session.variant.name).rules:
        broken = any(one.code == "CM407" and one.because == rule.origin for one in found)
        if broken and rule.reads_account:
            refs = [ref for ref in truth.references(rule.then) if ref.root == "scope" and not ref.level]
            paths = dict.fromkeys(ref.names for ref in refs)
            read = ((".".join(names), list(json_value.every_value_at(session.document, names))) for names in paths)
            yield FailedAccountRule(
                rule, tuple((path, values[0] if len(values) == 1 else values) for path, values in read)
            )


def _messages(session: Session, transition: Transition) -> tuple[Text, ...]:
    """What the author says of the cases that could be taken here, each once."""
    cases = [case for case in transition.cases if session.state in case.source] or transition.cases
    found: list[Text] = []
    for case in cases:
        if case.message is not None and case.message not in found:
            found.append(case.message)
    return tuple(found)
