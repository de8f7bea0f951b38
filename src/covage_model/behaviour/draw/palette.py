"""
Colours, lines and fonts. Nothing is shown by colour alone.

The colours are those of Okabe and Ito, darkened until text is readable on white (a
contrast of at least 4.5). Line style and symbol show the same in black and white.
"""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.behaviour.draw.graph import DrawnActor
from covage_model.behaviour.draw.marks import Level
from covage_model.ground.classes import dataclass

INK, DISCREET, PALE, FRAME = "#1a1a1a", "#555555", "#f4f4f4", "#bbbbbb"
FAMILY = "Helvetica,Arial,sans-serif"
TEXT_STYLES: Mapping[str, Mapping[str, str]] = {  # SVG attributes by kind of line
    "title": {"font-weight": "bold"},
    "page": {"font-weight": "bold"},
    "name": {"font-size": "9", "fill": DISCREET},
    "outcome": {"font-size": "10", "font-style": "italic"},
    "mark": {"font-weight": "bold", "font-size": "10"},
    "trigger": {"font-weight": "bold", "font-size": "10"},
    "guard": {"font-size": "9.5", "fill": INK},
    "effect": {"font-size": "9", "fill": DISCREET},
    "event": {"font-size": "9", "fill": DISCREET, "font-style": "italic"},
    "source": {"font-size": "8.5", "fill": DISCREET},
}


@dataclass(frozen=True, slots=True)
class LineStyle:
    """A colour, a line style of Graphviz, and a symbol that every font has."""

    color: str
    style: str
    mark: str


LOOKS = (
    LineStyle("#005f9e", "solid", "●"),
    LineStyle("#a84300", "dashed", "■"),
    LineStyle("#006b4a", "dotted", "▲"),
    LineStyle("#8f3d6f", "bold", "▼"),
    LineStyle("#6b5400", "dashed,bold", "○"),
    LineStyle("#3f3fa8", "dotted,bold", "□"),
)


@dataclass(frozen=True, slots=True)
class FinalStyle:
    """The look of a final state: a shape, a pale fill, a double line."""

    shape: str
    corners: str
    fill: str
    color: str


ENDINGS = {
    "success": FinalStyle("box", "rounded", "#e3f1ea", "#006b4a"),
    "failure": FinalStyle("octagon", "", "#fbe9de", "#a84300"),
    "end": FinalStyle("box", "", "#ececec", "#555555"),
}


def look(actor: DrawnActor) -> LineStyle:
    """The look of an actor, the same in every diagram of a pack. After six actors, looks repeat."""
    return LOOKS[actor.rank % len(LOOKS)]


def color_of(rank: int) -> str:
    """The colour of the actor of that rank."""
    return LOOKS[rank % len(LOOKS)].color


# Fills for amounts, from little to much; dark words are legible on all of them. Equal steps are equally dark in grey.
MORE = ("#fdeedd", "#fadcba", "#f5c592", "#eeac69", "#e39342")
LESS = ("#e6f0fa", "#cde1f4", "#aecfec", "#8cbae1", "#68a3d4")


@dataclass(frozen=True, slots=True)
class Shade:
    """The look of a level of marks: a colour or "", the width of lines, and whether states are dashed."""

    color: str
    width: str
    dashed: bool = False


SHADES = {
    Level.STRONG: Shade("", "3.5"),
    Level.PLAIN: Shade("", ""),
    Level.MISSED: Shade("#b3261e", "2", dashed=True),
    Level.FADED: Shade("#767676", "0.8"),
}
