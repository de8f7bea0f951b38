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
    """A count with its noun; the plural ends in -s unless it is given."""
    return tell(f"{{count}} {{count:{singular}|{plural or singular + 's'}}}", lang, count=count)


def severities(counts: Mapping[Severity, int], lang: str = "en") -> str:
    """How many findings of each severity, after a colon; '' for none."""
    parts = [number(counts[severity], *_NAMES[severity], lang=lang) for severity in Severity if counts.get(severity)]
    return tell(": ", lang) + ", ".join(parts) if parts else ""
