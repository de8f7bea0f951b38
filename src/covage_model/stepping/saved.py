"""A session as a scenario that `run` plays."""

from __future__ import annotations

from covage_model.conditions import truth
from covage_model.merge_patch import Unreachable, merged
from covage_model.statespace.configuration import Configuration
from covage_model.stepping.session import Session
from covage_model.traces import written
from covage_model.traces.trace import Taken, Trace


class CannotSave(Exception):
    """No scenario says the same."""


def files(session: Session, title: str, *, name: str) -> dict[str, str]:
    """
    The files of a scenario that plays what was done, by their names.

    Raises CannotSave where something was granted that a run would stop at, or an account was given
    without the document that a scenario needs to have one.
    """
    if session.granted:
        raise CannotSave("what was taken for granted is nothing that `run` can play")
    if session.document is truth.ABSENT and session.account is not None:
        raise CannotSave("a scenario has an account only with a document: start with --document or --example")
    account = truth.ABSENT if session.account is None else session.account.data
    try:
        return written.written(_trace(session), title, _documents(session), account, name=name)
    except Unreachable as error:
        raise CannotSave(str(error)) from error


def _trace(session: Session) -> Trace:
    variables = tuple((variable.name, variable.values[0]) for variable in session.lifecycle.variables)
    taken = tuple(
        Taken(done.trigger, done.actor, done.case, Configuration(done.state, done.variables, ()))
        for done in session.done
    )
    return Trace(session.leaf.name, Configuration(session.lifecycle.initial.name, variables, ()), taken)


def _documents(session: Session) -> list[object]:
    """The document at the start, and after each change."""
    if session.given is truth.ABSENT:
        return []
    found = [session.given]
    for done in session.done:
        if done.case is None:
            found.append(merged(found[-1], done.patch))
    return found
