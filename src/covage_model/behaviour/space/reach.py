"""
Walks over an explored table: from where something can be reached, what is reached, and the shortest way.

Sets of configurations are masks, as `StateSpace.where` gives them: a byte for each configuration, 1
for those in the set. Edits lead from each of a configuration's peers to each other; a walk looks at
such peers once for all of them, so that its time is linear in configurations and stored moves.

Of a table that is not complete the moves that are known are walked, and no others.
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


def mask(space: StateSpace, found: Iterable[int]) -> bytearray:
    """The mask of these configurations."""
    marked = bytearray(len(space))
    for number in found:
        marked[number] = 1
    return marked


Sources = tuple["array[int]", "array[int]"]


def backward(
    space: StateSpace, goals: Mask, *, edits: Collection[int] | None = None, known: Sources | None = None
) -> bytearray:
    """
    Where moves, edits included, lead to a goal; the goals too. With `edits`, only those to these valuations do.

    `known` are the `sources` of the table, for those who ask more than once.
    """
    starts, before_each = known or sources(space)
    edited = EditMoves(space, edits)
    found = bytearray(goals)
    pending = array("I", numbers(goals))
    while pending:
        number = pending.pop()
        before = before_each[starts[number] : starts[number + 1]]
        before.extend(edited.new(number))
        for source in before:
            if not found[source]:
                found[source] = 1
                pending.append(source)
    return found


def forward(space: StateSpace, starts: Iterable[int], *, avoiding: Mask | None = None) -> bytearray:
    """What moves, edits included, lead to from the starts; these too. What is avoided is as if it were not there."""
    reached, _ = _spread(space, starts, avoiding)
    return mask(space, reached)


def shortest(
    space: StateSpace, starts: Iterable[int], goals: Mask, *, avoiding: Mask | None = None
) -> tuple[Move, ...] | None:
    """
    A shortest way from a start to a goal, of these the first in the order of starts and of the spec.

    Empty where a start is a goal; None where there is no way. What is avoided is as if it were not there.
    """
    reached, parents = _spread(space, starts, avoiding, goals)
    if not reached or not goals[reached[-1]]:
        return None
    number, found = reached[-1], []
    while (source := parents[number]) != number:
        found.append(space.move(source, number))
        number = source
    return tuple(reversed(found))


def onward(space: StateSpace) -> Callable[[int], array[int]]:
    """
    A function for one walk: what moves lead to from a configuration, by triggers in spec order, then by edits.

    Of configurations that edits lead between, the first that it is asked of tells where edits lead, for all.
    """
    offsets, targets, edits = space.offsets, space.targets, EditMoves(space)

    def ways(number: int) -> array[int]:
        found = targets[offsets[number] : offsets[number + 1]]
        found.extend(edits.new(number))
        return found

    return ways


def _spread(
    space: StateSpace, starts: Iterable[int], avoiding: Mask | None, goals: Mask | None = None
) -> tuple[array[int], array[int]]:
    """What is reached, the nearest first, up to the first goal; and from where each was, a start from itself."""
    known = bytearray(map(bool, avoiding)) if avoiding is not None else bytearray(len(space))
    reached, parents = array("I"), array("I", bytes(array("I").itemsize * len(space)))
    for start in starts:
        if not known[start]:
            known[start], parents[start] = 1, start
            reached.append(start)
            if goals is not None and goals[start]:
                return reached, parents
    ways = onward(space)
    for number in reached:  # grows as it is read
        for target in ways(number):
            if not known[target]:
                known[target], parents[target] = 1, number
                reached.append(target)
                if goals is not None and goals[target]:
                    return reached, parents
    return reached, parents


def sources(space: StateSpace) -> Sources:
    """`starts` and `found`: the sources of the moves to configuration `i` are `found[starts[i]:starts[i + 1]]`."""
    starts = array(space.offsets.typecode, bytes(space.offsets.itemsize * (len(space) + 1)))
    for target in space.targets:
        starts[target + 1] += 1
    for number in range(len(space)):
        starts[number + 1] += starts[number]
    filled = starts[:]
    found = array(space.targets.typecode, bytes(space.targets.itemsize * len(space.targets)))
    for source in range(len(space)):
        for target in space.targets[space.offsets[source] : space.offsets[source + 1]]:
            found[filled[target]] = source
            filled[target] += 1
    return starts, found


class EditMoves:
    """Successors by edit, once for each set of peers: at the first of them that has one of `valuations`."""

    def __init__(self, space: StateSpace, valuations: Collection[int] | None = None) -> None:
        several = len(space.valuations) > 1
        self.space = space
        self.editable = [several and state.editable is not None for state in space.layout.states]
        self.possible = any(self.editable)
        self.valuations = valuations
        self.told = bytearray(len(space))

    def new(self, number: int) -> tuple[int, ...]:
        """The peers of a configuration where it can be edited; none where this was told of one of them."""
        space = self.space
        if self.told[number] or not self.editable[space.codes[number] >> space.layout.state_shift]:
            return ()
        if self.valuations is not None and space.codes[number] & space.layout.atoms_mask not in self.valuations:
            return ()
        peers = space.peers(number)
        for peer in peers:
            self.told[peer] = 1
        return peers
