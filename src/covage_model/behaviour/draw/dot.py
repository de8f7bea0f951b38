"""
Draws a diagram in DOT, the language of Graphviz. SVG, PNG and PDF are made from this text.

Graphviz takes more than quadratic time for long arrows, so a diagram with many arrows is drawn as a
tree: the first arrow to a state leads to it, every other one to a small copy of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from covage_model.behaviour.draw import dot_labels, lines
from covage_model.behaviour.draw.citing import together
from covage_model.behaviour.draw.dot_legend import add_legend
from covage_model.behaviour.draw.dot_looks import BOX, EDGES, NODES, PAGE, START_NODE, arrow, ending, node_mark
from covage_model.behaviour.draw.graph import START, Box, DrawnMove, DrawnState, Edge, Graph, boxes, resting
from covage_model.behaviour.draw.lines import Line
from covage_model.behaviour.draw.marks import joined
from covage_model.behaviour.draw.palette import DISCREET
from covage_model.ground.classes import dataclass

if TYPE_CHECKING:
    import graphviz

INSIDE, ALONG = 40, 28  # columns of a line: in states, along arrows
ARROW = "arrow_"  # before the number of an arrow, in its id
_MANY = 3  # arrows with the same text and target that are joined
_CROWDED = 100  # with more arrows the diagram is drawn as a tree


def to_dot(graph: Graph, *, named: bool = False) -> str:
    """
    The diagram in DOT. Equal graphs give equal text.

    The class of each element lists the kinds of its lines (`l-title l-name`), for styling. With `named`, each of the
    `arrows` has its number as its id.
    """
    import graphviz  # imported late: most commands draw nothing

    top = graphviz.Digraph(
        name=dot_labels.literal(dot_labels.escaped(graph.name)),
        graph_attr={
            **PAGE,
            "rankdir": graph.direction,
            **dot_labels.label([Line("title", graph.title)], "l", 16),
            "class": "l-page",
        },
        node_attr=NODES,
        edge_attr=EDGES,
    )
    if graph.initial:
        top.node(START, **START_NODE)
    for part in graph.parts:
        _add(top, part)
    if graph.initial:
        top.edge(START, graph.initial)
    places = _Places.of(graph)
    for number, same in enumerate(_arrows(graph, places)):
        _draw(top, places, same, number, {"id": f"{ARROW}{number}"} if named else {})
    if graph.actors or graph.key or graph.assumed:
        add_legend(top, graph, crowded=len(graph.edges) > _CROWDED)
    return str(top.source)


def drawn_moves(graph: Graph) -> list[tuple[DrawnMove, ...]]:
    """The moves of each arrow, by its number."""
    return [_together(drawn.edges) for drawn in _arrows(graph, _Places.of(graph))]


def _arrows(graph: Graph, places: _Places) -> Iterable[_Arrow]:
    return _tree(graph, places) if len(graph.edges) > _CROWDED else _joined(graph.edges)


RENDERERS = {"dot": to_dot}


def _add(into: graphviz.Digraph, part: DrawnState | Box) -> None:
    if isinstance(part, DrawnState):
        into.node(part.id, **_looks(part))
        return
    inside = [*lines.heading(part, INSIDE), *lines.moves(part.moves, INSIDE)]
    with into.subgraph(name=f"cluster_{part.id}") as box:
        box.attr(**BOX, **dot_labels.label(inside, "l", 12))
        for inner in part.parts:
            _add(box, inner)


def _looks(node: DrawnState) -> dict[str, str]:
    head, inside = lines.heading(node, INSIDE), lines.moves(node.moves, INSIDE)
    if node.kind == "anywhere":
        looks = {"style": "dashed,rounded", "color": DISCREET, "fontcolor": DISCREET}
        return {**dot_labels.label(head, "n", 12), **looks}
    if node.kind == "history":
        return {**dot_labels.label(head, "n", 12), "shape": "circle", "margin": "0.02"}
    looks = ending(node.kind)
    if inside and looks:  # a record cannot have a double rim
        looks |= dot_labels.stacked(head, inside, 12)
    elif inside:
        looks |= {"shape": "Mrecord", **dot_labels.record(head, inside, 12)}
    else:
        looks |= dot_labels.label(head, "n", 12)
    return looks | node_mark(node.mark, looks.get("style", NODES["style"]))


@dataclass(frozen=True, slots=True)
class _Places:
    """The nodes of a graph by id, and the nodes in each box; `order` has the number of each node in the list."""

    nodes: Mapping[str, DrawnState]
    inside: Mapping[str, tuple[DrawnState, ...]]
    order: Mapping[str, int]

    @classmethod
    def of(cls, graph: Graph) -> _Places:
        """Reads the parts of a graph once."""
        nodes = [node for part in graph.parts for node in resting(part)]
        inside = {box.id: resting(box) for part in graph.parts for box in boxes(part)}
        return cls({node.id: node for node in nodes}, inside, {node.id: at for at, node in enumerate(nodes)})

    def tail(self, edge: Edge) -> str:
        """The node that an arrow starts from: in a box, the one nearest to the target in the list of states."""
        inside = self.inside.get(edge.source)
        if inside is None:
            return edge.source
        is_above = self.order[edge.target] < self.order[inside[0].id]
        return inside[0 if is_above else -1].id

    def leaving(self, edge: Edge) -> dict[str, str]:
        """The attribute that cuts an arrow where it leaves its box."""
        return {"ltail": f"cluster_{edge.source}"} if edge.source in self.inside else {}


@dataclass(frozen=True, slots=True)
class _Arrow:
    """Edges drawn as one arrow, or an edge that ends at a `copy` of its target."""

    edges: tuple[Edge, ...]
    copy: DrawnState | None = None
    weight: str = "1"  # how straight Graphviz keeps it


def _joined(edges: Iterable[Edge]) -> Iterator[_Arrow]:
    """Edges with the same text and target: joined if there are many, else one arrow each."""
    groups: dict[tuple[str, tuple[DrawnMove, ...]], list[Edge]] = {}
    for edge in edges:
        groups.setdefault((edge.target, edge.moves), []).append(edge)
    for same in groups.values():
        yield from [_Arrow(tuple(same))] if len(same) >= _MANY else [_Arrow((edge,)) for edge in same]


def _tree(graph: Graph, places: _Places) -> Iterator[_Arrow]:
    """One arrow for each edge, in spec order. Edges outside of the depth-first tree end at a copy of their target."""
    leaving: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        leaving.setdefault(places.tail(edge), []).append(edge)
    kept, seen = set[int](), set[str]()
    for root in (graph.initial, *places.nodes):
        stack = [iter(leaving.get(root, ()))] if root not in seen else []
        seen.add(root)
        while stack:
            onward = next(stack[-1], None)
            if onward is None:
                stack.pop()
            elif onward.target not in seen:
                kept.add(id(onward))
                seen.add(onward.target)
                stack.append(iter(leaving.get(onward.target, ())))
    for edge in graph.edges:
        stays = id(edge) in kept or places.tail(edge) == edge.target
        yield _Arrow((edge,), None if stays else places.nodes[edge.target], "8" if id(edge) in kept else "1")


def _draw(into: graphviz.Digraph, places: _Places, drawn: _Arrow, number: int, named: dict[str, str]) -> None:
    """Draws one arrow. If it joins several edges, their lines meet in a point, where the arrow starts."""
    same, target, together = drawn.edges, drawn.edges[0].target, _together(drawn.edges)
    looks = arrow(together)
    labelled = {**looks, **_beside(lines.moves(together, ALONG), looks), **named}
    if drawn.copy is not None:
        target = f"copy_{number}"
        into.node(target, **_copied(drawn.copy))
    if len(same) == 1:
        labelled |= {"weight": drawn.weight} if drawn.weight != "1" else {}
        into.edge(places.tail(same[0]), target, **labelled, **places.leaving(same[0]))
        return
    join = f"join_{number}"
    into.node(join, shape="point", width="0.05", color=looks["color"], fillcolor=looks["color"])
    for edge in same:
        into.edge(places.tail(edge), join, dir="none", **_strand(edge.moves), **places.leaving(edge))
    into.edge(join, target, **labelled)


def _copied(node: DrawnState) -> dict[str, str]:
    """A small dashed box with the title of a state that is drawn elsewhere."""
    looks = {"style": "dashed,rounded", "fontsize": "10", "height": "0.25", "margin": "0.1,0.04", "color": DISCREET}
    named = replace(node, name="", outcome="", mark=None)
    return {**looks, **dot_labels.label(lines.heading(named, ALONG), "n", 10)}


def _together(same: Iterable[Edge]) -> tuple[DrawnMove, ...]:
    """The moves of joined edges, each with the marks and the citations of all."""
    return tuple(
        replace(
            same_moves[0],
            mark=joined([move.mark for move in same_moves if move.mark is not None]),
            cited=together(move.cited for move in same_moves),
        )
        for same_moves in zip(*(edge.moves for edge in same), strict=True)
    )


def _strand(moves: tuple[DrawnMove, ...]) -> dict[str, str]:
    """The look of one of the lines that meet, with its own mark beside it."""
    looks = arrow(moves)
    mark = joined([move.mark for move in moves if move.mark is not None])
    if mark is None or not mark.label:
        return looks
    return {**looks, **_beside([Line("mark", mark.label, level=mark.level)], looks)}


def _beside(text_lines: Iterable[Line], looks: Mapping[str, str]) -> dict[str, str]:
    return {**dot_labels.label(tuple(text_lines), "l", 10, gap=dot_labels.GAP), "fontcolor": looks["color"]}
