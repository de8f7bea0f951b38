"""
Amounts painted onto an SVG that Graphviz drew: fills of states, widths of arrows, and each number on a small plate.

Nothing moves: two pictures of one lifecycle lie side by side, whatever their numbers are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree as ET

from covage_model.behaviour.draw import lines
from covage_model.behaviour.draw.dot import ALONG, ARROW, INSIDE, drawn_moves
from covage_model.behaviour.draw.dot_legend import NOTED
from covage_model.behaviour.draw.graph import DrawnMove, DrawnState, Graph, resting
from covage_model.behaviour.draw.marks import STEPS, PaintMark, Scale, joined
from covage_model.behaviour.draw.palette import DISCREET, FAMILY, INK, LESS, MORE
from covage_model.behaviour.draw.svg_labels import around, outline
from covage_model.behaviour.draw.text_width import NBSP, width

_SVG = "http://www.w3.org/2000/svg"
_G, _TEXT, _RECT, _TITLE = (f"{{{_SVG}}}{name}" for name in ("g", "text", "rect", "title"))
_SIZE, _HIGH, _PAD = 10.0, 14.0, 4.0  # of the text of a plate, the plate, and the room beside the text
_THIN, _THICKER = 1.0, 0.9  # width of an arrow with nothing, and how much each step adds
_FADED = "0.4"  # opacity of an arrow with nothing
_CELLS, _LEGEND = 616.0, 66.0  # width of all steps in the legend, and the legend's height


def paint_amounts(page: ET.Element, graph: Graph, scale: Scale) -> ET.Element:
    """Paints states and arrows by the amounts in the graph's marks; the plates with the numbers, to be put on top."""
    painter = _Painter(scale)
    nodes = {node.id: node for part in graph.parts for node in resting(part)}
    notes = {f"note_{number}": note for number, note in enumerate(graph.notes)}
    arrows = drawn_moves(graph)
    for group in page.iter(_G):
        title = group.findtext(_TITLE) or ""
        if title in nodes:
            painter.state(group, nodes[title])
        elif title in notes:
            painter.moves(group, 1, notes[title].moves, NOTED)
        elif group.get("id", "").startswith(ARROW):
            painter.arrow(group, arrows[int(group.get("id", "").removeprefix(ARROW))])
    return painter.plates


class _Painter:
    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self.plates = ET.Element(_G, {"class": "amounts"})
        self.plates.tail = "\n"

    def state(self, group: ET.Element, node: DrawnState) -> None:
        """Fills a state, and puts its number on its upper right corner."""
        step = self._step(node.mark)
        if step and node.kind != "history":
            for shape in group:
                if shape.get("fill", "none") != "none" and shape.tag not in (_TEXT, _TITLE):
                    shape.set("fill", _fill(step))
                    if step < 0:
                        shape.set("stroke-dasharray", "5,3")
            for text in group.findall(_TEXT):
                text.set("fill", INK)
        frame = around(outline(group))
        if node.mark is not None:
            self._plate(node.mark, frame.right + 10, frame.top - 2, ends=True)
        head = len(lines.heading(replace(node, mark=None), INSIDE))
        self.moves(group, head, node.moves, INSIDE)

    def arrow(self, group: ET.Element, moves: Sequence[DrawnMove]) -> None:
        """Draws an arrow as wide as its amount."""
        mark = joined([move.mark for move in moves if move.mark is not None])
        if mark is not None and mark.amount is not None:
            step = abs(self._step(mark))
            for shape in group:
                if shape.tag not in (_TEXT, _TITLE) and shape.get("fill") == "none":
                    shape.set("stroke-width", f"{_THIN + _THICKER * step:g}")
            if not mark.amount:
                group.set("opacity", _FADED)
        self.moves(group, 0, moves, ALONG)

    def moves(self, group: ET.Element, first: int, moves: Sequence[DrawnMove], columns: int) -> None:
        """Puts the number of each move behind its name; `first` is the number of the first line of text."""
        texts = group.findall(_TEXT)
        for move in moves:
            count = len(lines.moves([replace(move, mark=None)], columns))
            if move.mark is not None and move.mark.amount and first < len(texts):
                text = texts[first]
                content = (text.text or "").rstrip(f" {NBSP}")
                wide = width(content, float(text.get("font-size", _SIZE)), bold=text.get("font-weight") == "bold")
                self._plate(move.mark, float(text.get("x", 0)) + wide + 4, float(text.get("y", 0)) - _SIZE / 3)
            first += count

    def _step(self, mark: PaintMark | None) -> int:
        return 0 if mark is None or mark.amount is None else self._scale.step(mark.amount)

    def _plate(self, mark: PaintMark, x: float, middle: float, *, ends: bool = False) -> None:
        """A plate with a number from `x` on, or ending there."""
        label = mark.label
        if not label:
            return
        wide = width(label, _SIZE, bold=True) + 2 * _PAD
        left = x - wide if ends else x
        shape = {"x": left, "y": middle - _HIGH / 2, "width": wide, "height": _HIGH, "rx": _HIGH / 2}
        step = self._step(mark)
        looks = {"fill": _fill(step), "stroke": INK, "stroke-width": "0.8"}
        if step < 0:
            looks["stroke-dasharray"] = "3,2"
        ET.SubElement(self.plates, _RECT, {**{name: f"{value:.1f}" for name, value in shape.items()}, **looks})
        self.plates.append(_written(label, left + wide / 2, middle + _SIZE * 0.36, bold=True, anchor="middle"))


def add_scale(root: ET.Element, graph: Graph, scale: Scale) -> None:
    """The meaning of the colours, in a strip below the picture: the page becomes higher, and nothing moves."""
    assert graph.key is not None  # only pictures with marks have a scale
    left, top, wide, high = map(float, root.get("viewBox", "0 0 0 0").split())
    steps = [*(range(-STEPS, 0) if scale.both else ()), 0, *range(1, STEPS + 1)] if scale.most else [0]
    cell = _CELLS / (2 * STEPS + 1)
    needed = max(wide, 40 + cell * len(steps), width(graph.key.title, 12, bold=True) + 60)
    root.set("viewBox", f"{left:g} {top:g} {needed:g} {high + _LEGEND:g}")
    root.set("width", f"{needed:g}pt")
    root.set("height", f"{high + _LEGEND:g}pt")
    paper = ET.Element(_RECT, {"x": f"{left:g}", "y": f"{top:g}", "width": f"{needed:g}", "fill": "white"})
    paper.set("height", f"{high + _LEGEND:g}")
    root.insert(0, paper)
    strip = ET.SubElement(root, _G, {"class": "scale"})
    strip.append(_written(graph.key.title, left + 20, top + high + 8, bold=True, size=12))
    edge = scale.most / STEPS
    for number, step in enumerate(steps):
        x, y = left + 20 + number * cell, top + high + 18
        look = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{cell:.1f}", "height": "16", "fill": _fill(step)}
        ET.SubElement(strip, _RECT, {**look, "stroke": DISCREET, "stroke-width": "0.8"})
        limit = scale.shown(edge * step) if step else scale.shown(0.0)
        strip.append(_written(limit, x + cell / 2, y + 12, anchor="middle"))
    said = " · ".join(text for _, text in graph.key.entries)
    strip.append(_written(said, left + 20, top + high + 50, color=DISCREET))


def _written(
    text: str,
    x: float,
    y: float,
    *,
    bold: bool = False,
    size: float = _SIZE,
    anchor: str = "start",
    color: str = INK,
) -> ET.Element:
    looks = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor, "font-family": FAMILY, "fill": color}
    element = ET.Element(_TEXT, {**looks, "font-size": f"{size:g}", **({"font-weight": "bold"} if bold else {})})
    element.text = text
    return element


def _fill(step: int) -> str:
    if not step:
        return "white"
    return MORE[step - 1] if step > 0 else LESS[-step - 1]
