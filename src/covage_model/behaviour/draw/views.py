"""
What of a diagram is shown: some states collapsed, one state and its neighbours, or less text.

Each view makes a graph of a graph, so that every format has it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from covage_model.behaviour.draw.citing import together as cited_together
from covage_model.behaviour.draw.graph import (
    ANYWHERE,
    Box,
    DrawnActor,
    DrawnCitation,
    DrawnMove,
    DrawnState,
    Edge,
    Graph,
    Note,
    below,
    boxes,
    on_moves,
    places,
    resting,
)
from covage_model.behaviour.draw.legend import with_legend
from covage_model.behaviour.draw.marks import joined
from covage_model.behaviour.draw.texts import text
from covage_model.behaviour.draw.view import DiagramView, NoSuchState
from covage_model.ground.nearest import nearest


def seen(graph: Graph, view: DiagramView) -> Graph:
    """The graph as a view shows it. Raises NoSuchState."""
    shown = replace(graph, direction=view.direction)
    for name in view.collapse:
        shown = _collapsed(shown, name)
    if view.focus is not None:
        shown = _focused(shown, view.focus)
    if view.overview:
        shown = _bare(shown)
    elif view.without:
        shown = _without(shown, view.without)
    return with_legend(shown)


def _collapsed(graph: Graph, name: str) -> Graph:
    """The graph with a state with steps as one node: what happens within it is left out, and is counted as steps."""
    known = [place for place in places(graph) if isinstance(place, Box)]
    box = next((each for each in known if each.name == name), None)
    if box is None:
        raise NoSuchState(_unknown(f"no state with steps is called {name!r}", name, known))
    inside = {place.id for place in below(box)}
    steps = sum(node.kind != "history" for node in resting(box))
    whole = DrawnState(
        box.id,
        box.name,
        box.title,
        outcome=f"{steps} {text('steps', graph.language)}",
        moves=box.moves,
        mark=box.mark or joined([node.mark for node in resting(box) if node.mark is not None]),
        cited=box.cited,
    )
    return replace(
        graph,
        initial=box.id if graph.initial in inside else graph.initial,
        parts=tuple(_replaced(graph.parts, box, whole)),
        edges=_merged(_redirected(graph.edges, inside, box.id)),
        notes=_notes(
            graph.notes, {node.name for part in graph.parts for node in resting(part) if node.id not in inside}
        ),
    )


def _replaced(parts: Iterable[DrawnState | Box], old: Box, new: DrawnState) -> Iterator[DrawnState | Box]:
    for part in parts:
        if part is old:
            yield new
        elif isinstance(part, Box):
            yield replace(part, parts=tuple(_replaced(part.parts, old, new)))
        else:
            yield part


def _redirected(edges: Iterable[Edge], inside: Collection[str], to: str) -> Iterator[Edge]:
    """Arrows that lead into or out of a collapsed state; those within it are left out."""
    for edge in edges:
        if not (edge.source in inside and edge.target in inside):
            source = to if edge.source in inside else edge.source
            yield Edge(source, to if edge.target in inside else edge.target, edge.moves)


def _merged(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """One arrow for all moves of an actor between two places; equal moves are one."""
    groups: dict[tuple[str, str, DrawnActor | None], list[DrawnMove]] = {}
    for edge in edges:
        actor = edge.moves[0].actor if edge.moves else None
        groups.setdefault((edge.source, edge.target, actor), []).extend(edge.moves)
    return tuple(Edge(source, target, _once(moves)) for (source, target, _), moves in groups.items())


def _once(moves: Iterable[DrawnMove]) -> tuple[DrawnMove, ...]:
    """Equal moves as one, with the keys, marks and citations of all."""
    equal: dict[DrawnMove, list[DrawnMove]] = {}
    for move in moves:
        equal.setdefault(move, []).append(move)
    return tuple(
        replace(
            same[0],
            keys=tuple(key for move in same for key in move.keys),
            mark=joined([move.mark for move in same if move.mark is not None]),
            cited=cited_together(move.cited for move in same),
        )
        for same in equal.values()
    )


def _notes(notes: Iterable[Note], states: Collection[str]) -> tuple[Note, ...]:
    """The notes without moves that start in none of these states."""
    kept = (Note(note.title, tuple(_starting_in(note.moves, states))) for note in notes)
    return tuple(note for note in kept if note.moves)


def _starting_in(moves: Iterable[DrawnMove], states: Collection[str]) -> Iterator[DrawnMove]:
    return (move for move in moves if any(key.source in states for key in move.keys))


def _focused(graph: Graph, name: str) -> Graph:
    """The graph of a state, its steps and the states around it, and of the arrows that end or start there."""
    known = [place for place in places(graph) if place.name]
    place = next((each for each in known if each.name == name), None)
    if place is None:
        raise NoSuchState(_unknown(f"no state is called {name!r}", name, known))
    own = {each.id for each in below(place)}
    around = {box.id for part in graph.parts for box in boxes(part) if place in below(box)}
    starts = own | around | ({ANYWHERE} if any(node.kind == "state" for node in resting(place)) else set())
    edges = tuple(edge for edge in graph.edges if edge.source in starts or edge.target in own)
    near = own | around | {end for edge in edges for end in (edge.source, edge.target)}
    return replace(
        graph,
        initial=graph.initial if graph.initial in own else "",
        parts=tuple(_near(graph.parts, near, own)),
        edges=edges,
        notes=_notes(graph.notes, {node.name for node in resting(place)}),
    )


def _near(parts: Iterable[DrawnState | Box], near: Collection[str], own: Collection[str]) -> Iterator[DrawnState | Box]:
    """The parts that are near, each with those inside it; what happens within a neighbour is left out."""
    for part in parts:
        if isinstance(part, Box):
            inner = tuple(_near(part.parts, near, own))
            if inner:
                yield replace(part, parts=inner, moves=part.moves if part.id in own else ())
            elif part.id in near:  # an arrow starts at it, whichever its step
                yield DrawnState(part.id, part.name, part.title, mark=part.mark, cited=part.cited)
        elif part.id in near:
            yield part if part.id in own else replace(part, moves=())


def _bare(graph: Graph) -> Graph:
    """The graph of states and arrows alone: one arrow between two places, whoever acts."""
    between: dict[tuple[str, str], list[DrawnMove]] = {}
    for edge in graph.edges:
        between.setdefault((edge.source, edge.target), []).extend(edge.moves)
    shown = on_moves(graph, lambda move: replace(move, cited=DrawnCitation()))
    return replace(
        shown,
        parts=tuple(map(_bare_part, graph.parts)),
        edges=tuple(Edge(source, target, _bare_moves(moves)) for (source, target), moves in between.items()),
        notes=(),
    )


def _bare_moves(moves: Iterable[DrawnMove]) -> tuple[DrawnMove, ...]:
    """What is painted on all these moves, without their names; nothing where nothing is painted."""
    mark = joined([move.mark for move in moves if move.mark is not None])
    return () if mark is None else (DrawnMove("", "", None, mark=mark),)


def _bare_part(part: DrawnState | Box) -> DrawnState | Box:
    bare = replace(part, moves=(), cited=replace(part.cited, sources=()))
    return bare if isinstance(bare, DrawnState) else replace(bare, parts=tuple(map(_bare_part, bare.parts)))


def _without(graph: Graph, left_out: Collection[str]) -> Graph:
    """The graph without some of PARTS."""

    def less(move: DrawnMove) -> DrawnMove:
        return replace(
            move,
            guard=() if "guards" in left_out else move.guard,
            effects=() if "effects" in left_out else move.effects,
            emits=() if "events" in left_out else move.emits,
            cited=replace(move.cited, sources=()) if "sources" in left_out else move.cited,
        )

    def part(old: DrawnState | Box) -> DrawnState | Box:
        new = replace(old, cited=replace(old.cited, sources=())) if "sources" in left_out else old
        new = replace(new, moves=tuple(move for move in new.moves if move.actor is not None or _says(move)))
        return new if isinstance(new, DrawnState) else replace(new, parts=tuple(map(part, new.parts)))

    shown = on_moves(graph, less)
    anywhere = text("anywhere", graph.language)  # such a note alone says what may happen anywhere
    notes = (note for note in shown.notes if note.title == anywhere or any(map(_says, note.moves)))
    return replace(shown, parts=tuple(map(part, shown.parts)), notes=tuple(notes))


def _says(move: DrawnMove) -> bool:
    return bool(move.guard or move.effects or move.emits)


def _unknown(problem: str, name: str, places: Iterable[DrawnState | Box]) -> str:
    hint = nearest(name, [place.name for place in places])
    return f"{problem}; {hint}" if hint else problem
