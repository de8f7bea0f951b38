"""The fields that a status requires of every request, without a condition."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.documents.presence.holding import Bars, surely_there
from covage_model.documents.presence.sheet import Demand, Sheet
from covage_model.documents.presence.slots import crossings
from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class RequiredField:
    """A required place. Its path ends at the first list, which may be empty."""

    path: tuple[str, ...]
    demand: Demand


def required_fields(bars: Bars, status: str) -> Iterator[RequiredField]:
    """
    The fields that `status` requires of each request, without those that are forbidden too (see CM306).

    Fields that the platform writes are not required of a request, and fields that `match` tests are always there.
    """
    sheet = bars.sheet
    for demand in sheet.required:
        if (
            demand.when is None
            and status in demand.statuses
            and not demand.records_only
            and _is_required(sheet, demand)
        ):
            path = demand.path[: min(crossings(sheet.root, demand.path), default=len(demand.path))]
            chosen = any(entry.there and entry.path[: len(path)] == path for entry in sheet.match)
            if not chosen and bars.bar(path, status) is None:
                yield RequiredField(path, demand)


def _is_required(sheet: Sheet, demand: Demand) -> bool:
    """Whether the object around the field is always there."""
    host = demand.path[: demand.start]
    return demand.level == 0 and (not host or surely_there(sheet, host, demand.statuses))
