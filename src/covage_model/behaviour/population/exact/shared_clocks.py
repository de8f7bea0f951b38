"""
Groups of places in which deadlines go on while an order tries a trigger in vain, edits a document, or moves on.

All deadlines of such a group begin together, whenever an order enters it, and each is waited for in all of its places.
So the earliest decides.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from covage_model.behaviour.population.chances import Chances, NoExactAnswer
from covage_model.ground.classes import dataclass
from covage_model.pack.model.profile import Law


@dataclass(frozen=True, slots=True)
class ClockOption:
    """
    An option of a group that can be chosen in a place (a number of the group's `places`), and its chance there.

    `laws` is what passes until it happens; None if it only waits for a timer. `target` is the place to which it leads
    while the deadlines go on, -1 if it leaves the group or starts them anew. `deadline` is the option that happens in
    its place at the deadline, and `wins` tells whether this one happens first if both are due at once.

    Where a timer is drawn, `deadline` is -1 in places that do not wait for it. There `late` is what happens if the
    timer has ended before this option happens; it is -1 in other places.
    """

    option: int
    place: int
    chance: float
    laws: tuple[Law, ...] | None
    target: int
    deadline: int
    wins: bool = False
    late: int = -1


@dataclass(frozen=True, slots=True)
class ClockGroup:
    """
    Places whose deadlines `names` go on from one to the other, `seconds` from entering the group to the earliest.

    `entries` are the places (numbers of `places`) in which orders enter it. With `law`, a timer that is drawn goes on,
    and not all places wait for it.
    """

    names: str
    places: tuple[int, ...]
    entries: tuple[int, ...]
    seconds: float
    options: tuple[ClockOption, ...]
    law: Law | None = None


def waits_for(chances: Chances, option: int) -> tuple[Law, ...]:
    """What has to pass until an option happens that is chosen."""
    if chances.at[option] >= 0:
        return (chances.timers[chances.at[option]].law,)
    label = chances.labels[chances.label[option]]
    return tuple(law for law in (label.waits, label.works) if law is not None)


def clock_groups(chances: Chances, apart: Container[int]) -> list[ClockGroup]:
    """
    The groups of a table, without the places of `apart`.

    Raises NoExactAnswer for timers that begin at different times.
    """
    waited = [0 if place in apart else _bits(chances, place) for place in range(len(chances))]
    entered = bytearray(len(chances))
    differing = 0
    for place, _ in chances.start:
        entered[place] = 1
        differing |= waited[place] & ~chances.running[place]
    drawn = sum(1 << number for number, timer in enumerate(chances.timers) if timer.law.kind != "fixed")
    joined: dict[int, set[int]] = {}
    for place in range(len(chances)):
        for n in chances.options(place):
            target = chances.target[n]
            old = waited[target] & ~chances.sets[n]
            if not (chances.chance[n] or chances.at[n] >= 0):
                continue
            if not old:
                entered[target] = 1
            elif chances.at[n] >= 0 or old != waited[target] or waited[place] != old:
                differing |= old
            else:
                _join(joined, place, target)
                differing |= old & drawn
    if differing:
        raise not_followed(chances, differing)
    groups = {id(group): sorted(group) for group in joined.values()}
    return [_group(chances, places, entered) for places in groups.values()]


def timer_names(chances: Chances, timers: int) -> str:
    """The names of timers that are given as bits."""
    return ", ".join(timer.name for number, timer in enumerate(chances.timers) if timers >> number & 1)


def not_followed(chances: Chances, timers: int) -> NoExactAnswer:
    """Why there is no exact answer: these timers (bits) go on beside something else, and cannot be followed."""
    names = timer_names(chances, timers)
    return NoExactAnswer(f"a deadline or timer goes on after something else has happened ({names})")


def _bits(chances: Chances, place: int) -> int:
    """The timers that something waits for in a place, as bits."""
    bits = 0
    for n in chances.options(place):
        bits |= 1 << chances.at[n] if chances.at[n] >= 0 else 0
    return bits


def _join(joined: dict[int, set[int]], place: int, target: int) -> None:
    group = joined.get(place, {place}) | joined.get(target, {target})
    for each in group:
        joined[each] = group


def _group(chances: Chances, places: list[int], entered: bytearray) -> ClockGroup:
    numbers = {place: number for number, place in enumerate(places)}
    seconds = min(
        chances.timers[chances.at[n]].law.numbers[0] for n in chances.options(places[0]) if chances.at[n] >= 0
    )
    options = [each for place in places for each in _options(chances, place, numbers, seconds)]
    entries = tuple(number for number, place in enumerate(places) if entered[place])
    names = timer_names(chances, _bits(chances, places[0]))
    return ClockGroup(names, tuple(places), entries, seconds, tuple(options))


def _options(chances: Chances, place: int, numbers: dict[int, int], seconds: float) -> Iterator[ClockOption]:
    due = {
        chances.at[n]: n  # of several for the same timer, the last
        for n in chances.options(place)
        if chances.at[n] >= 0 and chances.timers[chances.at[n]].law.numbers[0] == seconds
    }
    for n in chances.options(place):
        if chances.chance[n]:
            timer, target = chances.at[n], chances.target[n]
            deadline = min({**due, timer: n}.values() if timer in due else due.values())
            inside = timer < 0 and target in numbers and chances.sets[n] & (1 << min(due)) == 0
            yield ClockOption(
                option=n,
                place=numbers[place],
                chance=chances.chance[n],
                laws=None if timer >= 0 else waits_for(chances, n),
                target=numbers[target] if inside else -1,
                deadline=deadline,
                wins=timer < 0 and n < deadline,
            )
