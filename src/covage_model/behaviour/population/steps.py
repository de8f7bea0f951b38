"""What happens next in each place and when, after the races of timers: chances and moments of each option."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from covage_model.behaviour.population.chances import Chances
from covage_model.behaviour.population.laws import mean, variance
from covage_model.behaviour.population.partial_moments import Moments
from covage_model.behaviour.population.races import Race, RaceSolver, races
from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class Steps:
    """
    By option: the chance that it happens next in its place, and the means of the time until then and of its square.

    Both means count as 0 where another option happens. `races` are the races with their outcomes. `error` is the
    largest error of a sum, as a share of it; 0 where nothing was summed up numerically.
    """

    chance: array[float]
    first: array[float]
    second: array[float]
    races: tuple[tuple[Race, dict[int, Moments]], ...]
    error: float


def steps(chances: Chances) -> Steps:
    """The steps of a table. Every timer that counts in a place has begun there. Raises TooManyDrawn."""
    solver = RaceSolver()
    raced = [place for place in range(len(chances)) if any(chances.at[n] >= 0 for n in chances.options(place))]
    outcomes = tuple((race, solver.outcomes(race.entrants)) for place in raced for race in races(chances, place))
    none = array("d", bytes(8 * len(chances.target)))
    found = Steps(none, none[:], none[:], outcomes, solver.error)
    for race, happened in outcomes:
        for option, moments in happened.items():
            _add(found, option, (chances.chance[race.chosen] * moment for moment in moments))
    means = [mean(each.waits) + mean(each.works) for each in chances.labels]
    variances = [variance(each.waits) + variance(each.works) for each in chances.labels]
    for place in {*range(len(chances))} - {*raced}:
        for n in chances.options(place):
            chance, took, spread = chances.chance[n], means[chances.label[n]], variances[chances.label[n]]
            _add(found, n, (chance, chance * took, chance * (spread + took * took)))
    return found


def _add(found: Steps, option: int, moments: Iterable[float]) -> None:
    for column, moment in zip((found.chance, found.first, found.second), moments, strict=True):
        column[option] += moment


def endless(chances: Chances, found: Steps) -> list[int]:
    """The places from which no end is ever reached."""
    before: list[list[int]] = [[] for _ in range(len(chances))]
    for place in range(len(chances)):
        for n in chances.options(place):
            if found.chance[n]:
                before[chances.target[n]].append(place)
    seen = bytearray(chances.ended)
    pending = [place for place in range(len(chances)) if seen[place]]
    while pending:
        for place in before[pending.pop()]:
            if not seen[place]:
                seen[place] = 1
                pending.append(place)
    return [place for place in range(len(chances)) if not seen[place]]
