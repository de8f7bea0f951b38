"""A question about a trigger, answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from covage_model.answers import ways
from covage_model.answers.answer import Answer, Blame, Missed, Verdict
from covage_model.conditions import truth
from covage_model.diagnostics import Diagnostic
from covage_model.model.conditions import DocumentReady
from covage_model.model.lifecycle import Transition
from covage_model.model.text import Text
from covage_model.statespace import step
from covage_model.statespace.reasons import Reason
from covage_model.stepping import session as stepping
from covage_model.stepping.session import Session


def why(session: Session, trigger: str, after: Sequence[str] = (), *, limit: int = ways.LIMIT) -> Answer:
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
            return replace(answered(session, one, limit=limit), stopped=True)
        session = moved
    return answered(session, trigger, limit=limit)


def transition_of(session: Session, trigger: str) -> Transition:
    """The transition of that name. Raises KeyError where there is none."""
    return {each.name: each for each in session.lifecycle.transitions}[trigger]


def answered(session: Session, trigger: str, *, limit: int = ways.LIMIT) -> Answer:
    """What `trigger` does where the order is, and why. Raises KeyError as `why` does."""
    transition, result = transition_of(session, trigger), session.pull(trigger)
    if isinstance(result, step.Accepted):
        return Answer(transition, session, Verdict.POSSIBLE, result)
    verdict = Verdict.REFUSED if isinstance(result, step.Refused) else Verdict.UNDECIDED
    blames = tuple(_blame(session, reason) for reason in result.reasons)
    found, space = ways.to(session, trigger, limit=limit)
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
    if not isinstance(reason.leaf, DocumentReady) or session.document is truth.ABSENT:
        return Blame(reason)
    account, document = session.account, session.document
    found = session.judge.blocking(session.leaf.name, document, account, reason.leaf.status).findings
    named = tuple(replace(one, location=replace(one.location, file="document")) for one in found)
    return Blame(reason, named, tuple(_missed(session, found)))


def _missed(session: Session, found: tuple[Diagnostic, ...]) -> Iterator[Missed]:
    for rule in session.judge.sheet(session.leaf.name).rules:
        broken = any(one.code == "CM407" and one.because == rule.origin for one in found)
        if broken and rule.reads_account:
            refs = [ref for ref in truth.references(rule.then) if ref.root == "scope" and not ref.level]
            paths = dict.fromkeys(ref.names for ref in refs)
            read = ((".".join(names), list(truth.every_value_at(session.document, names))) for names in paths)
            yield Missed(rule, tuple((path, values[0] if len(values) == 1 else values) for path, values in read))


def _messages(session: Session, transition: Transition) -> tuple[Text, ...]:
    """What the author says of the cases that could be taken here, each once."""
    cases = [case for case in transition.cases if session.state in case.source] or transition.cases
    found: list[Text] = []
    for case in cases:
        if case.message is not None and case.message not in found:
            found.append(case.message)
    return tuple(found)
