"""The order of places in a pack: which of two definitions a reader meets first."""

from __future__ import annotations

from covage_model.ground.diagnostics import Location


def rank(location: Location) -> int:
    """How specific a definition is: 0 in a type or event, 1 in an order, 2 in a variant."""
    first = location.pointer.split("/", 2)[1] if location.pointer else ""
    return {"types": 0, "events": 0, "variants": 2}.get(first, 1)


def in_reading_order(location: Location, other: Location) -> bool:
    """Whether `location` comes first: less specific definitions first, then file order."""
    return (rank(location), location) <= (rank(other), other)
