"""
A table in which it shows whether a drawn timer has ended, where it goes on while something else happens.

What is left of such a timer is not known, but while it runs, nothing that happens depends on it. So the places in which
it runs form a group, and each has a double, for orders whose timer has ended: there it happens at once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import replace

from covage_model.behaviour.population.chances import Chances
from covage_model.behaviour.population.exact.partial_moments import parts
from covage_model.behaviour.population.exact.shared_clocks import ClockGroup, ClockOption, not_followed, waits_for
from covage_model.pack.model.profile import Law

_Row = tuple[float, int, int, int, int, int]  # an option: chance, target, label, case, timer, timers that it starts


def with_passed_timers(chances: Chances) -> tuple[Chances, list[ClockGroup]]:
    """
    The table with doubles behind its places, and the groups of places through which a drawn timer goes on.

    Raises NoExactAnswer where other timers run beside such a timer, or it may last two times equally long.
    """
    live = _live(chances)
    found = [
        (number, sorted(places))
        for number, timer in enumerate(chances.timers)
        if timer.law.kind != "fixed"
        for places in _through(chances, live, number)
    ]
    if not found:
        return chances, []
    others = 0
    for number, places in found:
        law = chances.timers[number].law
        others |= 0 if all(part.kind != "fixed" for _, part in parts(law)) else 1 << number
        for place in places:
            others |= live[place] if live[place] != 1 << number else 0
        others |= sum(1 << number for p, _ in chances.start if p in places and not chances.running[p] >> number & 1)
    if others:
        raise not_followed(chances, others)
    return _Doubling(chances, found).doubled()


def _is_likely(chances: Chances, option: int) -> bool:
    return bool(chances.chance[option]) or chances.at[option] >= 0


def _live(chances: Chances) -> list[int]:
    """For each place the timers, as bits, that are waited for there, or later before they start anew."""
    before: list[list[tuple[int, int]]] = [[] for _ in range(len(chances))]
    live = [0] * len(chances)
    for place in range(len(chances)):
        for n in chances.options(place):
            if _is_likely(chances, n):
                ended = 1 << chances.at[n] if chances.at[n] >= 0 else 0
                live[place] |= ended
                before[chances.target[n]].append((place, ~(chances.sets[n] | ended)))
    pending = [place for place in range(len(chances)) if live[place]]
    while pending:
        target = pending.pop()
        for place, kept in before[target]:
            more = live[place] | (live[target] & kept)
            if more != live[place]:
                live[place] = more
                pending.append(place)
    return live


def _goes_on(chances: Chances, option: int, number: int) -> bool:
    """Whether an option leaves a timer as it is."""
    return chances.at[option] != number and not chances.sets[option] >> number & 1


def _through(chances: Chances, live: list[int], number: int) -> Iterable[set[int]]:
    """The sets of places that are joined by options through which a timer goes on."""
    joined: dict[int, set[int]] = {}
    for place in range(len(chances)):
        for n in chances.options(place) if live[place] >> number & 1 else ():
            target = chances.target[n]
            if _is_likely(chances, n) and live[target] >> number & 1 and _goes_on(chances, n, number):
                both = joined.get(place, {place}) | joined.get(target, {target})
                joined.update(dict.fromkeys(both, both))
    return {id(places): places for places in joined.values()}.values()


class _Doubling:
    def __init__(self, chances: Chances, found: list[tuple[int, list[int]]]) -> None:
        self._old, self._found = chances, found
        self._number = {place: number for number, places in found for place in places}
        self._double = {place: len(chances) + n for n, place in enumerate(self._number)}
        self._labels = {label: n for n, label in enumerate(chances.labels)}
        self._rows: list[list[_Row]] = []
        self._late: dict[int, int] = {}  # by option of the old table: its place among the options of its place
        self._waits = {
            p for p, number in self._number.items() if any(chances.at[n] == number for n in chances.options(p))
        }

    def doubled(self) -> tuple[Chances, list[ClockGroup]]:
        old = self._old
        self._rows = [[*self._own(place)] for place in range(len(old))]
        self._rows += [[*(self._at_once(p) if p in self._waits else self._passed(p))] for p in self._double]
        origins = [*range(len(old)), *self._double]
        offsets = array("q", [0])
        for rows in self._rows:
            offsets.append(offsets[-1] + len(rows))
        flat = [row for rows in self._rows for row in rows]
        target, label, case, at, sets = (array("q", [int(row[n]) for row in flat]) for n in range(1, 6))
        new = replace(
            old,
            labels=tuple(self._labels),
            configurations=array("q", (old.configurations[place] for place in origins)),
            running=array("q", (old.running[place] for place in origins)),
            offsets=offsets,
            chance=array("d", (row[0] for row in flat)),
            target=target,
            label=label,
            case=case,
            at=at,
            sets=sets,
            ended=bytearray(old.ended[place] for place in origins),
        )
        new.__dict__["states"] = tuple(old.states[place] for place in origins)
        return new, [self._group(new, number, places) for number, places in self._found]

    def _row(self, option: int) -> _Row:
        old = self._old
        columns = (old.target, old.label, old.case, old.at, old.sets)
        target, label, case, at, sets = (column[option] for column in columns)
        return old.chance[option], target, label, case, at, sets

    def _inside(self, place: int, option: int) -> bool:
        """Whether the timer of a place goes on to where an option leads."""
        target = self._old.target[option]
        return target in self._double and _goes_on(self._old, option, self._number[place])

    def _own(self, place: int) -> Iterator[_Row]:
        """The options of a place, and those that lead to a double because the timer has ended in the meantime."""
        yield from map(self._row, self._old.options(place))
        if place in self._double and place not in self._waits:
            late = [n for n in self._old.options(place) if self._old.chance[n] and self._inside(place, n)]
            for number, n in enumerate(late):
                self._late[n] = len(self._old.options(place)) + number
                _, target, *rest = self._row(n)
                yield 0.0, self._double[target], rest[0], rest[1], rest[2], rest[3]

    def _passed(self, place: int) -> Iterator[_Row]:
        """The options of a place in which the timer is not waited for, once it has ended."""
        for n in self._old.options(place):
            chance, target, label, case, at, sets = self._row(n)
            yield chance, self._double[target] if self._inside(place, n) else target, label, case, at, sets

    def _at_once(self, place: int) -> Iterator[_Row]:
        """The options of a place in which the timer is waited for, once it has ended: nothing takes time."""
        old = self._old
        for n in old.options(place):
            chance, target, label, case, at, sets = self._row(n)
            if not chance:
                continue
            ends = _ended_by(old, place, n, self._number[place])
            now = _in_no_time(waits_for(old, n)) if at < 0 and n < ends else 0.0
            if now:
                target = self._double[target] if self._inside(place, n) else target
                yield chance * now, target, self._instant(label), case, -1, sets
            if now < 1:
                _, target, label, case, _, sets = self._row(ends)
                yield chance * (1 - now), target, self._instant(label), case, -1, sets

    def _instant(self, label: int) -> int:
        """The label of the same, if it takes no time."""
        happening = replace(self._old.labels[label], waits=None, works=None)
        return self._labels.setdefault(happening, len(self._labels))

    def _group(self, new: Chances, number: int, places: list[int]) -> ClockGroup:
        old, numbers = self._old, {place: n for n, place in enumerate(places)}
        entered = {place for place, _ in old.start}
        for place in range(len(old)):
            for n in old.options(place):
                entered |= {old.target[n]} if _is_likely(old, n) and old.sets[n] >> number & 1 else set()
        options = []
        for place in places:
            shift = new.offsets[place] - old.offsets[place]
            for n in old.options(place):
                if old.chance[n]:
                    inside, waits = self._inside(place, n), place in self._waits
                    options.append(
                        ClockOption(
                            option=n + shift,
                            place=numbers[place],
                            chance=old.chance[n],
                            laws=None if old.at[n] >= 0 else waits_for(old, n),
                            target=numbers[old.target[n]] if inside else -1,
                            deadline=_ended_by(old, place, n, number) + shift if waits else -1,
                            late=-1 if waits else new.offsets[place] + self._late[n] if inside else n + shift,
                        )
                    )
        entries = tuple(n for place, n in numbers.items() if place in entered)
        timer = old.timers[number]
        return ClockGroup(timer.name, tuple(places), entries, 0.0, tuple(options), timer.law)


def _ended_by(chances: Chances, place: int, chosen: int, number: int) -> int:
    """What happens in a place when its timer ends, where that option is chosen."""
    return chosen if chances.at[chosen] == number else max(n for n in chances.options(place) if chances.at[n] == number)


def _in_no_time(laws: tuple[Law, ...]) -> float:
    """The chance that durations take no time."""
    chance = 1.0
    for law in laws:
        chance *= sum(share for share, part in parts(law) if part.kind == "fixed" and part.numbers[0] == 0)
    return chance
