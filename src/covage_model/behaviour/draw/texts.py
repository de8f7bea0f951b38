"""The few words that a picture adds to those of the pack, and the cleaning of both."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

LONGEST = 240  # characters of one text: a picture is no place for more
_TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "legend": "Legend",
        "anywhere": "Any state that is not final",
        "shared": "Without leaving the state",
        "edit": "Edit the document",
        "success": "success",
        "failure": "failure",
        "condition": "condition",
        "effect": "effect",
        "event": "event",
        "route": "The way, step by step",
        "step": "a step, by its number",
        "passed": "a state on the way",
        "untaken": "not on the way",
        "broken": "broken",
    },
    "fr": {
        "legend": "Légende",
        "anywhere": "Tout état non final",
        "shared": "Sans quitter l'état",
        "edit": "Modifier le document",
        "success": "succès",
        "failure": "échec",
        "condition": "condition",
        "effect": "effet",
        "event": "événement",
        "route": "Le parcours, pas à pas",
        "step": "un pas, par son numéro",
        "passed": "un état du parcours",
        "untaken": "hors du parcours",
        "broken": "non respecté",
    },
}


def text(name: str, language: str) -> str:
    """The word of that name, in English where `language` is neither French nor English; `name` if it is none."""
    return _TEXTS.get(language, _TEXTS["en"]).get(name, name)


def clean(said: str) -> str:
    r"""
    `said` on one line, without what no picture can show: controls, lone surrogates, changes of direction.

    >>> clean("a\n b\x00")
    'a b'
    """
    visible = "".join(
        " " if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp") else each for each in said
    )
    whole = " ".join(visible.split())
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 1]}…"
