"""Decides at which place each move is drawn: a state, a box, or the one node that stands for all states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from covage_model.behaviour.draw.graph import ANYWHERE, Box, DrawnActor, DrawnMove, DrawnState, Edge, Note
from covage_model.behaviour.draw.names import DiagramNames
from covage_model.behaviour.draw.texts import clean, text
from covage_model.ground.classes import dataclass
from covage_model.pack.model.lifecycle import Lifecycle, State

_MANY = 4  # states from which "any state" is drawn instead of each of them


@dataclass(slots=True)
class Placement:
    """
    Moves by the place that shows them, added one by one in spec order.

    `states` are the drawn resting states, `ids` the ids of all states by name.
    """

    lifecycle: Lifecycle
    states: tuple[State, ...]
    ids: dict[str, str]
    inside: dict[str, list[DrawnMove]] = field(default_factory=dict)
    between: dict[tuple[str, str, DrawnActor | None], list[DrawnMove]] = field(default_factory=dict)
    _open: frozenset[str] = frozenset()  # the drawn states that are not final
    _below: dict[str, set[str]] = field(default_factory=dict)  # drawn resting states in a state, itself included
    _children: dict[str | None, list[State]] = field(default_factory=dict)
    _order: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Indexes the states: their nesting and their order."""
        self._open = frozenset(state.name for state in self.states if state.final is None)
        for number, state in enumerate(self.lifecycle.states):
            self._order[state.name] = number
            self._children.setdefault(state.parent, []).append(state)
        for state in self.states:
            for name in _with_ancestors(state.name):
                self._below.setdefault(name, set()).add(state.name)

    def add(self, place: str, target: str | None, move: DrawnMove) -> None:
        """Draws `move` at `place`; a `target` of None means that the order stays there."""
        if target is None:
            self.inside.setdefault(place, []).append(move)
        else:
            self.between.setdefault((place, target, move.actor), []).append(move)

    def places(self, sources: Iterable[str], target: str | None) -> dict[str, set[str]]:
        """
        The fewest places that stand for the states `sources`, with the states that each stands for.

        In this order of preference: ANYWHERE, boxes that do not hold the target, states.
        """
        left = set(sources)
        if len(left) >= _MANY and left == self._open:
            return {ANYWHERE: left}
        candidates = {name for source in left for name in _with_ancestors(source)}
        places = {}
        for name in sorted(candidates, key=lambda name: self._order[name]):  # a parent comes before its steps
            below = self._below[name]
            whole = len(below) > 1 or name in below
            if whole and below <= left and (target == name or target not in below):
                places[name] = below
                left -= below
        return places

    def take_notes(self, language: str) -> tuple[Note, ...]:
        """Moves moves with details that are in several places into notes; the places keep only their names."""
        by_trigger: dict[str, dict[str, tuple[DrawnMove, ...]]] = {}
        for place, moves in self.inside.items():
            for move in moves:
                places = by_trigger.setdefault(move.trigger, {})
                places[place] = (*places.get(place, ()), move)
        anywhere = tuple(self.inside.pop(ANYWHERE, ()))
        shared: list[DrawnMove] = []
        shortened = set()
        for trigger, places in by_trigger.items():
            different = set(places.values())
            if len(different) == 1 and len(places) > 1 and any(map(_has_details, *different)):
                shared.extend(_once(move for moves in places.values() for move in moves))
                shortened.add(trigger)
        for place, moves in self.inside.items():
            self.inside[place] = _once(_without_details(move) if move.trigger in shortened else move for move in moves)
        notes = (Note(text("anywhere", language), anywhere), Note(text("shared", language), tuple(shared)))
        return tuple(note for note in notes if note.moves)

    def edges(self) -> tuple[Edge, ...]:
        """One edge for all moves of an actor between two places."""
        return tuple(
            Edge(self.ids.get(source, source), self.ids[target], tuple(moves))
            for (source, target, _), moves in self.between.items()
        )

    def parts(self, names: DiagramNames) -> tuple[DrawnState | Box, ...]:
        """Nodes and boxes in spec order, first the node ANYWHERE if an edge starts there."""
        wanted = any(source == ANYWHERE for source, _, _ in self.between)
        anywhere = DrawnState(ANYWHERE, "", text("anywhere", names.language), kind="anywhere")
        return (*([anywhere] if wanted else []), *self._parts(names, None))

    def _parts(self, names: DiagramNames, parent: str | None) -> Iterator[DrawnState | Box]:
        for state in self._children.get(parent, ()):
            if state.name in self._below:
                moves = (*names.actions(state), *self.inside.get(state.name, ()))
                drawn = self.ids[state.name], clean(state.name), names.state(state)
                if state.steps:
                    yield Box(*drawn, (*self._history(state), *self._parts(names, state.name)), moves)
                else:
                    kind, outcome = names.end(state)
                    yield DrawnState(*drawn, kind, outcome, moves)

    def _history(self, state: State) -> Iterator[DrawnState]:
        """The node in a box that leads back to the step that was left last, if an arrow ends there."""
        name = history_of_state(state.name)
        if any(target == name for _, target, _ in self.between):
            yield DrawnState(self.ids[name], "", "H*", kind="history")


def history_of_state(name: str) -> str:
    """The name of the node in a box that leads back to the step that was left last."""
    return f"{name}.H*"  # no state can have this name


def _with_ancestors(name: str) -> Sequence[str]:
    """`a`, `a.b`, `a.b.c` for the state `a.b.c`."""
    steps = name.split(".")
    return [".".join(steps[:depth]) for depth in range(1, len(steps) + 1)]


def _once(moves: Iterable[DrawnMove]) -> list[DrawnMove]:
    """Equal moves as one, with the keys of all."""
    equal: dict[DrawnMove, list[DrawnMove]] = {}
    for move in moves:
        equal.setdefault(move, []).append(move)
    return [
        same[0] if len(same) == 1 else replace(same[0], keys=tuple(key for move in same for key in move.keys))
        for same in equal.values()
    ]


def _has_details(move: DrawnMove) -> bool:
    return bool(move.guard or move.effects or move.emits)


def _without_details(move: DrawnMove) -> DrawnMove:
    return replace(move, guard=(), effects=(), emits=())
