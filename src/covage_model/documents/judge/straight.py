"""A text as it was probably meant: without blanks around or within it, with the characters that it only looks like."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from covage_model.ground.patterns import regex

_LONG = 64  # longer texts are not looked at
_LETTERS = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo",
        strict=True,
    )
)
_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("‘’ʼ´`", "'"),
    **dict.fromkeys("“”«»", '"'),
    **dict.fromkeys("∕⁄", "/"),
}
_BETWEEN = regex(r"[\s./()-]+")  # what people write between digits


def straightened(text: str, fits: Callable[[str], bool]) -> str | None:
    """
    The text with the fewest changes that `fits`; None where none does.

    >>> straightened("01 99 00 01 02", str.isdigit)
    '0199000102'
    """
    if not 0 < len(text) <= _LONG:
        return None
    return next((found for found in dict.fromkeys(_changed(text)) if found not in ("", text) and fits(found)), None)


def _changed(text: str) -> Iterator[str]:
    """The text after each change, and after several."""
    plain = "".join(map(plain_form, text))
    for each in (text, plain):
        stripped = each.strip()
        joined = _BETWEEN.sub("", each)
        for form in (each, stripped, joined):
            yield from (form, form.upper(), form.lower())


def plain_form(char: str) -> str:
    """The character that another only looks like; "" for one that is not seen; else the character itself."""
    if char.isascii():
        return char
    if char in _LETTERS:
        return _LETTERS[char]
    if char in _SIGNS:
        return _SIGNS[char]
    if unicodedata.category(char) in ("Cf", "Cc", "Mn"):
        return ""
    form = unicodedata.normalize("NFKC", char)
    return form if form.isascii() else " " if char.isspace() else char


def unlike(text: str) -> str:
    r"""
    What the first characters are that only look like others, in words; "" for none: by eye nobody finds them.

    >>> unlike("a\u00a0b")
    'U+00A0 is not a plain blank'
    """
    found = [_told(char, form) for char in dict.fromkeys(text) if (form := plain_form(char)) != char]
    return ", ".join(found[:3])


def _told(char: str, form: str) -> str:
    code = f"U+{ord(char):04X}"
    if not form:
        return f"{code} is not visible"
    if form.isspace():
        return f"{code} is not a plain blank"
    return f"{code} is not the {'letter' if form.isalpha() else 'digit' if form.isdigit() else 'sign'} {form}"
