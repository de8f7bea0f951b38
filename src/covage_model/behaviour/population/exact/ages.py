"""
The time that remains to an order in a group of places with one deadline, whenever it comes to one of them.

The deadline is nearer when it comes there later, so the mean is over the moments at which it comes.
"""

from __future__ import annotations

import numpy as np

from covage_model.behaviour.population.draws import Reals
from covage_model.behaviour.population.exact.grid_durations import integral
from covage_model.behaviour.population.exact.renewal import OptionCounts, Renewal


def remaining_sums(level: Renewal, entered: Reals, after: Reals) -> Reals:
    """
    By place the sums, over all times that orders come to it, of what remains: the chance to end, and two moments.

    `entered` is how often the group is entered in each place. `after[k, n]` are the chance to end (k = 0) and the means
    of the remaining time (1) and of its square (2) where option `n` of the whole table leads.
    """
    places = range(len(level.group.places))
    counts, visits = zip(*(level.counts(place) for place in places), strict=True)
    sharp, smooth = np.tensordot(entered, level.atoms, 1), np.tensordot(entered, level.rest, 1)
    before = sharp[:, :-1].sum(axis=1) + smooth[:, -1]
    sharp[:, -1] = np.tensordot(entered, np.array(visits)[:, :, -1], 1) - before  # where the deadline has come
    return np.array(
        [_Ahead(level, place, counts[place], after).summed(sharp[place], smooth[place]) for place in places]
    )


class _Ahead:
    """
    What remains from a place, with the deadline at each moment: the chance to end, and two moments.

    `tied` is where the deadline lies at that moment exactly. Elsewhere it is `smooth` and, for each jump `jumps[j]` so
    long ago that the power `j` of the time to the deadline counts, that power.
    """

    def __init__(self, level: Renewal, place: int, counts: list[OptionCounts], after: Reals) -> None:
        self._times, self._span, moments = level.times, level.span, len(level.times)
        self.tied, self.smooth = np.zeros((3, moments)), np.zeros((3, moments))
        self.jumps = np.zeros((3, 3, moments))
        for each in counts:
            if each.of.target < 0:
                self._happens(each, after[:, each.of.option])
            sharp = each.of.chance * level.atoms[place, each.of.place] - each.atoms
            smooth = each.of.chance * level.rest[place, each.of.place] - each.rest
            self._overtaken(each, sharp, smooth, after[:, each.of.deadline])

    def summed(self, sharp: Reals, smooth: Reals) -> Reals:
        """The sums, if orders come there `sharp` times at each moment, and `smooth` times at others up to then."""
        left, span = self._times[::-1], self._span
        weights = [smooth, left * smooth + integral(smooth, span)]
        weights.append(left * left * smooth + 2 * integral(left * smooth, span))
        halves = (self.smooth[:, 1:] + self.smooth[:, :-1]) / 2
        found: Reals = self.tied @ sharp[::-1] + halves @ np.diff(smooth)[::-1]
        found += np.einsum("jkn,jn->k", self.jumps, np.array(weights)[:, ::-1])
        return found

    def _happens(self, counts: OptionCounts, after: Reals) -> None:
        times, atoms, rest, last = self._times, counts.atoms, counts.rest, counts.with_it
        span = self._span
        sharp = [atoms * times**k for k in range(3)]
        smooth = [rest, times * rest - integral(rest, span), times**2 * rest - 2 * integral(times * rest, span)]
        tied = [np.cumsum(sharp[k]) - sharp[k] + smooth[k] + times**k * last for k in range(3)]
        for found, given in ((self.tied, tied), (self.smooth, smooth), (self.jumps[0], sharp)):
            found += _with_what_follows(given, after)

    def _overtaken(self, counts: OptionCounts, sharp: Reals, smooth: Reals, after: Reals) -> None:
        times, late = self._times, counts.overtaken
        self.tied += _with_what_follows([times**k * late for k in range(3)], after)
        self.smooth += _with_what_follows([times**k * smooth for k in range(3)], after)
        nothing = np.zeros(len(times))
        for power in range(3):
            given = [sharp if k == power else nothing for k in range(3)]
            self.jumps[power] += _with_what_follows(given, after)


def _with_what_follows(given: list[Reals], after: Reals) -> Reals:
    """The moments of a time and what remains after it, from those of both."""
    chance, first, second = given
    reach, mean, square = after
    squares = second * reach + 2 * first * mean + chance * square
    return np.array([chance * reach, first * reach + chance * mean, squares])
