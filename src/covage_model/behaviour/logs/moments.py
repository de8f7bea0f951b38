"""The time that a record of a log says."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

# the last second of a minute that had 61, and the end of a day: Python reads neither
_EDGE = re.compile(r"(\d{4}-\d\d-\d\d[Tt ])(?:(24:00)(?::00(?:\.0+)?)?|(\d\d:59):60)([Zz]?|[+-]\d\d:?\d\d)", re.ASCII)


def moment_of(text: str) -> datetime | None:
    """
    The moment of an ISO 8601 date and time, in UTC where it has no zone; None of another text.

    A leap second (23:59:60) and the end of a day (24:00) are the moment after them.
    """
    edge = _EDGE.fullmatch(text)
    try:
        if edge is None:
            moment = datetime.fromisoformat(text.upper())
        else:
            day, midnight, minute, zone = edge.groups()
            moment = datetime.fromisoformat(f"{day}{'00:00' if midnight else minute}:00{zone.upper()}")
            moment += timedelta(days=1) if midnight else timedelta(minutes=1)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
