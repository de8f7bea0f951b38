"""A field along a lifecycle: what each status says of it, and where what it requires ends."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from covage_model.documents.presence import statuses
from covage_model.documents.presence.endings import Ending, endings
from covage_model.documents.tables.period import Period
from covage_model.pack.model.lifecycle import Lifecycle


class StatusMark(Enum):
    """What a status says of a field."""

    REQUIRED = "required"
    DEPENDS = "required-if"  # under a condition, or where what holds it is there
    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"


def mark(*, forbidden: bool, required: Iterable[bool]) -> StatusMark:
    """The mark of a field in one status; `required` says for each demand whether it holds without a condition."""
    demands = list(required)
    if forbidden:
        return StatusMark.FORBIDDEN
    return StatusMark.REQUIRED if any(demands) else StatusMark.DEPENDS if demands else StatusMark.ALLOWED


def ends_of(shown: frozenset[str], said: Period, lifecycle: Lifecycle) -> tuple[Ending, ...]:
    """Where something that holds in the statuses `shown` ends, other than where `said` itself ends it."""
    meant = frozenset() if said.before is None else statuses.from_status(lifecycle, said.before)
    return tuple(one for one in endings(shown, lifecycle) if one.status not in meant)
