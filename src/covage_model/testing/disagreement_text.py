"""What a disagreement says: the steps, what the spec says and why, what the system did."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from covage_model.api.driving import DocumentReady, Session, State, Step
from covage_model.ground import escape, json_value
from covage_model.ground.diagnostics import Diagnostic
from covage_model.report import finding as about
from covage_model.report.formats import text
from covage_model.report.subjects.ways import WhyNames, where
from covage_model.report.subjects.why import sentence


def disagreement(begun: Session, session: Session, lines: Iterable[str], speaker: WhyNames) -> str:
    """The whole text: one step to a line, then what differs after the last; `begun` is the order at its start."""
    steps = session.steps
    count = "1 step" if len(steps) == 1 else f"{len(steps)} steps"
    found = [f"{session.variant.name}: the system does not do what the spec says, after {count}"]
    found.append(f"  0. begin -> {where(begun.state, begun.variables)}")
    found += [f"  {number}. {_step(step, speaker)}" for number, step in enumerate(steps, 1)]
    found += lines
    found.append("the document and the account at the start:")
    given = (begun.document, None if begun.account is None else begun.account.data)
    found += [f"  {escape.plain(json.dumps(one, ensure_ascii=False))}" for one in given]
    return "\n".join(found)


def _step(step: Step, speaker: WhyNames) -> str:
    """What was done, and to what it led: the state, and the variables that are no longer as they were."""
    patch = "" if step.edit is None else f" {escape.plain(json.dumps(step.edit.patch, ensure_ascii=False))}"
    changed = tuple(variable for variable in step.after.variables if variable not in step.before.variables)
    does = f" -> {where(step.after.state, changed)}" if step.moved else " must be refused"
    return f"{step.trigger}{patch}{speaker.by(step.actor)}{does}"


def pulled(
    session: Session,
    step: Step,
    speaker: WhyNames,
    blocking: Callable[[str], Sequence[Diagnostic]],
) -> list[str]:
    """What the spec says of a trigger where the order was, and why."""
    by = speaker.by(step.actor)
    if step.case is not None:
        return [
            f"the spec accepts {step.trigger}{by}, to {where(step.after.state, step.after.variables)}",
            f"  because: {about.because(step.case.origin)}",
        ]
    lines = [f"the spec refuses {step.trigger}{by}, in {where(session.state, session.variables)}:"]
    transition = session.transition(step.trigger)
    for reason in step.reasons:
        lines.append(f"- {sentence(session, transition, reason, speaker)}")
        lines += [f"    because: {about.because(reason.origin)}"] if reason.origin is not None else []
        if isinstance(reason.variant, DocumentReady):
            lines += [f"    {line}" for line in of(blocking(reason.variant.status))]
    return lines


def editable(state: State, speaker: WhyNames) -> list[str]:
    """That the document may be changed."""
    return [
        f"the spec lets the document be changed in {state.name}{speaker.by(state.editable)}",
        f"  because: {about.because(state.origin)}",
    ]


def status(session: Session, state: State) -> list[str]:
    """What is shown of the state."""
    shown = "no status" if state.status is None else f"the status {state.status}"
    return [f"the spec shows {shown}: the state is {session.state}", f"  because: {about.because(state.origin)}"]


def emitted(session: Session) -> list[str]:
    """All events so far, and where the last ones are written."""
    lines = [f"the spec has emitted: {', '.join(session.emitted) or 'nothing'}"]
    moves = session.trace.moves
    last = moves[-1].case if moves else None
    return lines + ([f"  because: {about.because(last.origin)}"] if last is not None else [])


def of(findings: Sequence[Diagnostic]) -> Iterator[str]:
    """Findings, by pointer: what is judged here stands in no file."""
    for finding in findings:
        place = finding.location.pointer or "the document"
        lines = text.findings([finding]).splitlines()
        head = lines[0].partition(f"{finding.code} ")[2]
        yield f"{place}: {finding.code} {head}"
        yield from lines[1:]


def at(document: Any, path: Sequence[str]) -> Any:
    """What stands there; None for nothing."""
    found = json_value.at(document, path)
    return None if found is json_value.ABSENT else found
