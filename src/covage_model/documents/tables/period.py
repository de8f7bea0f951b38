"""Sets of statuses in the shortest form."""

from __future__ import annotations

from covage_model.documents.presence import statuses
from covage_model.ground.classes import dataclass
from covage_model.pack.model.lifecycle import Lifecycle


@dataclass(frozen=True, slots=True)
class Period:
    """Statuses: from `start` on, and before `before`; or those in `named`; or all, if nothing is given."""

    start: str | None = None
    before: str | None = None
    named: tuple[str, ...] = ()


def period(shown: frozenset[str], lifecycle: Lifecycle) -> Period:
    """The shortest form of a set of statuses: all, from one on, before one, between two, or their names."""
    every = frozenset(lifecycle.statuses)
    wanted = shown & every
    if wanted == every:
        return Period()
    later = {status: statuses.from_status(lifecycle, status) & every for status in lifecycle.statuses}
    for start, from_start in later.items():
        if from_start == wanted:
            return Period(start)
    for before, from_before in later.items():
        if every - from_before == wanted:
            return Period(None, before)
    for start, from_start in later.items():
        for before, from_before in later.items():
            if wanted and from_start - from_before == wanted:
                return Period(start, before)
    return Period(named=tuple(status for status in lifecycle.statuses if status in wanted))
