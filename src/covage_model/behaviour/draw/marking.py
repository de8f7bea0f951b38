"""Adds marks to the graph of a diagram without changing its layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from covage_model.behaviour.draw.graph import (
    ANYWHERE,
    Box,
    DrawnMove,
    DrawnState,
    Edge,
    Graph,
    Key,
    Note,
    boxes,
    resting,
)
from covage_model.behaviour.draw.marks import Paint
from covage_model.behaviour.draw.texts import clean


def painted(graph: Graph, paint: Paint, ids: Mapping[str, str]) -> Graph:
    """The graph with the marks of `paint` on its states and moves; `ids` has the ids of states by name."""
    names = {drawn: name for name, drawn in ids.items()}
    return replace(
        graph,
        parts=tuple(_part(part, paint, names) for part in graph.parts),
        edges=tuple(Edge(edge.source, edge.target, _moves(edge.moves, paint)) for edge in graph.edges),
        notes=tuple(Note(note.title, _moves(note.moves, paint)) for note in graph.notes),
        key=Key(clean(paint.title), tuple((mark, clean(meaning)) for mark, meaning in paint.legend), paint.scale),
    )


def unmarked(graph: Graph) -> Graph:
    """The graph without marks: as it is drawn where nothing is painted."""
    ids = {node.id: node.id for part in graph.parts for node in resting(part)}
    ids |= {box.id: box.id for part in graph.parts for box in boxes(part)}
    return replace(painted(graph, Paint(""), ids), key=None)


def _part(part: DrawnState | Box, paint: Paint, names: Mapping[str, str]) -> DrawnState | Box:
    if part.id == ANYWHERE or (isinstance(part, DrawnState) and part.kind == "history"):
        return part
    moves = _moves(part.moves, paint)
    if isinstance(part, DrawnState):
        return replace(part, moves=moves, mark=paint.state(names[part.id]))
    inner = tuple(_part(each, paint, names) for each in part.parts)
    return replace(part, parts=inner, moves=moves, mark=paint.states.get(names[part.id]))


def _moves(moves: tuple[DrawnMove, ...], paint: Paint) -> tuple[DrawnMove, ...]:
    return tuple(move if move.actor is None else replace(move, mark=paint.move(move.keys)) for move in moves)
