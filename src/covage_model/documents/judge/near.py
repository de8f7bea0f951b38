"""Whether a document nearly has what an entry of a `match` asks: a misspelling of a key or of a value away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.documents.judge.entries import edit, edits, legal_values, misspelt, remembered
from covage_model.ground import json_value
from covage_model.ground.nearest import in_other_quotes
from covage_model.pack.model.conditions import Starts
from covage_model.pack.model.matches import Match


def is_near(entry: Match, data: Any) -> bool:
    """Whether the entry accepts a value of the document with a slip in it, or in the keys that lead there."""
    return any(_is_nearly(entry, value) for value in _meant(data, entry.path))


def change(entry: Match, data: Any) -> int:
    """How many characters of a value to change so that the entry accepts it; a value that is not there is written."""
    return min((edit(entry, value) for value in _meant(data, entry.path)), default=edit(entry, json_value.ABSENT))


def _meant(data: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """The value at a path; where a key of it is missing, the values under keys that are probably misspellings of it."""
    if not path:
        yield data
    elif isinstance(data, dict):
        names = [path[0]] if path[0] in data else [name for name in data if _same_word(name, path[0])]
        for name in names:
            yield from _meant(data[name], path[1:])


@remembered
def _is_nearly(entry: Match, value: Any) -> bool:
    """Whether the entry accepts the value, or one that is a slip away: a misspelling, another case, other quotes."""
    legal = legal_values((entry,))
    quotes = in_other_quotes(value)
    if misspelt(entry, value) or any(json_value.equal(one, other) for one in (value, quotes) for other in legal):
        return True
    if not isinstance(value, str):
        return False
    texts = [text.lower() for text in legal if isinstance(text, str)]
    if isinstance(entry.test, Starts):
        return any(value.strip().lower().startswith(text) for text in texts)
    return value.strip().lower() in texts


def _same_word(name: str, wanted: str) -> bool:
    """Whether a key is probably a misspelling of another."""
    return abs(len(name) - len(wanted)) <= 2 and 3 * edits(name.lower(), wanted.lower()) <= len(wanted) + 2
