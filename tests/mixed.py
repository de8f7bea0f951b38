"""Finds English words in French sentences, beside what these quote."""

from __future__ import annotations

import re

_DATA = re.compile(r"«[^»]*»|`[^`]*`|\"[^\"]*\"|'[^' ]*'|\{[^{}]*\}")
_ENGLISH = re.compile(
    r"(?<![\w-])(?:the|is|are|of|with|from|was|were|and|it|this|which|that|has|have|there|must|to|in|no|not|by|here"
    r"|then|nothing|nobody|found|missing|cannot|should|where|without|between|again|more|than|each|every|what|their"
    r"|these|those|been|would|could|about|under|how|an)(?![\w-])"
)


def english(text: str) -> list[str]:
    """The English words of a French sentence, beside what it quotes."""
    return _ENGLISH.findall(_DATA.sub("", text))
