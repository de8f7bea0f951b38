"""Writes a trace as a scenario that `run` plays: the scenario file and its documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from covage_model.behaviour.run.session import Session, first_values
from covage_model.behaviour.run.step import Step
from covage_model.behaviour.run.trace import Trace
from covage_model.behaviour.space.memory import is_history
from covage_model.ground import json_value
from covage_model.ground.files import yaml_writer
from covage_model.ground.json_value import Unreachable, difference, merged

SUFFIX = ".scenario.yaml"
_RESERVED = ("state", "final", "emitted", "findings")  # keys of an expectation; a variable of that name is left out


class CannotSave(Exception):
    """No scenario can do what the session did."""


def scenario_files(
    trace: Trace,
    title: str | Mapping[str, str],
    documents: Sequence[Any] = (),
    account: Any = json_value.ABSENT,
    *,
    name: str,
) -> dict[str, str]:
    """
    The files of a scenario that plays `trace`, by file name. All names begin with `name`.

    `documents` has one document for each of `trace.document_starts`, in order. Without documents, no guard may
    read one, and edits are left out. A refused step must be refused again, with the same blockers.
    At the end the scenario expects the state, the variables and all events. Raises
    `json_value.Unreachable` if no merge patch leads from one document to the next.
    """
    given, files = _given(trace, documents, account, name)
    steps = list(_steps(trace, documents))
    scenario: dict[str, Any] = {"scenario": title if isinstance(title, str) else dict(title), "given": given}
    if steps:
        scenario.update(steps=steps, expect=_expected(trace))
    else:
        scenario.update(steps=[{"expect": _expected(trace)}])  # without steps a document would be judged, not played
    return {name + SUFFIX: yaml_writer.written(scenario), **files}


def session_files(session: Session, title: str, *, name: str) -> dict[str, str]:
    """
    The files of a scenario that plays what was done in a session, by file name.

    Raises CannotSave if a truth was assumed, which a run cannot do, or if an account was given
    without a document.
    """
    if session.assumed:
        raise CannotSave("what was taken for granted is nothing that `run` can play")
    start = session.trace.start
    if start.state != session.lifecycle.initial.name or start.variables != first_values(session.lifecycle):
        raise CannotSave("a scenario begins at the start of an order, and this walk did not")
    if session.document is json_value.ABSENT and session.account is not None:
        raise CannotSave("a scenario has an account only with a document: start with --document or --example")
    account = json_value.ABSENT if session.account is None else session.account.data
    try:
        return scenario_files(session.trace, title, _documents(session), account, name=name)
    except Unreachable as error:
        raise CannotSave(str(error)) from error


def _documents(session: Session) -> list[Any]:
    """The document at the start, and after each change."""
    if session.given is json_value.ABSENT:
        return []
    documents = [session.given]
    for step in session.steps:
        if step.edit is not None:
            documents.append(merged(documents[-1], step.edit.patch))
    return documents


def _given(trace: Trace, documents: Sequence[Any], account: Any, name: str) -> tuple[dict[str, str], dict[str, str]]:
    """The `given` of the scenario, and its files. An account without a document is left out."""
    if not documents:
        return {"order": trace.variant}, {}
    starts = len(trace.document_starts)
    if len(documents) != starts:
        raise ValueError(f"{len(documents)} documents for a trace that lives on {starts}")
    given = {"document": f"{name}.order.json"}
    files = {given["document"]: _json(documents[0])}
    if account is not json_value.ABSENT:
        given["account"] = f"{name}.account.json"
        files[given["account"]] = _json(account)
    return given, files


def _steps(trace: Trace, documents: Sequence[Any]) -> Iterator[Any]:
    """The steps of a trace as a scenario writes them."""
    later = iter(pairwise(documents))
    for step in trace.steps:
        if not step.moved:
            yield {"refused": {step.trigger: _blockers(step)}}
        elif not step.is_edit:
            trigger, _, outcome = step.trigger.partition(".")
            yield {trigger: outcome} if outcome else trigger
        elif documents:
            yield {"fill": difference(*next(later))}


def _blockers(step: Step) -> str | list[str]:
    return step.blockers[0] if len(step.blockers) == 1 else list(step.blockers)


def _expected(trace: Trace) -> dict[str, Any]:
    variables = {name: value for name, value in trace.end.variables if name not in _RESERVED and not is_history(name)}
    return {"state": trace.end.state, **variables, "emitted": list(trace.emitted)}


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
