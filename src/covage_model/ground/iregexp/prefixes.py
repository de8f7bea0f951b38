"""Patterns for the strings that begin with one of several prefixes."""

from __future__ import annotations

from collections.abc import Sequence

from covage_model.ground.iregexp.nodes import Pattern, PatternError
from covage_model.ground.iregexp.spelling import literal
from covage_model.ground.iregexp.syntax import parse


def starts(prefixes: Sequence[str]) -> Pattern:
    r"""
    The pattern of all strings that begin with one of `prefixes`, followed by any characters.

    Raises PatternError if there is no prefix, or if the pattern is too large.

    >>> starts(["A.", "S$"]).text
    '^(A\\.|S[$])(.|\\n|\\r)*$'
    """
    _check(prefixes)
    branches = "|".join(map(spelled, prefixes))
    return parse(f"^({branches})(.|\\n|\\r)*$")


def spelled(text: str) -> str:
    r"""
    The text as a part of an I-Regexp that matches exactly this text.

    >>> spelled("A.b")
    'A\\.b'
    """
    return "".join(_ESCAPED.get(sign, sign) for sign in text)


def prefix_pattern(prefixes: Sequence[str]) -> str:
    r"""
    The pattern `starts(prefixes)` for JSON Schema, where a leading ^ is enough.

    >>> prefix_pattern(["A.", "S"]), prefix_pattern(["A"])
    ('^(?:A\\.|S)', '^A')
    """
    _check(prefixes)
    spelled = "|".join(map(literal, prefixes))
    return f"^{spelled}" if len(prefixes) == 1 else f"^(?:{spelled})"


def _check(prefixes: Sequence[str]) -> None:
    if not prefixes:
        raise PatternError("no prefix is given: type at least one", 0)


_ESCAPED = {sign: f"\\{sign}" for sign in "()*+.?[\\]^{|}"} | {
    "$": "[$]",
    "\n": r"\n",
    "\r": r"\r",
    "\t": r"\t",
}
