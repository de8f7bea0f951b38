"""Undo and redo for sessions, as values."""

from __future__ import annotations

from covage_model.behaviour.run.session import Session
from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class UndoHistory:
    """The current session, and the undone sessions, the next to redo first."""

    now: Session
    undone_sessions: tuple[Session, ...] = ()

    def on(self, session: Session) -> UndoHistory:
        """The history that goes on with `session`; the undone sessions are dropped."""
        return UndoHistory(session)

    def undone(self) -> UndoHistory | None:
        """The history after one undo; None at the start."""
        return None if self.now.before is None else UndoHistory(self.now.before, (self.now, *self.undone_sessions))

    def redone(self) -> UndoHistory | None:
        """The history after one redo; None if nothing was undone."""
        return UndoHistory(self.undone_sessions[0], self.undone_sessions[1:]) if self.undone_sessions else None
