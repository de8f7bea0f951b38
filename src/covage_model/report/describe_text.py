"""What orders hold, as text, Markdown and CSV."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from covage_model.documents.tables.table import Row, RuleRow, Table
from covage_model.pack.conditions import words
from covage_model.pack.model.text import say
from covage_model.report import describe_along, describe_words
from covage_model.report.table import csv_table, markdown_table, text_table
from covage_model.report.text import escaped

_HEADS: Mapping[str, Sequence[str]] = {
    "en": ("field", "title", "required from", "if", "type", "example", "source", "standing"),
    "fr": ("champ", "titre", "requis dès", "si", "type", "exemple", "source", "tenu pour"),
}
_SHARES = (2.2, 1.2, 1.2, 1.4, 1.7, 1.4, 1.0, 1.0)
_ALONG = 3  # where in a row the signs of the statuses stand, beside what is required
_ALONG_SHARE = 2.0
_LONG = 18  # of an example in a cell; the other formats have all of it
_RULE_SHARES = (1.5, 4.0, 1.0, 1.0, 1.0)
_JUDGED: Mapping[str, str] = {"en": "presence", "fr": "présence"}
_RULES: Mapping[str, Sequence[str]] = {
    "en": ("rule", "says", "from", "source", "standing"),
    "fr": ("règle", "dit", "dès", "source", "tenu pour"),
}
_LEAVES: Mapping[str, Sequence[str]] = {
    "en": ("order", "title", "matches", "lifecycle", "written by"),
    "fr": ("commande", "titre", "reconnue à", "vie", "écrite par"),
}
_NO_RULES = {"en": "no rules", "fr": "aucune règle"}


def text(tables: Sequence[Table], language: str, width: int, *, judged: bool) -> str:
    """Each variant in turn: what it is known by, its fields, its rules."""
    parts = []
    for one in tables:
        rows = _rows(one, language, judged=judged, longest=_LONG)
        shares = _SHARES if judged else (*_SHARES[:_ALONG], _ALONG_SHARE, *_SHARES[_ALONG:])
        fields = text_table(_heads(language, judged=judged), rows, width, shares)
        along = "" if judged else "".join(f"{textwrap.fill(line, width)}\n" for line in _along(one, language))
        rules = (
            text_table(_RULES[language], _rules(one, language), width, _RULE_SHARES)
            if one.rules
            else f"{_NO_RULES[language]}\n"
        )
        parts.append(f"{_title(one, language)}\n{along}\n{fields}\n{rules}")
    return "\n\n".join(parts)


def markdown(tables: Sequence[Table], language: str, *, judged: bool) -> str:
    """The same as Markdown tables under headings."""
    parts = []
    for one in tables:
        fields = markdown_table(_heads(language, judged=judged), _rows(one, language, judged=judged))
        rules = markdown_table(_RULES[language], _rules(one, language)) if one.rules else f"{_NO_RULES[language]}\n"
        along = "" if judged else "".join(f"{line}\n\n" for line in _along(one, language))
        parts.append(f"## {_title(one, language)}\n\n{along}{fields}\n{rules}")
    return "\n".join(parts)


def as_csv(tables: Sequence[Table], language: str, *, judged: bool) -> str:
    """The same for a spreadsheet: fields, then rules (`what` tells them apart), of one variant after another."""
    rows = []
    for one in tables:
        name = ""
        for row in _rows(one, language, judged=judged):
            name = row[0] or name  # what else is asked of a field names it again: spreadsheets sort and filter
            rows.append([one.sheet.variant, "field", name, *row[1:]])
        for name, says, since, source, standing in _rules(one, language):
            blank = [""] * (3 if judged else 4)
            rows.append([one.sheet.variant, "rule", name, says, since, *blank, source, standing])
    return csv_table(["order", "what", *_heads(language, judged=judged)], rows)


def _title(one: Table, language: str) -> str:
    return f"{one.sheet.variant}: {escaped(one.title(language))} ({escaped(words.describe(one.match, language))})"


def _along(one: Table, language: str) -> list[str]:
    """What the signs of the statuses mean, and where a join or a way back ends what is required."""
    return [escaped(line) for line in (describe_along.legend(one, language), *describe_along.reasons(one, language))]


def _heads(language: str, *, judged: bool) -> list[str]:
    heads = list(_HEADS[language])
    if judged:
        return [*heads[:2], _JUDGED[language], *heads[3:]]
    return [*heads[:_ALONG], describe_along.HEADS[language], *heads[_ALONG:]]


def _rows(one: Table, language: str, *, judged: bool, longest: int | None = None) -> list[list[str]]:
    """A row per field, and one more for each further thing that is asked of it; examples are cut if too long."""
    return [cells for row in one.rows for cells in _row(row, one, language, judged=judged, longest=longest)]


def _row(row: Row, one: Table, language: str, *, judged: bool, longest: int | None) -> list[list[str]]:
    (first, condition), *others = describe_words.presence(row, language, judged=judged)
    slot = row.slot
    head = [row.path, escaped(say(slot.titles[0], language)) if slot.titles else ""]
    example = describe_words.example(slot)
    example = example if longest is None or len(example) <= longest else example[: longest - 1] + "…"
    about = [escaped(describe_words.kind(slot, one.sheet, language)), escaped(example)]
    signs = [] if judged else [describe_along.signs(row)]
    cited = [", ".join(row.source), describe_words.standing(row.standing, language)]
    blank = [""] * len(signs)
    more = [["", "", said, *blank, escaped(when), "", "", "", ""] for said, when in others]
    return [[*head, first, *signs, escaped(condition), *about, *cited], *more]


def _rules(one: Table, language: str) -> list[list[str]]:
    return [_rule(row, language) for row in one.rules]


def _rule(row: RuleRow, language: str) -> list[str]:
    origin = row.rule.origin
    since = describe_words.since_words(row.period, language)
    says = escaped(describe_words.rule_words(row, language))
    return [row.rule.name, says, since, ", ".join(origin.source), describe_words.standing(origin.standing, language)]


def variant_rows(tables: Sequence[tuple[Table, str]], language: str) -> list[list[str]]:
    """The variants of a pack, each with its title, its choice, the lifecycle it follows and who writes it."""
    return [
        [
            one.sheet.variant,
            escaped(one.title(language)),
            escaped(words.describe(one.match, language)),
            follows,
            one.sheet.written_by or "",
        ]
        for one, follows in tables
    ]


def variant_heads(language: str) -> Sequence[str]:
    """The heads of these columns."""
    return _LEAVES[language]
