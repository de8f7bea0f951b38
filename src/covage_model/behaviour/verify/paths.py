"""Shortest runs through the table: to each configuration, or first to a source and then avoiding a set."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from covage_model.behaviour.space import reach
from covage_model.behaviour.space.reach import EditMoves, Mask
from covage_model.behaviour.space.space import Move, StateSpace


@dataclass(frozen=True, slots=True)
class TablePath:
    """A way through an explored table: it begins at the configuration `start`, an initial one."""

    start: int
    moves: tuple[Move, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The configurations on the way, first and last included."""
        return (self.start, *(move.target for move in self.moves))


@dataclass(frozen=True, slots=True)
class SearchTree:
    """A breadth-first tree: what was reached, the nearest first, with its parent; a source is its own parent."""

    space: StateSpace
    parents: dict[int, int]

    def runs(self, goals: Mask) -> Iterator[TablePath]:
        """The shortest run to each goal that was reached, the shortest first."""
        return (self.run(number) for number in self.parents if goals[number])

    def run(self, number: int) -> TablePath:
        """The shortest run to a configuration that was reached: first to the source, then on from it."""
        later = []
        while (source := self.parents[number]) != number:
            later.append(self.space.move(source, number))
            number = source
        moves = (*self.space.trace(number), *reversed(later))
        return TablePath(moves[0].source if moves else number, moves)

    def onset(self, run: TablePath) -> int:
        """After how many moves a run of this spread is at its source."""
        later, number = 0, run.numbers[-1]
        while (source := self.parents[number]) != number:
            later, number = later + 1, source
        return len(run.moves) - later


def to_each(space: StateSpace, goals: Mask) -> Iterator[TablePath]:
    """The shortest run to each goal, the shortest first: numbers are in the order of a breadth-first search."""
    for number in reach.numbers(goals):
        moves = space.trace(number)
        yield TablePath(moves[0].source if moves else number, moves)


def search_from(space: StateSpace, sources: Mask, avoiding: Mask) -> SearchTree:
    """
    Breadth-first search from several sources, each at its own distance from the start; what is avoided is not entered.

    So distances are lengths of whole runs: the shortest run to a source, then a path that avoids.
    """
    depth, parents = _depths(space), dict[int, int]()
    waiting = [number for number in reach.numbers(sources) if not avoiding[number]]  # ascending: so is their depth
    shut, edits = bytearray(avoiding), EditMoves(space)  # what was reached is shut too
    met, level = 0, 0
    here: list[int] = []
    while here or met < len(waiting):
        if not here:
            level = depth[waiting[met]]
        while met < len(waiting) and depth[waiting[met]] == level:
            if not shut[waiting[met]]:
                shut[waiting[met]] = 1
                parents[waiting[met]] = waiting[met]
                here.append(waiting[met])
            met += 1
        here, level = _next(space, here, shut, parents, edits), level + 1
    return SearchTree(space, parents)


def _next(space: StateSpace, here: list[int], shut: bytearray, parents: dict[int, int], edits: EditMoves) -> list[int]:
    """What one more move leads to. Local names: most of the time goes here."""
    offsets, targets, found = space.offsets, space.targets, list[int]()
    for source in here:
        row = targets[offsets[source] : offsets[source + 1]]
        if edits.possible:
            row.extend(edits.new(source))
        for target in row:
            if not shut[target]:
                shut[target] = 1
                parents[target] = source
                found.append(target)
    return found


def _depths(space: StateSpace) -> array[int]:
    """The length of the shortest run to each configuration."""
    depths = array("I", bytes(array("I").itemsize * len(space)))
    for number, parent in enumerate(space.parents):
        if parent != number:
            depths[number] = depths[parent] + 1
    return depths
