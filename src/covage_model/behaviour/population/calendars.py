"""Open hours in simulated seconds: weekly calendars in a time zone, without the holidays of a country."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from covage_model.pack.model.profile import OpeningHours, Profile

_AHEAD = 120  # days that are laid out at a time
_MOST_DAYS = 366_000  # a calendar that has no open hours for so long is never open


class NeverOpen(Exception):
    """Work waits for a calendar that has no open hours left."""


class OpenClock:
    """
    The open spans of a calendar, as seconds since the midnight at which the simulation starts.

    Span `i` is `starts[i] <= second < ends[i]`; `before[i]` are the open seconds before it.
    """

    def __init__(self, calendar: OpeningHours, profile: Profile) -> None:
        self._calendar, self._profile = calendar, profile
        self._day = date.fromisoformat(profile.starts)
        self._zone = ZoneInfo(profile.zone)
        self._base = datetime.combine(self._day, datetime.min.time(), self._zone).astimezone(UTC)
        self._days = 0
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.before: list[int] = [0]

    def _extend(self) -> None:
        """Lays out more days."""
        if self._days > _MOST_DAYS or not self._calendar.open_seconds:
            raise NeverOpen(self._calendar.name)
        for _ in range(_AHEAD):
            if not is_holiday(self._profile.holidays, self._day):
                for start, end in self._calendar.days[self._day.weekday()]:
                    first, last = self._second(start), self._second(end)
                    self.starts.append(first)
                    self.ends.append(last)
                    self.before.append(self.before[-1] + last - first)
            self._day += timedelta(days=1)
        self._days += _AHEAD

    def _second(self, of_day: int) -> int:
        """The simulated second of a time of the current day, as clocks show it there."""
        days, rest = divmod(of_day, 86_400)
        midnight = datetime.combine(self._day + timedelta(days=days), datetime.min.time(), self._zone)
        shown = midnight + timedelta(seconds=rest)  # on the wall: the zone decides what that is
        return round((_moment(shown) - self._base).total_seconds())

    def _reach(self, second: int) -> None:
        while not self.ends or self.ends[-1] <= second:
            self._extend()

    def finish(self, second: int, work: int) -> int:
        """When work of so many seconds ends that could begin at `second`. Work of no time ends at once."""
        if not work:
            return second
        self._reach(second)
        place = bisect_right(self.starts, second) - 1
        if place >= 0 and second < self.ends[place]:
            if second + work <= self.ends[place]:
                return second + work
            done = self.before[place] + second - self.starts[place]
        else:
            done = self.before[place + 1]
        return self.moment(done + work)

    def moment(self, opened: int) -> int:
        """The second at which so many open seconds have passed."""
        while self.before[-1] < opened:
            self._extend()
        place = bisect_right(self.before, opened - 1) - 1
        return self.starts[place] + opened - self.before[place]

    def open_until(self, second: int) -> int:
        """The open seconds before that second."""
        self._reach(second)
        place = bisect_right(self.starts, second) - 1
        if place < 0:
            return 0
        return self.before[place] + min(second, self.ends[place]) - self.starts[place]


def _moment(shown: datetime) -> datetime:
    """When clocks show that time (the first time, of two); where they jump over it, when they do."""
    moment = shown.astimezone(UTC)
    if moment.astimezone(shown.tzinfo).replace(tzinfo=None) == shown.replace(tzinfo=None):
        return moment
    before, after = shown.replace(fold=1).astimezone(UTC), moment  # as if it were shown after, and before, the jump
    offset = after.astimezone(shown.tzinfo).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(shown.tzinfo).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


def is_holiday(country: str | None, day: date) -> bool:
    """
    Whether that day is a public holiday: for `FR` one of the eleven of the whole country.

    >>> [is_holiday("FR", date(2026, month, day)) for month, day in ((4, 6), (5, 14), (5, 25), (5, 26))]
    [True, True, True, False]
    """
    if country is None:
        return False
    return (day.month, day.day) in _FIXED or day in {easter(day.year) + timedelta(days=n) for n in _AFTER_EASTER}


_FIXED = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
_AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def clocks(profile: Profile) -> dict[str, OpenClock]:
    """A clock for each calendar of the profile."""
    return {calendar.name: OpenClock(calendar, profile) for calendar in profile.calendars}


def working_day(calendar: OpeningHours) -> float:
    """The mean open seconds of a day of the week that is open at all."""
    return calendar.open_seconds / sum(1 for spans in calendar.days if spans)
