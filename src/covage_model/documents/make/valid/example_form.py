"""Texts in the form of an example: prefix and length stay, the digits of its last number change."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from covage_model.ground import iregexp as patterns
from covage_model.ground.classes import dataclass
from covage_model.ground.iregexp import Pattern

_WORDS = re.compile(r"[0-9A-Za-z]+")
_HEXADECIMAL = re.compile(r"(?:[0-9a-f]{4,}|[0-9A-F]{4,})")
_RUN = 4  # last digits of a number that change; its beginning often has a meaning
_LONG = 8
_LETTERS = {True: "abcdef", False: "ABCDEF"}


@dataclass(frozen=True, slots=True)
class Form:
    """An example. Its digits between `low` and `high` change, and with `letters` its hexadecimal letters too."""

    example: str
    low: int
    high: int
    letters: bool

    def drawn(self, random: Random) -> str:
        """A text of this form."""
        word = self.example[self.low : self.high]
        if word.isdigit():
            word = f"{int(random.random() * 10 ** len(word)):0{len(word)}}"
        elif word:
            word = "".join(self._sign(sign, random) for sign in word)
        return self.example[: self.low] + word + self.example[self.high :]

    def sampler(self) -> Callable[[Random], str]:
        """A faster function than `drawn` for many draws."""
        before, word, after = self.example[: self.low], self.example[self.low : self.high], self.example[self.high :]
        if not word:
            return lambda _: self.example
        if not word.isdigit():
            return self.drawn
        number, spelled = 10 ** len(word), f"0{len(word)}"
        return lambda random: f"{before}{int(random.random() * number):{spelled}}{after}"

    def _sign(self, sign: str, random: Random) -> str:
        if sign.isdigit():
            return "0123456789"[int(random.random() * 10)]
        return _LETTERS[sign.islower()][int(random.random() * 6)] if self.letters else sign

    @property
    def pattern(self) -> Pattern:
        """The pattern of exactly the texts of this form."""
        word = "".join(map(self._class, self.example[self.low : self.high]))
        before, after = patterns.spelled(self.example[: self.low]), patterns.spelled(self.example[self.high :])
        return patterns.parse(f"^{before}{word}{after}$")

    def _class(self, sign: str) -> str:
        if sign.isdigit():
            return "[0-9]"
        if not self.letters:
            return patterns.spelled(sign)
        return "[a-f]" if sign.islower() else "[A-F]"


def form(example: str) -> Form:
    """
    The form of an example: the digits of the last word with digits change. A text without digits stays as it is.

    In a hexadecimal word of at least four characters the letters change too. In a number that is the whole
    text, or is long, only the last digits change: at most four, and at most half of them.
    """
    words = [word for word in _WORDS.finditer(example) if any(sign.isdigit() for sign in word[0])]
    if not words:
        return Form(example, 0, 0, letters=False)
    low, high = words[-1].span()
    if words[-1][0].isdigit() and (high - low in (len(example), len(example) - 1) or high - low >= _LONG):
        low = high - min(_RUN, max((high - low) // 2, 1))
        return Form(example, low, high, letters=False)
    return Form(example, low, high, letters=_HEXADECIMAL.fullmatch(words[-1][0]) is not None)


def near(example: str, random: Random) -> str:
    """
    A random text of the example's form.

    >>> random = Random(1)
    >>> [near(each, random) for each in ("O310314_00042", "0199000102", "IMB/01999/X/0F0F", "RUE DE L'EXEMPLE")]
    ['O310314_13436', '0199008474', 'IMB/01999/X/7B4C', "RUE DE L'EXEMPLE"]
    """
    return form(example).drawn(random)
