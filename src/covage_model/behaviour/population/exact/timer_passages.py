"""What happens from starting a drawn timer until it has ended, starts anew, or is no longer waited for."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np

from covage_model.behaviour.population.draws import Reals
from covage_model.behaviour.population.exact.grid_durations import DurationGrid, whole_measures
from covage_model.behaviour.population.exact.partial_moments import Moments
from covage_model.behaviour.population.exact.passages import LEVELS, MOST, NOISE, ClockPassage, refined, spans_of
from covage_model.behaviour.population.exact.renewal import Renewal
from covage_model.behaviour.population.exact.shared_clocks import ClockGroup, ClockOption
from covage_model.behaviour.population.exact.single_races import reached
from covage_model.behaviour.population.laws import mean, quantile, variance
from covage_model.pack.model.profile import Law

_Times = tuple[Reals, Reals]  # how often something happens at each moment, and at other times up to then
_NEVER = 1e-12  # a timer lasts longer with this chance: it is left out
_DEVIATIONS = 6.0  # so many above its mean, a duration that began before the timer ended has ended too, but for few


@lru_cache(16)
def timer_life(group: ClockGroup) -> TimerLife:
    """A group with a drawn timer, solved once: variants of an order often have the same. Raises NoExactAnswer."""
    assert group.law is not None  # the timer of such a group
    return TimerLife(group, group.law)


class TimerLife:
    """
    A group of places through which a drawn timer goes on, solved on a grid and on two coarser ones.

    `passages` has what happens for each place in which the timer starts. `error` is the largest error of a result, as a
    share of the whole. Raises NoExactAnswer.
    """

    def __init__(self, group: ClockGroup, law: Law) -> None:
        last = law.numbers[-1] if law.kind in ("uniform", "triangular", "quantiles") else quantile(law, 1 - _NEVER)
        after = max((_longest(each) for each in group.options if each.deadline < 0), default=0.0)
        laws = {law, *(each for option in group.options for each in option.laws or ())}
        self.group = replace(group, seconds=whole_measures(last + min(after, last), laws, MOST // LEVELS[-1]))
        self.error = 0.0
        count = spans_of(self.group, law)
        grid = DurationGrid(self.group.seconds, count)
        levels = [Renewal(self.group, grid, count, every) for every in LEVELS]
        self.passages = {
            self.group.places[row]: self._passage([_TimerSums(level, row, law) for level in levels], levels[0].times)
            for row in self.group.entries
        }

    def _passage(self, sums: list[_TimerSums], times: Reals) -> ClockPassage:
        keys = [*sums[0].leaves]
        left, left_error = refined([np.array([each.leaves[key] for key in keys]) for each in sums])
        options = [*sums[0].happens]
        happens, happens_error = refined([np.array([each.happens[key] for key in options]) for each in sums])
        visits, visits_error = refined([each.visits for each in sums])
        seconds, seconds_error = refined([each.seconds for each in sums])
        self.error = max(self.error, left_error, happens_error, visits_error, seconds_error)
        fine, middle = sums[0].curves, sums[1].curves
        moments: list[Moments] = [(each[0], each[1], each[2]) for each in left.tolist()]
        return ClockPassage(
            leaves={key: each for key, each in zip(keys, moments, strict=True) if each[0] > NOISE},
            happens=dict(zip(options, happens.tolist(), strict=True)),
            visits=dict(zip(self.group.places, visits.tolist(), strict=True)),
            seconds=dict(zip(self.group.places, seconds.tolist(), strict=True)),
            curves=fine,
            times=times,
            error=max(float(np.abs(fine[key][::2] - middle[key]).max()) for key in fine),
            is_closed=False,
        )


def _longest(option: ClockOption) -> float:
    laws = option.laws or ()
    return sum(map(mean, laws)) + _DEVIATIONS * math.sqrt(sum(map(variance, laws)))


class _TimerSums:
    """
    The results on one grid, for an order in place `row` when the timer starts.

    `leaves` are three moments for each option that ends the passage, `curves` their chances by each moment, `happens`
    how often each option happens, `visits` and `seconds` how often and how long the order is in each place.
    """

    def __init__(self, level: Renewal, row: int, law: Law) -> None:
        self._level, self._times = level, level.times
        self._lasts = reached(law, level.times)
        self.leaves: dict[int, Reals] = {}
        self.curves: dict[int, Reals] = {}
        self.happens: dict[int, float] = {}
        sharp, smooth = level.atoms[row], level.rest[row]
        self._came = np.array([self._running(sharp, smooth, power)[..., -1] for power in range(3)])
        self.visits, self.seconds = self._came[0].copy(), np.zeros(len(sharp))
        for each in level.group.options:
            here, others = sharp[each.place], smooth[each.place]
            exactly, rest, _ = level.lasting(each, here, others)
            (self._pass_by if each.deadline < 0 else self._wait)(each, (here, others), (exactly, rest))

    def _running(self, sharp: Reals, smooth: Reals, power: int = 0) -> Reals:
        """The sums up to each moment of what happens while the timer runs, times a power of the time."""
        weights = self._times**power * (1 - self._lasts)
        halves = (weights[1:] + weights[:-1]) / 2 * np.diff(smooth, axis=-1)
        return np.cumsum(weights * sharp, axis=-1) + _from_nothing(halves)

    def _ends(self, sharp: Reals, smooth: Reals, power: int = 0) -> Reals:
        """The chances up to each moment that the timer ends in a place, times a power of the time."""
        times, ended = self._times**power, np.diff(self._lasts)
        means = (times[1:] + times[:-1]) / 2
        weighted = times * smooth
        return _from_nothing((means * sharp[:-1] + (weighted[1:] + weighted[:-1]) / 2) * ended)

    def _pass_by(self, option: ClockOption, came: _Times, done: _Times) -> None:
        """An option of a place that does not wait for the timer."""
        laws, (sharp, smooth) = option.laws or (), came
        took, spread = sum(map(mean, laws)), sum(map(variance, laws))
        began = option.chance * self._came[:, option.place]
        whole = np.array([began[0], began[1] + began[0] * took, 0.0])
        whole[2] = began[2] + 2 * began[1] * took + began[0] * (spread + took * took)
        self.seconds[option.place] += began[0] * took
        running = 1 - self._lasts
        exactly, others, _ = self._level.lasting(option, running * sharp, self._running(np.zeros(len(sharp)), smooth))
        curve = np.cumsum(exactly) + others
        if option.target < 0:
            self._leave(option.option, whole, curve)
            self._count(option.option, float(whole[0]))
            return
        before = [self._running(*done, power) for power in range(3)]
        self._leave(option.late, whole - [each[-1] for each in before], curve - before[0])
        self._count(option.option, float(before[0][-1]))
        self._count(option.late, float(whole[0] - before[0][-1]))

    def _wait(self, option: ClockOption, came: _Times, done: _Times) -> None:
        """An option of a place that waits for the timer."""
        here, others = np.cumsum(option.chance * came[0] - done[0]), option.chance * came[1] - done[1]
        ends = [self._ends(here, others, power) for power in range(3)]
        self._leave(option.deadline, np.array([each[-1] for each in ends]), ends[0])
        self._count(option.deadline, float(ends[0][-1]))
        before = [self._running(*done, power) for power in range(3)]
        self._count(option.option, float(before[0][-1]))
        if option.target < 0 and option.laws is not None:
            self._leave(option.option, np.array([each[-1] for each in before]), before[0])
        running, span = 1 - self._lasts, self._level.span
        steady, changing = (running[1:] + running[:-1]) / 2 * here[:-1], running * others
        self.seconds[option.place] += float((steady + (changing[1:] + changing[:-1]) / 2).sum() * span)

    def _leave(self, option: int, moments: Reals, curve: Reals) -> None:
        self.leaves[option] = self.leaves.get(option, 0.0) + np.maximum(moments, 0.0)
        self.curves[option] = self.curves.get(option, 0.0) + curve

    def _count(self, option: int, count: float) -> None:
        self.happens[option] = self.happens.get(option, 0.0) + max(count, 0.0)


def _from_nothing(steps: Reals) -> Reals:
    """The sums of steps before each moment."""
    return np.concatenate([np.zeros((*steps.shape[:-1], 1)), np.cumsum(steps, axis=-1)], axis=-1)
