"""
Exact answers: the table with its chances is an absorbing Markov chain whose steps take time.

The chance of each end, how often each place is visited, and the mean and variance of the lead time follow from linear
equations. They are solved one strongly connected component after the other, so that only places that reach one another
share a system.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from covage_model.behaviour.population.chances import Chances, NoExactAnswer
from covage_model.behaviour.population.draws import Reals
from covage_model.behaviour.population.exact.components import components
from covage_model.behaviour.population.exact.passages import GroupLife
from covage_model.behaviour.population.exact.passed_timers import with_passed_timers
from covage_model.behaviour.population.exact.steps import steps

_LARGEST = 3_000  # places of one component: a system of that size takes a second


@dataclass(frozen=True, slots=True)
class ExactEnd:
    """The chance of an end, and the mean and variance (seconds) of the lead time of orders that reach it."""

    state: str
    chance: float
    mean: float
    variance: float


class ExactLife:
    """
    The exact answers about one variant.

    Raises NoExactAnswer for a table whose timers it cannot follow, or with too large a component.

    `ends` are the states in which orders end. `visits[p]` is how often an order chooses in place `p` on average
    (infinite where it stays for ever). `reaches[p]`, `first[p]` and `second[p]` are, for an order that comes to
    place `p` when its timers begin, and for each end: the chance of that end, and the mean of the remaining time and of
    its square, counted as 0 for orders that do not reach it.
    """

    def __init__(self, chances: Chances) -> None:
        chances, timed = with_passed_timers(chances)
        self.chances, self.steps = chances, steps(chances, timed)
        count = len(chances)
        self.ends = tuple(dict.fromkeys(chances.states[p] for p in range(count) if chances.ended[p]))
        self._end_of = {state: number for number, state in enumerate(self.ends)}
        self._leaves = [[*self.steps.leaves(chances, place)] for place in range(count)]
        after = [[chances.target[n] for n, *_ in self._leaves[place]] for place in range(count)]
        self._components = components(after)
        largest = max(map(len, self._components), default=0)
        if largest > _LARGEST:
            raise NoExactAnswer(f"{largest:,} configurations reach one another; at most {_LARGEST:,} can be solved")
        self.reaches, self.first, self.second = (np.zeros((count, len(self.ends))) for _ in range(3))
        self.visits = np.zeros(count)
        self._stays = bytearray(count)  # places of components that are never left
        for component in self._components:
            self._backward(component)
        inflow = np.zeros(count)
        for place, chance in chances.start:
            inflow[place] += chance
        for component in reversed(self._components):
            self._forward(component, inflow)
        self.happens = self._happens()
        self._pass_through()

    def _matrix(self, component: list[int]) -> Reals:
        """The identity less the chances of moving within the component."""
        numbers = {place: number for number, place in enumerate(component)}
        matrix = np.eye(len(component))
        for place in component:
            for n, chance, *_ in self._leaves[place]:
                inside = numbers.get(self.chances.target[n])
                if inside is not None:
                    matrix[numbers[place], inside] -= chance
        return matrix

    def _is_left(self, component: list[int]) -> bool:
        inside, target = set(component), self.chances.target
        return any(target[n] not in inside for place in component for n, *_ in self._leaves[place])

    def _backward(self, component: list[int]) -> None:
        """The chances and moments of a component, from those of the places after it."""
        chances = self.chances
        if len(component) == 1 and chances.ended[component[0]]:
            self.reaches[component[0], self._end_of[chances.states[component[0]]]] = 1
            return
        if not self._is_left(component):
            for place in component:
                self._stays[place] = 1
            return
        matrix, inside = self._matrix(component), set(component)
        for order in range(3):
            right = np.zeros((len(component), len(self.ends)))
            for row, place in enumerate(component):
                for n, chance, first, second in self._leaves[place]:
                    target = chances.target[n]
                    if order == 1:
                        right[row] += first * self.reaches[target]
                    elif order == 2:
                        right[row] += second * self.reaches[target] + 2 * first * self.first[target]
                    if target not in inside:
                        right[row] += chance * (self.reaches, self.first, self.second)[order][target]
            (self.reaches, self.first, self.second)[order][component] = np.linalg.solve(matrix, right)

    def _forward(self, component: list[int], inflow: Reals) -> None:
        """How often the places of a component are visited, and what flows on from them."""
        if self._stays[component[0]]:
            total = float(inflow[component].sum())
            stuck = not any(self._leaves[place] for place in component)
            self.visits[component] = inflow[component] if stuck or not total else math.inf
            return
        self.visits[component] = np.linalg.solve(self._matrix(component).T, inflow[component])
        inside = set(component)
        for place in component:
            for n, chance, *_ in self._leaves[place]:
                if self.chances.target[n] not in inside:
                    inflow[self.chances.target[n]] += self.visits[place] * chance

    def _happens(self) -> Reals:
        """How often each option happens; infinite where that never stops."""
        chances, steps = self.chances, self.steps
        found = np.zeros(len(chances.target))
        for place in np.flatnonzero(self.visits).tolist():
            passage = steps.passages.get(place)
            counts = passage.happens.items() if passage else ((n, steps.chance[n]) for n in chances.options(place))
            for n, count in counts:
                found[n] += self.visits[place] * count if count else 0.0
        return found

    def _pass_through(self) -> None:
        """Replaces how often groups are entered by how often their places are visited, and sums up the time there."""
        self._entered = {place: float(self.visits[place]) for place in self.steps.passages}
        self._seconds = dict[int, float]()  # in the places of groups
        self.visits[[*self._entered]] = 0.0
        for place, entered in self._entered.items():
            for each, count in self.steps.passages[place].visits.items():
                self.visits[each] += entered * count if entered and count else 0.0
                spent = self.steps.passages[place].seconds[each]
                self._seconds[each] = self._seconds.get(each, 0.0) + (entered * spent if entered and spent else 0.0)

    def _of_start(self, column: Reals) -> Reals:
        total: Reals = sum((chance * column[place] for place, chance in self.chances.start), np.zeros(len(self.ends)))
        return total

    @cached_property
    def outcomes(self) -> tuple[ExactEnd, ...]:
        """Each end that has a chance."""
        chance, first, second = map(self._of_start, (self.reaches, self.first, self.second))
        return tuple(
            ExactEnd(state, *_conditional(float(chance[n]), float(first[n]), float(second[n])))
            for n, state in enumerate(self.ends)
            if chance[n] > 0
        )

    @cached_property
    def every_end(self) -> ExactEnd:
        """All ends as one: the chance to end at all, and the lead time of the orders that do."""
        chance, first, second = (
            float(self._of_start(column).sum()) for column in (self.reaches, self.first, self.second)
        )
        return ExactEnd("", *_conditional(chance, first, second))

    @cached_property
    def entries(self) -> Mapping[str, float]:
        """How often an order enters each state, on average; its beginning counts."""
        chances, found = self.chances, dict.fromkeys(self.chances.states, 0.0)
        for place, chance in chances.start:
            found[chances.states[place]] += chance
        for place, state in enumerate(chances.states):
            for n in chances.options(place):
                target = chances.states[chances.target[n]]
                if target != state and self.happens[n]:
                    found[target] += float(self.happens[n])
        return found

    @cached_property
    def seconds(self) -> Mapping[str, float]:
        """The mean seconds that an order spends in each state; infinite where it may stay for ever."""
        chances, found = self.chances, dict.fromkeys(self.chances.states, 0.0)
        for place, visits in enumerate(self.visits.tolist()):
            if place in self._seconds:
                found[chances.states[place]] += self._seconds[place]
            elif self._stays[place] and visits:
                found[chances.states[place]] = math.inf
            elif visits:
                found[chances.states[place]] += visits * sum(first for _, _, first, _ in self._leaves[place])
        return found

    @cached_property
    def happened(self) -> Mapping[tuple[str, bool], float]:
        """How often each trigger happens (False) and is refused (True), on average; infinite where it never stops."""
        found = dict[tuple[str, bool], float]()
        for n in np.flatnonzero(self.happens).tolist():
            label = self.chances.labels[self.chances.label[n]]
            key = label.trigger, label.refused
            found[key] = found.get(key, 0.0) + float(self.happens[n])
        return found

    def remaining(self, state: str) -> ExactEnd:
        """
        The chance to end, and the remaining time, from a state: the mean of its places, each by its visits.

        It is nan where a drawn timer goes on that began before.
        """
        return self._from([p for p, name in enumerate(self.chances.states) if name == state], state)

    def remaining_at(self, configuration: int) -> ExactEnd:
        """The same from a configuration, by its number in `chances.space`."""
        places = [p for p, number in enumerate(self.chances.configurations) if number == configuration]
        return self._from(places, self.chances.states[places[0]] if places else "")

    def _from(self, places: Sequence[int], name: str) -> ExactEnd:
        places = [place for place in places if 0 < self.visits[place] < math.inf]
        visits = float(self.visits[places].sum())
        if not visits:
            return ExactEnd(name, 0.0, math.nan, math.nan)
        chance, first, second = (float(column[places].sum()) / visits for column in self._remaining)
        return ExactEnd(name, *_conditional(chance, first, second))

    @cached_property
    def _remaining(self) -> Reals:
        """By place the sums over all visits of the chance to end, and of the moments of the time until then."""
        columns = np.array([self.reaches, self.first, self.second])
        finite = np.where(np.isfinite(self.visits), self.visits, 0.0)
        found: Reals = columns.sum(axis=2) * finite
        entered = {place: count for place, count in self._entered.items() if 0 < count < math.inf}
        after = columns.sum(axis=2)[:, self.chances.target]
        for group in self.steps.groups:
            places = [*group.group.places]
            found[:, places] = group.remaining(entered, after) if isinstance(group, GroupLife) else math.nan
        return found


def _conditional(chance: float, first: float, second: float) -> tuple[float, float, float]:
    """The chance, and the mean and variance of those that reach the end."""
    if chance <= 0:
        return 0.0, math.nan, math.nan
    average = first / chance
    return chance, average, max(0.0, second / chance - average * average)
