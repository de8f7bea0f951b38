"""One step of an order's life: a trigger or an edit, its actor and its outcome."""

from __future__ import annotations

from enum import Enum
from typing import Any

from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.reasons import Obstacles, Reason
from covage_model.behaviour.space.space import EDIT
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.pack.model.conditions import Atom
from covage_model.pack.model.lifecycle import Case

AtomTruths = tuple[tuple[Atom, bool], ...]  # atoms, each with its truth


class StepOutcome(Enum):
    """The outcome of a step: the order moved, the trigger was refused, or its guard is undecided."""

    MOVED = "moved"
    REFUSED = "refused"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class DocumentEdit:
    """
    An edit of the document, after which the atoms have the truths in `wanted`.

    `patch` is a JSON Merge Patch (RFC 7396); ABSENT if none is known, as for an edit in an explored table.
    """

    wanted: AtomTruths = ()
    patch: Any = json_value.ABSENT


@dataclass(frozen=True, slots=True)
class Step:
    """
    A trigger that was fired, or an edit of the document. If nothing moved, `before` and `after` are equal.

    The `trigger` of an edit is `edit`. Any of the `actors` may do it; there is none if the document cannot be
    edited there, so the order must begin with another one. `case` is the case taken. `obstacles` are the parts of
    guards that refuse or are undecided; `blockers` are their names in scenarios: `state`, `final` or
    `variant`, a variable, a named condition, a rule, or the dotted path of a field. `assumed` are the undecided
    atoms with the truths that were assumed for this step. `emitted` are its events, in order.
    """

    trigger: str
    actors: tuple[str, ...]
    before: Configuration
    after: Configuration
    outcome: StepOutcome = StepOutcome.MOVED
    case: Case | None = None
    obstacles: Obstacles | None = None
    blockers: tuple[str, ...] = ()
    edit: DocumentEdit | None = None
    assumed: AtomTruths = ()
    emitted: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Each obstacle once, however they belong together."""
        return () if self.obstacles is None else self.obstacles.reasons

    @property
    def moved(self) -> bool:
        """Whether the trigger was accepted, or the document changed."""
        return self.outcome is StepOutcome.MOVED

    @property
    def is_edit(self) -> bool:
        """Whether this is an edit of the document. The trigger does not tell: a transition may be named `edit` too."""
        return self.edit is not None


def edit_step(
    editor: str | None, before: Configuration, after: Configuration, edit: DocumentEdit | None = None
) -> Step:
    """The step of an edit; `editor` is None if nobody may edit there."""
    return Step(EDIT, () if editor is None else (editor,), before, after, edit=edit or DocumentEdit())
