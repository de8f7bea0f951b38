"""A trace: the steps of one order from its start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from covage_model.behaviour.run.step import DocumentEdit, Step
from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class Trace:
    """
    The steps of one order of a variant; refused triggers are steps too.

    The order has a new document after each edit, and one account.
    """

    variant: str
    start: Configuration
    steps: tuple[Step, ...] = ()

    @property
    def moves(self) -> tuple[Step, ...]:
        """The steps that moved the order or changed its document."""
        return tuple(step for step in self.steps if step.moved)

    @property
    def refusals(self) -> tuple[Step, ...]:
        """The steps that were refused or undecided."""
        return tuple(step for step in self.steps if not step.moved)

    @property
    def end(self) -> Configuration:
        """The configuration after all steps."""
        return self.steps[-1].after if self.steps else self.start

    @property
    def configurations(self) -> tuple[Configuration, ...]:
        """The configuration at the start and after each move."""
        return (self.start, *(step.after for step in self.moves))

    @property
    def emitted(self) -> tuple[str, ...]:
        """The events of all moves, in order."""
        return tuple(event for step in self.steps for event in step.emitted)

    @property
    def document_starts(self) -> tuple[Configuration, ...]:
        """The first configuration with each document: the start, and the one after each edit."""
        return (self.start, *(step.after for step in self.steps if step.is_edit))


def trace_of(space: StateSpace, start: int, moves: Iterable[Move]) -> Trace:
    """The trace of moves of an explored table from the configuration `start`."""
    return Trace(space.variant.name, space.configuration(start), tuple(_steps(space, start, moves)))


def _steps(space: StateSpace, start: int, moves: Iterable[Move]) -> Iterator[Step]:
    before = space.configuration(start)
    for move in moves:
        after = space.configuration(move.target)
        edit = DocumentEdit() if move.is_edit else None
        emitted = space.passage(move).emits if move.case is not None else ()
        yield Step(move.trigger, move.actors, before, after, case=move.case, edit=edit, emitted=emitted)
        before = after
