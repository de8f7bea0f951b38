"""What happens from entering a group of places with one deadline until all its clocks begin anew, or stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from covage_model.behaviour.population.chances import NoExactAnswer
from covage_model.behaviour.population.draws import Reals
from covage_model.behaviour.population.exact.ages import remaining_sums
from covage_model.behaviour.population.exact.grid_durations import PARTS, DurationGrid, integral, spans
from covage_model.behaviour.population.exact.partial_moments import Moments
from covage_model.behaviour.population.exact.renewal import OptionCounts, Renewal
from covage_model.behaviour.population.exact.shared_clocks import ClockGroup
from covage_model.behaviour.population.laws import mean
from covage_model.ground.classes import dataclass
from covage_model.pack.model.profile import Law

_LEAST, _USUAL, _USUALLY_MOST, MOST = 1_024, 4_096, 16_384, 65_536  # spans of a grid
_FINE = 64  # spans to a mean duration, if the grid allows it
_LARGEST = 1 << 21  # numbers that tell how often each place is reached from each
NOISE = 1e-12  # chances below are no more than errors of rounding
LEVELS = (1, 2, 4)  # the grid, and two coarser ones that tell how good it is


@dataclass(frozen=True, slots=True, eq=False)
class ClockPassage:
    """
    What happens from entering a group in one place until its clocks begin anew, or stop.

    `leaves` has the options that end it: the chance of each, and the moments of the time until then. `happens` is how
    often each option happens on average, also those that end it; `visits` how often an order comes to each place
    (entering counts), and `seconds` how long it is there. `curves` has for each option that may happen before the
    deadline the chance to have happened by each of `times`, whose last is the deadline; it may be wrong by `error`.
    If it is not `is_closed`, an option may also happen after the last of `times`.
    """

    leaves: Mapping[int, Moments]
    happens: Mapping[int, float]
    visits: Mapping[int, float]
    seconds: Mapping[int, float]
    curves: Mapping[int, Reals]
    times: Reals
    error: float
    is_closed: bool = True


class GroupLife:
    """
    A group, solved on a grid and on two coarser ones.

    `passages` has what happens for each place in which the group is entered. `error` is the largest error of a result,
    as a share of the whole. Raises NoExactAnswer.
    """

    def __init__(self, group: ClockGroup) -> None:
        self.group, self.error = group, 0.0
        count = spans_of(group)
        grid = DurationGrid(group.seconds, count)
        self._levels = [Renewal(group, grid, count, every) for every in LEVELS]
        self.passages = {group.places[row]: self._passage(row) for row in group.entries}

    def remaining(self, entered: Mapping[int, float], after: Reals) -> Reals:
        """
        By place the sums, over all times that orders come to it, of what remains; `after` as `remaining_sums` has it.

        `entered` is how often each place is entered when the clocks begin.
        """
        rows = np.zeros(len(self.group.places))
        for row in self.group.entries:
            rows[row] = entered.get(self.group.places[row], 0.0)
        fine, middle = (remaining_sums(level, rows, after) for level in self._levels[:2])
        refined: Reals = (4 * fine - middle).T / 3
        return refined

    def _passage(self, row: int) -> ClockPassage:
        group = self.group
        entered = [level.counts(row) for level in self._levels]
        sums = [_Sums(level, row, *counts) for level, counts in zip(self._levels, entered, strict=True)]
        names = ("left", "happens", "visits", "seconds")
        results = [refined([getattr(each, name) for each in sums]) for name in names]
        left, happens, visits, seconds = (values for values, _ in results)
        self.error = max(self.error, *(error for _, error in results))
        fine, middle = ([_curve(each) for each in counts] for counts, _ in entered[:2])
        leaves: dict[int, Moments] = {}
        for number, each in enumerate(group.options):
            if each.target < 0:
                _add(leaves, each.option, left[number])
            _add(leaves, each.deadline, left[len(group.options) + number])
        return ClockPassage(
            {n: moments for n, moments in leaves.items() if moments[0] > NOISE},
            _by_option(group, happens),
            dict(zip(group.places, visits.tolist(), strict=True)),
            dict(zip(group.places, seconds.tolist(), strict=True)),
            {each.option: fine[n] for n, each in enumerate(group.options) if each.target < 0 and each.laws is not None},
            self._levels[0].times,
            max(float(np.abs(first[::2] - second).max()) for first, second in zip(fine, middle, strict=True)),
        )


def refined(levels: Sequence[Reals]) -> tuple[Reals, float]:
    """Results of three grids without the error that falls with the square of the span, and how large the rest is."""
    fine, middle, coarse = levels
    better, worse = (4 * fine - middle) / 3, (4 * middle - coarse) / 3
    whole = np.abs(better).sum(axis=0)
    error = float((np.abs(better - worse) / np.where(whole > 0, whole, 1.0)).max())
    return np.maximum(better, 0.0), error


class _Sums:
    """
    The results on one grid, for an order that enters in place `row`.

    `left` has three moments for each option that is chosen, if it ends the passage, and then for each if the deadline
    comes first; `happens` how often that is, also where the order stays in the group.
    """

    def __init__(self, level: Renewal, row: int, counts: list[OptionCounts], visits: Reals) -> None:
        times = level.times
        sharp, smooth = level.atoms[row].copy(), level.rest[row].copy()  # of being in each place
        moments = []
        for each in counts:
            sharp[each.of.place] -= each.atoms
            smooth[each.of.place] -= each.rest
            moments.append(_moments(each, times, level.span) if each.of.target < 0 else (0.0, 0.0, 0.0))
        late = [float(each.overtaken[-1]) for each in counts]
        moments += [(count, count * times[-1], count * times[-1] ** 2) for count in late]
        self.left = np.array(moments)
        self.happens = np.array([each.before[-1] + each.with_it[-1] for each in counts] + late)
        self.visits = visits[:, -1]
        self.seconds = sharp @ (times[-1] - times) + integral(smooth, level.span)[:, -1]


def spans_of(group: ClockGroup, *laws: Law) -> int:
    """How fine the grid of a group is, beside other laws: short durations and few places give a finer one."""
    if group.seconds * PARTS < 1:
        raise NoExactAnswer(f"{group.names} comes as soon as it begins")
    every = {*laws, *(law for each in group.options for law in each.laws or ())}
    shortest = min((mean(law) for law in every if mean(law)), default=group.seconds)
    most = min(MOST, _LARGEST // len(group.places) ** 2)
    if most < _LEAST:
        raise NoExactAnswer(f"{group.names} goes on through {len(group.places):,} configurations: these are too many")
    wanted = min(max(_USUAL, round(_FINE * group.seconds / shortest)), _USUALLY_MOST, most)
    count = LEVELS[-1] * spans(group.seconds, every, wanted // LEVELS[-1])
    if count > most:
        raise NoExactAnswer(f"{group.names} and fixed durations beside it have no common measure that is long enough")
    return count


def _moments(counts: OptionCounts, times: Reals, span: float) -> Moments:
    """How often an option happens up to the deadline, and the sums of the times until then and of their squares."""
    atoms, rest, end = counts.atoms[:-1], counts.rest, times[-1]
    last = counts.with_it[-1]
    found = [
        float(atoms @ times[:-1] ** k + end**k * (rest[-1] + last) - integral(k * times ** (k - 1) * rest, span)[-1])
        for k in (1, 2)
    ]
    return float(atoms.sum() + rest[-1] + last), found[0], found[1]


def _curve(counts: OptionCounts) -> Reals:
    curve: Reals = np.cumsum(counts.atoms) + counts.rest
    return curve


def _by_option(group: ClockGroup, happens: Reals) -> dict[int, float]:
    found: dict[int, float] = {}
    for number, each in enumerate(group.options):
        for option, count in ((each.option, happens[number]), (each.deadline, happens[len(group.options) + number])):
            found[option] = found.get(option, 0.0) + float(count)
    return found


def _add(leaves: dict[int, Moments], option: int, moments: Reals) -> None:
    chance, first, second = leaves.get(option, (0.0, 0.0, 0.0))
    leaves[option] = (chance + float(moments[0]), first + float(moments[1]), second + float(moments[2]))
