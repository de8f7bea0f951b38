"""
Diagrams for paper: the direction, the side and the size at which a diagram is legible, on as few sheets as possible.

A diagram that is not legible on one sheet is cut where no text and no state is, arrows apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree as ET

from covage_model.behaviour.draw.svg_labels import Frame, Point, around, frame_of, outline
from covage_model.behaviour.draw.view import PAPERS
from covage_model.ground.classes import dataclass

MARGIN = 28.35  # points: 10 mm, which every printer leaves
LEGIBLE = 6.0  # points: the smallest text that is read on paper without effort
_SVG = "{http://www.w3.org/2000/svg}"
_EARLIEST = 0.5  # of a sheet: before that it is not cut
_ROUNDED = 1 + 1e-9
_RIM = 2.0  # points around what is not cut, so that no line of it is on two sheets
_AIR = 6.0  # points beside what is drawn


@dataclass(frozen=True, slots=True)
class Laid:
    """
    A diagram as Graphviz laid it out: its size, its smallest text, and what should not be cut, in points.

    `lines` are points on arrows and on the rims of boxes, which may be cut. `shift` is what is added to Graphviz's
    coordinates to get those of the page.
    """

    width: float
    height: float
    smallest: float
    whole: tuple[Frame, ...]
    lines: tuple[Point, ...]
    shift: Point

    @classmethod
    def of(cls, svg: str, *, titled: bool) -> Laid:
        """Reads an SVG of `to_svg`, or of Graphviz itself; `titled` if its title is to be kept as other texts are."""
        root = ET.fromstring(svg)  # noqa: S314  Graphviz wrote it, and escapes what others say
        _, _, width, height = map(float, root.get("viewBox", "0 0 0 0").split())
        page = next(root.iter(f"{_SVG}g"))
        found = re.search(r"translate\(([-\d.]+)[ ,]+([-\d.]+)\)", page.get("transform", ""))
        x, y = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
        texts = [text for text in page.iter(f"{_SVG}text") if (text.text or "").strip()]
        sizes = [float(text.get("font-size", 12)) for text in texts]
        frames = [frame_of([text]) for text in texts if titled or text not in page.findall(f"{_SVG}text")]
        frames += [around(points) for points in _outlines(page, "node")]
        moved = tuple(
            Frame(at.left + x - _RIM, at.top + y - _RIM, at.right + x + _RIM, at.bottom + y + _RIM) for at in frames
        )
        points = [point for kind in ("edge", "cluster") for line in _outlines(page, kind) for point in line]
        return cls(width, height, min(sizes, default=12.0), moved, tuple((a + x, b + y) for a, b in points), (x, y))

    def across(self, top: float, bottom: float) -> tuple[float, float]:
        """From where to where something is drawn between two heights."""
        ends = [at for each in self._inside(top, bottom) for at in (each.left, each.right)]
        ends += [x for x, y in self.lines if top <= y <= bottom]
        return max(0.0, min(ends, default=0.0) - _AIR), min(self.width, max(ends, default=self.width) + _AIR)

    def spans(self, top: float, bottom: float) -> list[tuple[float, float]]:
        """From where to where each thing goes that should not be cut, between two heights."""
        return [(each.left, each.right) for each in self._inside(top, bottom)]

    def _inside(self, top: float, bottom: float) -> Iterator[Frame]:
        return (each for each in self.whole if each.top < bottom and each.bottom > top)


def _outlines(page: ET.Element, kind: str) -> Iterator[list[Point]]:
    for group in page.iter(f"{_SVG}g"):
        if kind in group.get("class", "").split() and (points := outline(group)):
            yield points


@dataclass(frozen=True, slots=True)
class Sheets:
    """
    How a diagram is printed: the size of each sheet in points, the scale, and what of the diagram is on each.

    `smallest` is the size of the smallest text on paper, in points.
    """

    paper: str
    width: float
    height: float
    scale: float
    frames: tuple[Frame, ...]
    smallest: float

    @property
    def is_landscape(self) -> bool:
        """Whether the sheet is wider than high."""
        return self.width > self.height

    @property
    def rank(self) -> tuple[int, float]:
        """The less, the better: few sheets, then large text."""
        return (len(self.frames), -self.smallest)


def sheets(laid: Laid, paper: str) -> Sheets:
    """The best way to print a diagram on that paper, upright or across."""
    wide, high = PAPERS[paper]
    return min((_on(laid, paper, size) for size in ((wide, high), (high, wide))), key=lambda each: each.rank)


def _on(laid: Laid, paper: str, size: tuple[float, float]) -> Sheets:
    """The best way on sheets of this size: as one, one column, one row, or as small as is legible."""
    across, down = size[0] - 2 * MARGIN, size[1] - 2 * MARGIN
    least = LEGIBLE / laid.smallest
    fitting = (across / laid.width, down / laid.height)
    scales = {min(1.0, scale) for scale in (least, min(fitting), *fitting) if min(1.0, scale) >= min(least, 1.0)}
    found = []
    for scale in scales:
        frames = tuple(_frames(laid, across / scale, down / scale))
        found.append(Sheets(paper, *size, scale, frames, laid.smallest * scale))
    return min(found, key=lambda each: each.rank)


def _frames(laid: Laid, across: float, down: float) -> Iterator[Frame]:
    """
    A diagram in pieces of that size at most; whole where it fits.

    Rows of one width, so that arrows go on where they left the sheet before; where that is too wide for a sheet, each
    row is cut for itself.
    """
    left, right = (0.0, laid.width) if laid.width <= across * _ROUNDED else laid.across(0, laid.height)
    fits = right - left <= across * _ROUNDED
    heights = [(each.top, each.bottom) for each in laid.whole]
    for top, bottom in _cuts((0, laid.height), down, heights):
        span = (left, right) if fits else laid.across(top, bottom)
        for start, end in _cuts(span, across, laid.spans(top, bottom)):
            yield Frame(start, top, end, bottom)


def _cuts(span: tuple[float, float], most: float, whole: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The pieces of a span, each at most `most` long, cut where nothing whole is, as late as possible."""
    pieces, (start, end) = [], span
    while end - start > most * _ROUNDED:
        latest = start + most
        places = {at for pair in whole for at in pair if start + most * _EARLIEST <= at <= latest} | {latest}
        cut = min(places, key=lambda at: (sum(low < at < high for low, high in whole), -at))
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def svg_sheets(svg: str, how: Sheets) -> Iterator[str]:
    """Each sheet as an SVG of its own, with its number where there are several."""
    ET.register_namespace("", _SVG[1:-1])
    count = len(how.frames)
    for number, frame in enumerate(how.frames, 1):
        first, _, rest = svg.partition("\n")
        root = ET.fromstring(rest)  # noqa: S314  as above
        sheet = ET.Element(root.tag, {name: root.get(name, "") for name in ("role", "lang", "class")})
        sheet.set("width", f"{how.width:.2f}pt")
        sheet.set("height", f"{how.height:.2f}pt")
        sheet.set("viewBox", f"0 0 {how.width:.2f} {how.height:.2f}")
        inner = [each for each in root if each.tag == f"{_SVG}g"]
        sheet.extend(each for each in root if each not in inner)
        _set_page(sheet, how)
        if count > 1:
            sheet.append(_header(f"{sheet.findtext(f'{_SVG}title')} – {number}/{count}"))
        wide, high = frame.right - frame.left, frame.bottom - frame.top
        place = {
            "x": f"{MARGIN}",
            "y": f"{MARGIN}",
            "width": f"{wide * how.scale:.2f}",
            "height": f"{high * how.scale:.2f}",
            "viewBox": f"{frame.left:.2f} {frame.top:.2f} {wide:.2f} {high:.2f}",
        }
        ET.SubElement(sheet, f"{_SVG}svg", place).extend(inner)
        yield f"{first}\n{ET.tostring(sheet, encoding='unicode')}\n"


def _set_page(sheet: ET.Element, how: Sheets) -> None:
    """Tells printers the size of the paper, and that the margin is in the picture."""
    style = sheet.find(f"{_SVG}style")
    if style is not None:
        style.text = f"@page{{size:{how.width:.2f}pt {how.height:.2f}pt;margin:0}}{style.text}"


def _header(text: str) -> ET.Element:
    looks = {"x": f"{MARGIN}", "y": f"{MARGIN - 8}", "font-family": "Helvetica,Arial,sans-serif", "font-size": "8"}
    header = ET.Element(f"{_SVG}text", {**looks, "fill": "#555555"})
    header.text = text
    return header


def viewports(laid: Laid, how: Sheets) -> Iterable[str]:
    """Each sheet as Graphviz's attribute `viewport`: its size, the scale, and its middle in Graphviz's coordinates."""
    for frame in how.frames:
        x, y = (frame.left + frame.right) / 2 - laid.shift[0], laid.shift[1] - (frame.top + frame.bottom) / 2
        wide, high = (frame.right - frame.left) * how.scale, (frame.bottom - frame.top) * how.scale
        yield f"{math.ceil(wide)},{math.ceil(high)},{how.scale:.4f},{x:.2f},{y:.2f}"
