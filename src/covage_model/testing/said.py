"""What a disagreement says: the steps, what the spec says and why, what the system did."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from covage_model.behaviour.run.session import Session
from covage_model.behaviour.space import step
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.model.conditions import DocumentReady
from covage_model.pack.model.lifecycle import State, Transition
from covage_model.report import text
from covage_model.report.why_text import WhyNames, sentence, where


@dataclass(frozen=True, slots=True)
class Did:
    """One step taken in both, and the order by the spec after it."""

    what: str
    actor: str | None
    session: Session
    accepted: bool = True
    patch: Any = None
    document: Any = None
    account: Any = None


def disagreement(did: Sequence[Did], lines: Iterable[str], speaker: WhyNames) -> str:
    """The whole text: one step to a line, then what differs after the last."""
    first = did[0].session
    steps = "1 step" if len(did) == 2 else f"{len(did) - 1} steps"
    found = [f"{first.variant.name}: the system does not do what the spec says, after {steps}"]
    before: tuple[tuple[str, Any], ...] = ()
    for number, one in enumerate(did):
        found.append(f"  {number}. {_step(one, before, speaker)}")
        before = one.session.variables
    found += lines
    found.append("the document and the account at the start:")
    given = (did[0].document, did[0].account)
    found += [f"  {text.escaped(json.dumps(one, ensure_ascii=False))}" for one in given]
    return "\n".join(found)


def _step(one: Did, before: Sequence[tuple[str, Any]], speaker: WhyNames) -> str:
    """What was done, and to what it led: the state, and the variables that are no longer as they were."""
    patch = "" if one.patch is None else f" {text.escaped(json.dumps(one.patch, ensure_ascii=False))}"
    changed = tuple(variable for variable in one.session.variables if variable not in before)
    does = f" -> {where(one.session.state, changed)}" if one.accepted else " must be refused"
    return f"{one.what}{patch}{speaker.by(one.actor)}{does}"


def pulled(
    session: Session,
    transition: Transition,
    result: object,
    speaker: WhyNames,
    blocking: Callable[[str], Sequence[Diagnostic]],
) -> list[str]:
    """What the spec says of a trigger where the order was, and why."""
    by = speaker.by(session.actor(transition))
    if not isinstance(result, step.Refused | step.Undecided):
        taken = session.pull(transition.name)
        assert isinstance(taken, step.Accepted)  # the order has moved
        return [
            f"the spec accepts {transition.name}{by}, to {where(taken.state, tuple(taken.variables.items()))}",
            f"  because: {text.because(taken.case.origin)}",
        ]
    lines = [f"the spec refuses {transition.name}{by}, in {where(session.state, session.variables)}:"]
    for reason in result.reasons:
        lines.append(f"- {sentence(session, transition, reason, speaker)}")
        lines += [f"    because: {text.because(reason.origin)}"] if reason.origin is not None else []
        if isinstance(reason.variant, DocumentReady):
            lines += [f"    {line}" for line in of(blocking(reason.variant.status))]
    return lines


def editable(state: State, speaker: WhyNames) -> list[str]:
    """That the document may be changed."""
    return [
        f"the spec lets the document be changed in {state.name}{speaker.by(state.editable)}",
        f"  because: {text.because(state.origin)}",
    ]


def status(session: Session, state: State) -> list[str]:
    """What is shown of the state."""
    shown = "no status" if state.status is None else f"the status {state.status}"
    return [f"the spec shows {shown}: the state is {session.state}", f"  because: {text.because(state.origin)}"]


def emitted(session: Session) -> list[str]:
    """All events so far, and where the last ones are written."""
    lines = [f"the spec has emitted: {', '.join(session.emitted) or 'nothing'}"]
    last = session.last
    return lines + ([f"  because: {text.because(last.case.origin)}"] if last is not None and last.case else [])


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
