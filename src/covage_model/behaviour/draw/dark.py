"""
How an SVG looks where the reader's screen is dark: each colour of the palette has a light twin.

Paper stays white: the rules hold on screens alone. Attributes are what they match, so that a picture without them is
the light one, and a page that holds several pictures can hold the rules several times.
"""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.behaviour.draw.marks import Level
from covage_model.behaviour.draw.palette import DISCREET, ENDINGS, FRAME, INK, LESS, LOOKS, MORE, PALE, SHADES

PICTURE = "covage-picture"  # the class of the picture, to which the rules are held
_GROUND = "#16191d"
_FADED = "#8b929a"
_ACTORS = ("#6cb8f0", "#ff9d57", "#4fc79a", "#e08fbf", "#d1b13a", "#a3a3ff")
_TWINS: Mapping[str, str] = {
    "white": _GROUND,
    "#ffffff": _GROUND,
    INK: "#e8e8e8",
    DISCREET: "#b4b9bf",
    PALE: "#22272d",
    FRAME: "#4b535c",
    SHADES[Level.FADED].color: _FADED,
    SHADES[Level.MISSED].color: "#ff8a80",
    ENDINGS["success"].fill: "#12352a",
    ENDINGS["failure"].fill: "#3d2415",
    ENDINGS["end"].fill: "#2c3036",
    **dict(zip(MORE, ("#33240f", "#4a3212", "#614013", "#764b10", "#8a560b"), strict=True)),
    **dict(zip(LESS, ("#14273a", "#193650", "#1e4668", "#22567f", "#266595"), strict=True)),
    **dict(zip((look.color for look in LOOKS), _ACTORS, strict=True)),
}


def _rules() -> str:
    for_each = (
        f".{PICTURE} [{attribute}='{light}']{{{attribute}:{dark}}}"
        for light, dark in _TWINS.items()
        for attribute in ("fill", "stroke")
    )
    return f"@media screen and (prefers-color-scheme:dark){{{''.join(for_each)}}}"


DARK = _rules()
