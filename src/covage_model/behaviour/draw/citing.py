"""Adds to a diagram what its states and moves rest on: sources that they cite, and a mark where they are assumed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from covage_model.behaviour.draw.graph import ANYWHERE, Box, DrawnCitation, DrawnMove, DrawnState, Graph, Note
from covage_model.behaviour.draw.marks import MoveKey
from covage_model.behaviour.draw.texts import clean
from covage_model.ground.diagnostics import Origin, Standing
from covage_model.pack.model.lifecycle import Lifecycle


def cited(graph: Graph, lifecycle: Lifecycle, ids: Mapping[str, str]) -> Graph:
    """
    The graph with a citation for each state and move; `ids` has the ids of states by name.

    What stands for several moves is marked if one of them is assumed. A note is marked only if all are: the states
    that it stands for say each for itself.
    """
    names = {drawn: name for name, drawn in ids.items()}
    noted = frozenset(move.trigger for note in graph.notes for move in note.moves)

    def moves(drawn: Iterable[DrawnMove], *, inside: bool = False) -> tuple[DrawnMove, ...]:
        return tuple(_move(move, lifecycle, short=inside and move.trigger in noted) for move in drawn)

    def part(old: DrawnState | Box) -> DrawnState | Box:
        new = replace(old, moves=moves(old.moves, inside=True))
        if isinstance(new, Box):
            new = replace(new, parts=tuple(map(part, new.parts)))
        elif new.id == ANYWHERE or new.kind == "history":
            return new
        return replace(new, cited=citation([lifecycle.state(names[new.id]).origin]))

    return replace(
        graph,
        parts=tuple(map(part, graph.parts)),
        edges=tuple(replace(edge, moves=moves(edge.moves)) for edge in graph.edges),
        notes=tuple(_note(note, lifecycle) for note in graph.notes),
    )


def _move(move: DrawnMove, lifecycle: Lifecycle, *, short: bool) -> DrawnMove:
    if move.actor is None:
        return move  # what entering and leaving does has its own
    own = citation(_origin(key, lifecycle) for key in move.keys)
    is_edit = all(key.case is None for key in move.keys)  # its state says the same
    return replace(move, cited=replace(own, sources=()) if short or is_edit else own)


def _note(note: Note, lifecycle: Lifecycle) -> Note:
    told = []
    for move in note.moves:
        origins = [_origin(key, lifecycle) for key in move.keys]
        everywhere = all(origin.standing is Standing.ASSUMED for origin in origins)
        told.append(replace(move, cited=DrawnCitation(citation(origins).sources, everywhere)))
    return replace(note, moves=tuple(told))


def _origin(key: MoveKey, lifecycle: Lifecycle) -> Origin:
    if key.case is None:
        return lifecycle.state(key.source).origin
    return lifecycle.transition(key.trigger).cases[key.case].origin


def citation(origins: Iterable[Origin]) -> DrawnCitation:
    """The sources of all, each once, and whether one of them is assumed."""
    known = list(origins)
    sources = dict.fromkeys(clean(source) for origin in known for source in origin.source)
    return DrawnCitation(tuple(sources), any(origin.standing is Standing.ASSUMED for origin in known))


def together(citations: Iterable[DrawnCitation]) -> DrawnCitation:
    """One citation for all."""
    known = list(citations)
    sources = dict.fromkeys(source for each in known for source in each.sources)
    return DrawnCitation(tuple(sources), any(each.is_assumed for each in known))
