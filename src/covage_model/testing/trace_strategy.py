"""Lives of orders as a Hypothesis strategy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
from covage_model.testing.pretty import Pretty

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack

_GOALS = 6


@dataclass(frozen=True, slots=True, repr=False)
class Life(Pretty):
    """
    A trace, and what it lives on: the document at the start and after each edit, and the account, None without one.

    `steps` are its moves as a system takes them.
    """

    trace: Trace
    documents: tuple[Any, ...]
    account: Any

    @property
    def steps(self) -> tuple[tuple[str, str, Any], ...]:
        """For each move the trigger, the actor, and the new document where that is changed, else None."""
        edits = iter(self.documents[1:])
        return tuple((one.trigger, one.actor or "", next(edits) if one.is_edit else None) for one in self.trace.moves)

    def parts(self) -> Mapping[str, Any]:
        """The state at the start, the first document, the steps with what is changed, and the account."""
        parts = {"start": self.trace.start.state, "document": self.documents[0], "steps": self.steps}
        return parts | {"account": self.account}


def traces(pack: Pack, order: str, variant: str | None = None, *, limit: int | None = None) -> st.SearchStrategy[Life]:
    """
    Lives of an order of that name: what can happen, each move accepted by the spec, edits of a draft included.

    A life goes from one arrow of the explored table to another by the shortest ways, so that deep states
    come up too; it shrinks toward few moves. At most `limit` configurations are looked at. Raises
    KeyError for a name that is none or that of several variants, `NoOrder` where no document was found that
    such an order can live on.
    """
    chosen = pack.variant(order if variant is None else f"{order}/{variant}")
    space = pack.table(chosen.name, TableUse.RUNS, limit=limit)
    lives = [_Lives(space, one) for one in fixtures_for(pack.judge, space)]
    return st.sampled_from(lives).flatmap(_Lives.strategy)


@dataclass(slots=True, repr=False)
class _Lives:
    """What lives on one fixture are drawn from."""

    space: StateSpace
    fixture: Fixture
    goals: Goals = field(init=False)

    def __post_init__(self) -> None:
        self.goals = Goals(self.space, frozenset(self.fixture.documents))

    def strategy(self) -> st.SearchStrategy[Life]:
        """Where to go, one arrow after another, and after how many moves to stop."""
        if not self.goals.accepted:
            return st.just(self.life([], self.goals.starts[0]))
        drawn = st.lists(st.sampled_from(self.goals.accepted).flatmap(st.sampled_from), max_size=_GOALS)

        def cut(arrows: Sequence[Attempt]) -> st.SearchStrategy[Life]:
            start, moves = self.walk(arrows)
            return st.integers(0, 2 * len(moves)).map(lambda length: self.life(moves[:length], start))

        return drawn.flatmap(cut)

    def walk(self, arrows: Sequence[Attempt]) -> tuple[int, list[tuple[Attempt, int]]]:
        """Where the way to all these arrows begins, and its moves with where they lead; what has no way is left out."""
        start, here, moves = self.goals.starts[0], self.goals.starts, list[tuple[Attempt, int]]()
        for goal in arrows:
            found = self.goals.way(here, goal.__eq__)
            if found is None:
                continue
            number, way = found
            start = start if moves else number
            for arrow in way:
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
        transitions = {one.name: one for one in self.space.lifecycle.transitions}
        before = start
        for arrow, number in moves:
            if arrow.case is None:
                yield self.space.edit(before, number)
            else:
                transition = transitions[arrow.trigger]
                by = self.space.variant.order.written_by or transition.by
                yield Move(before, arrow.trigger, by, transition.cases[arrow.case], number)
            before = number
