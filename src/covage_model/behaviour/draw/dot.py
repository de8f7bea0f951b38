"""Graphviz's language. The pictures that it makes are drawn from this text alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from covage_model.behaviour.draw import dot_labels, lines
from covage_model.behaviour.draw.graph import (
    ANYWHERE,
    START,
    Box,
    DrawnActor,
    DrawnMove,
    DrawnState,
    Edge,
    Graph,
    Key,
    Note,
    boxes,
    resting,
)
from covage_model.behaviour.draw.lines import Line
from covage_model.behaviour.draw.paint import PaintMark, joined
from covage_model.behaviour.draw.palette import DISCREET, ENDINGS, INK, PALE, SHADES, LineStyle, look

if TYPE_CHECKING:
    import graphviz

FONT = "Helvetica"  # whose widths Graphviz knows without a font; SVG names a family
_INSIDE, _ALONG, _NOTED = 40, 28, 64  # characters on a line: in states, along arrows, in notes
_MANY = 3  # arrows that say the same from which they are joined
_KEY = "paint"


def to_dot(graph: Graph) -> str:
    """
    The picture in DOT: the same text for the same graph.

    The class of each element lists the kinds of its lines (`l-title l-name`), for those who style them.
    """
    import graphviz  # lazily: who draws no picture does not pay for it

    top = graphviz.Digraph(
        name=dot_labels.literal(dot_labels.escaped(graph.name)),
        graph_attr=_page(graph),
        node_attr=_NODES,
        edge_attr=_EDGES,
    )
    top.node(START, **_START)
    for part in graph.parts:
        _add(top, part)
    top.edge(START, graph.initial)
    for number, same in enumerate(_joined(graph.edges)):
        _draw(top, graph, same, f"join_{number}")
    if graph.actors or graph.key:
        _add_legend(top, graph)
    return str(top.source)


RENDERERS = {"dot": to_dot}
_NODES = {
    "shape": "box",
    "style": "rounded,filled",
    "fillcolor": "white",
    "color": INK,
    "fontname": FONT,
    "fontsize": "12",
    "fontcolor": INK,
    "margin": "0.18,0.08",
    "height": "0.4",
}
_EDGES = {"fontname": FONT, "fontsize": "10", "color": INK, "fontcolor": INK, "arrowsize": "0.8"}
_START = {
    "label": "",
    "shape": "circle",
    "style": "filled",
    "fillcolor": INK,
    "width": "0.18",
    "height": "0.18",
    "margin": "0",
}
_LEGEND = {"shape": "box", "style": "rounded", "fontsize": "10", "margin": "0.12,0.05", "height": "0.25"}
_NOTE = {
    "shape": "note",
    "style": "filled",
    "fillcolor": PALE,
    "color": DISCREET,
    "fontsize": "10",
    "margin": "0.15,0.1",
}


def _page(graph: Graph) -> dict[str, str]:
    return {
        "label": dot_labels.label([Line("title", graph.title)], "l"),
        "class": "l-page",
        "labelloc": "t",
        "labeljust": "l",
        "fontname": FONT,
        "fontsize": "16",
        "fontcolor": INK,
        "bgcolor": "white",
        "rankdir": "TB",
        "compound": "true",
        "newrank": "true",
        "nodesep": "0.4",
        "ranksep": "0.45",
        "pad": "0.2",
    }


def _add(into: graphviz.Digraph, part: DrawnState | Box) -> None:
    if isinstance(part, DrawnState):
        into.node(part.id, **_looks(part))
        return
    said = [*lines.heading(part, _INSIDE), *lines.moves(part.moves, _INSIDE)]
    with into.subgraph(name=f"cluster_{part.id}") as box:
        box.attr(
            label=dot_labels.label(said, "l"), labeljust="l", style="rounded,filled", fillcolor=PALE, color=DISCREET
        )
        box.attr(fontname=FONT, fontsize="12", fontcolor=INK, margin="14", **dot_labels.classes(said))
        for inner in part.parts:
            _add(box, inner)


def _looks(node: DrawnState) -> dict[str, str]:
    head, inside = lines.heading(node, _INSIDE), lines.moves(node.moves, _INSIDE)
    looks = {"label": dot_labels.label(head, "n"), **dot_labels.classes([*head, *inside])}
    if node.kind == "anywhere":
        return {**looks, "style": "dashed,rounded", "color": DISCREET, "fontcolor": DISCREET}
    ending = ENDINGS.get(node.kind)
    if ending is not None:
        looks |= {"shape": ending.shape, "fillcolor": ending.fill, "color": ending.color, "peripheries": "2"}
        looks |= {"style": ",".join(filter(None, (ending.corners, "filled")))}
    if inside:
        looks |= {"shape": "Mrecord", "label": dot_labels.record(head, inside)}
    return looks | _shaded(node.mark, looks.get("style", _NODES["style"]))


def _shaded(mark: PaintMark | None, style: str) -> dict[str, str]:
    """How a state's own mark changes its look: its rim, and a fill that is blank where it was not reached."""
    if mark is None:
        return {}
    shade = SHADES[mark.level]
    looks = {"penwidth": shade.width} if shade.width else {}
    if shade.color:
        looks |= {"color": shade.color, "fontcolor": shade.color, "fillcolor": "white"}
    return looks | ({"style": f"{style},dashed"} if shade.dashed else {})


def _joined(edges: Iterable[Edge]) -> list[list[Edge]]:
    """Arrows that say the same and lead to the same place: many together, few each alone."""
    found: dict[tuple[str, tuple[DrawnMove, ...]], list[Edge]] = {}
    for edge in edges:
        found.setdefault((edge.target, edge.moves), []).append(edge)
    return [part for same in found.values() for part in ([same] if len(same) >= _MANY else [[edge] for edge in same])]


def _draw(into: graphviz.Digraph, graph: Graph, same: list[Edge], join: str) -> None:
    """One arrow; from many places these are lines that meet in a point, from where it starts."""
    target, together = same[0].target, _together(same)
    said = lines.moves(together, _ALONG)
    looks = _arrow(together)
    labelled = {
        **looks,
        "label": dot_labels.label(said, "l", gap=dot_labels.GAP),
        "fontcolor": looks["color"],
        **dot_labels.classes(said),
    }
    if len(same) == 1:
        into.edge(_tail(same[0].source, graph), target, **labelled, **_leaving(same[0].source, graph))
        return
    into.node(join, shape="point", width="0.05", color=looks["color"], fillcolor=looks["color"])
    for edge in same:
        into.edge(_tail(edge.source, graph), join, dir="none", **_strand(edge.moves), **_leaving(edge.source, graph))
    into.edge(join, target, **labelled)


def _together(same: list[Edge]) -> tuple[DrawnMove, ...]:
    """The moves of arrows that say the same, each with the marks of all."""
    return tuple(
        replace(alike[0], mark=joined([move.mark for move in alike if move.mark is not None]))
        for alike in zip(*(edge.moves for edge in same), strict=True)
    )


def _strand(moves: tuple[DrawnMove, ...]) -> dict[str, str]:
    """One of many lines that meet: what is painted on it alone stands beside it."""
    mark = joined([move.mark for move in moves if move.mark is not None])
    looks = _arrow(moves)
    if mark is None or not mark.label:
        return looks
    said = [Line("mark", mark.label, level=mark.level)]
    return {
        **looks,
        "label": dot_labels.label(said, "l", gap=dot_labels.GAP),
        "fontcolor": looks["color"],
        **dot_labels.classes(said),
    }


def _arrow(moves: tuple[DrawnMove, ...]) -> dict[str, str]:
    """The line of whoever acts, as it is painted."""
    looks = _line(look(moves[0].actor))
    mark = joined([move.mark for move in moves if move.mark is not None])
    if mark is None:
        return looks
    shade = SHADES[mark.level]
    return looks | ({"color": shade.color} if shade.color else {}) | ({"penwidth": shade.width} if shade.width else {})


def _line(mine: LineStyle) -> dict[str, str]:
    """Thick enough to be seen: dots are fainter than dashes, dashes than lines."""
    return {
        "color": mine.color,
        "style": mine.style,
        "penwidth": "2" if {"dotted", "bold"} & set(mine.style.split(",")) else "1.2",
    }


def _tail(source: str, graph: Graph) -> str:
    """The node that an arrow starts from: of a box the last, and `_leaving` cuts it where it leaves the box."""
    box = next((box for part in graph.parts for box in boxes(part) if box.id == source), None)
    return source if box is None else resting(box)[-1].id


def _leaving(source: str, graph: Graph) -> dict[str, str]:
    return {} if _tail(source, graph) == source else {"ltail": f"cluster_{source}"}


def _add_legend(into: graphviz.Digraph, graph: Graph) -> None:
    """Who acts, and how arrows are read; then the notes. Below everything that is an end, else below the last state."""
    said = [Line("name", graph.syntax)] if graph.syntax else []
    with into.subgraph(name="cluster_legend") as box:
        box.attr(
            label=dot_labels.label([Line("title", graph.legend), *said], "l"),
            labeljust="l",
            style="rounded",
            color="#bbbbbb",
        )
        box.attr(
            fontname=FONT,
            fontsize="10",
            fontcolor=DISCREET,
            margin="8",
            **dot_labels.classes([Line("title", ""), *said]),
        )
        with box.subgraph() as row:
            row.attr(rank="same")
            for actor in graph.actors:
                row.node(f"actor_{actor.rank}", **_chip(actor))
        for number, note in enumerate(graph.notes):
            box.node(f"note_{number}", **_noted(note))
        if graph.key is not None:
            box.node(_KEY, **_explained(graph.key))
    _below(into, graph)


def _chip(actor: DrawnActor) -> dict[str, str]:
    mine = look(actor)
    said = [Line("trigger", f"{mine.mark} {actor.title}", actor.rank)]
    style = {**_line(mine), "style": f"rounded,{mine.style}", "fontcolor": mine.color}
    return {**_LEGEND, **style, "label": dot_labels.label(said, "n"), **dot_labels.classes(said)}


def _noted(note: Note) -> dict[str, str]:
    said = [Line("title", note.title), *lines.moves(note.moves, _NOTED)]
    return {**_NOTE, "label": dot_labels.label(said, "l"), **dot_labels.classes(said)}


def _explained(key: Key) -> dict[str, str]:
    said = lines.key(key, _NOTED)
    return {**_NOTE, "label": dot_labels.label(said, "l"), **dot_labels.classes(said)}


def _below(into: graphviz.Digraph, graph: Graph) -> None:
    nodes = [node for part in graph.parts for node in resting(part) if node.id != ANYWHERE]
    ends = [node for node in nodes if node.kind != "state"] or nodes[-1:]
    first = [f"actor_{actor.rank}" for actor in graph.actors]
    column = [*first[:1], *(f"note_{number}" for number in range(len(graph.notes)))]
    column += [_KEY] if graph.key is not None else []
    for end in ends:
        into.edge(end.id, column[0], style="invis", weight="0")
    for above, under in pairwise(column):
        into.edge(above, under, style="invis")
