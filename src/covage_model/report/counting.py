"""Counts in words."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.diagnostics import Severity
from covage_model.ground.language import tell

_NAMES = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.UNCHECKED: ("rule not checked", "rules not checked"),
    Severity.NOTE: ("note", "notes"),
}


def number(count: int, singular: str, plural: str = "", *, lang: str = "en") -> str:
    """A count, its thousands apart, with its noun; the plural ends in -s unless it is given."""
    return tell(f"{{count:n}} {{count:{singular}|{plural or singular + 's'}}}", lang, count=count)


def severities(counts: Mapping[Severity, int], lang: str = "en") -> str:
    """How many findings of each severity, after a colon; '' for none."""
    parts = [number(counts[severity], *_NAMES[severity], lang=lang) for severity in Severity if counts.get(severity)]
    return tell(": ", lang) + ", ".join(parts) if parts else ""


_UNITS = ((86_400 * 2, 86_400, "d"), (3_600 * 2, 3_600, "h"), (120, 60, "min"), (0, 1, "s"))


def duration(seconds: float, like: float | None = None) -> str:
    """
    A duration in the unit that suits it, or another one `like` it.

    >>> duration(7_200)
    '2 h'
    """
    size = abs(seconds if like is None else like)
    divisor, name = next((divisor, name) for least, divisor, name in _UNITS if size >= least)
    return f"{seconds / divisor:,.3g} {name}"
