"""
The parser of patterns: RFC 9485, section 4, production by production.

It is stricter than the RFC where engines would interpret the text differently: ^ and $ inside, a class with
two equal signs in a row (`&&`, `~~`, `||`), an empty class. The parser uses its own stack.
"""

from __future__ import annotations

import functools
from typing import NoReturn

from covage_model.ground.iregexp import advice
from covage_model.ground.iregexp.charsets import Ranges, category, complement
from covage_model.ground.iregexp.nodes import (
    Alternation,
    Chars,
    Node,
    Pattern,
    PatternError,
    Repeat,
    Sequence,
    one_of,
    size,
)
from covage_model.ground.patterns import regex

MAX_DEPTH = 50  # groups in groups
MAX_SIZE = 5_000  # characters when written out; regex crates give up near 7,000 dots or 300 \p{L}


@functools.lru_cache(maxsize=1024)
def parse(text: str) -> Pattern:
    """Parses a pattern. Raises PatternError at the first error."""
    if not text.startswith("^"):
        raise PatternError('the pattern does not start with "^": type "^" first', 0)
    if not text.endswith("$"):
        raise PatternError('the pattern does not end with "$": type "$" last', len(text))
    reader = _PatternReader(text)
    while reader.at < reader.end:
        reader.read()
    root = reader.root()
    if size(root) > MAX_SIZE:
        raise PatternError(_too_large(size(root)), 0)
    return Pattern(text, root)


class _Group:
    __slots__ = ("branches", "offset", "pieces")

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.branches: list[Node] = []
        self.pieces: list[Node] = []

    def next_branch(self) -> None:
        self.branches.append(_joined(self.pieces))
        self.pieces = []

    def node(self) -> Node:
        self.next_branch()
        return self.branches[0] if len(self.branches) == 1 else Alternation(tuple(self.branches))


def _joined(pieces: list[Node]) -> Node:
    return pieces[0] if len(pieces) == 1 else Sequence(tuple(p for p in pieces if p != Sequence(())))


class _PatternReader:
    """The parser reads `text` from `at` to `end`, the position of the last $. A plain class loads faster."""

    __slots__ = ("at", "end", "groups", "repeatable", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1
        self.end = len(text) - 1
        self.repeatable = False  # whether a quantifier may come next
        self.groups = [_Group(0)]

    def read(self) -> None:
        """Reads one piece, bracket, bar or quantifier."""
        character = self.text[self.at]
        if character in "*+?{":
            self._quantifier(character)
        elif character in "()|":
            self._structure(character)
        else:
            self.groups[-1].pieces.append(self._atom(character))
            self.repeatable = True

    def root(self) -> Node:
        if len(self.groups) > 1:
            self._refuse('"(" is not closed: type ")" where the group ends', self.groups[-1].offset)
        return self.groups[0].node()

    def _structure(self, character: str) -> None:
        if character == "(":
            self._open()
        elif character == ")":
            self._close()
        else:
            self.groups[-1].next_branch()
        self.repeatable = character == ")"
        self.at += 1

    def _open(self) -> None:
        if self.text[self.at + 1] == "?":
            self._refuse('"(?" is not in I-Regexp, which has plain groups only: type "("')
        if len(self.groups) > MAX_DEPTH:
            self._refuse(f"groups are nested more than {MAX_DEPTH} deep: write it flatter")
        self.groups.append(_Group(self.at))

    def _close(self) -> None:
        if len(self.groups) == 1:
            self._refuse(r'")" closes no group: remove it, or type "\)" for the character')
        node = self.groups.pop().node()
        self.groups[-1].pieces.append(node)

    def _atom(self, character: str) -> Chars:
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape()
        if character in advice.MISREAD:
            self._refuse(advice.MISREAD[character])
        self._check_character(character)
        self.at += 1
        code = ord(character)
        return one_of(((10, 10), (13, 13)), negated=True) if character == "." else one_of(((code, code),))

    def _escape(self) -> Chars:
        properties = self._property()
        if properties is None:
            code = self._escaped(advice.ADVICE)
            return one_of(((code, code),))
        name, negated = properties
        return one_of(category(name), negated=negated)

    def _property(self) -> tuple[str, bool] | None:
        r"""The category of a `\p{..}` at this place, and whether it is `\P`; None if there is none."""
        if self.text[self.at + 1] not in "pP":
            return None
        property_match = _PROPERTY.match(self.text, self.at, self.end)
        if property_match is None:
            self._refuse(r'"\p" names no general category: type "\p{L}", "\p{Nd}" or another of RFC 9485')
        self.at = property_match.end()
        return property_match[2], property_match[1] == "P"

    def _escaped(self, instead: dict[str, str]) -> int:
        """The code point of a `SingleCharEsc`."""
        if self.at + 1 >= self.end:
            self._refuse(r'"\" escapes nothing: type "\\" for the character')
        character = self.text[self.at + 1]
        if character not in _ESCAPES:
            kind = "0" if character.isdigit() else character
            what = instead.get(kind, f'type "{character}"' if character.isprintable() else "remove it")
            self._refuse(f'"\\{_shown(character)}" is not in I-Regexp: {what}')
        self.at += 2
        return ord(_CONTROLS.get(character, character))

    def _quantifier(self, character: str) -> None:
        if not self.repeatable:
            self._refuse(self._nothing_to_repeat(character))
        start = self.at
        low, high = self._bounds() if character == "{" else _QUANTIFIERS[character]
        if character != "{":
            self.at += 1
        pieces = self.groups[-1].pieces
        pieces[-1] = Repeat(pieces[-1], low, high)
        self.repeatable = False
        if size(pieces[-1]) > MAX_SIZE:
            self._refuse(_too_large(size(pieces[-1])), start)

    def _nothing_to_repeat(self, character: str) -> str:
        if self.text[self.at - 1] in "*+?}" and self.groups[-1].pieces:
            return f'"{character}" follows a quantifier, and none is lazy or possessive here: remove it'
        return f'"{character}" has nothing to repeat: type "\\{character}" for the character'

    def _bounds(self) -> tuple[int, int | None]:
        bounds_match = _BOUNDS.match(self.text, self.at, self.end)
        if bounds_match is None:
            self._refuse(r'"{" starts no quantifier like {2}, {2,} or {2,5}: type "\{" for the character')
        low, high = (_count(bounds_match[1]), _count(bounds_match[3] or bounds_match[1]))
        if low > high:
            self._refuse(f"the quantifier {bounds_match[0]} ends below its start: type the lower end first")
        self.at = bounds_match.end()
        return low, None if bounds_match[2] and not bounds_match[3] else high

    def _class(self) -> Chars:
        start = self.at
        self.at += 1
        negated = self.text[self.at] == "^"
        self.at += negated
        first = self.at
        items: list[tuple[int, int]] = []
        while self.text[self.at] != "]" or self.at >= self.end:
            if self.at >= self.end:
                self._refuse('"[" is not closed: type "]" where the class ends', start)
            items.extend(self._items(first))
        if not items:
            self._refuse(r'the class is empty: type "\[" for a bracket, "\^" for a caret', start)
        self.at += 1
        node = one_of(tuple(items), negated=negated)
        if not node.ranges:
            self._refuse("no character is in this class: remove a part of it", start)
        return node

    def _items(self, first: int) -> Ranges:
        """The next item of a class that began at `first`: a hyphen, a category or a range."""
        if self.text[self.at] == "-":
            if self.at != first and self.text[self.at + 1] != "]":
                self._refuse(r'"-" stands between characters that make no range: type "\-"')
            self.at += 1
            return ((45, 45),)
        start = self.at
        properties = self._property() if self.text[self.at] == "\\" else None
        if properties is not None:
            name, negated = properties
            return complement(category(name)) if negated else category(name)
        low = self._class_character()
        if self.text[self.at] != "-" or self.text[self.at + 1] == "]":
            return ((low, low),)
        self.at += 1
        high = self._class_character() if self.at < self.end else low
        if low > high:
            found = _shown(self.text[start : self.at])
            self._refuse(f'the range "{found}" ends below its start: type the lower end first', start)
        return ((low, high),)

    def _class_character(self) -> int:
        """The code point of a `CCchar`."""
        character = self.text[self.at]
        if character == "\\":
            return self._escaped(advice.ADVICE_IN_CLASS)
        if character in "-[":
            self._refuse(f'"{character}" is not escaped inside a class: type "\\{character}"')
        if character in "&~|" and self.text[self.at + 1] == character:
            self._refuse(f'engines differ about "{character}{character}" inside a class: type it once')
        self._check_character(character)
        self.at += 1
        return ord(character)

    def _check_character(self, character: str) -> None:
        if "\ud800" <= character <= "\udfff":
            self._refuse("a lone surrogate is no character: remove it")

    def _refuse(self, reason: str, offset: int | None = None) -> NoReturn:
        raise PatternError(reason, self.at if offset is None else offset)


def _count(digits: str) -> int:
    """The number, or a number past any limit: int() rejects thousands of digits."""
    digits = digits.lstrip("0")
    return int(digits or "0") if len(digits) < 19 else 10**18


def _shown(text: str) -> str:
    return "".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in text)


def _too_large(found: int) -> str:
    shown = f"{found:,}" if found < 10**12 else "far more"
    return f"written out this takes {shown} characters: repeat less, up to {MAX_SIZE:,}, or use maxLength"


_QUANTIFIERS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_BOUNDS = regex(r"\{([0-9]+)(,([0-9]*))?\}")
_PROPERTY = regex(r"\\([pP])\{(L[lmotu]?|M[cen]?|N[dlo]?|P[c-fios]?|Z[lps]?|S[ckmo]?|C[cfno]?)\}")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
_ESCAPES = frozenset("()*+-.?[\\]^nrt{|}")
