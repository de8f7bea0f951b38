"""The output of `step`: the configuration of an order, the enabled triggers and the refused ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import Step
from covage_model.behaviour.space.reasons import Reason
from covage_model.ground import json_value
from covage_model.pack.model.conditions import DocumentReady, Scalar
from covage_model.report.blocks import TextLine
from covage_model.report.names import PackNames
from covage_model.report.subjects.ways import indented
from covage_model.report.subjects.why import in_one_line

HELP = """\
a number or a trigger    fire it; `fire NAME` if a trigger is named like a command
why NAME                 why it is refused, and the nearest way to enable it
fill {JSON}              change the document by a JSON Merge Patch (RFC 7396), where it may be edited
undo, redo               go back, go forward again
show                     where the order is, what happened, its events and its document
draw [FILE]              the lifecycle as Mermaid, or in the format of the file's ending
save FILE                the steps so far as a scenario that `covage-model run` plays
help, quit
"""


def place(session: Session, names: PackNames) -> list[TextLine]:
    """The configuration, then the enabled triggers (numbered), then the others."""
    attempts = list(session.attempts())
    lines = [f"{session.variant.name}, in {names.where(session.state, session.variables)}"]
    for number, step in enumerate((step for step in attempts if step.moved), 1):
        lines.append(f"  {number}. {step.trigger}{names.by(step.actors)} -> {_leads(step, names)}")
    editor = session.editor
    if editor is not None and session.document is not json_value.ABSENT:
        lines.append(f"  fill: the document may be edited{names.by((editor,))}")
    lines += [_refused(session, step, names) for step in attempts if not step.moved and not _is_elsewhere(step)]
    elsewhere = [step.trigger for step in attempts if _is_elsewhere(step)]
    lines += [f"  not from here: {', '.join(elsewhere)}"] if elsewhere else []
    return [*map(indented, lines)]


def _leads(step: Step, names: PackNames) -> str:
    """The state, the variables that change, and the events."""
    return names.where(step.after.state, changed(step.before.variables, step.after.variables)) + names.emitted(step)


def changed(before: tuple[tuple[str, Scalar], ...], after: tuple[tuple[str, Scalar], ...]) -> tuple[Any, ...]:
    """The variables that differ."""
    return tuple(one for one, old in zip(after, before, strict=True) if not json_value.equal(one[1], old[1]))


def _is_elsewhere(step: Step) -> bool:
    return any(reason.kind == "state" and reason.atom is None for reason in step.reasons)


def _refused(session: Session, step: Step, names: PackNames) -> str:
    def told(reason: Reason) -> str:
        if not isinstance(reason.atom, DocumentReady) or session.document is json_value.ABSENT:
            return ""
        status, account = reason.atom.status, session.account
        found = session.judge.blocking(session.variant.name, session.document, account, status).findings
        return f" ({', '.join(dict.fromkeys(one.location.pointer or 'the document' for one in found))})"

    why = "" if step.obstacles is None else in_one_line(session, step.obstacles, names, told)
    return f"  {step.outcome.value}: {step.trigger}{names.by(step.actors)}: {why}"


def shown(session: Session, names: PackNames) -> list[TextLine]:
    """The whole state of the session: configuration, steps, events and document."""
    lines = [f"state: {names.where(session.state, session.variables)}"]
    lines.append(f"so far: {_listed([_done(step) for step in session.steps])}")
    lines.append(f"events: {names.events(session.emitted) or 'nothing'}")
    lines += [f"assumed: {names.atoms(session.assumed)}"] if session.assumed else []
    lines.append(f"account: {'none' if session.account is None else 'given'}")
    if session.document is json_value.ABSENT:
        lines.append("document: none")
    else:
        spelled = json.dumps(session.document, ensure_ascii=False, indent=2)
        lines += ["document:", *spelled.split("\n")]
    return [*map(indented, lines)]


def _done(step: Step) -> str:
    if step.edit is None:
        return step.trigger
    return f"fill {json.dumps(step.edit.patch, ensure_ascii=False)}"


def _listed(done: Sequence[str]) -> str:
    return ", ".join(done) or "nothing"
