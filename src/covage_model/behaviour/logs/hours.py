"""
Open hours that a log shows: on which weekdays, and from when until when an actor acts.

An actor may act in the same hours because what it waits for happens then: who answers within minutes to orders that
arrive in the day answers in the day. So open hours count only if they do not follow from that: each move is given the
duration of another one, and many of them then have to end outside of the hours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from covage_model.behaviour.logs.observed import SLOT, Act, Observed, act_at
from covage_model.behaviour.population.calendars import OpenClock, is_holiday, working_day
from covage_model.ground.classes import dataclass
from covage_model.pack.model.profile import DAY, OpeningHours, Profile

_ENOUGH = 200  # acts of an actor from which hours are guessed
_LONG = 18 * 3600 // SLOT  # slots of a day that are no office hours
_EACH = 10  # acts in a slot, on average, from which a slot without acts says something
_FEW = 0.1  # of that average: a slot with less is a break
_WITHIN = 0.98  # at least this share of the acts is in the hours; with exchanged durations, less is
_TIMES = 4  # with exchanged durations, so many times as many acts are outside
_LONGEST = 36_525 * DAY  # seconds of a log: in a longer one a time is wrong, and each day of it would be laid out
_TRIED = 2000  # moves of a trigger whose times are exchanged
_EXCHANGES = 3  # times that each takes from others
_SPAN = 14  # days of a log from which the hours of arrivals are known: a weekday may be missed once
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class ActiveHours:
    """The weekdays (0 is Monday) on which an actor acts, and the spans of the slots of a day in which it does."""

    days: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def entry(self) -> dict[str, list[str]]:
        """The hours as a calendar of a profile has them."""
        spans = [f"{_clock(first)}-{_clock(end)}" for first, end in self.spans]
        return dict.fromkeys(self._names(), spans)

    @property
    def words(self) -> str:
        """The hours in words."""
        return ", ".join((*self._names(), *next(iter(self.entry.values()))))

    def opening_hours(self, profile: Profile) -> OpeningHours:
        """The hours as a calendar of this profile."""
        spans = tuple((first * SLOT, end * SLOT) for first, end in self.spans)
        week = tuple(spans if day in self.days else () for day in range(7))
        return OpeningHours("", week, profile.origin)

    def have(self, act: Act, holidays: str | None) -> bool:
        """Whether an act is within these hours."""
        day, slot = act
        is_open = day.weekday() in self.days and any(first <= slot < end for first, end in self.spans)
        return is_open and not is_holiday(holidays, day)

    def _names(self) -> Iterator[str]:
        first = last = self.days[0]
        for day in (*self.days[1:], None):
            if day is not None and day == last + 1:
                last = day
                continue
            yield _DAYS[first] if first == last else f"{_DAYS[first]}-{_DAYS[last]}"
            if day is not None:
                first = last = day


def guessed_hours(acts: Counter[Act]) -> ActiveHours | None:
    """
    The weekdays and the spans of half hours in which an actor seems to act: those with all but 1 % of what it did.

    A break is a span in which it does next to nothing. None where it acts on all days and in most hours, or where
    there are fewer than 200 acts.
    """
    total = acts.total()
    if total < _ENOUGH:
        return None
    days, slots = Counter[int](), Counter[int]()
    for (day, slot), count in acts.items():
        days[day.weekday()] += count
        slots[slot] += count
    kept, every = _most(days, total), _most(slots, total)
    if len(kept) == 7 and every[-1] + 1 - every[0] > _LONG:
        return None
    return ActiveHours(tuple(kept), tuple(_spans(slots, every, total)))


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


def _spans(counts: Counter[int], kept: Sequence[int], total: int) -> Iterator[tuple[int, int]]:
    """From the first of the kept slots to the last, without those in which next to nothing happens."""
    mean = total / len(kept)
    first: int | None = None
    for slot in range(kept[0], kept[-1] + 2):
        is_open = slot <= kept[-1] and (mean < _EACH or counts[slot] >= _FEW * mean)
        if is_open and first is None:
            first = slot
        elif not is_open and first is not None:
            yield first, slot
            first = None


def spans_few_years(halves: Sequence[Observed]) -> bool:
    """Whether the log is of at most a hundred years, so that hours can be looked for."""
    moments = [moment for half in halves for since in half.since.values() for moment in (min(since), max(since))]
    moments += [round(moment.timestamp()) for half in halves for moment in half.begun]
    return not moments or max(moments) - min(moments) <= _LONGEST


def kept_hours(half: Observed, profile: Profile) -> tuple[dict[str, ActiveHours], dict[str, str]]:
    """
    By actor, the hours in which it seems to act; and by trigger, whose it is, if it keeps those hours.

    Triggers that an actor fires at all hours do not keep its other triggers from having hours.
    """
    hours: dict[str, ActiveHours] = {}
    owners: dict[str, str] = {}
    for actor in sorted({actor for actors in half.actors.values() for actor in actors}):
        triggers = half.triggers_of(actor)
        keeping = [trigger for trigger in triggers if _kept([trigger], half, profile) is not None]
        guess = _kept(keeping, half, profile) or _kept(triggers, half, profile)
        if guess is not None:
            within = [each for each in triggers if share_within(guess, half.acts[each], profile) >= _WITHIN]
            owners.update(dict.fromkeys(within, actor))
        else:
            guess = guessed_hours(acts_of(half, [each for each, by in half.actors.items() if by == {actor}]))
        if guess is not None:
            hours[actor] = guess
    return hours, owners


def acts_of(half: Observed, triggers: Iterable[str]) -> Counter[Act]:
    """When one of these triggers was fired."""
    return sum((half.acts.get(trigger, Counter()) for trigger in triggers), Counter[Act]())


def _kept(triggers: Sequence[str], half: Observed, profile: Profile) -> ActiveHours | None:
    """The hours in which these triggers are fired; None if there are none, or what they wait for explains them."""
    acts = acts_of(half, triggers)
    hours = guessed_hours(acts)
    if hours is None or share_within(hours, acts, profile) < _WITHIN:
        return None
    outside = 1 - share_within(hours, acts, profile)
    last = max(day for each in half.acts.values() for day, _ in each)
    exchanged = Counter[Act]()
    for trigger in triggers:
        exchanged.update(act for act in _exchanged(half, trigger, ZoneInfo(profile.zone)) if act[0] <= last)
    others = 1 - share_within(hours, exchanged, profile)
    return hours if others > max(1 - _WITHIN, _TIMES * outside) else None


def arrival_hours(half: Observed, profile: Profile) -> ActiveHours | None:
    """The hours in which orders begin, if a log of two weeks shows some. They wait for nothing before that."""
    acts = begun_in(half, profile)
    hours = guessed_hours(acts)
    if hours is None or (max(acts)[0] - min(acts)[0]).days < _SPAN:
        return None
    return hours if share_within(hours, acts, profile) >= _WITHIN else None


def begun_in(half: Observed, profile: Profile) -> Counter[Act]:
    """When orders began."""
    zone = ZoneInfo(profile.zone)
    return Counter(act_at(moment.astimezone(zone)) for moment in half.begun)


def arrivals_a_day(every: Sequence[datetime], hours: ActiveHours | None, profile: Profile) -> float | None:
    """How many orders begin in a day, of these moments; with hours, in an open day. None where no time passes."""
    first, last = round(min(every).timestamp()), round(max(every).timestamp())
    seconds, day = last - first, float(DAY)
    if hours is not None:
        begun = datetime.fromtimestamp(first, ZoneInfo(profile.zone)).date()
        seconds = WorkingTime(hours, profile, begun).between(first, seconds)
        day = working_day(hours.opening_hours(profile))
    return len(every) * day / seconds if seconds else None


def share_within(hours: ActiveHours, acts: Counter[Act], profile: Profile) -> float:
    """The share of these acts that is within the hours; 1 of none."""
    within = sum(count for act, count in acts.items() if hours.have(act, profile.holidays))
    return within / acts.total() if acts else 1.0


def _exchanged(half: Observed, trigger: str, zone: tzinfo) -> Iterator[Act]:
    """The acts of a trigger if each had taken the time that others took."""
    begun, durations = half.since[trigger], half.durations[trigger]
    size = min(len(durations), _TRIED)
    for number in range(1, _EXCHANGES + 1):
        shift = number * len(durations) // (_EXCHANGES + 1)
        for n in range(size):
            yield act_at(datetime.fromtimestamp(begun[n] + durations[(n + shift) % len(durations)], zone))


class WorkingTime:
    """Measures working time in open hours, with the holidays of a profile, from a day on."""

    def __init__(self, hours: ActiveHours, profile: Profile, first: date) -> None:
        self._clock = OpenClock(hours.opening_hours(profile), replace(profile, starts=first.isoformat()))
        self._base = datetime.combine(first, datetime.min.time(), ZoneInfo(profile.zone)).timestamp()

    def between(self, begun: int, duration: int) -> int:
        """The open seconds in a duration from a moment on, in seconds since 1970."""
        second = round(begun - self._base)
        return self._clock.open_until(second + duration) - self._clock.open_until(second)


def in_working_time(
    halves: Sequence[Observed], hours: Mapping[str, ActiveHours], owners: Mapping[str, str], profile: Profile
) -> None:
    """Measure the durations of the triggers in `owners`, from now on, in the working time of their actors."""
    begun = [min(since) for half in halves for since in half.since.values()]
    for trigger, actor in owners.items():
        first = datetime.fromtimestamp(min(begun), ZoneInfo(profile.zone)).date()
        time = WorkingTime(hours[actor], profile, first)
        for half in halves:
            for n, moment in enumerate(half.since.get(trigger, ())):
                half.durations[trigger][n] = time.between(moment, half.durations[trigger][n])


def _clock(slot: int) -> str:
    """A time of day as clocks show it."""
    hour, rest = divmod(slot * SLOT, 3600)
    return f"{hour:02}:{rest // 60:02}"
