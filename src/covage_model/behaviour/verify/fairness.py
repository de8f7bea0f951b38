"""
Fairness: the moves that are taken again and again if they stay possible, and a run that is fair and still misses B.

A move that is not fair may be put off for ever. Where only some moves are fair, a fair run misses B for ever exactly
if it enters a set of configurations that has no B, which no fair move leaves, and in which it then stays [QS]. Fair
moves alone lead from any such set into a strongly connected one; that is the loop that is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.behaviour.space import reach
from covage_model.behaviour.space.reach import Mask, Sources
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.ground.classes import dataclass

LONGEST = 400  # fair moves of a loop that is shown


@dataclass(frozen=True, slots=True)
class FairMoves:
    """`cases` has a byte for each case, 1 for those that are fair; `edits` the same for edits, by number of state."""

    cases: bytes
    edits: bytes

    def sources(self, space: StateSpace) -> Sources:
        """`reach.sources` of the fair moves alone."""
        return reach.sources(space, self.cases)

    def backward(self, space: StateSpace, goals: Mask) -> bytearray:
        """The configurations from which fair moves lead to a goal, the goals included."""
        return reach.backward(space, goals, known=self.sources(space), editing=self.edits)


@dataclass(frozen=True, slots=True)
class Lasso:
    """Moves on to a loop, and the loop: every fair move that is possible on it. A loop without moves is a stop."""

    way: tuple[Move, ...]
    loop: tuple[Move, ...]


def fair_moves(space: StateSpace, assuming: Sequence[str]) -> FairMoves:
    """The moves of actors, triggers and outcomes; of a move that any of several may make, one of them is enough."""
    names, order = set(assuming), space.variant.order
    cases = bytes(
        not names.isdisjoint((transition.name, transition.outcome_of, *order.acting(transition.by)))
        for transition, _ in space.numbered
    )
    several = len(space.valuations) > 1
    edits = bytes(
        several and state.editable is not None and not names.isdisjoint(order.acting((state.editable,)))
        for state in space.layout.states
    )
    return FairMoves(cases, edits)


def lasso(space: StateSpace, start: int, fair: FairMoves) -> Lasso | None:
    """The nearest loop that fair moves lead to from `start`; None if it has more than LONGEST of them."""
    moves = {number: _fair(space, number, fair) for number in _reached(space, start, fair)}
    ends = _ends(moves)
    way = _way(moves, start, ends)
    loop = _round(moves, way[-1].target if way else start)
    return None if loop is None else Lasso(tuple(way), tuple(loop))


def _fair(space: StateSpace, number: int, fair: FairMoves) -> list[Move]:
    row = range(space.offsets[number], space.offsets[number + 1])
    moves = [space.stored(number, n) for n in row if fair.cases[space.cases[n]]]
    if fair.edits[space.codes[number] >> space.layout.state_shift]:
        moves += [space.edit(number, peer) for peer in space.peers(number) if peer != number]
    return moves


def _reached(space: StateSpace, start: int, fair: FairMoves) -> list[int]:
    known, found = {start}, [start]
    for number in found:  # grows as it is read
        for move in _fair(space, number, fair):
            if move.target not in known:
                known.add(move.target)
                found.append(move.target)
    return found


def _ends(moves: dict[int, list[Move]]) -> set[int]:
    """The configurations of strongly connected sets that no move leaves [Tarjan 1972, without recursion]."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    waiting: set[int] = set()
    ends: set[int] = set()
    for root in moves:
        if root in order:
            continue
        work: list[tuple[int, Iterator[Move]]] = [(root, iter(moves[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        waiting.add(root)
        while work:
            number, left = work[-1]
            move = next(left, None)
            if move is not None and move.target not in order:
                order[move.target] = low[move.target] = len(order)
                stack.append(move.target)
                waiting.add(move.target)
                work.append((move.target, iter(moves[move.target])))
            elif move is not None and move.target in waiting:
                low[number] = min(low[number], order[move.target])
            elif move is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[number])
                if low[number] == order[number]:
                    place = stack.index(number)
                    members = set(stack[place:])
                    del stack[place:]
                    waiting -= members
                    if all(each.target in members for member in members for each in moves[member]):
                        ends |= members
    return ends


def _way(moves: dict[int, list[Move]], start: int, goals: set[int]) -> list[Move]:
    """A shortest way to one of the goals, of which one can be reached."""
    before: dict[int, Move] = {}
    queue, known = [start], {start}
    for number in queue:  # grows as it is read
        if number in goals:
            way: list[Move] = []
            while number != start:
                way.append(before[number])
                number = before[number].source
            return way[::-1]
        for move in moves[number]:
            if move.target not in known:
                known.add(move.target)
                before[move.target] = move
                queue.append(move.target)
    raise ValueError(start)


def _round(moves: dict[int, list[Move]], start: int) -> list[Move] | None:
    """A closed walk from `start` that takes each move of its strongly connected set."""
    left = {number: list(moves[number]) for number in _within(moves, start)}
    if sum(map(len, left.values())) > LONGEST:
        return None
    walk: list[Move] = []
    here = start
    while any(left.values()):
        walk += _way(moves, here, {number for number, those in left.items() if those})
        here = walk[-1].target if walk else start
        walk.append(left[here].pop(0))
        here = walk[-1].target
    return walk + _way(moves, here, {start})


def _within(moves: dict[int, list[Move]], start: int) -> list[int]:
    known, found = {start}, [start]
    for number in found:  # grows as it is read
        for move in moves[number]:
            if move.target not in known:
                known.add(move.target)
                found.append(move.target)
    return found
