"""The graph in which walks are searched: the explored table, each step with the coverage targets that it meets."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from covage_model.behaviour.space.space import StateSpace
from covage_model.quality.suites.targets import Targets

Node = tuple[int, int]  # a configuration, and the arrow taken before; -1 where that does not matter
START, EDIT = -2, -1


@dataclass(frozen=True, slots=True)
class TerrainStep:
    """
    One step of a walk: the node it leads to, and the targets that it meets (a bit mask).

    `move` is the number of a stored move of the table, EDIT, or START where a run begins at the node.
    """

    to: Node
    shows: int
    move: int


@dataclass(slots=True)
class Terrain:
    """
    The graph of the steps that walks can take, without those under a `shut` valuation.

    A step meets the targets of its move, and of every trigger that can be tried and refused where it leads.
    Configurations that edits lead between are one unit, named by the first. The same targets can still be met from
    all configurations of a unit, and from all units of a strongly connected component: they are stored once.
    """

    targets: Targets
    shut: frozenset[int] = frozenset()
    unit: array[int] = field(init=False)
    _live: bytes = field(init=False)
    _members: dict[int, tuple[int, ...]] = field(default_factory=dict)  # of the units of several
    _group: array[int] = field(init=False)  # of each unit; 0: no run comes there
    _ahead: list[int] = field(default_factory=lambda: [0])  # of each group: all that can still be shown
    _next: dict[int, int] = field(default_factory=dict)  # of each unit: the local numbers of the arrows out of it

    def __post_init__(self) -> None:
        """Visits everything reachable once."""
        space = self.space
        atoms = space.layout.atoms_mask
        self._live = bytes(code & atoms not in self.shut for code in space.codes)
        self.unit = array("I", range(len(space)))
        self._join()
        self._group = array("I", bytes(4 * len(space)))
        for units in components(len(space), (self.unit[one] for one in self._starts()), self._after):
            self._close(units)

    @property
    def space(self) -> StateSpace:
        """The explored table."""
        return self.targets.space

    @property
    def everything(self) -> int:
        """The targets that some run meets."""
        mask = 0
        for step in self.steps(None):
            mask |= step.shows | self.future(step.to)
        return mask

    @property
    def reached(self) -> Iterator[int]:
        """The reachable configurations, ascending."""
        return (number for number in range(len(self.space)) if self._live[number] and self._group[self.unit[number]])

    def steps(self, node: Node | None) -> Iterator[TerrainStep]:
        """Every step from a node, in spec order, edits last; from None, the steps to the initial configurations."""
        targets = self.targets
        if node is None:
            yield from (TerrainStep((one, -1), targets.here[one], START) for one in self._starts())
            return
        number, before = node
        for n in self.moves(number):
            arrow, shows = targets.arrow[n], targets.shown[n]
            if targets.pairs:
                shows |= 1 << targets.bases[before] + targets.local[arrow] if before >= 0 else 0
                yield TerrainStep((self.space.targets[n], arrow), shows, n)
            else:
                yield TerrainStep((self.space.targets[n], -1), shows, n)
        for other in self.members(self.unit[number]):
            if other != number:
                yield TerrainStep((other, before), targets.here[other], EDIT)

    def moves(self, number: int) -> Iterator[int]:
        """The numbers of the stored moves from a configuration."""
        space = self.space
        row = range(space.offsets[number], space.offsets[number + 1])
        return (n for n in row if self._live[space.targets[n]])

    def members(self, unit: int) -> tuple[int, ...]:
        """The configurations of a unit."""
        return self._members.get(unit, (unit,))

    def future(self, node: Node) -> int:
        """The targets that can still be met after a node; not those met by being in it."""
        number, before = node
        unit = self.unit[number]
        ahead = self._ahead[self._group[unit]]
        return ahead if before < 0 else ahead | self._next[unit] << self.targets.bases[before]

    def _starts(self) -> Iterator[int]:
        return (one for one in self.space.initial if self._live[one])

    def _join(self) -> None:
        """Joins configurations that edits lead between into units."""
        space = self.space
        if len(space.valuations) < 2:
            return
        editable = {number for number, state in enumerate(space.layout.states) if state.editable}
        seen = bytearray(len(space))
        for number, state in enumerate(self.targets.states):
            if state in editable and self._live[number] and not seen[number]:
                found = tuple(one for one in space.peers(number) if self._live[one])
                for one in found:
                    seen[one], self.unit[one] = 1, found[0]
                if len(found) > 1:
                    self._members[found[0]] = found

    def _after(self, unit: int) -> Iterator[int]:
        return (self.unit[self.space.targets[n]] for one in self.members(unit) for n in self.moves(one))

    def _close(self, units: list[int]) -> None:
        """Computes the future targets of units that lead to each other; those of their successors are known."""
        targets, group, mask = self.targets, len(self._ahead), 0
        for unit in units:
            self._group[unit] = group
            if targets.pairs:
                moves = (n for one in self.members(unit) for n in self.moves(one))
                self._next[unit] = sum({1 << targets.local[targets.arrow[n]] for n in moves})
        self._ahead.append(0)
        for unit in units:
            members = self.members(unit)
            for number in members:
                mask |= targets.here[number] if len(members) > 1 else 0
                for n in self.moves(number):
                    to = self.space.targets[n], targets.arrow[n] if targets.pairs else -1
                    mask |= targets.shown[n] | self.future(to)
        self._ahead[group] = mask


def components(count: int, roots: Iterable[int], after: Callable[[int], Iterator[int]]) -> Iterator[list[int]]:
    """
    What leads to each other, of numbers below `count` that the roots lead to; first those that lead to no others.

    Gabow, *Path-based depth-first search for strong and biconnected components* (IPL 74, 2000).
    """
    order, closed, met = array("I", bytes(4 * count)), bytearray(count), 0
    path: list[int] = []  # what is met and not closed
    bounds: list[int] = []  # of it the first of each that may be a component
    for root in roots:
        pending = [] if order[root] else [(root, after(root))]
        while pending:
            number, ways = pending[-1]
            if not order[number]:
                met += 1
                order[number] = met
                path.append(number)
                bounds.append(number)
            for way in ways:
                if not order[way]:
                    pending.append((way, after(way)))
                    break
                while not closed[way] and order[bounds[-1]] > order[way]:
                    bounds.pop()
            else:
                pending.pop()
                if bounds[-1] == number:
                    bounds.pop()
                    found = []
                    while not closed[number]:
                        found.append(path.pop())
                        closed[found[-1]] = 1
                    yield found[::-1]
