r"""
I-Regexps (RFC 9485) between ^ and $: read strictly, matched in linear time, compared, drawn from.

A pattern speaks of whole strings of Unicode characters; a string with a lone surrogate matches none.
`\p{..}` means what the `unicodedata` of the running Python says.
"""

from __future__ import annotations

from covage_model.patterns.drawing import sample, shortest
from covage_model.patterns.matching import matches
from covage_model.patterns.nodes import Pattern, PatternError
from covage_model.patterns.prefixes import prefix_pattern, starts
from covage_model.patterns.relations import disjoint, includes
from covage_model.patterns.search import Undecided
from covage_model.patterns.spelling import longest, may_end_in_newline, portable
from covage_model.patterns.syntax import parse

__all__ = [
    "Pattern",
    "PatternError",
    "Undecided",
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
    "starts",
]
