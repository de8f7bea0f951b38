"""What orders hold, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from covage_model import version
from covage_model.documents.presence.endings import Ending, Entry
from covage_model.documents.tables import examples
from covage_model.documents.tables.period import Period
from covage_model.documents.tables.table import Requirement, Row, RuleRow, Table
from covage_model.ground import json_value
from covage_model.pack.conditions import words
from covage_model.pack.model.text import say
from covage_model.report import data, describe_words


def tables(told: Sequence[Table], language: str) -> dict[str, Any]:
    """Every field and every rule of these variants."""
    return {**_head(), "leaves": [_table(one, language) for one in told]}


def variants(told: Sequence[tuple[Table, str]], language: str) -> dict[str, Any]:
    """The variants of a pack alone."""
    return {**_head(), "leaves": [{**_variant(one, language), "lifecycle": follows} for one, follows in told]}


def _head() -> dict[str, Any]:
    return {
        "format": data.FORMAT,
        "tool": {"name": "covage-model", "version": version.VERSION},
        "command": "describe",
    }


def _variant(one: Table, language: str) -> dict[str, Any]:
    return {
        "name": one.sheet.variant,
        "title": one.title(language),
        "matches": words.describe(one.match, language),
        "written_by": one.sheet.written_by,
        "statuses": list(one.sheet.statuses),
    }


def _table(one: Table, language: str) -> dict[str, Any]:
    return {
        **_variant(one, language),
        "fields": [_row(row, one, language) for row in one.rows],
        "rules": [_rule(row, language) for row in one.rules],
    }


def _row(row: Row, one: Table, language: str) -> dict[str, Any]:
    slot = row.slot
    example = examples.example_of(slot)
    return {
        "path": row.path,
        "title": say(slot.titles[0], language) if slot.titles else None,
        "description": [say(text, language) for text in slot.descriptions],
        "read_only": row.read_only,
        "asked": [_asked(asked, language) for asked in row.asked],
        "along": {status: said.value for status, said in row.along},
        "type": list(dict.fromkeys(said.value for said in slot.types)),
        "keywords": [{said.name: said.value} for said in slot.keywords],
        "summary": describe_words.kind(slot, one.sheet, language),
        "example": None if example is json_value.ABSENT else example,
        "personal": slot.personal,
        "source": list(row.source),
        "standing": row.standing.value,
        "because": [data.origin(origin) for origin in slot.origins],
    }


def _asked(one: Requirement, language: str) -> dict[str, Any]:
    return {
        "presence": "required" if one.required else "forbidden",
        **_period(one.period),
        "when": words.describe(one.when, language) if one.when is not None else None,
        "records_only": one.records_only,
        "ends": [_ending(ending) for ending in one.ends],
        "because": data.origin(one.origin),
    }


def _ending(one: Ending) -> dict[str, Any]:
    return {
        "status": one.status,
        "by": "way-back" if one.is_back else "join",
        "left_by": [_entry(entry) for entry in one.left_by],
        "around": [_entry(entry) for entry in one.around],
    }


def _entry(one: Entry) -> dict[str, str]:
    return {"trigger": one.trigger, "from": one.source}


def _period(period: Period) -> dict[str, Any]:
    return {"from": period.start, "before": period.before, "statuses": list(period.named) or None}


def _rule(row: RuleRow, language: str) -> dict[str, Any]:
    rule = row.rule
    return {
        "name": rule.name,
        "title": say(rule.title, language) if rule.title is not None else None,
        "message": say(rule.message, language) if rule.message is not None else None,
        "condition": words.describe(row.condition, language),
        "at": ".".join(rule.at),
        **_period(row.period),
        "reads_account": rule.reads_account,
        "because": data.origin(rule.origin),
    }
