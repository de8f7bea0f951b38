"""A session with what was undone: back and forth, as values."""

from __future__ import annotations

from dataclasses import dataclass

from covage_model.behaviour.run.session import Session


@dataclass(frozen=True, slots=True)
class UndoHistory:
    """Where somebody stands, and the places ahead that were undone, the next first."""

    now: Session
    ahead: tuple[Session, ...] = ()

    def on(self, session: Session) -> UndoHistory:
        """The walk gone on to `session`; what was undone is forgotten."""
        return UndoHistory(session)

    def undone(self) -> UndoHistory | None:
        """The walk one thing back; None at the start."""
        return None if self.now.before is None else UndoHistory(self.now.before, (self.now, *self.ahead))

    def redone(self) -> UndoHistory | None:
        """The walk one undone thing ahead; None where nothing is."""
        return UndoHistory(self.ahead[0], self.ahead[1:]) if self.ahead else None
