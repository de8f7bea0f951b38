r"""
I-Regexps (RFC 9485) between ^ and $: strict parsing, linear-time matching, comparison, sampling.

A pattern matches whole strings of Unicode characters; a string with a lone surrogate matches none.
`\p{..}` uses the Unicode version of the running Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from covage_model.ground.iregexp.ambiguity import Backtracking, backtracking
    from covage_model.ground.iregexp.choosing import chosen
    from covage_model.ground.iregexp.drawing import sample, shortest
    from covage_model.ground.iregexp.matching import matches
    from covage_model.ground.iregexp.nodes import Pattern, PatternError
    from covage_model.ground.iregexp.prefixes import prefix_pattern, spelled, starts
    from covage_model.ground.iregexp.relations import disjoint, includes
    from covage_model.ground.iregexp.search import SearchUndecided
    from covage_model.ground.iregexp.spelling import longest, may_end_in_newline, portable
    from covage_model.ground.iregexp.syntax import parse

__all__ = [
    "Backtracking",
    "Pattern",
    "PatternError",
    "SearchUndecided",
    "backtracking",
    "chosen",
    "disjoint",
    "includes",
    "longest",
    "matches",
    "may_end_in_newline",
    "parse",
    "portable",
    "prefix_pattern",
    "sample",
    "shortest",
    "spelled",
    "starts",
]

_PLACES = {
    "Backtracking": "ambiguity",
    "Pattern": "nodes",
    "PatternError": "nodes",
    "SearchUndecided": "search",
    "backtracking": "ambiguity",
    "chosen": "choosing",
    "disjoint": "relations",
    "includes": "relations",
    "longest": "spelling",
    "matches": "matching",
    "may_end_in_newline": "spelling",
    "parse": "syntax",
    "portable": "spelling",
    "prefix_pattern": "prefixes",
    "sample": "drawing",
    "shortest": "drawing",
    "spelled": "prefixes",
    "starts": "prefixes",
}


def __getattr__(name: str) -> Any:
    """Imports a public name at its first use: most processes only match patterns."""
    if name not in _PLACES:
        raise AttributeError(f"module 'iregexp' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = value
    return value
