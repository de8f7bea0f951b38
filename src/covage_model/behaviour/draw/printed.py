"""A diagram on sheets of paper: as SVG, or as PNG and PDF by an installed Graphviz."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from covage_model.behaviour.draw.dot import to_dot
from covage_model.behaviour.draw.graph import Graph
from covage_model.behaviour.draw.installed_graphviz import Unavailable, drawn_by_dot
from covage_model.behaviour.draw.paper import MARGIN, Laid, Sheets, sheets, svg_sheets, viewports
from covage_model.behaviour.draw.svg import to_svg
from covage_model.ground.classes import dataclass

FORMS = ("svg", "png", "pdf")
_INCH = 72.0


@dataclass(frozen=True, slots=True)
class PrintedDiagram:
    """The sheets of a diagram, in reading order, and how they were made. `direction` is TB or LR."""

    pages: tuple[str | bytes, ...]
    sheets: Sheets
    direction: str


def printed(graph: Graph, form: str, paper: str, directions: Iterable[str]) -> PrintedDiagram | Unavailable:
    """The diagram in one of FORMS, in the direction of these in which it needs fewest sheets, then largest text."""
    best: tuple[Graph, str, Laid, Sheets] | None = None
    for direction in directions:
        turned = replace(graph, direction=direction)
        laid_out = _laid_out(turned, form)
        if isinstance(laid_out, Unavailable):
            return laid_out
        laid = Laid.of(laid_out, titled=form != "svg")  # a sheet of SVG has the title above it
        how = sheets(laid, paper)
        if best is None or how.rank < best[3].rank:
            best = turned, laid_out, laid, how
    if best is None:
        raise ValueError("no direction")
    turned, laid_out, laid, how = best
    pages = tuple(svg_sheets(laid_out, how)) if form == "svg" else _by_dot(turned, form, laid, how)
    return pages if isinstance(pages, Unavailable) else PrintedDiagram(pages, how, turned.direction)


def _laid_out(graph: Graph, form: str) -> str | Unavailable:
    """The SVG of whoever draws that format: two releases of Graphviz may place things differently."""
    if form == "svg":
        return to_svg(graph)
    found = drawn_by_dot(to_dot(graph), "svg")
    return found if isinstance(found, Unavailable) else found.decode("utf-8")


def _by_dot(graph: Graph, form: str, laid: Laid, how: Sheets) -> tuple[bytes, ...] | Unavailable:
    pages = []
    for viewport in viewports(laid, how):
        given = (f"-Gviewport={viewport}", "-Gpad=0", f"-Gmargin={MARGIN / _INCH:.3f}")
        page = drawn_by_dot(to_dot(graph), form, *given)
        if isinstance(page, Unavailable):
            return page
        pages.append(page)
    return tuple(pages)
