"""Texts that a pack gives in one language or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Text = str | Mapping[str, str]
_OR = {"fr": "ou"}


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


def any_of(names: Sequence[str], titles: Mapping[str, str], language: str) -> str:
    """
    Several of whom any will do, by their titles; a name stands for itself where it has no title.

    >>> any_of(("customer", "merchant"), {"customer": "Client"}, "fr")
    'Client ou merchant'
    """
    return f" {_OR.get(language, 'or')} ".join(titles.get(name, name) for name in names)
