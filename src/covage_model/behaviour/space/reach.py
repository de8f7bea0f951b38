"""
Searches in an explored table: backward reachability, forward reachability, and shortest paths.

A set of configurations is a mask, as `StateSpace.where` returns it: a byte for each configuration, 1
for those in the set. Edits lead from each configuration to all its peers; a search expands
a set of peers once, so that its time is linear in configurations and stored moves.

In an incomplete table only the known moves are followed.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import compress

from covage_model.behaviour.space.space import Move, StateSpace

Mask = bytes | bytearray


def numbers(mask: Mask) -> Iterator[int]:
    """The configurations of a mask, ascending."""
    return compress(range(len(mask)), mask)


def mask(space: StateSpace, members: Iterable[int]) -> bytearray:
    """The mask of these configurations."""
    marked = bytearray(len(space))
    for number in members:
        marked[number] = 1
    return marked


Sources = tuple["array[int]", "array[int]"]


def backward(
    space: StateSpace,
    goals: Mask,
    *,
    edits: Collection[int] | None = None,
    known: Sources | None = None,
    editing: Mask | None = None,
) -> bytearray:
    """
    The configurations from which moves and edits lead to a goal, the goals included.

    With `edits`, only edits to these valuations are followed, with `editing` only those in states of which it has a 1.
    `known` is `sources(space)`, if it was computed before.
    """
    starts, sources_of = known or sources(space)
    edited = EditMoves(space, edits)
    if editing is not None:
        edited.editable = [*map(bool, editing)]
    reached = bytearray(goals)
    pending = array("I", numbers(goals))
    while pending:
        number = pending.pop()
        previous = sources_of[starts[number] : starts[number + 1]]
        previous.extend(edited.new(number))
        for source in previous:
            if not reached[source]:
                reached[source] = 1
                pending.append(source)
    return reached


def forward(space: StateSpace, starts: Iterable[int], *, avoiding: Mask | None = None) -> bytearray:
    """The configurations that moves and edits reach from the starts, these included, without entering `avoiding`."""
    reached, _ = _spread(space, starts, avoiding)
    return mask(space, reached)


def shortest(
    space: StateSpace, starts: Iterable[int], goals: Mask, *, avoiding: Mask | None = None
) -> tuple[Move, ...] | None:
    """
    A shortest path from a start to a goal without entering `avoiding`: the first in start order, then in spec order.

    Empty if a start is a goal; None if there is no path.
    """
    reached, parents = _spread(space, starts, avoiding, goals)
    if not reached or not goals[reached[-1]]:
        return None
    number, moves = reached[-1], []
    while (source := parents[number]) != number:
        moves.append(space.move(source, number))
        number = source
    return tuple(reversed(moves))


def onward(space: StateSpace) -> Callable[[int], array[int]]:
    """
    A function for one search: the successors of a configuration, by triggers in spec order, then by edits.

    It returns the successors by edit only for the first configuration of each set of peers.
    """
    offsets, targets, edits = space.offsets, space.targets, EditMoves(space)

    def successors(number: int) -> array[int]:
        targets_of_moves = targets[offsets[number] : offsets[number + 1]]
        targets_of_moves.extend(edits.new(number))
        return targets_of_moves

    return successors


def _spread(
    space: StateSpace, starts: Iterable[int], avoiding: Mask | None, goals: Mask | None = None
) -> tuple[array[int], array[int]]:
    """Breadth-first search up to the first goal: what is reached, nearest first, and parents (a start is its own)."""
    known = bytearray(map(bool, avoiding)) if avoiding is not None else bytearray(len(space))
    reached, parents = array("I"), array("I", bytes(array("I").itemsize * len(space)))
    for start in starts:
        if not known[start]:
            known[start], parents[start] = 1, start
            reached.append(start)
            if goals is not None and goals[start]:
                return reached, parents
    successors = onward(space)
    for number in reached:  # grows as it is read
        for target in successors(number):
            if not known[target]:
                known[target], parents[target] = 1, number
                reached.append(target)
                if goals is not None and goals[target]:
                    return reached, parents
    return reached, parents


def sources(space: StateSpace, cases: Mask | None = None) -> Sources:
    """
    `starts` and `sources`: the moves to configuration `i` come from `sources[starts[i]:starts[i + 1]]`.

    With `cases`, only moves by cases with a 1 there count.
    """
    if cases is not None:
        return _sources_by(space, cases)
    starts = array(space.offsets.typecode, bytes(space.offsets.itemsize * (len(space) + 1)))
    for target in space.targets:
        starts[target + 1] += 1
    for number in range(len(space)):
        starts[number + 1] += starts[number]
    filled = starts[:]
    sources_of = array(space.targets.typecode, bytes(space.targets.itemsize * len(space.targets)))
    for source in range(len(space)):
        for target in space.targets[space.offsets[source] : space.offsets[source + 1]]:
            sources_of[filled[target]] = source
            filled[target] += 1
    return starts, sources_of


def _sources_by(space: StateSpace, cases: Mask) -> Sources:
    """As `sources`, for some cases only."""
    previous: list[list[int]] = [[] for _ in range(len(space))]
    for source in range(len(space)):
        for n in range(space.offsets[source], space.offsets[source + 1]):
            if cases[space.cases[n]]:
                previous[space.targets[n]].append(source)
    starts = array(space.offsets.typecode, [0])
    sources_of = array(space.targets.typecode)
    for found in previous:
        sources_of.extend(found)
        starts.append(len(sources_of))
    return starts, sources_of


class EditMoves:
    """Successors by edit, returned once for each set of peers: at the first of them with one of `valuations`."""

    def __init__(self, space: StateSpace, valuations: Collection[int] | None = None) -> None:
        several = len(space.valuations) > 1
        self.space = space
        self.editable = [several and state.editable is not None for state in space.layout.states]
        self.possible = any(self.editable)
        self.valuations = valuations
        self.done = bytearray(len(space))

    def new(self, number: int) -> tuple[int, ...]:
        """The peers of an editable configuration; nothing if they were returned before."""
        space = self.space
        if self.done[number] or not self.editable[space.codes[number] >> space.layout.state_shift]:
            return ()
        if self.valuations is not None and space.codes[number] & space.layout.atoms_mask not in self.valuations:
            return ()
        peers = space.peers(number)
        for peer in peers:
            self.done[peer] = 1
        return peers
