"""A Hypothesis strategy for lives of orders (traces with their documents)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from covage_model.api.driving import (
    Attempt,
    Fixture,
    Goals,
    Move,
    StateSpace,
    TableUse,
    Trace,
    fixtures_for,
    trace_of,
)
from covage_model.ground.classes import dataclass
from covage_model.testing.pretty import Pretty

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack

_GOALS = 6


@dataclass(frozen=True, slots=True, repr=False)
class Life(Pretty):
    """
    A trace, the documents at the start and after each edit, and the account (None if the pack has no account type).

    `steps` are its moves as inputs of a system.
    """

    trace: Trace
    documents: tuple[Any, ...]
    account: Any

    @property
    def steps(self) -> tuple[tuple[str, str, Any], ...]:
        """Each move as (trigger, actor, new document); the document is None unless the move is an edit."""
        edits = iter(self.documents[1:])
        moves = self.trace.moves
        return tuple((move.trigger, " or ".join(move.actors), next(edits) if move.is_edit else None) for move in moves)

    def parts(self) -> Mapping[str, Any]:
        """The start state, the first document, the steps and the account."""
        parts = {"start": self.trace.start.state, "document": self.documents[0], "steps": self.steps}
        return parts | {"account": self.account}


def traces(pack: Pack, order: str, variant: str | None = None, *, limit: int | None = None) -> st.SearchStrategy[Life]:
    """
    Draws lives of an order. The spec accepts each move; edits of a draft are moves too.

    A life takes the shortest path from one drawn transition of the explored table to the next, so it also reaches deep
    states. It shrinks toward few moves. At most `limit` configurations are explored. Raises KeyError for an unknown or
    ambiguous name, `NoOrder` if no document was found for such an order.
    """
    chosen = pack.variant(order if variant is None else f"{order}/{variant}")
    space = pack.table(chosen.name, TableUse.RUNS, limit=limit)
    lives = [_Lives(space, fixture) for fixture in fixtures_for(pack.judge, space)]
    return st.sampled_from(lives).flatmap(_Lives.strategy)


@dataclass(slots=True, repr=False)
class _Lives:
    """Draws the lives for one fixture."""

    space: StateSpace
    fixture: Fixture
    goals: Goals = field(init=False)

    def __post_init__(self) -> None:
        self.goals = Goals(self.space, frozenset(self.fixture.documents))

    def strategy(self) -> st.SearchStrategy[Life]:
        """Draws the transitions to visit, and the number of moves after which to stop."""
        if not self.goals.accepted:
            return st.just(self.life([], self.goals.starts[0]))
        drawn = st.lists(st.sampled_from(self.goals.accepted).flatmap(st.sampled_from), max_size=_GOALS)

        def cut(arrows: Sequence[Attempt]) -> st.SearchStrategy[Life]:
            start, moves = self.walk(arrows)
            return st.integers(0, 2 * len(moves)).map(lambda length: self.life(moves[:length], start))

        return drawn.flatmap(cut)

    def walk(self, arrows: Sequence[Attempt]) -> tuple[int, list[tuple[Attempt, int]]]:
        """The start of a path through these transitions, and its moves with targets; skips unreachable ones."""
        start, here, moves = self.goals.starts[0], self.goals.starts, list[tuple[Attempt, int]]()
        for goal in arrows:
            path = self.goals.way(here, goal.__eq__)
            if path is None:
                continue
            number, steps = path
            start = start if moves else number
            for arrow in steps:
                number = dict(self.goals.links(number))[arrow]
                moves.append((arrow, number))
            here = [number]
        return start, moves

    def life(self, moves: Sequence[tuple[Attempt, int]], start: int) -> Life:
        """The life with these moves."""
        space = self.space
        trace = trace_of(space, start, self._moves(start, moves))
        bits = [self.goals.bits(start), *(arrow.edits for arrow, _ in moves if arrow.edits is not None)]
        return Life(trace, tuple(self.fixture.documents[each] for each in bits), self.fixture.account)

    def _moves(self, start: int, moves: Sequence[tuple[Attempt, int]]) -> Iterator[Move]:
        transitions = {each.name: each for each in self.space.lifecycle.transitions}
        before = start
        for arrow, number in moves:
            if arrow.case is None:
                yield self.space.edit(before, number)
            else:
                transition = transitions[arrow.trigger]
                by = self.space.variant.order.acting(transition.by)
                yield Move(before, arrow.trigger, by, transition.cases[arrow.case], number)
            before = number
