"""Runs of a table with a mark that says what they have passed: all of them, the shortest to each place and mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from covage_model.behaviour.space.reach import Mask
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.behaviour.verify.moved import JudgedCondition
from covage_model.behaviour.verify.paths import TablePath
from covage_model.ground.classes import dataclass

MarkedPlace = tuple[int, int]  # a configuration and the mark of a run there
Follow = Callable[[int, Mask, Mask, int], int | None]  # mark, where the two conditions hold, the configuration


@dataclass(frozen=True, slots=True)
class MarkedRuns:
    """
    A breadth-first tree. `parents` has each place that was reached, nearest first, with the place before it and the
    stored move from there (None for an edit); None for a start.
    """

    space: StateSpace
    parents: dict[MarkedPlace, tuple[MarkedPlace, int | None] | None]

    def having(self, test: Callable[[int, int], bool]) -> Iterator[MarkedPlace]:
        """The places that pass the test, nearest first."""
        return (place for place in self.parents if test(*place))

    def run(self, place: MarkedPlace) -> TablePath:
        """The shortest run to a place."""
        moves: list[Move] = []
        while (parent := self.parents[place]) is not None:
            (source, _), n = parent
            moves.append(self.space.edit(source, place[0]) if n is None else self.space.stored(source, n))
            place = parent[0]
        return TablePath(place[0], tuple(reversed(moves)))

    def marks(self, place: MarkedPlace) -> list[int]:
        """The marks of that run, at its start and after each of its moves."""
        marks = [place[1]]
        while (parent := self.parents[place]) is not None:
            place = parent[0]
            marks.append(place[1])
        return marks[::-1]


def marked_runs(space: StateSpace, judged: tuple[JudgedCondition, JudgedCondition], follow: Follow) -> MarkedRuns:
    """
    Every run, with the mark that `follow` gives it at the start (from the mark 0) and after each move.

    `follow` gets the mark so far, where each of the conditions holds after the move, and the configuration it leads
    to; with None the run is not followed. Two runs at one configuration with one mark are followed once.
    """
    first, second = judged
    parents: dict[MarkedPlace, tuple[MarkedPlace, int | None] | None] = {}
    for number in space.initial:
        mark = follow(0, first.unmoved, second.unmoved, number)
        if mark is not None:
            parents[number, mark] = None
    queue, edits = list(parents), _Edits(space)
    for place in queue:  # grows as it is read
        source, before = place
        steps: list[tuple[int | None, Mask, Mask, int]] = [
            (n, first.after(source, n), second.after(source, n), space.targets[n])
            for n in range(space.offsets[source], space.offsets[source + 1])
        ]
        steps += [(None, first.edited, second.edited, target) for target in edits.new(source, before)]
        for n, one, other, target in steps:
            mark = follow(before, one, other, target)
            if mark is not None and (target, mark) not in parents:
                parents[target, mark] = place, n
                queue.append((target, mark))
    return MarkedRuns(space, parents)


class _Edits:
    """Where edits lead, once for each set of peers and mark: from its first member to the others, then to the first."""

    def __init__(self, space: StateSpace) -> None:
        self.space = space
        self.first: dict[tuple[int, int], int | None] = {}

    def new(self, source: int, mark: int) -> tuple[int, ...]:
        space = self.space
        if len(space.valuations) < 2 or space.editor(source) is None:
            return ()
        key = space.codes[source] & ~space.layout.edits_mask, mark
        if key not in self.first:
            self.first[key] = source
            return tuple(peer for peer in space.peers(source) if peer != source)
        first, self.first[key] = self.first[key], None
        return () if first is None else (first,)
