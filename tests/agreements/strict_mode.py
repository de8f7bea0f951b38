"""The checks of Ajv's strict mode on a schema (strictTypes, strictRequired), written from Ajv's documentation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

KINDS = {
    **dict.fromkeys(("minLength", "maxLength", "pattern", "format"), ("string",)),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), ("number", "integer")),
    **dict.fromkeys(
        ("items", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems"), ("array",)
    ),
    **dict.fromkeys(("properties", "required", "additionalProperties"), ("object",)),
}
ANNOTATIONS = {"$schema", "$id", "$comment", "title", "description", "examples", "default", "readOnly"}
SAME_VALUE = ("allOf", "anyOf", "not", "if", "then", "else")
KNOWN = {*KINDS, *ANNOTATIONS, *SAME_VALUE, "type", "enum", "const"}


def faults(schema: Any, at: str = "#", types: tuple[str, ...] = ()) -> Iterator[str]:
    """
    The reasons for which Ajv's strict mode may refuse to compile a schema.

    `types` are the types that the schemas around this one give the same value. A required name must be
    defined in the same schema: whether Ajv looks at others depends on the order in which it compiles them.
    """
    if isinstance(schema, bool) or not set(schema) - ANNOTATIONS:
        return  # nothing is compiled of it
    yield from (f"{at}: unknown keyword {name}" for name in schema if name not in KNOWN)
    own = schema.get("type", ())
    own = (own,) if isinstance(own, str) else tuple(own)
    if types:
        yield from (f"{at}: type {name} within {types}" for name in own if not _includes(types, name))
        types = tuple(name for name in own if _includes(types, name)) if own else types
    else:
        types = own
    if len(own) > 2 or (len(own) == 2 and "null" not in own):
        yield f"{at}: several types"
    for name, kinds in KINDS.items():
        if name in schema and not any(_applies(types, kind) for kind in kinds):
            yield f"{at}: {name} without type"
    defined = schema.get("properties", {})
    yield from (f"{at}: required {name} is not defined" for name in schema.get("required", ()) if name not in defined)
    yield from _ignored(schema, at)
    for where, below in _same_value(schema):
        yield from faults(below, f"{at}/{where}", types)
    for where, below in _other_values(schema):
        yield from faults(below, f"{at}/{where}")


def _ignored(schema: dict[str, Any], at: str) -> Iterator[str]:
    if "if" in schema and not any(schema.get(word, {}) != {} for word in ("then", "else")):
        yield f"{at}: if without then and else"
    if "if" not in schema and ("then" in schema or "else" in schema):
        yield f"{at}: then or else without if"
    if "contains" not in schema and ("minContains" in schema or "maxContains" in schema):
        yield f"{at}: minContains or maxContains without contains"
    least, most = schema.get("minContains", 1), schema.get("maxContains")
    if "contains" in schema and ((most is None and least == 0) or (most is not None and least > most)):
        yield f"{at}: contains is ignored"


def _same_value(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for word in ("allOf", "anyOf"):
        yield from ((f"{word}/{number}", below) for number, below in enumerate(schema.get(word, ())))
    yield from ((word, schema[word]) for word in ("not", "if", "then", "else") if word in schema)


def _other_values(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((f"properties/{name}", below) for name, below in schema.get("properties", {}).items())
    yield from ((word, schema[word]) for word in ("items", "contains", "additionalProperties") if word in schema)


def _includes(types: tuple[str, ...], name: str) -> bool:
    return name in types or (name == "integer" and "number" in types)


def _applies(types: tuple[str, ...], kind: str) -> bool:
    return kind in types
