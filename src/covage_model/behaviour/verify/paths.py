"""Shortest runs through the table: to each configuration, or to a source and on while avoiding a set."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from covage_model.behaviour.space import reach
from covage_model.behaviour.space.reach import EditMoves, Mask
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class TablePath:
    """A run through an explored table from the initial configuration `start`."""

    start: int
    moves: tuple[Move, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The configurations of the run, the first and the last included."""
        return (self.start, *(move.target for move in self.moves))


@dataclass(frozen=True, slots=True)
class SearchTree:
    """A breadth-first tree. `parents` has each reached configuration, nearest first; a source is its own parent."""

    space: StateSpace
    parents: dict[int, int]

    def runs(self, goals: Mask) -> Iterator[TablePath]:
        """The shortest run to each goal that was reached, the shortest first."""
        return (self.run(number) for number in self.parents if goals[number])

    def run(self, number: int) -> TablePath:
        """The shortest run to a reached configuration: from an initial one to the source, then on from it."""
        later = []
        while (source := self.parents[number]) != number:
            later.append(self.space.move(source, number))
            number = source
        moves = (*self.space.trace(number), *reversed(later))
        return TablePath(moves[0].source if moves else number, moves)

    def onset(self, run: TablePath) -> int:
        """The number of moves after which a run of this tree is at its source."""
        later, number = 0, run.numbers[-1]
        while (source := self.parents[number]) != number:
            later, number = later + 1, source
        return len(run.moves) - later


def to_each(space: StateSpace, goals: Mask) -> Iterator[TablePath]:
    """The shortest run to each goal, the shortest first."""
    for number in reach.numbers(goals):
        moves = space.trace(number)
        yield TablePath(moves[0].source if moves else number, moves)


def search_from(space: StateSpace, sources: Mask, avoiding: Mask) -> SearchTree:
    """
    Breadth-first search from several sources that never enters `avoiding`.

    A source counts with its distance from the start, so that distances are lengths of whole runs.
    """
    depth, parents = _depths(space), dict[int, int]()
    queue = [
        number for number in reach.numbers(sources) if not avoiding[number]
    ]  # numbers, and so depths, are ascending
    closed, edits = bytearray(avoiding), EditMoves(space)  # 1 for what is avoided or was reached
    added, level = 0, 0
    level_members: list[int] = []
    while level_members or added < len(queue):
        if not level_members:
            level = depth[queue[added]]
        while added < len(queue) and depth[queue[added]] == level:
            if not closed[queue[added]]:
                closed[queue[added]] = 1
                parents[queue[added]] = queue[added]
                level_members.append(queue[added])
            added += 1
        level_members, level = _next(space, level_members, closed, parents, edits), level + 1
    return SearchTree(space, parents)


def _next(
    space: StateSpace, level_members: list[int], closed: bytearray, parents: dict[int, int], edits: EditMoves
) -> list[int]:
    """The next level of the search. Local names, because most of the time goes here."""
    offsets, targets, reached = space.offsets, space.targets, list[int]()
    for source in level_members:
        row = targets[offsets[source] : offsets[source + 1]]
        if edits.possible:
            row.extend(edits.new(source))
        for target in row:
            if not closed[target]:
                closed[target] = 1
                parents[target] = source
                reached.append(target)
    return reached


def _depths(space: StateSpace) -> array[int]:
    """The length of the shortest run to each configuration."""
    depths = array("I", bytes(array("I").itemsize * len(space)))
    for number, parent in enumerate(space.parents):
        if parent != number:
            depths[number] = depths[parent] + 1
    return depths
