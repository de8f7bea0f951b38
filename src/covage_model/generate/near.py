"""Texts that look like an example of the pack, and are not it."""

from __future__ import annotations

import re
from random import Random

_WORDS = re.compile(r"[0-9A-Za-z]+")
_HEXADECIMAL = re.compile(r"(?:[0-9a-f]{4,}|[0-9A-F]{4,})")
_RUN = 4  # of a text that is one long number, so many last digits change: its beginning says whose it is
_LETTERS = {"a": "abcdef", "A": "ABCDEF"}


def near(example: str, random: Random) -> str:
    """
    The example with other digits in its last word that has some; a text without digits stays as it is.

    In a hexadecimal word of four signs or more its letters change too. Of a text that is a number and
    nothing else, the last digits change: at most four, and at most half of them.

    >>> random = Random(1)
    >>> [near(each, random) for each in ("O310314_00042", "0199000102", "IMB/01999/X/0F0F", "RUE DE L'EXEMPLE")]
    ['O310314_29141', '0199007776', 'IMB/01999/X/3A7A', "RUE DE L'EXEMPLE"]
    """
    if example.isascii() and example.isdigit():
        kept = len(example) - min(_RUN, max(len(example) // 2, 1))
        return example[:kept] + _changed(example[kept:], random, letters=False)
    words = [word for word in _WORDS.finditer(example) if any(sign.isdigit() for sign in word[0])]
    if not words:
        return example
    low, high = words[-1].span()
    letters = _HEXADECIMAL.fullmatch(words[-1][0]) is not None
    return example[:low] + _changed(example[low:high], random, letters=letters) + example[high:]


def _changed(word: str, random: Random, *, letters: bool) -> str:
    return "".join(_sign(sign, random, letters=letters) for sign in word)


def _sign(sign: str, random: Random, *, letters: bool) -> str:
    if sign.isdigit():
        return str(random.randrange(10))
    return random.choice(_LETTERS["a" if sign.islower() else "A"]) if letters else sign
