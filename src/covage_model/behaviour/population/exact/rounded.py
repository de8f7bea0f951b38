"""
The times of a table rounded down, or up, to a grid: the generating function of each option at damped roots of unity.

Where timers race, what is known of the time of an option lies between two bounds; rounded down takes the one that is
sooner, rounded up the one that is later.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from covage_model.behaviour.population.chances import Chances
from covage_model.behaviour.population.draws import Reals
from covage_model.behaviour.population.exact.partial_moments import Moments
from covage_model.behaviour.population.exact.passages import ClockPassage
from covage_model.behaviour.population.exact.races import Race
from covage_model.behaviour.population.exact.steps import Steps
from covage_model.behaviour.population.laws import below
from covage_model.ground.classes import dataclass
from covage_model.pack.model.profile import Law

GRID = 4096  # spans of the grid
DAMPED = 1e-10  # of what lies beyond the grid, this much is mistaken for the beginning
RADIUS = DAMPED ** (1 / GRID)

_EQUAL = 1e-12  # moments that differ by a smaller share are the same

Complex = npt.NDArray[np.complex128]


@dataclass(frozen=True, slots=True)
class RoundedOption:
    """An option, its place, and how its rounded time is distributed: a chance and a generating function."""

    place: int
    option: int
    chance: float
    times: Complex


def rounded_options(chances: Chances, steps: Steps, span: float, *, up: bool) -> Iterator[RoundedOption]:
    """The options that can happen, with times rounded to spans of so many seconds."""
    raced, masses = {race.place for race, _ in steps.races}, dict[int, Reals]()
    labels = [
        _transformed(_masses(each.waits, span, up=up)) * _transformed(_masses(each.works, span, up=up))
        for each in chances.labels
    ]
    known: dict[tuple[Law, ...], tuple[Reals, Reals]] = {}
    for race, outcomes in steps.races:
        for option, bounds in _raced(race, outcomes, span, known, up=up):
            masses[option] = masses.get(option, 0.0) + chances.chance[race.chosen] * bounds
    for place, passage in steps.passages.items():
        for option, (chance, *_) in passage.leaves.items():
            yield RoundedOption(place, option, 1.0, _transformed(_passed(passage, option, chance, span, up=up)))
    inside = {place for each in steps.groups for place in each.group.places}
    for place in range(len(chances)):
        for n in () if place in inside else chances.options(place):
            if place not in raced:
                yield RoundedOption(place, n, chances.chance[n], labels[chances.label[n]])
            elif n in masses:
                yield RoundedOption(place, n, 1.0, _transformed(masses[n]))


def _transformed(masses: Reals) -> Complex:
    transform: Complex = np.fft.rfft(masses[:GRID] * RADIUS ** np.arange(GRID))
    return transform


def _masses(law: Law | None, span: float, *, up: bool) -> Reals:
    """The chances of 0, 1, 2 … spans, for a rounded duration; no law takes no time."""
    masses = np.zeros(GRID + 1)
    if law is None:
        masses[0] = 1.0
    elif law.kind == "fixed":
        place = law.numbers[0] / span
        number = math.ceil(place - 1e-9) if up else math.floor(place + 1e-9)
        if number <= GRID:
            masses[number] = 1.0
    else:
        reached = np.array([below(law, span * number) for number in range(GRID + 2)])
        masses[1:] = np.diff(reached[:-1]) if up else np.diff(reached)[1:]
        masses[0] = reached[0] if up else reached[1]
    return masses


def _raced(
    race: Race,
    outcomes: Mapping[int, Moments],
    span: float,
    known: dict[tuple[Law, ...], tuple[Reals, Reals]],
    *,
    up: bool,
) -> Iterator[tuple[int, Reals]]:
    """For each outcome of a race the masses of the rounded time, with its chance as their sum."""
    for entrant in race.entrants:
        if entrant.laws not in known:
            known[entrant.laws] = _bounds(entrant.laws, span)
    bounds = [known[entrant.laws] for entrant in race.entrants]
    nothing_yet = np.prod([1 - low for low, _ in bounds], axis=0)  # at most so likely
    for number, entrant in enumerate(race.entrants):
        chance, (low, high) = outcomes.get(entrant.rank, (0.0,))[0], bounds[number]
        others = [each for place, each in enumerate(bounds) if place != number]
        if not chance:
            continue
        later = np.prod([1 - each for _, each in others], axis=0)
        sooner = np.prod([np.concatenate([[1.0], 1 - each[:-1]]) for each, _ in others], axis=0)
        masses = np.diff(high, prepend=0.0)
        if up:
            reached = np.maximum(np.cumsum(np.diff(low, prepend=0.0) * later), chance - nothing_yet)
            if low is high:  # what comes after is a bound too
                reached = np.maximum(reached, chance - _after(masses * sooner) - nothing_yet[-1])
            yield entrant.rank, np.diff(np.maximum.accumulate(np.clip(reached, 0.0, chance)), prepend=0.0)
        else:
            reached = np.minimum(np.cumsum(masses * sooner), chance)
            if low is high:
                reached = np.minimum(reached, chance - _after(masses * later))
            yield entrant.rank, np.diff(np.append(reached[1:], chance), prepend=0.0)


def _passed(passage: ClockPassage, option: int, chance: float, span: float, *, up: bool) -> Reals:
    """The masses of the rounded time until an option ends a passage, with its chance as their sum."""
    times, error = passage.times, passage.error if option in passage.curves else 0.0
    curve = np.maximum.accumulate(passage.curves.get(option, np.zeros(len(times))))
    moments = np.arange(GRID + 1) * span
    if up:
        bounds = np.append(0.0, np.maximum(curve - error, 0.0))
        reached = bounds[np.searchsorted(times, moments * (1 + _EQUAL), side="right")]
        if passage.is_closed:
            reached[moments * (1 + _EQUAL) >= times[-1]] = chance
    else:
        bounds = np.append(curve + error, chance)
        reached = bounds[np.searchsorted(times, (moments + span) * (1 - _EQUAL), side="left")]
    return np.diff(np.minimum(reached, chance), prepend=0.0)


def _after(masses: Reals) -> Reals:
    """The sum of what comes after each place."""
    return np.append(np.cumsum(masses[::-1])[::-1][1:], 0.0)


def _bounds(laws: tuple[Law, ...], span: float) -> tuple[Reals, Reals]:
    """Bounds of the chance that durations together last at most 0, 1, 2 … spans."""
    down, up = ([_masses(law, span, up=up) for law in laws] for up in (False, True))
    if len(laws) < 2:
        reached = np.cumsum(up[0]) if up else np.ones(GRID + 1)
        return reached, reached
    low, high = (np.cumsum(np.convolve(first, second)[: GRID + 1]) for first, second in (up, down))
    return low, high
