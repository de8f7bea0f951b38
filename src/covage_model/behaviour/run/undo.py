"""A session with undo and redo, as values."""

from __future__ import annotations

from dataclasses import dataclass

from covage_model.behaviour.run.session import Session


@dataclass(frozen=True, slots=True)
class UndoHistory:
    """The session now, and the sessions that were undone, the next to redo first."""

    now: Session
    undone_sessions: tuple[Session, ...] = ()

    def on(self, session: Session) -> UndoHistory:
        """The history gone on to `session`; what was undone is forgotten."""
        return UndoHistory(session)

    def undone(self) -> UndoHistory | None:
        """The history one step back; None at the start."""
        return None if self.now.before is None else UndoHistory(self.now.before, (self.now, *self.undone_sessions))

    def redone(self) -> UndoHistory | None:
        """The history one undone step ahead; None where nothing was undone."""
        return UndoHistory(self.undone_sessions[0], self.undone_sessions[1:]) if self.undone_sessions else None
