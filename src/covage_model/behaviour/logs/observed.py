"""What a log shows of the numbers of a profile: how long moves took, and which of several was chosen."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import field
from datetime import date, datetime, tzinfo

from covage_model.behaviour.logs.durations import DAY
from covage_model.behaviour.logs.follow import OpenOrder
from covage_model.behaviour.logs.possible import NOWHERE, PossibleSets, Seen
from covage_model.ground.classes import dataclass
from covage_model.ground.digests import blake2b

SLOT = 1800  # seconds of a slot of a day
_YEARS = range(2, 9_900)
Choice = tuple[str, ...]  # the triggers of which one is next, sorted
Act = tuple[date, int]  # the day and its slot in which a trigger was fired


@dataclass(slots=True)
class Observed:
    """
    What one half of a log shows.

    `durations` has seconds by trigger, each from the event before, and `since` the moments of those, in seconds since
    1970. `choices` counts which trigger came, by the triggers that were possible. `acts` counts when each trigger was
    fired, and `actors` has those that did. `tables` counts orders by their table, where it is certain. `begun` has the
    times of first events.
    """

    orders: int = 0
    durations: dict[str, array[int]] = field(default_factory=dict)
    since: dict[str, array[int]] = field(default_factory=dict)
    choices: dict[Choice, Counter[str]] = field(default_factory=dict)
    tables: Counter[int] = field(default_factory=Counter)
    begun: list[datetime] = field(default_factory=list)
    acts: dict[str, Counter[Act]] = field(default_factory=dict)
    actors: dict[str, set[str]] = field(default_factory=dict)

    def triggers_of(self, actor: str) -> list[str]:
        """The triggers with durations that this actor alone fired, sorted."""
        return sorted(trigger for trigger in self.durations if self.actors[trigger] == {actor})


class ObservedHalves:
    """
    Takes orders that could have happened, and divides them: a share of them is held out, by a digest of their names.

    Counted is only what a log shows without doubt: a step between two events in between which nothing else can have
    happened. Days are those of the time zone of the profile.
    """

    def __init__(self, holdout: float, zone: tzinfo) -> None:
        self._holdout, self._zone = holdout, zone
        self.kept, self.held_out = Observed(), Observed()

    def take(self, order: OpenOrder) -> None:
        """
        An order that could have happened. One whose beginning is missing is left out, and so is one with a time at the
        edge of the calendar, where no time zone and no duration can be added.
        """
        if order.number == NOWHERE or order.cut or any(moment.year not in _YEARS for moment, *_ in order.records):
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
        half.acts.setdefault(trigger, Counter())[act_at(moment.astimezone(self._zone))] += 1
        half.actors.setdefault(trigger, set()).add(actor)
        options = tuple(sorted({name for several in leading.values() for name, _ in several}))
        half.choices.setdefault(options, Counter())[trigger] += 1
        if before is not None:
            duration = moment - before
            half.durations.setdefault(trigger, array("q")).append(duration.days * DAY + duration.seconds)
            half.since.setdefault(trigger, array("q")).append(round(before.timestamp()))


def act_at(here: datetime) -> Act:
    """The day and the slot of a moment, where clocks show it so."""
    return here.date(), (here.hour * 3600 + here.minute * 60 + here.second) // SLOT
