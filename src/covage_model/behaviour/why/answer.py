"""The answer to "why not?": what says no, and the ways to where nothing does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from covage_model.behaviour.run.session import Session
from covage_model.behaviour.space.reasons import Reason
from covage_model.behaviour.space.step import Accepted
from covage_model.documents.presence.sheet import AnchoredRule
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.model.conditions import Atom, Scalar
from covage_model.pack.model.lifecycle import Transition
from covage_model.pack.model.text import Text

Atoms = tuple[tuple[Atom, bool], ...]


class TriggerVerdict(Enum):
    """What pulling a trigger does."""

    POSSIBLE = "possible"
    REFUSED = "refused"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Blame:
    """
    One part of a guard, or the state, that says no (or cannot say yes), and what the author adds.

    `findings` are the document's, where the part asks that it is ready: with pointers, and lines if
    somebody gave them any. `missed` are the rules over the account among these.
    """

    reason: Reason
    findings: tuple[Diagnostic, ...] = ()
    missed: tuple[FailedAccountRule, ...] = ()


@dataclass(frozen=True, slots=True)
class FailedAccountRule:
    """A rule over the account that does not hold, and what the document says where the rule reads it (path, value)."""

    rule: AnchoredRule
    read: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class DocumentEdit:
    """
    A change of the document that makes each atom as `wanted`.

    `patch` is a JSON Merge Patch (RFC 7396) that was tried and does it, ABSENT where none was found or
    there is no document.
    """

    wanted: Atoms
    patch: Any = json_value.ABSENT


@dataclass(frozen=True, slots=True)
class Hop:
    """
    One move of a way, and where the order is after it; `edit` where the document is changed.

    `actor` is None where the document must be another one from the start, and no state lets it be edited.
    """

    trigger: str
    actor: str | None
    state: str
    variables: tuple[tuple[str, Scalar], ...]
    emits: tuple[str, ...] = ()
    edit: DocumentEdit | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """
    The fewest moves of its kind after which the trigger is possible.

    `kind` is `onward` (from where the order is), `turn` (from the last place of its trace from which a
    way leads there), `restart` (from the beginning) or `account` (from there with another account); all
    but the first are told from the beginning, and the first `kept` hops are those of the trace.
    `granted` are the atoms that nobody can check, with the truths it takes. `played`: it was lived with the document
    and account at hand, and the trigger was accepted.
    """

    kind: str
    hops: tuple[Hop, ...]
    granted: Atoms = ()
    kept: int = 0
    played: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """
    Why `trigger` does what it does where `session` is.

    `stopped`: the trace could not be played to its end, and this is about the trigger it stops at.
    `ways`, the fewest moves first, are empty for a trigger that is possible. They were looked for among
    so many `configurations`; `decided` is False where these are not all: no way is then no proof.
    """

    trigger: Transition
    session: Session
    verdict: TriggerVerdict
    outcome: Accepted | None = None
    blames: tuple[Blame, ...] = ()
    messages: tuple[Text, ...] = ()
    ways: tuple[Way, ...] = ()
    configurations: int = 0
    decided: bool = True
    stopped: bool = False
