"""The explored table of an order and variant as a diagram: a node for each configuration. For small tables alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from covage_model.behaviour.draw.extract import diagram_names
from covage_model.behaviour.draw.graph import DrawnMove, DrawnState, Edge, Graph
from covage_model.behaviour.draw.legend import with_legend
from covage_model.behaviour.draw.names import DiagramNames
from covage_model.behaviour.draw.texts import clean
from covage_model.behaviour.draw.view import TooLarge
from covage_model.behaviour.space.memory import carried
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.ground import json_value
from covage_model.pack.conditions import words
from covage_model.pack.model.conditions import Atom, Not
from covage_model.pack.model.text import say

MOST = 60  # configurations that one picture can show
MOST_MOVES = 240


def explored(
    space: StateSpace, *, language: str, actors: Mapping[str, str], events: Mapping[str, str] | None = None
) -> Graph:
    """
    The graph of the table: configurations by number, with the variables and conditions that differ between them.

    Raises TooLarge beyond MOST configurations or MOST_MOVES moves, and for a table that is not complete.
    """
    name, size, moves = space.variant.name, len(space), space.count_moves
    if not space.complete:
        raise TooLarge(f"the explored table of {name} is not finished: a picture shows at most {MOST} configurations")
    if size > MOST or moves > MOST_MOVES:
        raise TooLarge(
            f"the explored table of {name} has {size} configurations and {moves} moves; "
            f"a picture shows at most {MOST} and {MOST_MOVES}"
        )
    names = diagram_names(space.lifecycle, language, actors, events, space)
    between: dict[tuple[int, int], list[DrawnMove]] = {}
    for number in range(len(space)):
        for move in space.moves(number):
            between.setdefault((number, move.target), []).append(_drawn(move, space, names))
    edges = [(source, target, moves) for (source, target), moves in between.items() if source != target]
    return with_legend(
        Graph(
            name=clean(space.lifecycle.name),
            title=clean(names.whole()),
            language=language,
            initial=_id(space.initial[0]),
            parts=tuple(_nodes(space, names, between)),
            edges=tuple(each for source, target, moves in edges for each in _by_actor(source, target, moves)),
        )
    )


def _id(number: int) -> str:
    return f"c_{number}"


def _by_actor(source: int, target: int, moves: list[DrawnMove]) -> Iterator[Edge]:
    for actor in dict.fromkeys(move.actor for move in moves):
        yield Edge(_id(source), _id(target), tuple(move for move in moves if move.actor == actor))


def _drawn(move: Move, space: StateSpace, names: DiagramNames) -> DrawnMove:
    if move.case is None:
        return names.edit(move.actors[0]) if move.actors else DrawnMove("", move.trigger, None)
    transition = space.lifecycle.transition(move.trigger)
    return replace(names.move(transition, move.case), emits=names.emitted(space.passage(move).emits))


def _nodes(
    space: StateSpace, names: DiagramNames, between: Mapping[tuple[int, int], list[DrawnMove]]
) -> Iterator[DrawnState]:
    differing = _differing(space)
    for number in range(len(space)):
        here = space.configuration(number)
        state = space.lifecycle.state(here.state)
        kind, outcome = names.end(state)
        values = [(name, value) for name, value in here.variables if name in differing]
        facts = [f"{_called(space, name, names)} = {names.value(name, value)}" for name, value in values]
        facts += [_atom(atom, names, holds=holds) for at, (atom, holds) in enumerate(here.atoms) if at in differing]
        stays = between.get((number, number), ())
        yield DrawnState(
            _id(number),
            "",
            f"{number + 1}. {names.state(state)}",
            kind,
            outcome,
            tuple(replace(move, guard=(), effects=()) for move in stays),
            facts=tuple(map(clean, facts)),
        )


def _differing(space: StateSpace) -> set[str | int]:
    """The variables, by name, and the atoms, by position, that are not the same in all configurations."""
    all_of_them = [space.configuration(number) for number in range(len(space))]
    first = all_of_them[0]
    found: set[str | int] = set()
    for other in all_of_them[1:]:
        pairs = zip(first.variables, other.variables, strict=True)
        found |= {name for (name, value), (_, new) in pairs if not json_value.equal(value, new)}
        found |= {
            at for at, ((_, old), (_, new)) in enumerate(zip(first.atoms, other.atoms, strict=True)) if old != new
        }
    return found


def _called(space: StateSpace, name: str, names: DiagramNames) -> str:
    variable = next(each for each in carried(space.lifecycle) if each.name == name)
    return say(variable.title, names.language, otherwise=name)


def _atom(atom: Atom, names: DiagramNames, *, holds: bool) -> str:
    return words.describe(atom if holds else Not(atom), names.language, names.label)
