"""When something holds, in the fewest words."""

from __future__ import annotations

from dataclasses import dataclass

from covage_model.documents.presence import statuses
from covage_model.pack.model.lifecycle import Lifecycle


@dataclass(frozen=True, slots=True)
class Period:
    """When something holds: from the status `start` on, until `before`; else in the statuses `named`; else always."""

    start: str | None = None
    before: str | None = None
    named: tuple[str, ...] = ()


def period(shown: frozenset[str], lifecycle: Lifecycle) -> Period:
    """A set of statuses in the fewest words: always, from one on, before one, or their names."""
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
