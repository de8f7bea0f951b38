"""The graph in which walks are searched: the explored table with the coverage targets of each step."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field

from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.classes import dataclass
from covage_model.quality.suites.targets import Targets

Node = tuple[int, int]  # a configuration, and the arrow taken before; -1 if pairs are not covered
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
    The graph of the steps that walks can take, without configurations with a `shut` valuation.

    A step meets the targets of its move and of every trigger that is refused where it leads.
    Configurations connected by edits are one unit, named by the first. The same targets can still be met from
    all configurations of a unit, and from all units of a strongly connected component: they are stored once.
    """

    targets: Targets
    shut: frozenset[int] = frozenset()
    unit: array[int] = field(init=False)
    _live: bytes = field(init=False)
    _members: dict[int, tuple[int, ...]] = field(default_factory=dict)  # of units with several members
    _group: array[int] = field(init=False)  # the component of each unit; 0 if it is not reachable
    _ahead: list[int] = field(default_factory=lambda: [0])  # for each component: the targets that can still be met
    _next: dict[int, int] = field(default_factory=dict)  # for each unit: the local numbers of the arrows out of it

    def __post_init__(self) -> None:
        """Visits every reachable unit once."""
        space = self.space
        atoms = space.layout.atoms_mask
        self._live = bytes(code & atoms not in self.shut for code in space.codes)
        self.unit = array("I", range(len(space)))
        self._join()
        self._group = array("I", bytes(4 * len(space)))
        for units in components(len(space), (self.unit[start] for start in self._starts()), self._after):
            self._close(units)

    @property
    def space(self) -> StateSpace:
        """The explored table."""
        return self.targets.space

    @property
    def everything(self) -> int:
        """The targets that some run meets, as a mask."""
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
            yield from (TerrainStep((start, -1), targets.here[start], START) for start in self._starts())
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
        return (start for start in self.space.initial if self._live[start])

    def _join(self) -> None:
        """Joins configurations that are connected by edits into units."""
        space = self.space
        if len(space.valuations) < 2:
            return
        editable = {number for number, state in enumerate(space.layout.states) if state.editable}
        seen = bytearray(len(space))
        for number, state in enumerate(self.targets.states):
            if state in editable and self._live[number] and not seen[number]:
                members = tuple(member for member in space.peers(number) if self._live[member])
                for member in members:
                    seen[member], self.unit[member] = 1, members[0]
                if len(members) > 1:
                    self._members[members[0]] = members

    def _after(self, unit: int) -> Iterator[int]:
        return (self.unit[self.space.targets[n]] for member in self.members(unit) for n in self.moves(member))

    def _close(self, units: list[int]) -> None:
        """Computes the future targets of one component; those of its successors are known."""
        targets, group, mask = self.targets, len(self._ahead), 0
        for unit in units:
            self._group[unit] = group
            if targets.pairs:
                moves = (n for member in self.members(unit) for n in self.moves(member))
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
    The strongly connected components that the roots reach among the numbers below `count`, successors first.

    Gabow, *Path-based depth-first search for strong and biconnected components* (IPL 74, 2000).
    """
    order, closed, met = array("I", bytes(4 * count)), bytearray(count), 0
    path: list[int] = []  # nodes that are met and not closed
    bounds: list[int] = []  # the first node on the path of each possible component
    for root in roots:
        pending = [] if order[root] else [(root, after(root))]
        while pending:
            number, successors = pending[-1]
            if not order[number]:
                met += 1
                order[number] = met
                path.append(number)
                bounds.append(number)
            for successor in successors:
                if not order[successor]:
                    pending.append((successor, after(successor)))
                    break
                while not closed[successor] and order[bounds[-1]] > order[successor]:
                    bounds.pop()
            else:
                pending.pop()
                if bounds[-1] == number:
                    bounds.pop()
                    component = []
                    while not closed[number]:
                        component.append(path.pop())
                        closed[component[-1]] = 1
                    yield component[::-1]
