"""Shares, durations and counts as people write them."""

from __future__ import annotations

_UNITS = ((86_400 * 2, 86_400, "d"), (3_600 * 2, 3_600, "h"), (120, 60, "min"), (0, 1, "s"))
_FRENCH = {"d": "j"}
_NARROW = "\u202f"  # between thousands in French


def quantity(value: float, unit: str, like: float | None = None, language: str = "en") -> str:
    """
    A number of `unit` share, seconds or count; a duration in the unit that suits it, or another one `like` it.

    >>> quantity(0.8234, "share"), quantity(270_000, "seconds"), quantity(12_345, "count", language="fr")
    ('82.3 %', '3.12 d', '12\u202f345')
    """
    if unit == "share":
        return localised(f"{round(100 * value, 1) + 0.0:.1f} %", language)
    if unit == "count":
        return localised(f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.3g}", language)
    divisor, name = unit_of(value if like is None else like)
    number = value / divisor
    digits = f"{number:,.0f}" if abs(number) >= 1000 else f"{number:,.3g}"
    return localised(f"{digits} {unit_name(name, language)}", language)


def unit_of(seconds: float) -> tuple[int, str]:
    """The unit that suits a duration: its seconds and its name."""
    return next((divisor, name) for least, divisor, name in _UNITS if abs(seconds) >= least)


def unit_name(name: str, language: str) -> str:
    """The name of a unit of time in a language."""
    return _FRENCH.get(name, name) if language == "fr" else name


def signed(value: float, unit: str, like: float | None = None, language: str = "en") -> str:
    """
    A difference, with its sign.

    >>> signed(3_600, "seconds"), signed(-0.01, "share"), signed(-0.0001, "share"), signed(0, "count")
    ('+60 min', '−1.0 %', '0.0 %', '0')
    """
    text = quantity(abs(value), unit, like, language)
    return text if not value or not text.strip("0., %dhminsj") else f"{'+' if value > 0 else '−'}{text}"


def localised(number: str, language: str) -> str:
    """A number that was written in English, as the language has it."""
    return number.translate({ord(","): _NARROW, ord("."): ","}) if language == "fr" else number
