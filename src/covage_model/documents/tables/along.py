"""A field along a lifecycle: whether each status requires it, and where a requirement ends."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from covage_model.documents.presence import statuses
from covage_model.documents.presence.endings import Ending, endings
from covage_model.documents.tables.period import Period
from covage_model.pack.model.lifecycle import Lifecycle


class StatusMark(Enum):
    """Whether a status requires, allows or forbids a field."""

    REQUIRED = "required"
    DEPENDS = "required-if"  # under a condition, or if the object around it is there
    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"


def mark(*, forbidden: bool, required: Iterable[bool]) -> StatusMark:
    """The mark of a field in one status; `required` has one entry per demand: whether it is unconditional."""
    demands = list(required)
    if forbidden:
        return StatusMark.FORBIDDEN
    return StatusMark.REQUIRED if any(demands) else StatusMark.DEPENDS if demands else StatusMark.ALLOWED


def ends_of(shown: frozenset[str], stated: Period, lifecycle: Lifecycle) -> tuple[Ending, ...]:
    """The endings of a statement that holds in the statuses `shown`, without those that `stated` names itself."""
    named = frozenset() if stated.before is None else statuses.from_status(lifecycle, stated.before)
    return tuple(ending for ending in endings(shown, lifecycle) if ending.status not in named)
