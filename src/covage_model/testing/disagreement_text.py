"""The text of a disagreement: the steps, the answer of the spec with its reason, the answer of the system."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from covage_model.api.driving import DocumentReady, Reason, Session, State, Step
from covage_model.ground import escape, json_value
from covage_model.ground.diagnostics import Diagnostic
from covage_model.report import finding as about
from covage_model.report.formats import text
from covage_model.report.names import PackNames
from covage_model.report.subjects.step import changed
from covage_model.report.subjects.why import outline, sentence


def disagreement(begun: Session, session: Session, lines: Iterable[str], speaker: PackNames) -> str:
    """The whole text: the steps, one per line, then the difference `lines`. `begun` is the order at its start."""
    steps = session.steps
    count = "1 step" if len(steps) == 1 else f"{len(steps)} steps"
    output = [f"{session.variant.name}: the system does not do what the spec says, after {count}"]
    output.append(f"  0. begin -> {speaker.where(begun.state, begun.variables)}")
    output += [f"  {number}. {_step(step, speaker)}" for number, step in enumerate(steps, 1)]
    output += lines
    output.append("the document and the account at the start:")
    given = (begun.document, None if begun.account is None else begun.account.data)
    output += [f"  {escape.plain(json.dumps(data, ensure_ascii=False))}" for data in given]
    return "\n".join(output)


def _step(step: Step, speaker: PackNames) -> str:
    """One step: the trigger, the patch, the actor, then the new state and the changed variables."""
    patch = "" if step.edit is None else f" {escape.plain(json.dumps(step.edit.patch, ensure_ascii=False))}"
    variables = changed(step.before.variables, step.after.variables)
    does = f" -> {speaker.where(step.after.state, variables)}" if step.moved else " must be refused"
    return f"{step.trigger}{patch}{speaker.by(step.actors)}{does}"


def fired(
    session: Session,
    step: Step,
    speaker: PackNames,
    blocking: Callable[[str], Sequence[Diagnostic]],
) -> list[str]:
    """Whether the spec accepts a trigger in the current state, with its reasons."""
    by = speaker.by(step.actors)
    if step.case is not None:
        return [
            f"the spec accepts {step.trigger}{by}, to {speaker.where(step.after.state, step.after.variables)}",
            f"  because: {about.because(step.case.origin)}",
        ]
    lines = [f"the spec refuses {step.trigger}{by}, in {speaker.where(session.state, session.variables)}:"]
    for level, reason in outline(step.obstacles) if step.obstacles is not None else ():
        told = [f"- {reason}"] if isinstance(reason, str) else _reason(session, reason, speaker, blocking)
        lines += ["  " * level + line for line in told]
    return lines


def _reason(
    session: Session, reason: Reason, speaker: PackNames, blocking: Callable[[str], Sequence[Diagnostic]]
) -> Iterator[str]:
    yield f"- {sentence(session, reason, speaker)}"
    if reason.origin is not None:
        yield f"    because: {about.because(reason.origin)}"
    if isinstance(reason.atom, DocumentReady):
        yield from (f"    {line}" for line in of(blocking(reason.atom.status)))


def editable(state: State, speaker: PackNames) -> list[str]:
    """The line that the spec allows edits in this state."""
    editors = () if state.editable is None else (state.editable,)
    return [
        f"the spec lets the document be changed in {speaker.state(state.name)}{speaker.by(editors)}",
        f"  because: {about.because(state.origin)}",
    ]


def status(session: Session, state: State) -> list[str]:
    """The status that the spec shows in this state."""
    shown = "no status" if state.status is None else f"the status {state.status}"
    return [f"the spec shows {shown}: the state is {session.state}", f"  because: {about.because(state.origin)}"]


def emitted(session: Session) -> list[str]:
    """All events so far, and the spec line of the last ones."""
    lines = [f"the spec has emitted: {', '.join(session.emitted) or 'nothing'}"]
    moves = session.trace.moves
    last = moves[-1].case if moves else None
    return lines + ([f"  because: {about.because(last.origin)}"] if last is not None else [])


def of(findings: Sequence[Diagnostic]) -> Iterator[str]:
    """Findings by JSON Pointer, because the document is not in a file."""
    for finding in findings:
        place = finding.location.pointer or "the document"
        lines = text.findings([finding]).splitlines()
        head = lines[0].partition(f"{finding.code} ")[2]
        yield f"{place}: {finding.code} {head}"
        yield from lines[1:]


def at(document: Any, path: Sequence[str]) -> Any:
    """The value at a path; None if it is absent."""
    value = json_value.at(document, path)
    return None if value is json_value.ABSENT else value
