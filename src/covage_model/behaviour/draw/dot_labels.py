"""Lines of text in DOT: labels, records, and the class that lists the kinds of lines."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from covage_model.behaviour.draw.lines import Line
from covage_model.behaviour.draw.palette import TEXT_STYLES
from covage_model.behaviour.draw.text_width import NBSP, believed, width
from covage_model.ground import escape

GAP = 2 * NBSP  # Graphviz drops plain spaces at the start of a line in records
_OUTER = ("title", "trigger", "mark", "name", "outcome")  # lines that are not indented


def label(lines: Sequence[Line], align: str, size: float, *, gap: str = "") -> dict[str, str]:
    """
    The attributes `label` and `class` of an element: its lines, and their kinds for styling.

    `align` is `l` for left or `n` for centred; lines are indented by `gap`; `size` is the font size.
    """
    text = "".join(f"{gap}{escaped(_spaced(line, align, size))}\\{align}" for line in lines)
    return {"label": literal(text), **_classes(lines)}


def record(head: Sequence[Line], inside: Sequence[Line], size: float) -> dict[str, str]:
    """The attributes of a record: a heading, a line across, and the lines below it."""
    parts = (_in_record(head, "n", size), _in_record(inside, "l", size))
    return {"label": literal(f"{{{'|'.join(parts)}}}"), **_classes([*head, *inside])}


def stacked(head: Sequence[Line], inside: Sequence[Line], size: float) -> dict[str, str]:
    """Like `record`, for shapes without a line across."""
    lines = [label(head, "n", size)["label"], label(inside, "l", size)["label"]]
    return {"label": literal("".join(lines)), **_classes([*head, *inside])}


def _classes(lines: Iterable[Line]) -> dict[str, str]:
    """The class attribute, which Graphviz copies into its SVG."""
    return {"class": " ".join(map(_class_of, lines))}


def _class_of(line: Line) -> str:
    parts = ["l", line.kind, *([] if line.rank is None else [str(line.rank)])]
    return "-".join([*parts, *([] if line.level is None else [line.level.value])])


def _in_record(lines: Sequence[Line], align: str, size: float) -> str:
    special = re.compile(r"([{}|<>])")
    return "".join(special.sub(r"\\\1", escaped(_spaced(line, align, size))) + f"\\{align}" for line in lines)


def _spaced(line: Line, align: str, size: float) -> str:
    """The line, with the extra space that Graphviz does not reserve for bold text and unknown scripts."""
    text = line.text if line.text.strip() else NBSP  # Graphviz does not survive an empty line in a record
    style = TEXT_STYLES.get(line.kind, {})
    real = width(text, float(style.get("font-size", size)), bold="font-weight" in style)
    missing = math.ceil(max(0.0, real - believed(text, size)) / believed(NBSP, size))
    if align == "n":
        room = NBSP * math.ceil(missing / 2)
        return f"{room}{text}{room}"
    return f"{'' if line.kind in _OUTER else GAP}{text}{NBSP * missing}"


def escaped(text: str) -> str:
    """The text escaped so that Graphviz shows it unchanged."""
    return escape.in_entities(text.replace("&", "&amp;").replace("\\", "\\\\"))


def literal(text: str) -> str:
    """The text as a DOT string, even if it looks like HTML."""
    import graphviz

    literal: str = graphviz.nohtml(text)
    return literal
