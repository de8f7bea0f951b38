"""A lifecycle walked in a terminal: where the order is, what it can do, and what it was told not to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from covage_model.behaviour.run.session import Result, Session
from covage_model.behaviour.space.step import Accepted
from covage_model.ground import json_value
from covage_model.pack.model.conditions import DocumentReady, Scalar
from covage_model.pack.model.lifecycle import Transition
from covage_model.report import text
from covage_model.report.why_text import WhyNames, sentence, where

HELP = """\
a number or a trigger    pull it; `fire NAME` where a trigger is named like a command
why NAME                 why it is refused, and what would allow it
fill {JSON}              change the document by a JSON Merge Patch (RFC 7396), where it may be edited
undo, redo               back, and forth again
show                     where the order is, what happened, its events and its document
draw [FILE]              the lifecycle as Mermaid, or as the picture that the file's ending says
save FILE                what was done as a scenario that `covage-model run` plays
help, quit
"""


def place(session: Session, speaker: WhyNames) -> str:
    """Where the order is, then what is possible (numbered) and what is not."""
    offers = list(session.offers())
    possible = [(transition, result) for transition, result in offers if isinstance(result, Accepted)]
    lines = [f"{session.variant.name}, in {where(session.state, session.variables)}"]
    for number, (transition, result) in enumerate(possible, 1):
        lines.append(f"  {number}. {transition.name}{_by(session, transition, speaker)} -> {_leads(session, result)}")
    editor = session.editor
    if editor is not None and session.document is not json_value.ABSENT:
        lines.append(f"  fill: the document may be edited{speaker.by(editor)}")
    refused = [(transition, result) for transition, result in offers if not isinstance(result, Accepted)]
    here = [(transition, result) for transition, result in refused if not _is_elsewhere(result)]
    lines += [_refused(session, transition, result, speaker) for transition, result in here]
    elsewhere = [transition.name for transition, result in refused if _is_elsewhere(result)]
    lines += [f"  not from here: {', '.join(elsewhere)}"] if elsewhere else []
    return "".join(f"{line}\n" for line in lines)


def _by(session: Session, transition: Transition, speaker: WhyNames) -> str:
    return speaker.by(session.actor(transition))


def _leads(session: Session, result: Accepted) -> str:
    """The state, the variables that change, and the events."""
    events = f" ! {', '.join(result.emits)}" if result.emits else ""
    return where(result.state, changed(session.variables, tuple(result.variables.items()))) + events


def changed(before: tuple[tuple[str, Scalar], ...], after: tuple[tuple[str, Scalar], ...]) -> tuple[Any, ...]:
    """The variables that are not what they were."""
    return tuple(one for one, old in zip(after, before, strict=True) if not json_value.equal(one[1], old[1]))


def _is_elsewhere(result: Result) -> bool:
    return not isinstance(result, Accepted) and any(
        one.kind == "state" and one.variant is None for one in result.reasons
    )


def _refused(session: Session, transition: Transition, result: Result, speaker: WhyNames) -> str:
    assert not isinstance(result, Accepted)  # the caller has looked
    said = []
    for reason in result.reasons:
        line = sentence(session, transition, reason, speaker)
        if isinstance(reason.variant, DocumentReady) and session.document is not json_value.ABSENT:
            account = session.account
            found = session.judge.blocking(
                session.variant.name, session.document, account, reason.variant.status
            ).findings
            line += f" ({', '.join(dict.fromkeys(one.location.pointer or 'the document' for one in found))})"
        said.append(line)
    word = "undecided" if any(reason.holds is None for reason in result.reasons) else "refused"
    return f"  {word}: {transition.name}{_by(session, transition, speaker)}: {text.escaped('; '.join(said))}"


def shown(session: Session, speaker: WhyNames) -> str:
    """All that is known of the order."""
    lines = [f"state: {where(session.state, session.variables)}"]
    lines.append(f"so far: {_listed([_done(done.trigger, done.patch) for done in session.done])}")
    lines.append(f"events: {_listed(session.emitted)}")
    lines += [f"taken for granted: {speaker.atoms(session.granted)}"] if session.granted else []
    lines.append(f"account: {'none' if session.account is None else 'given'}")
    if session.document is json_value.ABSENT:
        lines.append("document: none")
    else:
        spelled = json.dumps(session.document, ensure_ascii=False, indent=2)
        lines += ["document:", *(text.escaped(line) for line in spelled.splitlines())]
    return "".join(f"{line}\n" for line in lines)


def _done(trigger: str, patch: Any) -> str:
    return trigger if patch is None else f"{trigger} {text.escaped(json.dumps(patch, ensure_ascii=False))}"


def _listed(said: Sequence[str]) -> str:
    return ", ".join(said) or "nothing"
