"""Writes data as YAML that every parser of YAML 1.1 or 1.2 reads back unchanged."""

from __future__ import annotations

import json
import re
from typing import Any

from covage_model.ground import escape
from covage_model.ground.files import scalars

_SAFE = re.compile(r"[^\W\d_][\w ./+-]*")  # begins with a letter, and has no indicator of YAML


def written(data: Any) -> str:
    """
    A document in block style. A text is quoted unless every parser reads it as a text.

    >>> print(written({"a": ["no", "fine", "012"], "b": {}}), end="")
    a:
      - "no"
      - fine
      - "012"
    b: {}
    """
    return "".join(f"{line}\n" for line in _lines(data))


def _lines(value: Any) -> list[str]:
    if isinstance(value, dict) and value:
        return [line for name, item in value.items() for line in _entry(f"{scalar(name)}:", item, "  ")]
    if isinstance(value, list) and value:
        return [line for item in value for line in _item(_lines(item))]
    return [scalar(value)]


def _entry(head: str, item: Any, indent: str) -> list[str]:
    below = _lines(item)
    if isinstance(item, dict | list) and item:
        return [head, *(indent + line for line in below)]
    return [f"{head} {below[0]}"]


def _item(lines: list[str]) -> list[str]:
    return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]


def scalar(value: Any) -> str:
    """
    A scalar, or an empty list or object, on one line.

    >>> [scalar(value) for value in ("on", "blue", "+33", 1.5, None)]
    ['"on"', 'blue', '"+33"', '1.5', 'null']
    """
    if not isinstance(value, str):
        return json.dumps(value)
    plain = _SAFE.fullmatch(value) and value == value.strip() and len(value) < 200
    if plain and scalars.reading(value) is None and scalars.value(value) == value:
        return value
    return escape.in_yaml("".join(_spelled(char) for char in json.dumps(value, ensure_ascii=False)))


def _spelled(char: str) -> str:
    """The character, escaped if YAML forbids it in a file or takes it for a line end."""
    if escape.shows(char):
        return char
    number = ord(char)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
