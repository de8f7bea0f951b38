"""Runs that begin with any run to a source and then keep away from something: the shortest to each configuration."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from covage_model.behaviour.space import reach
from covage_model.behaviour.space.reach import Mask
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
class Spread:
    """What was reached, the nearest first, and from where each was: a source from itself."""

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


def spread(space: StateSpace, sources: Mask, avoiding: Mask) -> Spread:
    """
    Breadth first from the sources, each as far from the beginning as it is; what is avoided is never entered.

    So lengths are those of whole runs: any run to a source, then one that avoids.
    """
    depth, parents = _depths(space), dict[int, int]()
    waiting = [number for number in reach.numbers(sources) if not avoiding[number]]  # ascending: so is their depth
    shut, edits = bytearray(avoiding), _EditSuccessors(space)  # what was reached is shut too
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
    return Spread(space, parents)


def _next(
    space: StateSpace, here: list[int], shut: bytearray, parents: dict[int, int], edits: _EditSuccessors
) -> list[int]:
    """What one more move leads to. Local names: most of the time goes here."""
    offsets, targets, found = space.offsets, space.targets, list[int]()
    for source in here:
        row = targets[offsets[source] : offsets[source + 1]]
        if edits.possible:
            row.extend(edits.of(source))
        for target in row:
            if not shut[target]:
                shut[target] = 1
                parents[target] = source
                found.append(target)
    return found


@dataclass(slots=True)
class _EditSuccessors:
    """Where edits lead: of configurations that they lead between, the first that is met alone leads to the others."""

    space: StateSpace
    possible: bool = field(init=False)
    met: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.possible = len(self.space.valuations) > 1

    def of(self, source: int) -> tuple[int, ...]:
        rest = self.space.codes[source] & ~self.space.layout.edits_mask
        if rest in self.met or self.space.editor(source) is None:
            return ()
        self.met.add(rest)
        return self.space.peers(source)


def _depths(space: StateSpace) -> array[int]:
    """The length of the shortest run to each configuration."""
    depths = array("I", bytes(array("I").itemsize * len(space)))
    for number, parent in enumerate(space.parents):
        if parent != number:
            depths[number] = depths[parent] + 1
    return depths
