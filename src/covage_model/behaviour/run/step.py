"""One step of a life: what was pulled or edited, by whom, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.reasons import Reason
from covage_model.behaviour.space.space import EDIT
from covage_model.ground import json_value
from covage_model.pack.model.conditions import Atom
from covage_model.pack.model.lifecycle import Case

AtomTruths = tuple[tuple[Atom, bool], ...]  # atoms, each with its truth


class StepOutcome(Enum):
    """What came of a step: the order moved, the trigger was refused, or nobody can decide its guard."""

    MOVED = "moved"
    REFUSED = "refused"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class DocumentEdit:
    """
    A change of the document, after which the atoms have the truths in `wanted`.

    `patch` is a JSON Merge Patch (RFC 7396); ABSENT where none is known, as for an edit of an explored table.
    """

    wanted: AtomTruths = ()
    patch: Any = json_value.ABSENT


@dataclass(frozen=True, slots=True)
class Step:
    """
    A trigger that was pulled, or an edit of the document; `before` and `after` are equal where nothing moved.

    `trigger` reads `edit` for an edit. `actor` is None where no actor may do it: no state lets the document be
    edited, so that the order must begin with another one. `case` is the case taken, `reasons` are the parts of
    guards that refuse or cannot be decided, and `blockers` name them as scenarios do: `state`, `final` or
    `variant`, a variable, a named condition, a rule, or the dotted path of a field. `assumed` are the truths of
    atoms that nobody could check and that were assumed for this step.
    """

    trigger: str
    actor: str | None
    before: Configuration
    after: Configuration
    outcome: StepOutcome = StepOutcome.MOVED
    case: Case | None = None
    reasons: tuple[Reason, ...] = ()
    blockers: tuple[str, ...] = ()
    edit: DocumentEdit | None = None
    assumed: AtomTruths = ()

    @property
    def moved(self) -> bool:
        """Whether the trigger was accepted, or the document changed."""
        return self.outcome is StepOutcome.MOVED

    @property
    def is_edit(self) -> bool:
        """Whether the document was changed; a transition may be named `edit` too."""
        return self.edit is not None

    @property
    def emitted(self) -> tuple[str, ...]:
        """The events of this step, in order."""
        return () if self.case is None else self.case.emits


def edit_step(actor: str | None, before: Configuration, after: Configuration, edit: DocumentEdit | None = None) -> Step:
    """A change of the document, as a step."""
    return Step(EDIT, actor, before, after, edit=edit or DocumentEdit())
