"""Where in a pack a definition is written, and which of two a reader meets first."""

from __future__ import annotations

from covage_model.ground.diagnostics import Location


def rank(location: Location) -> int:
    """How close to one document a definition is written: in a type or event, an order, a variant."""
    first = location.pointer.split("/", 2)[1] if location.pointer else ""
    return {"types": 0, "events": 0, "variants": 2}.get(first, 1)


def in_reading_order(one: Location, other: Location) -> bool:
    """Whether `one` is said first: in what is used, then in what uses it; else in file order."""
    return (rank(one), one) <= (rank(other), other)
