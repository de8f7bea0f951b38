"""The Graphviz attributes for the look of nodes, boxes and arrows."""

from __future__ import annotations

from covage_model.behaviour.draw.graph import DrawnMove
from covage_model.behaviour.draw.marks import PaintMark, joined
from covage_model.behaviour.draw.palette import DISCREET, ENDINGS, INK, PALE, SHADES, LineStyle, look

FONT = "Helvetica"  # whose widths Graphviz knows without a font; SVG names a family
PAGE = {
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
NODES = {
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
EDGES = {"fontname": FONT, "fontsize": "10", "color": INK, "fontcolor": INK, "arrowsize": "0.8"}
BOX = {
    "labeljust": "l",
    "style": "rounded,filled",
    "fillcolor": PALE,
    "color": DISCREET,
    "fontname": FONT,
    "fontsize": "12",
    "fontcolor": INK,
    "margin": "14",
}
START_NODE = {
    "label": "",
    "shape": "circle",
    "style": "filled",
    "fillcolor": INK,
    "width": "0.18",
    "height": "0.18",
    "margin": "0",
}


def ending(kind: str) -> dict[str, str]:
    """The shape, fill and double rim of a final state; nothing for another."""
    style = ENDINGS.get(kind)
    if style is None:
        return {}
    looks = {"shape": style.shape, "fillcolor": style.fill, "color": style.color, "peripheries": "2"}
    return looks | {"style": ",".join(filter(None, (style.corners, "filled")))}


def node_mark(mark: PaintMark | None, style: str) -> dict[str, str]:
    """The attributes for a state's mark: its rim, and a white fill if it was not reached."""
    if mark is None:
        return {}
    shade = SHADES[mark.level]
    looks = {"penwidth": shade.width} if shade.width else {}
    if shade.color:
        looks |= {"color": shade.color, "fontcolor": shade.color, "fillcolor": "white"}
    return looks | ({"style": f"{style},dashed"} if shade.dashed else {})


def arrow(moves: tuple[DrawnMove, ...]) -> dict[str, str]:
    """The line of the actor of `moves`, with the strongest of their marks; a plain line for none."""
    actor = next((move.actor for move in moves if move.actor is not None), None)
    looks = line(look(actor)) if actor is not None else {"color": INK}
    mark = joined([move.mark for move in moves if move.mark is not None])
    if mark is None:
        return looks
    shade = SHADES[mark.level]
    return looks | ({"color": shade.color} if shade.color else {}) | ({"penwidth": shade.width} if shade.width else {})


def line(style: LineStyle) -> dict[str, str]:
    """The attributes of a line. Dotted and bold lines are drawn thicker."""
    thick = {"dotted", "bold"} & set(style.style.split(","))
    return {"color": style.color, "style": style.style, "penwidth": "2" if thick else "1.2"}
