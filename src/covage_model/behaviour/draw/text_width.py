"""
How wide a text is in Helvetica, and how wide Graphviz without fonts believes it to be.

Widths are in thousandths of the font size: those that Adobe published for the font, and generous
guesses for scripts that it does not have.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

NBSP = "\u00a0"
_REGULAR = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft" + NBSP, 333: "()-`r", 334: "{}", 355: '"', 389: "*",
    469: "^", 500: "Jcksvxyz", 556: "#$0123456789?L_abdeghnopqu", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY",
    722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1015: "@",
}  # fmt: skip
_BOLD = {
    238: "'", 278: " ,./I\\ijl" + NBSP, 280: "|", 333: "!()-:;[]`ft", 389: "*r{}", 474: '"', 500: "z",
    556: "#$0123456789J_aceksvxy", 584: "+<=>^~", 611: "?FLTZbdghnopqu", 667: "EPSVXY", 722: "&ABCDHKNRU",
    778: "GOQw", 833: "M", 889: "%m", 944: "W", 975: "@",
}  # fmt: skip
_SPACE_BYTE = 278  # Graphviz takes each byte of a character beyond ASCII for a space
_OTHER, _SYMBOL, _WIDE = 700, 900, 1350


def _by_character(table: Mapping[int, str]) -> dict[str, int]:
    return {each: width for width, characters in table.items() for each in characters}


_WIDTHS = {False: _by_character(_REGULAR), True: _by_character(_BOLD)}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of `text` in points at the font size `size`."""
    return sum(_width(each, _WIDTHS[bold]) for each in text) * size / 1000


def _width(character: str, known: Mapping[str, int]) -> int:
    found = known.get(character)
    if found is not None:
        return found
    kind = unicodedata.category(character)
    if kind in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    base = unicodedata.normalize("NFD", character)[0]
    return known.get(base, _SYMBOL if kind[0] == "S" or kind in ("Po", "Pd") else _OTHER)


def believed(text: str, size: float) -> float:
    """The width that Graphviz reserves for `text`, in points."""
    regular = _WIDTHS[False]
    return sum(regular[each] if each.isascii() else _SPACE_BYTE * len(each.encode()) for each in text) * size / 1000


def is_certain(text: str) -> bool:
    """Whether the width of `text` is known, not guessed: it holds Latin letters, digits, and marks of ours alone."""
    return all(unicodedata.normalize("NFD", each)[0] in _WIDTHS[False] or each in "●■▲▼○□×→✗–…«»’" for each in text)
