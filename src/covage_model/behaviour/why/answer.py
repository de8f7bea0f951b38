"""The answer to "why not?": what refuses the trigger, and the paths to where it is possible."""

from __future__ import annotations

from typing import Any

from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import AtomTruths, Step, StepOutcome
from covage_model.behaviour.space.reasons import Reason
from covage_model.documents.presence.sheet import AnchoredRule
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.model.lifecycle import Transition
from covage_model.pack.model.text import Text


@dataclass(frozen=True, slots=True)
class Blame:
    """
    One reason why a trigger is refused or undecided, with the findings behind it.

    `findings` are those of the document if the guard asks that it is ready: with pointers, and lines if
    they are known. `missed` are the broken rules among them that read the account.
    """

    reason: Reason
    findings: tuple[Diagnostic, ...] = ()
    missed: tuple[FailedAccountRule, ...] = ()


@dataclass(frozen=True, slots=True)
class FailedAccountRule:
    """A broken rule over the account, and the values of the document that the rule reads (path, value)."""

    rule: AnchoredRule
    read: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """
    A path with the fewest steps of its kind to where the trigger is possible.

    `kind` is `onward` (from the current session), `turn` (from the last session of its history from which the
    trigger can be reached), `restart` (from the start) or `account` (from the start with another account). All
    but `onward` list the steps from the start; the first `kept` of them are steps that the order has taken.
    `assumed` are the undecided atoms with the truths that the steps need. `played`: the steps were
    taken with the given document and account, and the trigger was accepted. The patch of an edit was then
    tried too; it is ABSENT if none was found or there is no document.
    """

    kind: str
    steps: tuple[Step, ...]
    assumed: AtomTruths = ()
    kept: int = 0
    played: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What firing `trigger` in `session` does (`step`), and why.

    `stopped`: one of the triggers before it was not accepted, and the answer is about that one.
    `ways`, the shortest first, is empty for a trigger that is possible. The search covered
    `configurations` configurations. If `decided` is False, these are not all, and an empty `ways` proves nothing.
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
