"""The few words that a picture adds to those of the pack, and the cleaning of both."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from covage_model.ground import escape

LONGEST = 240  # characters of one text: a picture is no place for more
LEFT_TO_RIGHT = "\u200e"
_TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "legend": "Legend",
        "left last": "the step left last",
        "anywhere": "Any state that is not final",
        "shared": "Without leaving the state",
        "elsewhere": "State drawn elsewhere",
        "edit": "Edit the document",
        "after": "after",
        "entry": "on entry",
        "exit": "on exit",
        "forever": "again and again",
        "start": "Start",
        "steps": "steps",
        "success": "success",
        "failure": "failure",
        "condition": "condition",
        "effect": "effect",
        "event": "event",
        "source": "source",
        "assumed": "assumed: no source states it",
        "route": "The way, step by step",
        "step": "a step, by its number",
        "passed": "a state on the way",
        "untaken": "not on the way",
        "broken": "broken",
    },
    "fr": {
        "legend": "Légende",
        "left last": "l'étape quittée en dernier",
        "anywhere": "Tout état non final",
        "shared": "Sans quitter l'état",
        "elsewhere": "État dessiné ailleurs",
        "edit": "Modifier le document",
        "after": "après",
        "entry": "à l'entrée",
        "exit": "à la sortie",
        "forever": "encore et encore",
        "start": "Début",
        "steps": "étapes",
        "success": "succès",
        "failure": "échec",
        "condition": "condition",
        "effect": "effet",
        "event": "événement",
        "source": "source",
        "assumed": "supposé : aucune source ne le dit",
        "route": "Le parcours, pas à pas",
        "step": "un pas, par son numéro",
        "passed": "un état du parcours",
        "untaken": "hors du parcours",
        "broken": "non respecté",
    },
}
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_JOINED = re.compile(  # joiners between letters or emoji, and the tags of flags: without them others are shown
    "(?<=[^\\x00-\\xa0])[\u200c\u200d](?=[^\\x00-\\xa0\u200b-\u200f])|(?<=[\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]"
)
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL_RUN = re.compile(f"[{_RTL}](?:[\\s\\d.,'\u0300-\u036f\u200c\u200d-]*[{_RTL}])*+(?=[^{LEFT_TO_RIGHT}])")


def text(name: str, language: str) -> str:
    """The word of that name, in English where `language` is neither French nor English; `name` if it is none."""
    return _TEXTS.get(language, _TEXTS["en"]).get(name, name)


def clean(text: str) -> str:
    r"""
    `text` on one line, without what no picture can show: controls, lone surrogates, changes of direction.

    Joiners inside emoji and words stay. Beyond LONGEST characters it is cut, between words where it has any.

    >>> clean("a\n b\x00")
    'a b'
    """
    kept = {found.start() for found in _JOINED.finditer(text)}
    visible = "".join(
        each if number in kept or not _is_hidden(each) else " " for number, each in enumerate(text[: 20 * LONGEST])
    )
    whole = " ".join(visible.split())
    if len(whole) <= LONGEST:
        return whole
    short = whole[: LONGEST - 1]
    return f"{short.rpartition(' ')[0] or short}…"


def _is_hidden(character: str) -> bool:
    is_new_emoji = "\U0001f000" <= character <= "\U0001faff"  # of a later Unicode than this Python knows
    hidden = unicodedata.category(character) in _HIDDEN or escape.is_blank(character)
    return hidden and not is_new_emoji


def directed(text: str) -> str:
    """`text`, written from left to right, in which words from right to left do not move what follows them."""
    return _RTL_RUN.sub(lambda found: found[0] + LEFT_TO_RIGHT, text)
