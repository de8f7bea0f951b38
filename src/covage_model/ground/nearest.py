"""What somebody may have meant: the near miss of a word."""

from __future__ import annotations

from collections.abc import Iterable

_LONG = 64  # beyond this many characters nobody mistyped a word
_FEW = 12


def nearest(word: str, legal: Iterable[str]) -> str | None:
    """What to type instead of `word`: the one that is close, or all where they are few."""
    names = sorted(legal)
    close = near_miss(word, names)
    if close is not None:
        return f"did you mean {close!r}?"
    return f"use one of: {', '.join(names)}" if 0 < len(names) <= _FEW else None


def near_miss(word: object, legal: Iterable[str]) -> str | None:
    """
    The legal word that `word` is probably a misspelling of.

    >>> near_miss("creat", ["create", "delete"])
    'create'
    """
    if not isinstance(word, str) or len(word) > _LONG:
        return None
    import difflib  # slow to load, and most files have no misspelling

    return next(iter(difflib.get_close_matches(word, list(legal), n=1)), None)
