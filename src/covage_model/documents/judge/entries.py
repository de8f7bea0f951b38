"""Entries of `match` held against a document, and how near they are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import Any, TypeVar

from covage_model.ground import json_value
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import In, Literal, Scalar, Starts
from covage_model.pack.model.matches import Match

_BETWEEN = re.compile(r"[\W_]+")
_LONG = 64  # beyond this many characters nobody mistyped a word
_KEPT = 4096
Answer = TypeVar("Answer")


def remembered(asked: Callable[[Match, Any], Answer]) -> Callable[[Match, Any], Answer]:
    """What is asked about an entry and a value, remembered for short texts: many documents of a run have the same."""
    known: dict[tuple[int, str], tuple[Match, Answer]] = {}  # by id of the entry, which is kept with its answer

    @wraps(asked)
    def answer(entry: Match, value: Any) -> Answer:
        if type(value) is not str or len(value) > _LONG:
            return asked(entry, value)
        found = known.get((id(entry), value))
        if found is None:
            if len(known) >= _KEPT:
                known.clear()
            found = known[id(entry), value] = entry, asked(entry, value)
        return found[1]

    return answer


@remembered
def misspelt(entry: Match, value: Any) -> bool:
    """Whether the value is a text that the entry would accept with few characters changed, or with words added."""
    if not isinstance(value, str) or isinstance(entry.test, Starts):
        return False
    return 3 * edit(entry, value) <= len(value) + 2 or _is_part(value, legal_values((entry,)))


def _is_part(text: str, legal: Sequence[Scalar]) -> bool:
    """Whether the text has the first or the last words of a legal one: `by_post` of `send_by_post`."""
    words = _words(text)
    wholes = [_words(value) for value in legal if isinstance(value, str)] if len(text) <= _LONG else []
    return bool(words) and any(words in (whole[: len(words)], whole[-len(words) :]) for whole in wholes)


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text.lower()) if word]


def passes(entry: Match, data: Any) -> bool:
    """Whether the entry accepts what the document has at its path."""
    return truth.satisfies(entry.test, json_value.at(data, entry.path))


@remembered
def edit(entry: Match, value: Any) -> int:
    """How many characters to change so that the entry accepts the value; an absent one is written anew."""
    text = "" if value is json_value.ABSENT else value[:_LONG] if isinstance(value, str) else _spelled(value)[:_LONG]
    prefix = isinstance(entry.test, Starts)
    distances = (edits(text, _spelled(legal)[:_LONG], prefix=prefix) for legal in legal_values((entry,)))
    return min(distances, default=len(text))  # where nothing may be, all of it is too much


@lru_cache(_KEPT)
def edits(text: str, wanted: str, *, prefix: bool = False) -> int:
    """
    The Levenshtein distance; with `prefix`, to the nearest text that begins with `wanted`.

    >>> edits("creat", "create"), edits("DA01", "A", prefix=True)
    (1, 1)
    """
    row = list(range(len(wanted) + 1))
    best = row[-1]
    for number, char in enumerate(text, 1):
        row, before = [number], row
        for index, other in enumerate(wanted):
            row.append(min(before[index] + (char != other), before[index + 1] + 1, row[index] + 1))
        best = min(best, row[-1])
    return best if prefix else row[-1]


def legal_values(entries: Sequence[Match]) -> list[Scalar]:
    """What the entries accept, in spec order: literals, or the beginnings of texts."""
    found: list[Scalar] = []
    for entry in entries:
        match entry.test:
            case Literal(value):
                values: tuple[Scalar, ...] = (value,)
            case In(values):
                pass
            case Starts(prefixes):
                values = prefixes
        found.extend(values)
    return json_value.distinct(found)


def _spelled(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
