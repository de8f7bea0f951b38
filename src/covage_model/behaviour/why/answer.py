"""The answer to "why not?": what says no, and the ways to where nothing does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import AtomTruths, Step, StepOutcome
from covage_model.behaviour.space.reasons import Reason
from covage_model.documents.presence.sheet import AnchoredRule
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.model.lifecycle import Transition
from covage_model.pack.model.text import Text


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
class Way:
    """
    The fewest steps of its kind after which the trigger is possible.

    `kind` is `onward` (from where the order is), `turn` (from the last session of its history from which the
    trigger can be reached), `restart` (from the beginning) or `account` (from there with another account); all
    but the first start at the beginning, and the first `kept` steps are those that the order has taken.
    `assumed` are the atoms that nobody can check, with the truths that the steps need. `played`: the steps were
    taken with the document and account at hand, and the trigger was accepted. The patch of an edit was then
    tried; it is ABSENT where none was found, or there is no document.
    """

    kind: str
    steps: tuple[Step, ...]
    assumed: AtomTruths = ()
    kept: int = 0
    played: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """
    Why `trigger` does what it does where `session` is; `step` is what pulling it does.

    `stopped`: the triggers before it could not all be pulled, and this is about the one that was not accepted.
    `ways`, the fewest steps first, are empty for a trigger that is possible. They were looked for among
    so many `configurations`; `decided` is False where these are not all: no way is then no proof.
    """

    trigger: Transition
    session: Session
    step: Step
    blames: tuple[Blame, ...] = ()
    messages: tuple[Text, ...] = ()
    ways: tuple[Way, ...] = ()
    configurations: int = 0
    decided: bool = True
    stopped: bool = False

    @property
    def verdict(self) -> StepOutcome:
        """Whether the trigger is accepted, refused or undecided."""
        return self.step.outcome
