"""Numbers that are shown as they were spelt: 1.50 is not 1.5 to the person who typed it."""

from __future__ import annotations

from typing import Any, Self


class SpeltNumber(float):
    """
    A number that is shown as `text`, and is the same number otherwise.

    >>> SpeltNumber("1.50"), SpeltNumber("1.50") == 1.5
    (1.50, True)
    """

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Self:
        """The number that a text spells. Raises ValueError where it spells none."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __repr__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[Any, ...]:
        return SpeltNumber, (self.text,)
