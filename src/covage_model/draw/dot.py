"""Graphviz's language. The pictures that it makes are drawn from this text alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from covage_model.draw import lines
from covage_model.draw.graph import ANYWHERE, START, Actor, Box, Edge, Graph, Move, Node, Note, boxes, resting
from covage_model.draw.lines import Line
from covage_model.draw.palette import DISCREET, ENDINGS, INK, PALE, Look, look

if TYPE_CHECKING:
    import graphviz

FONT = "Helvetica"  # whose widths Graphviz knows without a font; SVG names a family
_INSIDE, _ALONG, _NOTED = 40, 28, 64  # characters on a line: in states, along arrows, in notes
_MANY = 3  # arrows that say the same from which they are joined
_SPACE = "\u00a0"  # Graphviz drops plain spaces at the start of a line in records
_GAP = 2 * _SPACE
_BOLD = ("title", "trigger")
_OUTER = ("name", "outcome")


def to_dot(graph: Graph) -> str:
    """
    The picture in DOT: the same text for the same graph.

    The class of each element lists the kinds of its lines (`l-title l-name`), for those who style them.
    """
    import graphviz  # lazily: who draws no picture does not pay for it

    top = graphviz.Digraph(
        name=_literal(_escaped(graph.name)), graph_attr=_page(graph), node_attr=_NODES, edge_attr=_EDGES
    )
    top.node(START, **_START)
    for part in graph.parts:
        _add(top, part)
    top.edge(START, graph.initial)
    for number, (edge, sources) in enumerate(_joined(graph.edges)):
        _draw(top, graph, edge, sources, f"join_{number}")
    if graph.actors:
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
        "label": _label([Line("title", graph.title)], "l"),
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


def _add(into: graphviz.Digraph, part: Node | Box) -> None:
    if isinstance(part, Node):
        into.node(part.id, **_looks(part))
        return
    said = [*lines.heading(part, _INSIDE), *lines.moves(part.moves, _INSIDE)]
    with into.subgraph(name=f"cluster_{part.id}") as box:
        box.attr(label=_label(said, "l"), labeljust="l", style="rounded,filled", fillcolor=PALE, color=DISCREET)
        box.attr(fontname=FONT, fontsize="12", fontcolor=INK, margin="14", **_classes(said))
        for inner in part.parts:
            _add(box, inner)


def _looks(node: Node) -> dict[str, str]:
    head, inside = lines.heading(node, _INSIDE), lines.moves(node.moves, _INSIDE)
    looks = {"label": _label(head, "n"), **_classes([*head, *inside])}
    if node.kind == "anywhere":
        return {**looks, "style": "dashed,rounded", "color": DISCREET, "fontcolor": DISCREET}
    ending = ENDINGS.get(node.kind)
    if ending is not None:
        looks |= {"shape": ending.shape, "fillcolor": ending.fill, "color": ending.color, "peripheries": "2"}
        looks |= {"style": ",".join(filter(None, (ending.corners, "filled")))}
    if inside:
        looks |= {"shape": "Mrecord", "label": _record(head, inside)}
    return looks


def _joined(edges: Iterable[Edge]) -> list[tuple[Edge, list[str]]]:
    """Arrows that say the same and lead to the same place, with all places that they come from."""
    found: dict[tuple[str, tuple[Move, ...]], tuple[Edge, list[str]]] = {}
    for edge in edges:
        found.setdefault((edge.target, edge.moves), (edge, []))[1].append(edge.source)
    return [
        part
        for edge, sources in found.values()
        for part in ([(edge, sources)] if len(sources) >= _MANY else _apart(edge, sources))
    ]


def _apart(edge: Edge, sources: list[str]) -> list[tuple[Edge, list[str]]]:
    return [(edge, [source]) for source in sources]


def _draw(into: graphviz.Digraph, graph: Graph, edge: Edge, sources: list[str], join: str) -> None:
    """One arrow; from many places these are lines that meet in a point, from where it starts."""
    said = lines.moves(edge.moves, _ALONG)
    mine = look(edge.moves[0].actor)
    looks = _line(mine)
    labelled = {**looks, "label": _label(said, "l", gap=_GAP), "fontcolor": mine.color, **_classes(said)}
    if len(sources) == 1:
        into.edge(_tail(sources[0], graph), edge.target, **labelled, **_leaving(sources[0], graph))
        return
    into.node(join, shape="point", width="0.05", color=mine.color, fillcolor=mine.color)
    for source in sources:
        into.edge(_tail(source, graph), join, dir="none", **looks, **_leaving(source, graph))
    into.edge(join, edge.target, **labelled)


def _line(mine: Look) -> dict[str, str]:
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
            label=_label([Line("title", graph.legend), *said], "l"), labeljust="l", style="rounded", color="#bbbbbb"
        )
        box.attr(fontname=FONT, fontsize="10", fontcolor=DISCREET, margin="8", **_classes([Line("title", ""), *said]))
        with box.subgraph() as row:
            row.attr(rank="same")
            for actor in graph.actors:
                row.node(f"actor_{actor.rank}", **_chip(actor))
        for number, note in enumerate(graph.notes):
            box.node(f"note_{number}", **_noted(note))
    _below(into, graph)


def _chip(actor: Actor) -> dict[str, str]:
    mine = look(actor)
    said = [Line("trigger", f"{mine.mark} {actor.title}", actor.rank)]
    style = {**_line(mine), "style": f"rounded,{mine.style}", "fontcolor": mine.color}
    return {**_LEGEND, **style, "label": _label(said, "n"), **_classes(said)}


def _noted(note: Note) -> dict[str, str]:
    said = [Line("title", note.title), *lines.moves(note.moves, _NOTED)]
    return {**_NOTE, "label": _label(said, "l"), **_classes(said)}


def _below(into: graphviz.Digraph, graph: Graph) -> None:
    nodes = [node for part in graph.parts for node in resting(part) if node.id != ANYWHERE]
    ends = [node for node in nodes if node.kind != "state"] or nodes[-1:]
    first = [f"actor_{actor.rank}" for actor in graph.actors]
    for end in ends:
        into.edge(end.id, first[0], style="invis", weight="0")
    column = [*first[:1], *(f"note_{number}" for number in range(len(graph.notes)))]
    for above, under in pairwise(column):
        into.edge(above, under, style="invis")


def _classes(said: Iterable[Line]) -> dict[str, str]:
    """Graphviz hands the class of an element on: the kinds of its lines, in order."""
    return {"class": " ".join(f"l-{line.kind}" + ("" if line.rank is None else f"-{line.rank}") for line in said)}


def _label(said: Sequence[Line], align: str, *, gap: str = "") -> str:
    return _literal("".join(f"{gap}{_escaped(_spaced(line, align))}\\{align}" for line in said))


def _record(head: Sequence[Line], inside: Sequence[Line]) -> str:
    parts = (_in_record(head, "n"), _in_record(inside, "l"))
    return _literal(f"{{{'|'.join(parts)}}}")


def _in_record(said: Sequence[Line], align: str) -> str:
    special = re.compile(r"([{}|<>])")
    return "".join(special.sub(r"\\\1", _escaped(_spaced(line, align))) + f"\\{align}" for line in said)


def _spaced(line: Line, align: str) -> str:
    """The line with room for what Graphviz does not know: that it will be bold, or set in from the left."""
    if line.kind in _BOLD:
        room = _SPACE * (1 + len(line.text) // 12)
        return f"{room if align == 'n' else ''}{line.text}{room}"
    return line.text if line.kind in _OUTER or align == "n" else _GAP + line.text


def _escaped(text: str) -> str:
    """The text as Graphviz shows it and nothing else: no escapes, no entities."""
    return text.replace("&", "&amp;").replace("\\", "\\\\")


def _literal(text: str) -> str:
    """The text as a string of DOT, even where it looks like a piece of HTML."""
    import graphviz

    literal: str = graphviz.nohtml(text)
    return literal
