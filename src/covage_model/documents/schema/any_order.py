"""
One JSON Schema for any order of a pack: `match` decides which flat schema holds, so all errors are of one order.

What matches nothing is told step by step, at the field to look at: first the values that tell the variants apart, then,
among those that have such a value, the next ones. So an editor names the legal values, and completes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from covage_model.documents.presence.sheet import Sheet
from covage_model.documents.schema.flat import DIALECT
from covage_model.ground import json_value
from covage_model.pack.conditions import truth
from covage_model.pack.conditions.schema import Schema, if_there, is_printable, schema_of, there_with, value_schema
from covage_model.pack.model.conditions import Condition, Starts
from covage_model.pack.model.matches import Match

_Path = tuple[str, ...]


def any_order_schema(sheets: Sequence[Sheet], printed: Mapping[str, dict[str, Any]], *, pack: str, role: str) -> Any:
    """The schema that a document meets exactly if it matches a variant and meets its schema, of those `printed`."""
    cases = [{"if": _matching(sheet), "then": {"$ref": f"#/$defs/{_escaped(sheet.variant)}"}} for sheet in sheets]
    none = {"not": {"anyOf": [case["if"] for case in cases]}}
    steps = _steps(sheets, {}) if sheets else []
    return {
        "$schema": DIALECT,
        "$id": f"urn:spec-pack:{pack}:any:{role}",
        "title": f"any order of {pack} ({role})",
        "type": "object",
        "allOf": [*steps, *cases, {"if": {"allOf": [*steps, none]}, "then": False}],
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


def _matching(sheet: Sheet) -> Schema:
    return {
        "allOf": [
            (there_with if entry.there else if_there)(entry.path, value_schema(entry.test)) for entry in sheet.match
        ]
    }


def _steps(sheets: Sequence[Sheet], asked: Mapping[_Path, Schema]) -> list[Schema]:
    """
    What is asked of every document that is to match one of these variants, and of those with a value of some of them.

    `asked` has what was asked already, by path.
    """
    matches = [{entry.path: entry for entry in sheet.match} for sheet in sheets]
    found: list[Schema] = []
    asked = dict(asked)
    for path in matches[0]:
        entries = [match[path] for match in matches if path in match]
        legal = _legal(entries) if len(entries) == len(sheets) else None
        if legal is None or json_value.equal(legal, asked.get(path)):
            continue
        asked[path] = legal
        found.append(there_with(path, legal) if all(entry.there for entry in entries) else _within(path, legal))
    for path, legal in asked.items():
        parts = [_with_value(sheets, matches, path, value) for value in legal.get("enum", ())]
        if any(len(part) < len(sheets) for part in parts):
            for value, part in zip(legal["enum"], parts, strict=True):
                steps = _steps(part, asked) if len(part) < len(sheets) else []
                found += [{"if": there_with(path, {"const": value}), "then": {"allOf": steps}}] if steps else []
            break
    return found


def _with_value(
    sheets: Sequence[Sheet], matches: Sequence[Mapping[_Path, Match]], path: _Path, value: Any
) -> list[Sheet]:
    """The variants that a document with this value there may be."""
    listed = [truth.listed(match[path].test) or () for match in matches]
    return [
        sheet
        for sheet, values in zip(sheets, listed, strict=True)
        if any(json_value.equal(value, other) for other in values)
    ]


def _legal(entries: Sequence[Match]) -> Schema | None:
    """The schema of what may stand there: listed values, or how a text starts; None where it is told in another way."""
    lists = [truth.listed(entry.test) for entry in entries]
    if all(lists):
        return {"enum": json_value.distinct([value for values in lists for value in values or ()])}
    starts = [entry.test.prefixes for entry in entries if isinstance(entry.test, Starts)]
    if len(starts) < len(entries):
        return None
    return value_schema(Starts(tuple(dict.fromkeys(prefix for prefixes in starts for prefix in prefixes))))


def _within(path: _Path, inner: Schema) -> Schema:
    """The schema of anything in which the value at a path, if there is one, meets another."""
    for name in reversed(path):
        inner = {"properties": {name: inner}}
    return inner


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
