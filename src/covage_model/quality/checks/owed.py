"""What every request for a status has to hold, whatever else it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from covage_model.documents.presence.holding import Bars, surely_there
from covage_model.documents.presence.sheet import Demand, Sheet
from covage_model.documents.presence.slots import crossings


@dataclass(frozen=True, slots=True)
class Owed:
    """A place that a demand asks for, up to the first list on its way: that may be empty."""

    path: tuple[str, ...]
    demand: Demand


def owed(bars: Bars, status: str) -> Iterator[Owed]:
    """
    What `status` requires of each request without a condition, and what may be there (else CM306 has said it).

    What the platform writes is not asked of a request, and what the choice needs is always there.
    """
    sheet = bars.sheet
    for demand in sheet.required:
        if demand.when is None and status in demand.statuses and not demand.records_only and _is_owed(sheet, demand):
            path = demand.path[: min(crossings(sheet.root, demand.path), default=len(demand.path))]
            chosen = any(entry.path[: len(path)] == path for entry in sheet.match)
            if not chosen and bars.bar(path, status) is None:
                yield Owed(path, demand)


def _is_owed(sheet: Sheet, demand: Demand) -> bool:
    """Whether the object that the demand is asked of is there: where it is optional, nothing is owed for certain."""
    host = demand.path[: demand.start]
    return demand.level == 0 and (not host or surely_there(sheet, host, demand.statuses))
