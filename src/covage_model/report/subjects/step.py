"""The output of `step`: the configuration of an order, the enabled triggers and the refused ones."""

from __future__ import annotations

import json
from typing import Any

from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import Step
from covage_model.behaviour.space.reasons import Reason
from covage_model.ground import json_value
from covage_model.ground.language import translated
from covage_model.pack.model.conditions import DocumentReady, Scalar
from covage_model.report.blocks import TextLine
from covage_model.report.names import PackNames
from covage_model.report.subjects.ways import indented
from covage_model.report.subjects.why import in_one_line

_HELP = (
    ("a number or a trigger", "fire it; `fire NAME` if a trigger is named like a command"),
    ("why NAME", "why it is refused, and the nearest way to enable it"),
    ("fill {JSON}", "change the document by a JSON Merge Patch (RFC 7396), where it may be edited"),
    ("undo, redo", "go back, go forward again"),
    ("show", "where the order is, what happened, its events and its document"),
    ("place N", "with --record: go to the place of that number"),
    ("draw [FILE]", "the lifecycle as Mermaid, or in the format of the file's ending"),
    ("save FILE", "the steps so far as a scenario that `covage-model run` plays"),
    ("help, quit", ""),
)


def help_text(names: PackNames) -> str:
    """What one can type in a walk."""
    told = [(translated(typed, names.language), translated(does, names.language)) for typed, does in _HELP]
    width = max(len(typed) for typed, _ in told) + 4
    return "".join(f"{typed:{width}}{does}".rstrip() + "\n" for typed, does in told)


def place(session: Session, names: PackNames) -> list[TextLine]:
    """The configuration, then the enabled triggers (numbered), then the others."""
    attempts = list(session.attempts())
    lines = [f"{session.variant.name}, {names.tell('in')} {names.where(session.state, session.variables)}"]
    for number, step in enumerate((step for step in attempts if step.moved), 1):
        lines.append(f"  {number}. {step.trigger}{names.by(step.actors)} -> {_leads(step, names)}")
    editor = session.editor
    if editor is not None and session.document is not json_value.ABSENT:
        lines.append("  " + names.tell("fill: the document may be edited{by}", by=names.by((editor,))))
    lines += [_refused(session, step, names) for step in attempts if not step.moved and not _is_elsewhere(step)]
    elsewhere = [step.trigger for step in attempts if _is_elsewhere(step)]
    lines += ["  " + names.tell("not from here: {names}", names=", ".join(elsewhere))] if elsewhere else []
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
        return f" ({', '.join(dict.fromkeys(one.location.pointer or names.tell('the document') for one in found))})"

    why = "" if step.obstacles is None else in_one_line(session, step.obstacles, names, told)
    return f"  {names.tell(step.outcome.value + ': ')}{step.trigger}{names.by(step.actors)}{names.tell(': ')}{why}"


def shown(session: Session, names: PackNames) -> list[TextLine]:
    """The whole state of the session: configuration, steps, events and document."""
    nothing = names.tell("nothing")
    lines = [names.tell("state: {line}", line=names.where(session.state, session.variables))]
    lines.append(names.tell("so far: {line}", line=", ".join(map(_done, session.steps)) or nothing))
    lines.append(names.tell("events: {line}", line=names.events(session.emitted) or nothing))
    lines += [names.tell("assumed: {line}", line=names.atoms(session.assumed))] if session.assumed else []
    lines.append(names.tell("account: none" if session.account is None else "account: given"))
    if session.document is json_value.ABSENT:
        lines.append(names.tell("document: none"))
    else:
        spelled = json.dumps(session.document, ensure_ascii=False, indent=2)
        lines += [names.tell("document:"), *spelled.split("\n")]
    return [*map(indented, lines)]


def _done(step: Step) -> str:
    if step.edit is None:
        return step.trigger
    return f"fill {json.dumps(step.edit.patch, ensure_ascii=False)}"
