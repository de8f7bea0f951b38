"""One JSON Schema for any order of a pack: what matches decides which flat schema holds, so errors are those of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from covage_model.documents.presence.sheet import Sheet
from covage_model.documents.schema.flat import DIALECT
from covage_model.ground import json_value
from covage_model.pack.conditions import truth
from covage_model.pack.conditions.schema import if_there, is_printable, schema_of, there_with, value_schema
from covage_model.pack.model.conditions import Condition


def any_order_schema(sheets: Sequence[Sheet], printed: Mapping[str, dict[str, Any]], *, pack: str, role: str) -> Any:
    """
    The schema that a document meets exactly if it matches a variant and meets its schema, of those `printed` by name.

    A field that every variant looks at has its legal values listed, for editors to complete and to name what is wrong.
    """
    cases = [{"if": _matching(sheet), "then": {"$ref": f"#/$defs/{_escaped(sheet.variant)}"}} for sheet in sheets]
    none = {"not": {"anyOf": [case["if"] for case in cases]}}
    return {
        "$schema": DIALECT,
        "$id": f"urn:spec-pack:{pack}:any:{role}",
        "title": f"any order of {pack} ({role})",
        "type": "object",
        "allOf": [*_legal(sheets), *cases, {"if": none, "then": False}],
        "$defs": {
            name: {word: value for word, value in schema.items() if word not in ("$schema", "$id")}
            for name, schema in printed.items()
        },
    }


def for_requests(whole: Mapping[str, Any], record: Condition | None) -> dict[str, Any]:
    """
    The schema of any order, for folders that hold records too: what is a record by the pack's condition is let be.

    Which status a record is in decides what holds for it: one schema for all of them would be too large for an editor.
    """
    if record is None or not is_printable(record):
        return dict(whole)
    rest = {name: value for name, value in whole.items() if name != "allOf"}
    return {**rest, "if": schema_of(record), "else": {"allOf": whole["allOf"]}}


def _matching(sheet: Sheet) -> dict[str, Any]:
    return {"allOf": [there_with(entry.path, value_schema(entry.test)) for entry in sheet.match]}


def _legal(sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """For each path that the match of every variant lists values for: one of all these values is there."""
    paths = [{entry.path: truth.listed(entry.test) for entry in sheet.match} for sheet in sheets]
    found: list[dict[str, Any]] = []
    for path in paths[0] if paths else ():
        lists = [one.get(path) for one in paths]
        if all(lists):
            values = json_value.distinct([value for one in lists for value in one or ()])
            found += [there_with(path, {}), if_there(path, {"enum": values})]
    return found


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
