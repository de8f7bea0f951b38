"""The report of `describe`: the fields of orders with their presence, type and source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from covage_model.documents.presence.endings import Ending, Entry
from covage_model.documents.tables import examples
from covage_model.documents.tables.period import Period
from covage_model.documents.tables.table import Requirement, Row, RuleRow, Table
from covage_model.ground import json_value
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions import words
from covage_model.pack.definitions import texts
from covage_model.pack.model.keys import KeyPath
from covage_model.pack.model.lifecycle import ShownValue, Variable
from covage_model.pack.model.text import say
from covage_model.report import along, fields
from covage_model.report import blocks as shown
from covage_model.report import finding as findings
from covage_model.report import report as reports
from covage_model.report.blocks import Blank, Block, Heading, TextLine
from covage_model.report.report import Report

_HEADS: Mapping[str, Sequence[str]] = {
    "en": ("field", "title", "required from", "if", "type", "example", "source", "standing"),
    "fr": ("champ", "titre", "requis dès", "si", "type", "exemple", "source", "tenu pour"),
}
_SHARES = (2.2, 1.2, 1.2, 1.4, 1.7, 1.4, 1.0, 1.0)
_ALONG = 3  # where in a row the signs of the statuses stand, beside what is required
_ALONG_SHARE = 2.0
_EXAMPLE = 5  # where in a row the example stands
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
_NAMED_BY: Mapping[str, tuple[str, str]] = {
    "en": ("reports name the order by: {paths}", "at most once in a run: {paths}"),
    "fr": ("les rapports nomment la commande par : {paths}", "une fois au plus par passage : {paths}"),
}
_OLDER = {"en": "older names: {paths}", "fr": "noms plus anciens : {paths}"}
_SHOWN = {
    "en": "records show {name}: {value} exactly where {when}",
    "fr": "les réponses montrent {name} : {value} exactement là où {when}",
}
_NO_ORDERS = {"en": "the pack has no orders", "fr": "le modèle n'a aucune commande"}
_NO_RULES = {"en": "no rules", "fr": "aucune règle"}


def report(tables: Sequence[Table], language: str, *, judged: bool) -> Report:
    """Every field and every rule of these variants; `judged` if the tables are of one status."""
    columns = ["order", "what", *_heads(language, judged=judged)]
    entries = (_entry(table, language, number, judged=judged) for number, table in enumerate(tables))
    return Report("describe", entries, lists=("leaves",), columns=columns, language=language)


def variants(tables: Sequence[tuple[Table, str]], language: str) -> Report:
    """The variants of a pack without their fields, each with its lifecycle."""
    heads, rows = _LEAVES[language], variant_rows(tables, language)

    def entries() -> Iterator[reports.ReportEntry]:
        table = shown.TableBlock(heads, rows) if rows else TextLine(_NO_ORDERS[language])
        yield reports.ReportEntry(lambda: (table,), rows=lambda: rows)
        for described, follows in tables:
            data = {**_variant(described, language), "lifecycle": follows}
            yield reports.ReportEntry(member="leaves", data=reports.constant(data))

    return Report("describe", entries(), lists=("leaves",), columns=heads, language=language)


def _entry(table: Table, language: str, number: int, *, judged: bool) -> reports.ReportEntry:
    return reports.ReportEntry(
        lambda: [*([Blank(), Blank()] if number else []), *_blocks(table, language, judged=judged)],
        member="leaves",
        data=lambda: _table(table, language),
        rows=lambda: _spreadsheet(table, language, judged=judged),
    )


def _blocks(table: Table, language: str, *, judged: bool) -> Iterator[Block]:
    chosen = "" if table.match is None else f" ({words.describe(table.match, language)})"
    yield Heading(f"{table.name}: {table.title(language)}{chosen}")
    if table.description is not None:
        yield TextLine(say(table.description, language), wraps=True)
    for template, paths in zip(_NAMED_BY[language], (table.sheet.key, table.sheet.unique), strict=True):
        if paths:
            yield TextLine(template.format(paths=", ".join(dotted(key.path) for key in paths)), wraps=True)
    if older := ", ".join(f"{path} → {now}" for path, now, _ in table.formerly):
        yield TextLine(_OLDER[language].format(paths=older), wraps=True)
    for name, value, when in _shown(table, language):
        yield TextLine(_SHOWN[language].format(name=name, value=value, when=when), wraps=True)
    if not judged:
        for line in (along.legend(table, language), *along.reasons(table, language)):
            yield TextLine(line, wraps=True)
    yield Blank()
    heads = _heads(language, judged=judged)
    shares = _SHARES if judged else (*_SHARES[:_ALONG], _ALONG_SHARE, *_SHARES[_ALONG:])
    longest = [_LONG if head == _HEADS[language][_EXAMPLE] else None for head in heads]
    yield shown.TableBlock(heads, _rows(table, language, judged=judged), shares, longest)
    yield Blank()
    if table.rules:
        yield shown.TableBlock(_RULES[language], _rules(table, language), _RULE_SHARES)
    else:
        yield TextLine(_NO_RULES[language])


def _spreadsheet(table: Table, language: str, *, judged: bool) -> Iterator[Sequence[str]]:
    """Fields, then rules, then what names an order and what is unique; `what` tells them apart."""
    name = ""
    for row in _rows(table, language, judged=judged):
        name = row[0] or name  # what else is required of a field names it again: spreadsheets sort and filter
        yield table.name, "field", name, *row[1:]
    for rule, says, since, source, standing in _rules(table, language):
        blank = [""] * (3 if judged else 4)
        yield table.name, "rule", rule, says, since, *blank, source, standing
    for (variable, value), (_, _, when) in zip(table.shown, _shown(table, language), strict=True):
        cited = ", ".join(variable.origin.source), fields.standing(variable.origin.standing, language)
        blank = [""] * (4 if judged else 5)
        yield table.name, "shown", f"{variable.name}: {texts.scalar(value.value)}", when, *blank, *cited
    for what, paths in (("key", table.sheet.key), ("unique", table.sheet.unique)):
        for key in paths:
            blank = [""] * (5 if judged else 6)
            cited = ", ".join(key.origin.source), fields.standing(key.origin.standing, language)
            yield table.name, what, dotted(key.path), *blank, *cited


def _shown(table: Table, language: str) -> list[tuple[str, str, str]]:
    """What records show of variables: the variable, its value, and the condition."""
    return [
        (
            say(variable.title, language, otherwise=variable.name),
            texts.plain(shown.value),
            words.describe(shown.when, language),
        )
        for variable, shown in table.shown
    ]


def _heads(language: str, *, judged: bool) -> list[str]:
    heads = list(_HEADS[language])
    if judged:
        return [*heads[:2], _JUDGED[language], *heads[3:]]
    return [*heads[:_ALONG], along.HEADS[language], *heads[_ALONG:]]


def _rows(table: Table, language: str, *, judged: bool) -> list[list[str]]:
    """A row per field, and one more for each further requirement of it."""
    return [cells for row in table.rows for cells in _row(row, table, language, judged=judged)]


def _row(row: Row, table: Table, language: str, *, judged: bool) -> list[list[str]]:
    (first, condition), *others = fields.presence(row, language, judged=judged)
    slot = row.slot
    head = [row.path, say(slot.titles[0], language) if slot.titles else ""]
    about = [fields.kind(slot, table.sheet, language), fields.example(slot)]
    signs = [] if judged else [along.signs(row)]
    cited = [", ".join(row.source), fields.standing(row.standing, language)]
    blank = [""] * len(signs)
    more = [["", "", presence, *blank, when, "", "", "", ""] for presence, when in others]
    return [[*head, first, *signs, condition, *about, *cited], *more]


def _rules(table: Table, language: str) -> list[list[str]]:
    return [_rule(row, language) for row in table.rules]


def _rule(row: RuleRow, language: str) -> list[str]:
    origin = row.rule.origin
    since = fields.since_words(row.period, language)
    says = fields.rule_words(row, language)
    return [row.rule.name, says, since, ", ".join(origin.source), fields.standing(origin.standing, language)]


def variant_rows(tables: Sequence[tuple[Table, str]], language: str) -> list[list[str]]:
    """The variants of a pack, each with its title, its choice, the lifecycle it follows and who writes it."""
    return [
        [
            table.name,
            table.title(language),
            words.describe(table.match, language) if table.match is not None else "",
            follows,
            table.sheet.written_by or "",
        ]
        for table, follows in tables
    ]


def _variant(table: Table, language: str) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title(language),
        "matches": words.describe(table.match, language) if table.match is not None else None,
        "written_by": table.sheet.written_by,
        "statuses": list(table.sheet.statuses),
    }


def _table(table: Table, language: str) -> dict[str, Any]:
    return {
        **_variant(table, language),
        "fields": [_row_data(row, table, language) for row in table.rows],
        "rules": [_rule_data(row, language) for row in table.rules],
        "key": [_key_data(path) for path in table.sheet.key],
        "unique": [_key_data(path) for path in table.sheet.unique],
        "formerly": [
            {"path": path, "now": now, "because": findings.origin_data(said)} for path, now, said in table.formerly
        ],
        "shown": [_shown_data(variable, shown, language) for variable, shown in table.shown],
    }


def _shown_data(variable: Variable, shown: ShownValue, language: str) -> dict[str, Any]:
    return {
        "variable": variable.name,
        "title": say(variable.title, language) if variable.title is not None else None,
        "value": shown.value,
        "when": words.describe(shown.when, language),
        "because": findings.origin_data(shown.origin),
    }


def _key_data(key: KeyPath) -> dict[str, Any]:
    return {"path": dotted(key.path), "because": findings.origin_data(key.origin)}


def _row_data(row: Row, table: Table, language: str) -> dict[str, Any]:
    slot = row.slot
    example = examples.example_of(slot)
    return {
        "path": row.path,
        "title": say(slot.titles[0], language) if slot.titles else None,
        "description": [say(text, language) for text in slot.descriptions],
        "read_only": row.read_only,
        "asked": [_asked(asked, language) for asked in row.asked],
        "along": {status: mark.value for status, mark in row.along},
        "type": list(dict.fromkeys(keyword.value for keyword in slot.types)),
        "keywords": [{keyword.name: keyword.value} for keyword in slot.keywords],
        "summary": fields.kind(slot, table.sheet, language),
        "example": None if example is json_value.ABSENT else example,
        "personal": slot.personal,
        "source": list(row.source),
        "standing": row.standing.value,
        "because": [findings.origin_data(origin) for origin in slot.origins],
    }


def _asked(requirement: Requirement, language: str) -> dict[str, Any]:
    return {
        "presence": "required" if requirement.required else "forbidden",
        **_period(requirement.period),
        "when": words.describe(requirement.when, language) if requirement.when is not None else None,
        "records_only": requirement.records_only,
        "ends": [_ending(ending) for ending in requirement.ends],
        "because": findings.origin_data(requirement.origin),
    }


def _ending(ending: Ending) -> dict[str, Any]:
    return {
        "status": ending.status,
        "by": "way-back" if ending.is_back else "join",
        "left_by": [_entry_data(entry) for entry in ending.left_by],
        "around": [_entry_data(entry) for entry in ending.around],
    }


def _entry_data(entry: Entry) -> dict[str, str]:
    return {"trigger": entry.trigger, "from": entry.source}


def _period(period: Period) -> dict[str, Any]:
    return {"from": period.start, "before": period.before, "statuses": list(period.named) or None}


def _rule_data(row: RuleRow, language: str) -> dict[str, Any]:
    rule = row.rule
    return {
        "name": rule.name,
        "title": say(rule.title, language) if rule.title is not None else None,
        "message": say(rule.message, language) if rule.message is not None else None,
        "condition": words.describe(row.condition, language),
        "at": dotted(rule.at),
        **_period(row.period),
        "reads_account": rule.reads_account,
        "because": findings.origin_data(rule.origin),
    }
