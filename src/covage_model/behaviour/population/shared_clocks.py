"""
Groups of places in which deadlines go on while an order tries a trigger in vain, edits a document, or moves on.

All deadlines of such a group begin together, whenever an order enters it, and each is waited for in all of its places.
So the earliest decides.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    """

    option: int
    place: int
    chance: float
    laws: tuple[Law, ...] | None
    target: int
    deadline: int
    wins: bool


@dataclass(frozen=True, slots=True)
class ClockGroup:
    """
    Places whose deadlines `names` go on from one to the other, `seconds` from entering the group to the earliest.

    `entries` are the places (numbers of `places`) in which orders enter it.
    """

    names: str
    places: tuple[int, ...]
    entries: tuple[int, ...]
    seconds: float
    options: tuple[ClockOption, ...]


def waits_for(chances: Chances, option: int) -> tuple[Law, ...]:
    """What has to pass until an option happens that is chosen."""
    if chances.at[option] >= 0:
        return (chances.timers[chances.at[option]].law,)
    label = chances.labels[chances.label[option]]
    return tuple(law for law in (label.waits, label.works) if law is not None)


def clock_groups(chances: Chances) -> list[ClockGroup]:
    """The groups of a table. Raises NoExactAnswer for timers that begin at different times, or are drawn and go on."""
    waited = [_bits(chances, place) for place in range(len(chances))]
    entered = bytearray(len(chances))
    differing = going_on = 0
    for place, _ in chances.start:
        entered[place] = 1
        differing |= waited[place] & ~chances.running[place]
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
                going_on |= old
    if differing:
        names = _names(chances, differing)
        raise NoExactAnswer(f"a deadline or timer goes on after something else has happened ({names})")
    drawn = sum(1 << number for number, timer in enumerate(chances.timers) if timer.law.kind != "fixed")
    if going_on & drawn:
        names = _names(chances, going_on & drawn)
        raise NoExactAnswer(f"a timer whose duration is drawn goes on after a refusal or an edit ({names})")
    groups = {id(group): sorted(group) for group in joined.values()}
    return [_group(chances, places, entered) for places in groups.values()]


def _names(chances: Chances, timers: int) -> str:
    return ", ".join(timer.name for number, timer in enumerate(chances.timers) if timers >> number & 1)


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
    names = _names(chances, _bits(chances, places[0]))
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
