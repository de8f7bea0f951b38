"""The first syntax error of a JSON text, in our own words, because Python versions word them differently."""

from __future__ import annotations

import json

from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.files.text import Text
from covage_model.ground.patterns import regex

_LENIENT = json.JSONDecoder(parse_int=str, parse_float=str)  # numbers have their own findings
_EXPECTED = {
    "Expecting value": "a value",
    "Expecting property name": "a key in double quotes",
    "Expecting ':'": "':'",
    "Expecting ','": "',' or a closing bracket",
    "Extra data": "the end",
}
HINTS = {
    "Expecting value": "write a text in double quotes, a number, true, false or null",
    "Expecting property name enclosed in double quotes": "write the key in double quotes",
    "Expecting ':' delimiter": "put a ':' between the key and its value",
    "Expecting ',' delimiter": "put a ',' between two values, or close the bracket",
    "Extra data": "remove what follows the document",
}
_SEVERAL = "several documents stand one on each line of a file that ends in .ndjson, or in a list"
_TRAILING = regex(r",\s*+([\]}])")
_LEADING_ZERO = regex(r"0[0-9]")


def finding(text: Text, start: int, end: int) -> Diagnostic | None:
    """The first syntax error in `text.content[start:end]`, or None if it is JSON."""
    record = text.content[start:end]
    try:
        _LENIENT.decode(record)
    except json.JSONDecodeError as error:
        form, arguments, offset, hint = _fault(record, error.msg, error.pos)
        return Diagnostic("CM001", form, arguments, text.location(start + offset), hint)
    return None


def _fault(record: str, complaint: str, offset: int) -> tuple[str, dict[str, str], int, str | None]:
    """The form, its arguments, the place and the hint."""
    character = record[offset : offset + 1]
    if ("\0" <= character < " " and character not in "\t\r\n") or complaint.startswith("Invalid control"):
        return "character", {"character": f"U+{ord(character):04X}"}, offset, _escape(character, complaint)
    if complaint.startswith("Unterminated"):
        return "json", {"detail": "this text has no closing quote"}, offset, "close it with a double quote"
    if complaint.startswith("Invalid \\"):
        return "json", {"detail": "JSON has no such escape"}, offset, "a backslash is written \\\\ in JSON"
    for comma in (offset, len(record[:offset].rstrip()) - 1):
        trailing = _TRAILING.match(record, max(comma, 0))
        if trailing:
            return "json", {"detail": f"a comma before the closing '{trailing[1]}'"}, comma, "remove the comma"
    if _LEADING_ZERO.match(record, max(offset - 1, 0)):
        return "json", {"detail": "a number that starts with 0"}, offset - 1, "put it in double quotes if it is text"
    hint = _hint(complaint, character, cut=not record[offset:].strip())
    return "json", {"detail": _unexpected(record, complaint, offset)}, offset, hint


def _unexpected(record: str, complaint: str, offset: int) -> str:
    expected = next((ours for start, ours in _EXPECTED.items() if complaint.startswith(start)), "something else")
    rest = record[offset : offset + 1]
    quoted = f'"{rest}"' if rest == "'" else f"'{rest}'"
    if rest and not rest.isascii() and not rest.isprintable():
        quoted = f"U+{ord(rest):04X}"
    ends = not rest or rest in " \t\r\n"
    return f"expected {expected}, found {'the end' if ends else quoted}"


def _hint(complaint: str, character: str, *, cut: bool) -> str | None:
    if complaint.startswith("Extra data") and character in {"{", "["}:
        return _SEVERAL
    if character in {"'", "+"}:
        return "text is written in double quotes"
    if character in {"/", "#"}:
        return "JSON has no comments"
    return "close every bracket: the text is cut" if cut else HINTS.get(complaint)


def _escape(character: str, complaint: str) -> str | None:
    """How to write a control character inside a text."""
    return f"write it as {json.dumps(character)[1:-1]}" if complaint.startswith("Invalid control") else None
