"""The legend of a diagram in DOT: actors, the syntax of arrows, notes, and the meaning of marks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from covage_model.behaviour.draw import dot_labels, lines
from covage_model.behaviour.draw.dot_looks import FONT, line
from covage_model.behaviour.draw.graph import ANYWHERE, DrawnActor, Graph, resting
from covage_model.behaviour.draw.lines import Line
from covage_model.behaviour.draw.palette import DISCREET, FRAME, PALE, look
from covage_model.behaviour.draw.texts import text

if TYPE_CHECKING:
    import graphviz

NOTED = 64  # columns of a line in notes
_KEY, _COPY = "paint", "elsewhere"
_CHIP = {"shape": "box", "style": "rounded", "fontsize": "10", "margin": "0.12,0.05", "height": "0.25"}
_NOTE = {
    "shape": "note",
    "style": "filled",
    "fillcolor": PALE,
    "color": DISCREET,
    "fontsize": "10",
    "margin": "0.15,0.1",
}
_FRAME = {
    "labeljust": "l",
    "style": "rounded",
    "color": FRAME,
    "fontname": FONT,
    "fontsize": "10",
    "fontcolor": DISCREET,
    "margin": "8",
}


def add_legend(into: graphviz.Digraph, graph: Graph, *, crowded: bool) -> None:
    """Adds the legend below every final state, or below the last state if none is final."""
    head = [Line("title", graph.legend), *(Line("name", said) for said in (graph.syntax, graph.assumed) if said)]
    notes = [[Line("title", note.title), *lines.moves(note.moves, NOTED)] for note in graph.notes]
    with into.subgraph(name="cluster_legend") as box:
        box.attr(**_FRAME, **dot_labels.label(head, "l", 10))
        with box.subgraph() as row:
            row.attr(rank="same")
            for actor in graph.actors:
                row.node(f"actor_{actor.rank}", **_actor(actor))
            if crowded:
                copy = [Line("name", text("elsewhere", graph.language))]
                row.node(_COPY, **{**_CHIP, "style": "dashed,rounded"}, **dot_labels.label(copy, "n", 10))
        for number, note in enumerate(notes):
            box.node(f"note_{number}", **_NOTE, **dot_labels.label(note, "l", 10))
        if graph.key is not None:
            box.node(_KEY, **_NOTE, **dot_labels.label(lines.key(graph.key, NOTED), "l", 10))
    _place_below(into, graph)


def _actor(actor: DrawnActor) -> dict[str, str]:
    style = look(actor)
    name = [Line("trigger", f"{style.mark} {actor.title}", actor.rank)]
    drawn = {**line(style), "style": f"rounded,{style.style}", "fontcolor": style.color}
    return {**_CHIP, **drawn, **dot_labels.label(name, "n", 10)}


def _place_below(into: graphviz.Digraph, graph: Graph) -> None:
    nodes = [node for part in graph.parts for node in resting(part) if node.id != ANYWHERE]
    ends = [node for node in nodes if node.kind not in ("state", "history")] or nodes[-1:]
    first = [f"actor_{actor.rank}" for actor in graph.actors]
    column = [*first[:1], *(f"note_{number}" for number in range(len(graph.notes)))]
    column += [_KEY] if graph.key is not None else []
    for end in ends:
        into.edge(end.id, column[0], style="invis", weight="0")
    for above, under in pairwise(column):
        into.edge(above, under, style="invis")
