"""The edge cases of texts, numbers and Unicode that a document contains: engines are known to differ there."""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

FAR = 2**53  # whole numbers beyond it are not all floats

TEXTS: dict[str, Callable[[str], bool]] = {
    "an empty text": lambda text: not text,
    "a last line feed": lambda text: text.endswith("\n"),
    "a control character": lambda text: any(unicodedata.category(sign) == "Cc" for sign in text),
    "a line end of Unicode's": lambda text: any(sign in "\x85\u2028\u2029" for sign in text),
    "a combining mark": lambda text: any(unicodedata.combining(sign) for sign in text),
    "a sign beyond the BMP": lambda text: any(sign > "\uffff" for sign in text),
    "digits that are not ASCII": lambda text: any(sign.isdecimal() and not sign.isascii() for sign in text),
    "a letter whose other case is longer": lambda text: any(len(sign.upper() + sign.lower()) > 2 for sign in text),
    "a text that looks like another type": lambda text: text in ("null", "true", "1", "1.0", "-0", "NaN"),
    "a long text": lambda text: len(text) >= 300,
}
NUMBERS: dict[str, Callable[[float], bool]] = {
    "a whole float": lambda number: isinstance(number, float) and number.is_integer(),
    "minus zero": lambda number: str(number) == "-0.0",
    "a fraction": lambda number: isinstance(number, float) and not number.is_integer(),
    "a number near the largest": lambda number: isinstance(number, float) and abs(number) >= 1e308,
    "a whole number beyond 2^53": lambda number: isinstance(number, int) and abs(number) > FAR,
}
KEYS = "a key that no spec could name"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
EDGES = (*TEXTS, *NUMBERS, KEYS)


def edges_in(value: Any) -> Iterator[str]:
    """The edge cases in all texts, numbers and keys of a document."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from edges_in(item)
            if not NAME.fullmatch(name):
                yield KEYS
    elif isinstance(value, list):
        for item in value:
            yield from edges_in(item)
    elif isinstance(value, str):
        yield from _edges_of(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from (edge for edge, has in NUMBERS.items() if has(value))


@functools.lru_cache(maxsize=100_000)
def _edges_of(text: str) -> tuple[str, ...]:
    return tuple(edge for edge, has in TEXTS.items() if has(text))
