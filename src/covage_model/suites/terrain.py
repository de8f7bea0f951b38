"""Where runs can go, and what each step shows: the explored table, with the last arrow where pairs are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from covage_model.statespace.space import Move, StateSpace
from covage_model.suites.targets import Targets

Node = tuple[int, int]  # a configuration, and the arrow taken before; -1 where that does not matter


@dataclass(frozen=True, slots=True)
class Way:
    """One step: the node it leads to, the move (None: a run begins there), and the targets that it shows."""

    to: Node
    move: Move | None
    shows: int


@dataclass(slots=True)
class Terrain:
    """
    The steps that runs can take; `lives` tells whether a configuration may be on a run.

    A step shows what its move shows, and all that can be pulled and refused where it leads.
    """

    targets: Targets
    lives: Callable[[int], bool]
    edits: bool = True
    _ways: dict[Node, tuple[Way, ...]] = field(default_factory=dict)
    _here: dict[int, int] = field(default_factory=dict)

    @property
    def space(self) -> StateSpace:
        """The explored table."""
        return self.targets.space

    @property
    def starts(self) -> tuple[Way, ...]:
        """Where runs begin."""
        return tuple(Way((one, -1), None, self.here(one)) for one in self.space.initial if self.lives(one))

    def ways(self, node: Node) -> tuple[Way, ...]:
        """Every step on from a node, in spec order, edits last."""
        if node not in self._ways:
            moves = (move for move in self.space.moves(node[0]) if self.lives(move.target))
            self._ways[node] = tuple(self._way(node, move) for move in moves if self.edits or not move.is_edit)
        return self._ways[node]

    def here(self, number: int) -> int:
        """The targets shown by being there, and by pulling what is refused there."""
        if number not in self._here:
            mask = self.targets.state(number)
            for trigger in self.refused(number):
                mask |= self.targets.refused(number, trigger)
            self._here[number] = mask
        return self._here[number]

    def refused(self, number: int) -> tuple[str, ...]:
        """The triggers that are refused there, in spec order; none where not all moves are known."""
        if number >= self.space.expanded:
            return ()
        accepted = {move.trigger for move in self.space.moves(number) if not move.is_edit}
        return tuple(one.name for one in self.space.lifecycle.transitions if one.name not in accepted)

    def futures(self) -> dict[Node, int]:
        """For each node the targets that runs can still show from there on; not those of being there."""
        order = self._reached()
        before: dict[Node, list[Node]] = {node: [] for node in order}
        found = dict.fromkeys(order, 0)
        for node in order:
            for way in self.ways(node):
                before[way.to].append(node)
        pending = dict.fromkeys(reversed(order))
        while pending:
            node = next(iter(pending))
            del pending[node]
            mask = found[node]
            for way in self.ways(node):
                mask |= way.shows | found[way.to]
            if mask != found[node]:
                found[node] = mask
                pending.update(dict.fromkeys(before[node]))
        return found

    def _reached(self) -> list[Node]:
        order = dict.fromkeys(way.to for way in self.starts)
        pending = list(order)
        for node in pending:  # grows as it is read
            for way in self.ways(node):
                if way.to not in order:
                    order[way.to] = None
                    pending.append(way.to)
        return list(order)

    def _way(self, node: Node, move: Move) -> Way:
        source, before = node
        if move.case is None:
            return Way((move.target, before), move, self.here(move.target))
        arrow = self.targets.arrow_of(move.case, self.space.state(source))
        shows = self.targets.taken(arrow, before) | self.targets.pulled(source, move.trigger)
        after = arrow if self.targets.cover == "pairs" else -1
        return Way((move.target, after), move, shows | self.here(move.target))
