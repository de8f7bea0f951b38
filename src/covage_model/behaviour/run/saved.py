"""A session as a scenario that `run` plays."""

from __future__ import annotations

from covage_model.behaviour.run import written
from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.trace import Taken, Trace
from covage_model.behaviour.space.configuration import Configuration
from covage_model.ground import json_value
from covage_model.ground.json_value import Unreachable, merged


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
    if session.document is json_value.ABSENT and session.account is not None:
        raise CannotSave("a scenario has an account only with a document: start with --document or --example")
    account = json_value.ABSENT if session.account is None else session.account.data
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
    return Trace(session.variant.name, Configuration(session.lifecycle.initial.name, variables, ()), taken)


def _documents(session: Session) -> list[object]:
    """The document at the start, and after each change."""
    if session.given is json_value.ABSENT:
        return []
    found = [session.given]
    for done in session.done:
        if done.case is None:
            found.append(merged(found[-1], done.patch))
    return found
