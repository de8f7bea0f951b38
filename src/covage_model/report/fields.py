"""Periods, presence and types of fields in a few words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.documents.presence.slots import listed_values, member_titles
from covage_model.documents.tables import examples
from covage_model.documents.tables.period import Period
from covage_model.documents.tables.table import Requirement, Row, RuleRow
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Standing
from covage_model.ground.files import scalars
from covage_model.pack.conditions import words
from covage_model.pack.model.conditions import Starts
from covage_model.pack.model.text import say

_STANDINGS: Mapping[str, Mapping[Standing, str]] = {
    "en": {},
    "fr": {Standing.STATED: "écrit", Standing.INFERRED: "déduit", Standing.ASSUMED: "supposé"},
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "always": "always",
        "before": "before {0}",
        "ends": "; ends in {0}",
        "required": "required",
        "read-only": "read-only",
        "forbidden": "forbidden",
        "record": "record",
        "or": " or ",
        "starts": "starts with {0}",
        "object": "object",
        "array": "list",
        "string": "text",
        "integer": "integer",
        "number": "number",
        "boolean": "true or false",
        "null": "null",
        "anything": "anything",
        "exactly": "{0} characters",
        "least": "at least {0} characters",
        "most": "at most {0} characters",
        "range": "{0} to {1} characters",
        "distinct": "distinct",
        "colon": ": ",
        "needs-account": "reads the account",
    },
    "fr": {
        "always": "toujours",
        "before": "avant {0}",
        "ends": " ; cesse en {0}",
        "required": "requis",
        "read-only": "lecture seule",
        "forbidden": "interdit",
        "record": "réponse",
        "or": " ou ",
        "starts": "commence par {0}",
        "object": "objet",
        "array": "liste",
        "string": "texte",
        "integer": "entier",
        "number": "nombre",
        "boolean": "true ou false",
        "null": "null",
        "anything": "libre",
        "exactly": "{0} caractères",
        "least": "au moins {0} caractères",
        "most": "au plus {0} caractères",
        "range": "{0} à {1} caractères",
        "distinct": "distincts",
        "colon": " : ",
        "needs-account": "lit le compte",
    },
}


def presence(row: Row, language: str, *, judged: bool) -> list[tuple[str, str]]:
    """Each requirement of a field and its condition, as texts; `judged` if the table is of one status."""
    texts = [_asked(requirement, row, language, judged=judged) for requirement in row.asked]
    has_text = any(text for text, _ in texts)
    if row.read_only:
        mark = WORDS[language]["read-only"]
        first = mark if not has_text else f"{mark}, {texts[0][0]}"
        texts = [(first, texts[0][1]), *texts[1:]] if texts else [(mark, "")]
    return texts or [("", "")]


def _asked(one: Requirement, row: Row, language: str, *, judged: bool) -> tuple[str, str]:
    spoken = WORDS[language]
    when = "" if one.when is None else words.describe(one.when, language)
    since = since_words(one.period, language)
    if judged:
        said = spoken["required" if one.required else "forbidden"]
    elif one.required:
        ends = ", ".join(ending.status for ending in one.ends)
        said = since + (spoken["ends"].format(ends) if ends else "")
    else:
        said = spoken["forbidden"] + ("" if since == spoken["always"] else f" {_from(one.period, language)}")
    notes = [spoken["record"]] if one.records_only and not row.read_only else []
    notes += [standing(one.origin.standing, language)] if one.origin.standing is not row.standing else []
    return said + (f" ({', '.join(notes)})" if notes else ""), when


def _from(period: Period, language: str) -> str:
    since = since_words(period, language)
    return f"{'dès' if language == 'fr' else 'from'} {since}" if period.start is not None else since


def since_words(period: Period, language: str) -> str:
    """A period in words: `always`, the first status, `before` a status, or several statuses."""
    spoken = WORDS[language]
    if period.named:
        return ", ".join(period.named)
    before = spoken["before"].format(period.before) if period.before is not None else ""
    return ", ".join(filter(None, (period.start, before))) or spoken["always"]


def rule_words(row: RuleRow, language: str) -> str:
    """A rule in words: its author's message, or else its condition; with a note if it reads the account."""
    text = say(row.rule.message, language) or words.describe(row.condition, language)
    return text + (f" ({WORDS[language]['needs-account']})" if row.rule.reads_account else "")


def example(slot: Slot) -> str:
    """An example value as YAML spells it; '' if the pack has none."""
    value = examples.example_of(slot)
    if value is json_value.ABSENT and slot.items is not None and slot.items.properties is None:
        value = examples.example_of(slot.items)
    if value is json_value.ABSENT:
        return ""
    return _plain(value)


def _plain(value: Any) -> str:
    """A value as YAML spells it: a text is quoted only if it could be read as another kind of value."""
    if isinstance(value, str) and value and value.strip() == value and "|" not in value:
        return value if scalars.reading(value) is None and scalars.value(value) == value else json.dumps(value)
    return words.scalar(value)


def standing(standing: Standing, language: str) -> str:
    """How well a source supports a definition."""
    return _STANDINGS[language].get(standing, standing.value)


def kind(slot: Slot, sheet: Sheet, language: str) -> str:
    """The type of a field and its limits, in short."""
    spoken = WORDS[language]
    if slot.shows_status:
        return " | ".join(sheet.statuses)
    legal = listed_values(slot)
    starts = [_starts(entry.test, language) for entry in slot.chosen if isinstance(entry.test, Starts)]
    if legal:
        titles = {json_value.canonical(value): say(title, language) for value, title in member_titles(slot)}
        return ", ".join([" | ".join(_titled(value, titles) for value in legal), *starts])
    limits = [*starts, *_limits(slot, language)]
    if slot.is_list:
        inner = slot.items
        about = f" ({', '.join(limits)})" if limits else ""
        below = spoken["colon"] + kind(inner, sheet, language) if inner is not None else ""
        return spoken["array"] + about + below
    name = " + ".join(dict.fromkeys(spoken[type_.value] for type_ in slot.types)) or spoken["anything"]
    return ", ".join([name, *limits])


def _titled(value: Any, titles: Mapping[str, str]) -> str:
    """A value, and behind it the title that it has, if this says more."""
    title, plain = titles.get(json_value.canonical(value)), _plain(value)
    return plain if title is None or title.casefold() == plain.casefold() else f"{plain} ({title})"


def _starts(test: Starts, language: str) -> str:
    *others, last = map(_plain, test.prefixes)
    joined = WORDS[language]["or"].join(filter(None, (", ".join(others), last)))
    return WORDS[language]["starts"].format(joined)


def _limits(slot: Slot, language: str) -> list[str]:
    """Formats, patterns, lengths and bounds; several definitions of a field are combined."""
    said: dict[str, list[Any]] = {}
    for keyword in slot.keywords:
        said.setdefault(keyword.name, []).append(keyword.value)
    found = [str(value) for name in ("format", "pattern") for value in dict.fromkeys(said.get(name, ()))]
    found += _span(_tightest(said, "minLength", max), _tightest(said, "maxLength", min), language)
    found += _bounds(said)
    least, most = _tightest(said, "minItems", max), _tightest(said, "maxItems", min)
    if least is not None or most is not None:
        found.append(
            str(most)
            if least == most
            else f"≥ {least}"
            if most is None
            else f"{least}–{most}"
            if least
            else f"≤ {most}"
        )
    return found + ([WORDS[language]["distinct"]] if any(said.get("uniqueItems", ())) else [])


def _tightest(said: Mapping[str, list[Any]], name: str, choose: Callable[[list[Any]], Any]) -> Any:
    return choose(said[name]) if name in said else None


def _span(least: int | None, most: int | None, language: str) -> list[str]:
    spoken = WORDS[language]
    if least in (None, 0, 1) and most is None:
        return []  # a minimum of one character goes without saying
    if most is None:
        return [spoken["least"].format(least)]
    if not least:
        return [spoken["most"].format(most)]
    return [spoken["exactly"].format(most) if least == most else spoken["range"].format(least, most)]


def _bounds(said: Mapping[str, list[Any]]) -> list[str]:
    signs = {
        "minimum": ("≥", max),
        "exclusiveMinimum": (">", max),
        "maximum": ("≤", min),
        "exclusiveMaximum": ("<", min),
    }
    return [f"{sign} {choose(said[name])}" for name, (sign, choose) in signs.items() if name in said]
