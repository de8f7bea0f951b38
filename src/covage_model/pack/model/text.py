"""Texts that a pack gives in one language or several."""

from __future__ import annotations

from collections.abc import Mapping

Text = str | Mapping[str, str]


def say(text: Text | None, language: str, *, otherwise: str = "") -> str:
    """
    `text` in `language`, else in the first language it was given in, else `otherwise`.

    >>> say({"fr": "prêt", "en": "loan"}, "en")
    'loan'
    >>> say("Covage", "fr")
    'Covage'
    """
    if text is None:
        return otherwise
    if isinstance(text, str):
        return text
    return text.get(language) or next(iter(text.values()), otherwise)
