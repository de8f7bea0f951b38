"""
The language of what people read: English, or French from a catalogue that is loaded when it is asked for.

An English sentence is its own key. Its French one has the same holes: `{name}` takes a value as it is, `{name:words}`
a phrase of our own, which is translated too, `{count:n}` a number with its thousands apart, and
`{count:order|orders}` the first noun for one and the second for several. French counts 0 as one.

Findings cross processes, caches and JSON as code, form and values; a hint or a detail crosses as its English
sentence. Both become French only where they are printed, so nothing on the way knows of languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from covage_model.ground.patterns import regex

LANGUAGES = ("en", "fr")
_HOLE = regex(r"\{([a-z_]+)(?::([^{}]*))?\}")
_CAPITALS = regex(r"[A-Z]{2,}")
_CODE = regex(r"(`[^`]*`)")
_WIDE, _NARROW = "\u00a0", "\u202f"  # blanks at which no line breaks
_SPACED = (
    (regex(r" (?=:(?:\s|$))|(?<=«) | (?=»)"), _WIDE),
    (regex(r" (?=[;!?](?:\s|$|\)))"), _NARROW),
)


def of_environment(variables: Mapping[str, str]) -> str:
    """The language that the locale of a process asks for: the first that is set of LC_ALL, LC_MESSAGES and LANG."""
    said = next(filter(None, map(variables.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "fr" if said[:2].lower() == "fr" and not said[2:3].isalpha() else "en"


def tell(template: str, language: str, /, **values: Any) -> str:
    """
    The sentence of an English `template` in a language, with its values.

    >>> tell("{count:n} {count:order|orders}", "en", count=1200)
    '1,200 orders'
    """
    if language == "fr":
        template = _sentences().get(template, template)
    return template.format_map({name: Told(value, language) for name, value in values.items()})


def translated(text: str, language: str) -> str:
    """A sentence that was made in English, in a language; as it is where the catalogue does not know it."""
    if language != "fr":
        return text
    whole = _sentences().get(text)
    if whole is not None:
        return whole
    for pattern, sentence in _patterns():
        if found := pattern.fullmatch(text):
            return sentence.format_map({name: Told(value, language) for name, value in found.groupdict().items()})
    return text


def words(text: str, language: str) -> str:
    """A phrase of our own, or several joined by ` or `, `, ` or ` and `, in a language."""
    known = translated(text, language)
    if language != "fr" or known != text:
        return known
    for joint, french in ((" or ", " ou "), (", ", ", "), (" and ", " et ")):
        if joint in text:
            return french.join(translated(part, language) for part in text.split(joint))
    return text


def metavar(text: str, language: str) -> str:
    """
    The words that stand for a value in a call, in a language.

    >>> metavar("[ORDER[/VARIANT]|account]", "fr")
    '[COMMANDE[/VARIANTE]|account]'
    """
    if language != "fr":
        return text
    from covage_model.ground.language.french.metavars import WORDS

    return _CAPITALS.sub(lambda word: WORDS.get(word[0], word[0]), text)


class Told:
    """A value in a sentence. Its format is as it is (none), `words`, `n`, or two nouns (see the module)."""

    def __init__(self, value: Any, language: str) -> None:
        self._value = value
        self._language = language

    def __format__(self, how: str) -> str:
        if how == "words":
            return words(str(self._value), self._language)
        return counted(self._value, how, self._language) if how == "n" or "|" in how else format(self._value, how)


def counted(value: Any, how: str, language: str) -> str:
    """A number with its thousands apart (`n`), or the noun for such a number (`one|several`)."""
    french = language == "fr"
    if how == "n":
        return f"{value:,}".replace(",", _NARROW) if french else f"{value:,}"
    one, several = how.split("|")
    return one if (abs(value) < 2 if french else value == 1) else several


def figure(text: str, language: str) -> str:
    """
    A figure with its interval, in a language.

    >>> figure("1.5 d [0.5, 2.5]", "fr")
    '1,5 j [0,5; 2,5]'
    """
    if language != "fr":
        return text
    return re.sub(r"\bd\b", "j", re.sub(r"(?<=\d)\.(?=\d)", ",", text.replace(", ", "; ")))


def typeset(text: str) -> str:
    r"""
    A French text with the blanks that belong before `: ; ! ?` and inside « »; code in back quotes stays as it is.

    >>> typeset("oui : « a » ?")
    'oui\xa0: «\xa0a\xa0»\u202f?'
    """
    parts = _CODE.split(text)
    for place in range(0, len(parts), 2):
        for pattern, blank in _SPACED:
            parts[place] = pattern.sub(blank, parts[place])
    return "".join(parts)


@cache
def _sentences() -> Mapping[str, str]:
    """The French sentences by the English ones."""
    from covage_model.ground.language.french import SENTENCES

    return {english: typeset(french) for english, french in SENTENCES.items()}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """
    What English sentences with holes look like, and their French.

    Those that begin with a word come before those that begin with a hole, which would take that word for a value;
    among either, those with most words come first.
    """
    from covage_model.ground.language.french import RECOGNISED

    found = [(english, _sentences()[english]) for english in RECOGNISED if _HOLE.search(english)]
    found.sort(key=lambda pair: (pair[0].startswith("{"), -len(_HOLE.sub("", pair[0]))))
    return tuple((re.compile(_pattern(english), re.DOTALL), french) for english, french in found if _told(english))


def _told(english: str) -> bool:
    """Whether a finished sentence can be recognised by it: it has words, and no number that changes them."""
    return bool(re.search("[a-z]{2}", _HOLE.sub("", english))) and "|" not in english


def _pattern(english: str) -> str:
    seen: set[str] = set()
    parts, at = [], 0
    for hole in _HOLE.finditer(english):
        parts.append(re.escape(english[at : hole.start()]))
        parts.append(f"(?P={hole[1]})" if hole[1] in seen else f"(?P<{hole[1]}>.+?)")
        seen.add(hole[1])
        at = hole.end()
    return "".join(parts) + re.escape(english[at:])
