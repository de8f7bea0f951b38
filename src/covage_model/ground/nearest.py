"""Hints: the legal word or value nearest to a wrong one, and how to type it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from covage_model.ground import json_value
from covage_model.ground.files import scalars
from covage_model.ground.patterns import regex

_LONG = 64  # longer words are not compared
_FEW = 12  # at most so many legal words are all listed
_FAR = 10**_LONG
_PLAIN = regex(r"[^\W_](?:[\w ./+-]*[\w./+-])?")
_BOOLEANS = {"true": True, "false": False}


def nearest(word: str, legal: Iterable[str]) -> str | None:
    """The hint for a wrong `word`: the legal name that is close, or all legal names if they are few."""
    names = sorted(legal)
    if word in names:
        return None
    close = near_miss(word, names)
    if close is not None:
        return f"did you mean {close!r}?"
    return one_of(names) if len(names) <= _FEW else None


def one_of(legal: Iterable[Any]) -> str | None:
    """The hint with the first twelve values, as typed in YAML; None if there are none."""
    values = list(legal)[:_FEW]
    return f"use one of: {', '.join(map(typed, values))}" if values else None


def value_hint(value: object, legal: Iterable[Any]) -> str | None:
    """The hint for a wrong value: a legal one in other quotes, the one that is close, or some of `legal`."""
    values = list(legal)
    quotes = in_other_quotes(value)
    if any(json_value.equal(quotes, other) for other in values):
        return quotes_hint(quotes)
    close = near_miss(value, [text for text in values if isinstance(text, str)])
    return f"did you mean {close!r}?" if close is not None else one_of(values)


def in_other_quotes(value: object) -> Any:
    """
    The number, boolean or null that a text spells, or the text that spells such a value; ABSENT for others.

    >>> in_other_quotes("12"), in_other_quotes("True"), in_other_quotes(12), in_other_quotes("a")
    (12, True, '12', ABSENT)
    """
    if isinstance(value, str):
        if not 0 < len(value) <= _LONG:
            return json_value.ABSENT
        read = _BOOLEANS.get(value.lower(), scalars.value(value))
        return json_value.ABSENT if isinstance(read, str) else read
    if isinstance(value, bool | int | float) and abs(value) < _FAR:
        text = json.dumps(value)
        return text if len(text) <= _LONG else json_value.ABSENT
    return json_value.ABSENT


def quotes_hint(value: Any) -> str:
    """The hint to type a value that `in_other_quotes` gave."""
    spelled = json.dumps(value, ensure_ascii=False)
    return f"write it in quotes: {spelled}" if isinstance(value, str) else f"write it without quotes: {spelled}"


def typed(value: Any) -> str:
    """
    A value as typed in YAML: as in JSON, but without quotes if a text needs none.

    >>> [typed(value) for value in ("Lille", "no", "1", 1, True)]
    ['Lille', '"no"', '"1"', '1', 'true']
    """
    if isinstance(value, str) and _PLAIN.fullmatch(value) and scalars.reading(value) is None:
        return value
    return json.dumps(value, ensure_ascii=False)


def near_miss(word: object, legal: Iterable[str]) -> str | None:
    """
    The legal word that `word` is probably a misspelling of.

    >>> near_miss("creat", ["create", "delete"])
    'create'
    """
    if not isinstance(word, str) or len(word) > _LONG:
        return None
    return _near_miss(word, tuple(legal))


@lru_cache(maxsize=512)  # the same slip is often made in many orders of a file
def _near_miss(word: str, legal: tuple[str, ...]) -> str | None:
    import difflib  # slow to load, and most files have no misspelling

    return next(iter(difflib.get_close_matches(word, legal, n=1)), None)
