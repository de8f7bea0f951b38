"""Prints the grammar as the JSON Schema of spec files, so that editors mark exactly what CM1xx finds."""

from __future__ import annotations

from typing import Any

from covage_model.pack.compile import grammar, grammar_files
from covage_model.pack.compile.descriptions import DESCRIPTIONS
from covage_model.pack.compile.shapes import (
    Anything,
    Boolean,
    ByKey,
    ByKeys,
    ByKind,
    Items,
    Keys,
    Named,
    Null,
    Number,
    Shape,
    String,
)
from covage_model.pack.conditions.schema import exact_pattern

IDENTIFIER = "https://covage-model.invalid/schemas/spec-1.json"


def spec_schema() -> dict[str, Any]:
    """The JSON Schema 2020-12 of a spec file of format 1."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": IDENTIFIER,
        "title": "covage_model spec file, format 1",
        "type": "object",
        "oneOf": [{"required": [kind], "$ref": f"#/$defs/file-{kind}"} for kind in grammar_files.FILES],
        "$defs": {
            **{f"file-{kind}": _printed(shape) for kind, shape in grammar_files.FILES.items()},
            **{_definition(name): _printed(shape) for name, shape in grammar.SHAPES.items()},
        },
    }


def _definition(name: str) -> str:
    return name.replace(" ", "-")


def _printed(shape: Shape) -> dict[str, Any]:
    match shape:
        case String():
            return _string(shape)
        case Boolean():
            return {"type": "boolean"}
        case Number(whole, least, most):
            bounds = {"minimum": least, "maximum": most}
            return {"type": "integer" if whole else "number", **{k: v for k, v in bounds.items() if v is not None}}
        case Null():
            return {"type": "null"}
        case Anything():
            return {}
        case Items(item, least, most, once):
            bounds = {"minItems": least or None, "maxItems": most, "uniqueItems": once or None}
            return {"type": "array", "items": _printed(item), **{k: v for k, v in bounds.items() if v is not None}}
        case Keys():
            return _mapping(shape)
        case ByKind(options):
            return {"anyOf": [_printed(option) for option in options]}
        case ByKeys(words, inner, outer):
            return _by_keys(words, inner, outer)
        case ByKey(key, inner, outer):
            return {
                "if": {"type": "object", "required": [key]},
                "then": _printed(inner),
                "else": _printed(outer),
            }
        case Named(name):
            return {"$ref": f"#/$defs/{_definition(name)}"}


def _string(shape: String) -> dict[str, Any]:
    if shape.choices:
        return {"enum": list(shape.choices)}
    printed: dict[str, Any] = {"type": "string"}
    if shape.pattern is not None:
        printed |= exact_pattern(f"^{shape.pattern}$")
    if shape.least:
        printed["minLength"] = shape.least
    return printed


def _mapping(shape: Keys) -> dict[str, Any]:
    printed: dict[str, Any] = {
        "type": "object",
        "properties": {key: {**_printed(child), **_said(key)} for key, child in shape.known.items()},
        "additionalProperties": False,
    }
    if shape.names is not None and shape.named is not None and shape.names.pattern is not None:
        # not patternProperties: it would apply to the known keys too
        spelled = exact_pattern(f"^{shape.names.pattern}$")
        printed["propertyNames"] = {"anyOf": [{"enum": list(shape.known)}, spelled]} if shape.known else spelled
        printed["additionalProperties"] = _printed(shape.named)
    if shape.required:
        printed["required"] = list(shape.required)
    if shape.one_of:
        printed["oneOf"] = [_group(group) for group in shape.one_of]
    if shape.together:
        printed["dependentRequired"] = {a: [b] for pair in shape.together for a, b in (pair, pair[::-1])}
    if shape.least:
        printed["minProperties"] = shape.least
    return printed


def _said(key: str) -> dict[str, Any]:
    """What editors show of a key."""
    description, *examples = DESCRIPTIONS[key]
    return {"description": description, "examples": examples}


def _group(group: tuple[str, ...]) -> dict[str, Any]:
    if len(group) == 1:
        return {"required": [group[0]]}
    return {"anyOf": [{"required": [key]} for key in group]}


def _by_keys(words: tuple[str, ...], inner: Shape | None, outer: Shape) -> dict[str, Any]:
    only_words = {"type": "object", "minProperties": 1, "propertyNames": {"enum": list(words)}}
    return {"if": only_words, "then": False if inner is None else _printed(inner), "else": _printed(outer)}
