"""Labels of arrows in an SVG that Graphviz drew: one that stands away from its arrow is put beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from math import hypot
from xml.etree import ElementTree as ET

from covage_model.behaviour.draw.text_width import width
from covage_model.ground.classes import dataclass

Point = tuple[float, float]
_NEAR = 12.0  # points from an arrow at which its label may stay
_BESIDE = 4.0  # points from an arrow at which a moved label stands
_ALONG = (0.5, 0.35, 0.65, 0.2, 0.8)  # where along an arrow a label is tried
_SAMPLES = 8  # points looked at on each piece of a curve


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle with its sides parallel to the page's; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def distance(self, point: Point) -> float:
        """How far a point is outside; 0 inside."""
        x, y = point
        return hypot(max(self.left - x, 0, x - self.right), max(self.top - y, 0, y - self.bottom))

    def overlaps(self, other: Frame) -> bool:
        """Whether the two have more than their rims in common."""
        beside = self.right <= other.left or other.right <= self.left
        return not beside and self.top < other.bottom and other.top < self.bottom

    def at(self, left: float, top: float) -> Frame:
        """The same size, elsewhere."""
        return Frame(left, top, left + self.right - self.left, top + self.bottom - self.top)


def move_labels(groups: Iterable[ET.Element], tag: str) -> None:
    """
    Puts each label of an `edge` group that is far from its arrow beside the arrow, clear of nodes and other labels.

    `groups` are the groups of nodes and edges of a page; `tag` is the tag of texts.
    """
    taken: list[Frame] = []
    far: list[tuple[list[ET.Element], Frame, list[Point]]] = []
    for group in groups:
        texts, points = group.findall(tag), outline(group)
        if "edge" not in group.get("class", "").split():
            taken += [around(points)] if points else []
        elif texts and points:
            frame = frame_of(texts)
            if min(map(frame.distance, points)) <= _NEAR:
                taken.append(frame)
            else:
                far.append((texts, frame, points))
    for texts, frame, points in far:
        better = _best(frame, points, taken)
        taken.append(better)
        for text in texts:
            text.set("x", f"{float(text.get('x', 0)) + better.left - frame.left:.2f}")
            text.set("y", f"{float(text.get('y', 0)) + better.top - frame.top:.2f}")


def _best(frame: Frame, points: Sequence[Point], taken: Iterable[Frame]) -> Frame:
    """The first place beside the arrow where nothing is in the way; where all are taken, its middle."""
    near, wide, high = around(points), frame.right - frame.left, frame.bottom - frame.top
    reach = Frame(near.left - 2 * wide, near.top - 2 * high, near.right + 2 * wide, near.bottom + 2 * high)
    obstacles = [each for each in taken if each.overlaps(reach)]
    places = list(_places(frame, points))
    return next((place for place in places if not any(map(place.overlaps, obstacles))), places[0])


def _places(frame: Frame, points: Sequence[Point]) -> Iterator[Frame]:
    for share in _ALONG:
        x, y = points[round(share * (len(points) - 1))]
        top = y - (frame.bottom - frame.top) / 2
        yield frame.at(x + _BESIDE, top)
        yield frame.at(x - _BESIDE - (frame.right - frame.left), top)


def frame_of(texts: Sequence[ET.Element]) -> Frame:
    """The room that lines of text take."""
    frames = []
    for text in texts:
        x, y, size = (float(text.get(name, 0)) for name in ("x", "y", "font-size"))
        wide = width("".join(text.itertext()), size, bold=text.get("font-weight") == "bold")
        left = x - {"middle": wide / 2, "end": wide}.get(text.get("text-anchor", "start"), 0)
        frames.append(Frame(left, y - size, left + wide, y + size / 4))
    return around([corner for each in frames for corner in ((each.left, each.top), (each.right, each.bottom))])


def around(points: Sequence[Point]) -> Frame:
    """The smallest frame that holds all points."""
    across, down = [x for x, _ in points], [y for _, y in points]
    return Frame(min(across), min(down), max(across), max(down))


def outline(group: ET.Element) -> list[Point]:
    """Points on the lines of a group: on each curve several."""
    found: list[Point] = []
    for shape in group:
        name = shape.tag.rpartition("}")[2]
        if name in ("polygon", "polyline"):
            found += _points(shape.get("points", ""))
        elif name == "ellipse":
            x, y, a, b = (float(shape.get(key, 0)) for key in ("cx", "cy", "rx", "ry"))
            found += [(x - a, y - b), (x + a, y + b)]
        elif name == "path":
            found += _on_curve(_points(shape.get("d", "")))
    return found


def _points(numbers: str) -> list[Point]:
    values = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", numbers)]
    return list(zip(values[::2], values[1::2], strict=True))


def _on_curve(controls: Sequence[Point]) -> list[Point]:
    """Points on the cubic curves that Graphviz writes: a start, then three points for each."""
    found = [controls[0]] if controls else []
    for first in range(0, len(controls) - 3, 3):
        a, b, c, d = controls[first : first + 4]
        for step in range(1, _SAMPLES + 1):
            t = step / _SAMPLES
            s = 1 - t
            weighted = ((s**3, a), (3 * s * s * t, b), (3 * s * t * t, c), (t**3, d))
            found.append((sum(w * x for w, (x, _) in weighted), sum(w * y for w, (_, y) in weighted)))
    return found
