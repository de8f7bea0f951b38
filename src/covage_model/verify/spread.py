"""Runs that begin with any run to a source and then keep away from something: the shortest to each configuration."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from covage_model.statespace import reach
from covage_model.statespace.reach import Mask
from covage_model.statespace.space import Move, StateSpace


@dataclass(frozen=True, slots=True)
class Run:
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

    def runs(self, goals: Mask) -> Iterator[Run]:
        """The shortest run to each goal that was reached, the shortest first."""
        return (self.run(number) for number in self.parents if goals[number])

    def run(self, number: int) -> Run:
        """The shortest run to a configuration that was reached: first to the source, then on from it."""
        later = []
        while (source := self.parents[number]) != number:
            later.append(self.space.move(source, number))
            number = source
        moves = (*self.space.trace(number), *reversed(later))
        return Run(moves[0].source if moves else number, moves)

    def onset(self, run: Run) -> int:
        """After how many moves a run of this spread is at its source."""
        later, number = 0, run.numbers[-1]
        while (source := self.parents[number]) != number:
            later, number = later + 1, source
        return len(run.moves) - later


def to_each(space: StateSpace, goals: Mask) -> Iterator[Run]:
    """The shortest run to each goal, the shortest first: numbers are in the order of a breadth-first search."""
    for number in reach.numbers(goals):
        moves = space.trace(number)
        yield Run(moves[0].source if moves else number, moves)


def spread(space: StateSpace, sources: Mask, avoiding: Mask) -> Spread:
    """
    Breadth first from the sources, each as far from the beginning as it is; what is avoided is never entered.

    So lengths are those of whole runs: any run to a source, then one that avoids.
    """
    depth, parents = _depths(space), dict[int, int]()
    waiting = [number for number in reach.numbers(sources) if not avoiding[number]]  # ascending: so is their depth
    met, level, edited = 0, 0, set[int]()
    here: list[int] = []
    while here or met < len(waiting):
        if not here:
            level = depth[waiting[met]]
        while met < len(waiting) and depth[waiting[met]] == level:
            if waiting[met] not in parents:
                parents[waiting[met]] = waiting[met]
                here.append(waiting[met])
            met += 1
        there: list[int] = []
        for source in here:
            for target in _targets(space, source, edited):
                if target not in parents and not avoiding[target]:
                    parents[target] = source
                    there.append(target)
        here, level = there, level + 1
    return Spread(space, parents)


def _targets(space: StateSpace, source: int, edited: set[int]) -> list[int]:
    """What moves lead to; of configurations that edits lead between, the first alone leads to the others."""
    found = list(space.targets[space.offsets[source] : space.offsets[source + 1]])
    rest = space.codes[source] >> len(space.atoms)
    if len(space.valuations) > 1 and rest not in edited and space.editor(source) is not None:
        edited.add(rest)
        found.extend(space.peers(source))
    return found


def _depths(space: StateSpace) -> array[int]:
    """The length of the shortest run to each configuration."""
    depths = array("I", bytes(array("I").itemsize * len(space)))
    for number, parent in enumerate(space.parents):
        if parent != number:
            depths[number] = depths[parent] + 1
    return depths
