"""
Every code that a finding can have: its sentences and its page. Said here and nowhere else.

A sentence is a template over a finding's arguments: `{name}` is quoted, `{name:bare}` is not, and
`{name:value}` is quoted and names the kind of what is no scalar. `{names:in}` is " in " and a list, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from covage_model.ground import escape, places
from covage_model.ground.codes import behaviour, coverage, meaning, names, orders, properties, reading, shape, suites
from covage_model.ground.codes.page import Page
from covage_model.ground.diagnostics import Diagnostic

CATALOGUE: Mapping[str, Page] = {
    **reading.PAGES,
    **shape.PAGES,
    **names.PAGES,
    **meaning.PAGES,
    **orders.PAGES,
    **behaviour.PAGES,
    **coverage.PAGES,
    **properties.PAGES,
    **suites.PAGES,
}
_LITERAL = re.compile(r"true|false|null|-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_LONG = 80
_LONG_BARE = 200  # our own words, names and places: less likely to be hostile, and of little use when cut


def message(finding: Diagnostic) -> str:
    """The one sentence of a finding: lower-case start, true in isolation, no line break whatever the file says."""
    template = CATALOGUE[finding.code].messages[finding.form]
    return places.in_text(template.format_map({name: _Spelled(value) for name, value in finding.arguments.items()}))


class _Spelled:
    """An argument as a template spells it: quoted, `bare`, a `value`, `pairs` of a mapping, a list after `in`."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def __format__(self, how: str) -> str:
        if how == "value" and isinstance(self._value, list | tuple):
            return "a list"
        if how == "pairs" and isinstance(self._value, dict):
            return " and ".join(f"{spelled(k, bare=True)} = {spelled(v, bare=True)}" for k, v in self._value.items())
        if how == "in":
            return f" in {spelled(self._value, bare=True)}" if self._value else ""
        return spelled(self._value, bare=how == "bare")


def spelled(value: Any, *, bare: bool = False) -> str:
    """A value of a file as people read it in a sentence: one line, and at most 80 characters of a text (200 bare)."""
    if isinstance(value, str):
        longest = _LONG_BARE if bare else _LONG
        text = value if len(value) <= longest else value[: longest - 1] + "…"
        return escape.plain(text) if bare else repr(text)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, list | tuple):
        shown = ", ".join(spelled(item, bare=_plain(item)) for item in value[:20])
        if not value:
            return "nothing"
        return f"{shown}, …" if len(value) > 20 else shown
    if isinstance(value, dict):
        return "an object"
    text = repr(value)
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def _plain(item: Any) -> bool:
    """Whether an item of a list is a text that nobody takes for a number, a boolean or null."""
    return isinstance(item, str) and item.isprintable() and _LITERAL.fullmatch(item) is None
