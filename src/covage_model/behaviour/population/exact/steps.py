"""What happens next in each place and when, after the races of timers: chances and moments of each option."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from covage_model.behaviour.population.chances import Chances, NoExactAnswer
from covage_model.behaviour.population.exact.partial_moments import Moments
from covage_model.behaviour.population.exact.passages import ClockPassage, GroupLife
from covage_model.behaviour.population.exact.races import Race, RaceSolver, races
from covage_model.behaviour.population.exact.shared_clocks import ClockGroup, clock_groups
from covage_model.behaviour.population.exact.timer_passages import TimerLife, timer_life
from covage_model.behaviour.population.laws import mean, variance
from covage_model.ground.classes import dataclass

_TOO_LARGE = 1e-3  # an error, as a share of the whole, with which no answer is called exact


@dataclass(frozen=True, slots=True)
class Steps:
    """
    By option: the chance that it happens next in its place, and the means of the time until then and of its square.

    Both means count as 0 where another option happens. `races` are the races with their outcomes. Where deadlines go on
    from one place to another, or while an order stays, `passages` tells what happens after each place in which such a
    group of `groups` is entered, up to the option that leaves it; its options have no chance of their own. `error` is
    the largest error of a sum, as a share of it; 0 where nothing was summed up numerically.
    """

    chance: array[float]
    first: array[float]
    second: array[float]
    races: tuple[tuple[Race, dict[int, Moments]], ...]
    passages: Mapping[int, ClockPassage]
    groups: tuple[GroupLife | TimerLife, ...]
    error: float

    def leaves(self, chances: Chances, place: int) -> Iterator[tuple[int, float, float, float]]:
        """What leads on from a place: an option, its chance, and the moments of the time until it happens."""
        passage = self.passages.get(place)
        if passage is not None:
            yield from ((option, *moments) for option, moments in passage.leaves.items())
            return
        for n in chances.options(place):
            if self.chance[n]:
                yield n, self.chance[n], self.first[n], self.second[n]


def steps(chances: Chances, timed: Sequence[ClockGroup] = ()) -> Steps:
    """The steps of a table with its groups through which a drawn timer goes on. Raises NoExactAnswer."""
    solver = RaceSolver()
    apart = {place for group in timed for place in group.places}
    groups: tuple[GroupLife | TimerLife, ...] = (
        *(GroupLife(group) for group in clock_groups(chances, apart)),
        *map(timer_life, timed),
    )
    passages = {place: each for group in groups for place, each in group.passages.items()}
    inside = {place for group in groups for place in group.group.places}
    alone = [place for place in range(len(chances)) if place not in inside]
    raced = [place for place in alone if any(chances.at[n] >= 0 for n in chances.options(place))]
    outcomes = tuple((race, solver.outcomes(race.entrants)) for place in raced for race in races(chances, place))
    none = array("d", bytes(8 * len(chances.target)))
    error = _largest_error(solver, groups)
    found = Steps(none, none[:], none[:], outcomes, passages, groups, error)
    for race, happened in outcomes:
        for option, moments in happened.items():
            _add(found, option, (chances.chance[race.chosen] * moment for moment in moments))
    means = [mean(each.waits) + mean(each.works) for each in chances.labels]
    variances = [variance(each.waits) + variance(each.works) for each in chances.labels]
    for place in {*alone} - {*raced}:
        for n in chances.options(place):
            chance, took, spread = chances.chance[n], means[chances.label[n]], variances[chances.label[n]]
            _add(found, n, (chance, chance * took, chance * (spread + took * took)))
    return found


def _largest_error(solver: RaceSolver, groups: Sequence[GroupLife | TimerLife]) -> float:
    """The largest error of the steps, as a share of the whole. Raises NoExactAnswer where it is too large."""
    for group in groups:
        if not group.error <= _TOO_LARGE:
            names = group.group.names
            raise NoExactAnswer(f"{names} may last far longer than what happens beside it: no grid is fine enough")
    if not solver.error <= _TOO_LARGE:
        raise NoExactAnswer("timers and durations that race may differ far too much: no sum is exact enough")
    return max(solver.error, *(group.error for group in groups), 0.0)


def _add(found: Steps, option: int, moments: Iterable[float]) -> None:
    for column, moment in zip((found.chance, found.first, found.second), moments, strict=True):
        column[option] += moment


def endless(chances: Chances, found: Steps) -> list[int]:
    """The places from which no end is ever reached."""
    before: list[list[int]] = [[] for _ in range(len(chances))]
    for place in range(len(chances)):
        for n, *_ in found.leaves(chances, place):
            before[chances.target[n]].append(place)
    seen = bytearray(chances.ended)
    pending = [place for place in range(len(chances)) if seen[place]]
    while pending:
        for place in before[pending.pop()]:
            if not seen[place]:
                seen[place] = 1
                pending.append(place)
    return [place for place in range(len(chances)) if not seen[place]]
