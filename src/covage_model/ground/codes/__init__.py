"""
Every code that a finding can have, with its messages and its page. They are written only here.

A message is a template. Its fields are arguments of the finding: `{name}` is quoted and `{name:bare}` is not.
`{name:value}` is quoted too, but shows "a list" or "an object" in place of such a value. `{names:in}` is " in "
and a list, or nothing if the list is empty. `{name:pairs}` shows the members of an object. `{name:words}` is a phrase
of our own, which is translated, or else bare, and `{count:order|orders}` a noun for a number (see `ground.language`).
`{kind:kind}` is what the author of a pack calls something: its title and its description in the language.
`{when:said}` is a text for each language.

The French pages are in `french/`, one file for each of these, loaded when they are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from covage_model.ground import escape, language, places
from covage_model.ground.codes.page import Page
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.patterns import regex

_FILES = {
    "CM0": ("reading",),
    "CM1": ("shape",),
    "CM2": ("names",),
    "CM3": ("meaning", "profiles"),
    "CM4": ("orders",),
    "CM5": ("behaviour", "coverage", "properties", "suites", "logs"),
}
_LITERAL = regex(r"true|false|null|-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_LONG = 80
_LONG_BARE = 200  # our own words, names and places: seldom hostile, and of little use when they are cut


def catalogue() -> Mapping[str, Page]:
    """The page of every code, sorted by kind."""
    return {code: page for kind in _FILES for code, page in _pages(kind).items()}


def page(code: str, lang: str = "en") -> Page:
    """The page of a code in a language; the English one where there is no other."""
    return (_french().get(code) if lang == "fr" else None) or _pages(code[:3])[code]


@cache
def _pages(kind: str) -> Mapping[str, Page]:
    """The pages of the codes that begin with these three letters: few calls need more than one kind."""
    files = [import_module(f"{__name__}.{name}") for name in _FILES[kind]]
    return {code: page for file in files for code, page in file.PAGES.items()}


@cache
def _french() -> Mapping[str, Page]:
    from covage_model.ground.codes.french import PAGES

    return {code: page.typeset() for code, page in PAGES.items()}


def message(finding: Diagnostic, lang: str = "en") -> str:
    """The message of a finding: one sentence on one line, without a capital at its start, true without context."""
    template = page(finding.code, lang).messages.get(finding.form) or page(finding.code).messages[finding.form]
    return places.in_text(
        template.format_map({name: _Spelled(value, lang) for name, value in finding.arguments.items()})
    )


class _Spelled:
    """
    An argument of a message.

    Its format is quoted (none), `bare`, `value`, `pairs`, `in`, `kind`, `said`, `figure`, `words` or two nouns.
    """

    def __init__(self, value: Any, lang: str) -> None:
        self._value = value
        self._lang = lang

    def __format__(self, how: str) -> str:
        value, lang = self._value, self._lang
        if how == "value" and isinstance(value, list | tuple):
            return language.words("a list", lang)
        if how == "pairs" and isinstance(value, dict):
            joint = language.words(" and ", lang)
            return joint.join(f"{spelled(k, bare=True)} = {spelled(v, bare=True)}" for k, v in value.items())
        if how == "in":
            return language.words(" in ", lang) + spelled(value, bare=True) if value else ""
        if how == "kind" and isinstance(value, dict):
            return _called(value, lang)
        if how == "said" and isinstance(value, dict):
            return spelled(value.get(lang) or value["en"], bare=True)
        if how in ("words", "kind") and isinstance(value, str):
            return language.words(spelled(value, bare=True), lang)
        if how == "words" and isinstance(value, list | tuple):  # names hold no blank: they stay
            value = [language.words(item, lang) if isinstance(item, str) and " " in item else item for item in value]
        if how == "figure":
            return language.figure(spelled(value, bare=True), lang)
        if how == "n" or "|" in how:
            return language.counted(value, how, lang)
        return spelled(value, bare=how in ("bare", "words"), lang=lang)


def spelled(value: Any, *, bare: bool = False, lang: str = "en") -> str:
    """A value as a message shows it: on one line, a text cut to 80 characters (200 if `bare`)."""
    if isinstance(value, str):
        longest = _LONG_BARE if bare else _LONG
        text = value if len(value) <= longest else value[: longest - 1] + "…"
        if bare:
            return escape.plain(text)
        if lang == "en":
            return repr(text)
        return f"«\u00a0{_unquoted(repr(text))}\u00a0»" if text else '""'
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, list | tuple):
        shown = ", ".join(spelled(item, bare=_plain(item), lang=lang) for item in value[:20])
        if not value:
            return language.words("nothing", lang)
        return f"{shown}, …" if len(value) > 20 else shown
    if isinstance(value, dict):
        return language.words("an object", lang)
    text = repr(value)
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def _called(kind: Mapping[str, Any], lang: str) -> str:
    """A title in quotes, and the description after it; the description in quotes where there is no title."""
    texts = (kind["title"], kind["description"])
    said = [text if isinstance(text, str) else text.get(lang) or next(iter(text.values())) for text in texts if text]
    first, *rest = (spelled(" ".join(text.split()).rstrip("."), bare=True) for text in said)
    if lang == "fr":
        return language.typeset(" : ".join([f"« {first} »", *rest]))
    return ": ".join([f'"{first}"', *rest])


def _plain(item: Any) -> bool:
    """Whether an item of a list is a printable text that cannot be mistaken for a number, a boolean or null."""
    return isinstance(item, str) and item.isprintable() and _LITERAL.fullmatch(item) is None


def _unquoted(text: str) -> str:
    """What `repr` shows of a text, without its quotes and with no quote escaped."""
    return text[1:-1].replace("\\'", "'")
