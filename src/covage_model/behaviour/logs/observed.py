"""What a log shows of the numbers of a profile: how long moves took, and which of several was chosen."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from datetime import datetime, tzinfo

from covage_model.behaviour.logs.durations import DAY
from covage_model.behaviour.logs.follow import OpenOrder
from covage_model.behaviour.logs.possible import NOWHERE, PossibleSets, Seen
from covage_model.ground.classes import dataclass
from covage_model.ground.digests import blake2b

_ENOUGH = 200  # events of an actor from which hours are guessed
_LONG = 18  # hours of a day that are no office hours
Choice = tuple[str, ...]  # the triggers of which one is next, sorted


@dataclass(slots=True)
class Observed:
    """
    What one half of a log shows.

    `durations` has seconds by trigger, each from the event before. `choices` counts which trigger came, by the
    triggers that were possible. `tables` counts orders by their table, where it is certain. `begun` has the times of
    first events.
    """

    orders: int = 0
    durations: dict[str, array[int]] = field(default_factory=dict)
    choices: dict[Choice, Counter[str]] = field(default_factory=dict)
    tables: Counter[int] = field(default_factory=Counter)
    begun: list[datetime] = field(default_factory=list)


class ObservedHalves:
    """
    Takes orders that could have happened, and divides them: a share of them is held out, by a digest of their names.

    Counted is only what a log shows without doubt: a step between two events in between which nothing else can have
    happened. `hours` counts when each actor acts, in the time zone of the profile: by weekday (0 is Monday) and hour.
    """

    def __init__(self, holdout: float, zone: tzinfo) -> None:
        self._holdout, self._zone = holdout, zone
        self.kept, self.held_out = Observed(), Observed()
        self.hours: dict[str, Counter[tuple[int, int]]] = {}

    def take(self, order: OpenOrder) -> None:
        """An order that could have happened; one whose beginning is missing is left out."""
        if order.number == NOWHERE or order.cut:
            return
        digest = blake2b(order.name.encode("utf-8", "surrogateescape"), digest_size=8).digest()
        held_out = int.from_bytes(digest, "big") < self._holdout * 2**64
        half = self.held_out if held_out else self.kept
        half.orders += 1
        sets, number = order.sets, order.start
        tables = sets.tables(order.number)
        if len(tables) == 1:
            half.tables[tables[0]] += 1
        if not sets.hides(number):
            half.begun.append(order.records[0][0])
        before: datetime | None = None
        for moment, seen, _ in order.records:
            self._step(half, sets, number, seen, before, moment)
            number, before = sets.step(number, seen), moment

    def _step(
        self, half: Observed, sets: PossibleSets, number: int, seen: Seen, before: datetime | None, moment: datetime
    ) -> None:
        leading = sets.leading(number)
        triggers = leading.get(seen[0] or "", ())
        if len(triggers) != 1 or sets.hides(number) or not triggers[0][0]:
            return
        (trigger, actor) = triggers[0]
        here = moment.astimezone(self._zone)
        self.hours.setdefault(actor, Counter())[here.weekday(), here.hour] += 1
        options = tuple(sorted({name for several in leading.values() for name, _ in several}))
        half.choices.setdefault(options, Counter())[trigger] += 1
        if before is not None:
            duration = moment - before
            half.durations.setdefault(trigger, array("q")).append(duration.days * DAY + duration.seconds)


def guessed_hours(counts: Counter[tuple[int, int]]) -> tuple[Sequence[int], int, int] | None:
    """
    The weekdays and the hours from and until which an actor seems to act: those with all but 1 % of what it did.

    None where it acts on all days and in most hours, or where there are fewer than 200 events.
    """
    total = sum(counts.values())
    if total < _ENOUGH:
        return None
    days = _most(Counter({day: sum(n for (d, _), n in counts.items() if d == day) for day in range(7)}), total)
    hours = _most(Counter({hour: sum(n for (_, h), n in counts.items() if h == hour) for hour in range(24)}), total)
    if len(days) == 7 and hours[-1] - hours[0] >= _LONG:
        return None
    return days, hours[0], hours[-1] + 1


def _most(counts: Counter[int], total: int) -> Sequence[int]:
    """The keys with all but 1 % of the counts, the rarest left out first; sorted."""
    left = total // 100
    kept = set(counts)
    for key, count in sorted(counts.items(), key=lambda each: each[1]):
        if count > left:
            break
        kept.discard(key)
        left -= count
    return sorted(kept)
