"""The value of a plain YAML scalar, and the scalars that versions of YAML read differently."""

from __future__ import annotations

import re

from covage_model.ground.patterns import regex

_EXACT: dict[str, bool | None] = {"": None, "null": None, "true": True, "false": False}
NUMBER = regex(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_INTEGER = regex(r"0|-?[1-9][0-9]*")
_WORDS = {
    "a boolean": "y Y yes Yes YES n N no No NO true True TRUE false False FALSE on On ON off Off OFF",
    "null": "~ null Null NULL",
    "a number": ".inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF .nan .NaN .NAN",
    "a merge key": "<<",
    "a default value": "=",
}
_READING_OF = {word: reading for reading, words in _WORDS.items() for word in words.split()} | {"": "null"}

_TRUE = frozenset(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"])

# https://yaml.org/type/ (1.1, the floats as PyYAML corrects them) and https://yaml.org/spec/1.2.2/#1032-tag-resolution
_READ_AS_NUMBER = regex(
    r"""[-+]?(?:
        0b[01_]+ | 0x[0-9a-fA-F_]+ | 0[0-7_]+ | [1-9][0-9_]*         # 1.1
      | [1-9][0-9_]*(?::[0-5]?[0-9])+                                # in base 60
      | [0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*
      | [0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?
      | (?:[0-9]+(?:\.[0-9]*)? | \.[0-9]+)(?:[eE][-+]?[0-9]+)?       # 1.2
    ) | 0o[0-7]+
      | \.[0-9][0-9_]*(?:[eE][-+][0-9]+)?                            # 1.1, without a sign
    """,
    re.VERBOSE,
)
_READ_AS_DATE = regex(
    r"""[0-9]{4}-[0-9]{2}-[0-9]{2}
      | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
        (?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?
        (?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?""",
    re.VERBOSE,
)
_MAY_BE_READ = frozenset("+-.0123456789")


def is_number(text: str) -> bool:
    """
    Whether writing the number that `text` spells gives the same characters back.

    No float takes more than 24 characters.

    >>> [is_number(text) for text in ("1.5", "1.50", "1e+16", "1e16", "-0", "-0.0", "nan")]
    [True, False, True, False, False, True, False]
    """
    if _INTEGER.fullmatch(text):
        return True
    return len(text) <= 24 and bool(NUMBER.fullmatch(text)) and repr(float(text)) == text


def value(text: str) -> str | int | float | bool | None:
    """
    The value of a plain scalar: a number, a boolean or null if it is written as JSON writes it, else its text.

    Raises ValueError for an integer with more digits than the interpreter reads.

    >>> [value(text) for text in ("1", "01", "true", "on", "", "~")]
    [1, '01', True, 'on', None, '~']
    """
    if text in _EXACT:
        return _EXACT[text]
    if not is_number(text):
        return text
    return int(text) if _INTEGER.fullmatch(text) else float(text)


def otherwise(text: str) -> str | None:
    """
    How the boolean or null is written that some version of YAML reads in a plain scalar; None if it reads neither.

    >>> [otherwise(text) for text in ("yes", "Off", "~", "01000")]
    ['true', 'false', 'null', None]
    """
    found = _READING_OF.get(text)
    if found == "a boolean":
        return "true" if text in _TRUE else "false"
    return "null" if found == "null" else None


def reading(text: str) -> str | None:
    """
    What some version of YAML reads in a plain scalar; None if each reads a text.

    >>> [reading(text) for text in ("01000", "on", "~", "2024-01-01", "Lille")]
    ['a number', 'a boolean', 'null', 'a date', None]
    """
    if text in _READING_OF:
        return _READING_OF[text]
    if text[0] not in _MAY_BE_READ:
        return None
    if _READ_AS_DATE.fullmatch(text):
        return "a date"
    return "a number" if _READ_AS_NUMBER.fullmatch(text) else None
