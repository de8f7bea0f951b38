"""
Every code that a finding can have, with its messages and its page. They are written only here.

A message is a template. Its fields are arguments of the finding: `{name}` is quoted and `{name:bare}` is not.
`{name:value}` is quoted too, but shows "a list" or "an object" in place of such a value. `{names:in}` is " in "
and a list, or nothing if the list is empty. `{name:pairs}` shows the members of an object.
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
_LONG_BARE = 200  # our own words, names and places: seldom hostile, and of little use when they are cut


def message(finding: Diagnostic) -> str:
    """The message of a finding: one sentence on one line, without a capital at its start, true without context."""
    template = CATALOGUE[finding.code].messages[finding.form]
    return places.in_text(template.format_map({name: _Spelled(value) for name, value in finding.arguments.items()}))


class _Spelled:
    """An argument of a message. Its format is quoted (none), `bare`, `value`, `pairs` or `in`."""

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
    """A value as a message shows it: on one line, a text cut to 80 characters (200 if `bare`)."""
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
    """Whether an item of a list is a printable text that cannot be mistaken for a number, a boolean or null."""
    return isinstance(item, str) and item.isprintable() and _LITERAL.fullmatch(item) is None
