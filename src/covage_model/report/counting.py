"""Counts in words."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.diagnostics import Severity

_NAMES = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.UNCHECKED: ("rule not checked", "rules not checked"),
    Severity.NOTE: ("note", "notes"),
}


def number(count: int, singular: str, plural: str = "") -> str:
    """A count with its noun; the plural ends in -s unless it is given."""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def severities(counts: Mapping[Severity, int]) -> str:
    """How many findings of each severity, after a colon; '' for none."""
    parts = [number(counts[severity], *_NAMES[severity]) for severity in Severity if counts.get(severity)]
    return ": " + ", ".join(parts) if parts else ""
