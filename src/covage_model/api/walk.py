"""Stepping through a lifecycle by hand, with undo and redo. A `Walk` is an immutable value."""

from __future__ import annotations

from covage_model.behaviour.run import session as stepping
from covage_model.behaviour.run.scenario_file import CannotSave as CannotSave
from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import StepOutcome
from covage_model.behaviour.run.undo import UndoHistory
from covage_model.behaviour.space.tables import Tables
from covage_model.behaviour.why.answer import Answer
from covage_model.ground import codes
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.files import read


class NotDone(Exception):
    """The step is not possible; the text gives the reason. Where that is a finding, {why} stands for its message."""

    def __init__(self, reason: str, finding: Diagnostic | None = None) -> None:
        self.reason = reason
        self.finding = finding
        super().__init__(self.told(finding))

    def told(self, finding: Diagnostic | None) -> str:
        """The reason, with this finding in the place of the one that it has."""
        return self.reason if finding is None else self.reason.replace("{why}", codes.message(finding))


@dataclass(frozen=True, slots=True)
class Walk:
    """The current session of an order, with its undo history."""

    history: UndoHistory

    @property
    def now(self) -> Session:
        """The current session."""
        return self.history.now

    def triggers(self) -> list[str]:
        """Every trigger of the lifecycle."""
        return [transition.name for transition in self.now.lifecycle.transitions]

    def possible(self) -> list[str]:
        """The triggers that are accepted now."""
        return [step.trigger for step in self.now.attempts() if step.moved]

    def outcomes(self, trigger: str) -> list[str]:
        """The outcomes of a trigger, as they are typed; none for a trigger without outcomes."""
        return [each.name for each in self.now.lifecycle.transitions if each.outcome_of == trigger]

    def fired(self, trigger: str) -> Walk:
        """The walk after a trigger. Raises NotDone if it is refused or not decided."""
        moved = stepping.fire(self.now, trigger)
        if isinstance(moved, Session):
            return Walk(self.history.on(moved))
        word = "refused" if moved.outcome is StepOutcome.REFUSED else "not decided"
        raise NotDone(f"{trigger} is {word}: `why {trigger}` says why")

    def filled(self, patch: str) -> Walk:
        """The walk after a JSON Merge Patch (RFC 7396) of the document. Raises NotDone."""
        document, unread = read.read_document(patch.encode("utf-8", "replace"), "patch", format="json")
        if unread or document is None:
            raise NotDone("that is not a patch: {why}; type: fill {...}", unread[0])
        moved = stepping.fill(self.now, document.data)
        if isinstance(moved, Diagnostic):
            raise NotDone("{why}", moved)
        return Walk(self.history.on(moved))

    def placed(self, session: Session) -> Walk:
        """The walk begun again in another place."""
        return start(session)

    def undone(self) -> Walk | None:
        """The walk with the last step undone; None at the start."""
        history = self.history.undone()
        return None if history is None else Walk(history)

    def redone(self) -> Walk | None:
        """The walk with the last undone step done again; None if there is none."""
        history = self.history.redone()
        return None if history is None else Walk(history)

    def why(self, trigger: str, tables: Tables) -> Answer:
        """Why a trigger is possible or refused. Paths that make it possible are searched in `tables`."""
        from covage_model.behaviour.why.why import answered

        return answered(self.now, trigger, tables=tables)


def start(session: Session) -> Walk:
    """A walk without steps."""
    return Walk(UndoHistory(session))
