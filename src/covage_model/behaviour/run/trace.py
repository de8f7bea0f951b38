"""One life of one order, from its beginning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.pack.model.lifecycle import Case


@dataclass(frozen=True, slots=True)
class Taken:
    """
    One move, who made it, and where the order is after it.

    `case` is None where the document was changed instead of a trigger pulled.
    """

    trigger: str
    actor: str
    case: Case | None
    after: Configuration

    @property
    def is_edit(self) -> bool:
        """Whether the document was changed; a transition may be named `edit` too."""
        return self.case is None


@dataclass(frozen=True, slots=True)
class Trace:
    """
    A life of an order of the variant called `variant`.

    It lives on one document after another, one more with each edit, and on one account.
    """

    variant: str
    start: Configuration
    moves: tuple[Taken, ...]

    @property
    def end(self) -> Configuration:
        """Where the order is after all of it."""
        return self.moves[-1].after if self.moves else self.start

    @property
    def configurations(self) -> tuple[Configuration, ...]:
        """Where the order is at the start, and after each move."""
        return (self.start, *(taken.after for taken in self.moves))

    @property
    def emitted(self) -> tuple[str, ...]:
        """The events of all moves, in order."""
        return tuple(event for taken in self.moves if taken.case is not None for event in taken.case.emits)

    @property
    def stretches(self) -> tuple[Configuration, ...]:
        """The first configuration on each document: the start, and that after each edit."""
        return (self.start, *(taken.after for taken in self.moves if taken.is_edit))


def trace_of(space: StateSpace, start: int, moves: Iterable[Move]) -> Trace:
    """The moves of an explored table that lead on from configuration `start`, as a trace."""
    taken = (Taken(move.trigger, move.actor, move.case, space.configuration(move.target)) for move in moves)
    return Trace(space.variant.name, space.configuration(start), tuple(taken))
