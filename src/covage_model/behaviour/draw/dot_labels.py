"""Lines of text as Graphviz's language spells them: labels, records, and the class that lists their kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from covage_model.behaviour.draw.lines import Line

_SPACE = "\u00a0"  # Graphviz drops plain spaces at the start of a line in records
GAP = 2 * _SPACE
_BOLD = ("title", "trigger", "mark")
_OUTER = ("name", "outcome")


def classes(said: Iterable[Line]) -> dict[str, str]:
    """Graphviz hands the class of an element on: the kinds of its lines, in order."""
    return {"class": " ".join(map(_class_of, said))}


def _class_of(line: Line) -> str:
    parts = ["l", line.kind, *([] if line.rank is None else [str(line.rank)])]
    return "-".join([*parts, *([] if line.level is None else [line.level.value])])


def label(said: Sequence[Line], align: str, *, gap: str = "") -> str:
    """The lines, aligned `l` left or `n` centred, each set in by `gap`."""
    return literal("".join(f"{gap}{escaped(_spaced(line, align))}\\{align}" for line in said))


def record(head: Sequence[Line], inside: Sequence[Line]) -> str:
    """A heading, a line across, and what stands below it."""
    parts = (_in_record(head, "n"), _in_record(inside, "l"))
    return literal(f"{{{'|'.join(parts)}}}")


def _in_record(said: Sequence[Line], align: str) -> str:
    special = re.compile(r"([{}|<>])")
    return "".join(special.sub(r"\\\1", escaped(_spaced(line, align))) + f"\\{align}" for line in said)


def _spaced(line: Line, align: str) -> str:
    """The line with room for what Graphviz does not know: that it will be bold, or set in from the left."""
    if line.kind in _BOLD:
        room = _SPACE * (1 + len(line.text) // 12)
        return f"{room if align == 'n' else ''}{line.text}{room}"
    return line.text if line.kind in _OUTER or align == "n" else GAP + line.text


def escaped(text: str) -> str:
    """The text as Graphviz shows it and nothing else: no escapes, no entities."""
    return text.replace("&", "&amp;").replace("\\", "\\\\")


def literal(text: str) -> str:
    """The text as a string of DOT, even where it looks like a piece of HTML."""
    import graphviz

    literal: str = graphviz.nohtml(text)
    return literal
