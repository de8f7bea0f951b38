"""
What becomes of an order in a group of places with one deadline, from the moment at which it comes to one of them.

Without the deadline, an order goes from place to place in independent steps. How often it has come to each place by a
moment follows from an equation of Volterra's kind: at first, and again after each step. It is solved on a grid. Steps
of certain durations lie on the grid and are exact; the others are shared between two moments each, which is as good as
the square of the grid's span.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from covage_model.behaviour.population.chances import NoExactAnswer
from covage_model.behaviour.population.draws import Reals
from covage_model.behaviour.population.exact.grid_durations import DurationGrid, GridDuration, fast_size
from covage_model.behaviour.population.exact.shared_clocks import ClockGroup, ClockOption
from covage_model.ground.classes import dataclass

_AT_ONCE = 1 << 20  # numbers of the systems that are solved together
_DAMPED = 1e-15  # of what lies beyond the longer grid, this much is mistaken for the beginning
_LONGER = 4
_NOISE = 1e-11  # of what is transformed and back
_WITHOUT_END = 1 - 1e-9  # of a chance to go on in no time

Complex = npt.NDArray[np.complex128]


@dataclass(frozen=True, slots=True)
class OptionCounts:
    """
    How often one option happens, for an order that begins in a place.

    `atoms` are the counts at each moment of the grid and `rest` those at all other times up to each moment, without a
    deadline. With the deadline at that moment, `before` are those before it, `with_it` those at the same moment, and
    `overtaken` how often the deadline comes first where this option is chosen.
    """

    of: ClockOption
    atoms: Reals
    rest: Reals
    before: Reals
    with_it: Reals
    overtaken: Reals


class _Transforms:
    """The transforms of a duration, for sums of a size."""

    def __init__(self, duration: GridDuration, size: int) -> None:
        self.atoms, self.reached, self.whole = (
            np.fft.rfft(column, size) for column in (duration.atoms, duration.reached, duration.whole)
        )


class Renewal:
    """
    A group on a grid of `count` spans.

    `atoms[p, q, n]` is how often an order that begins in place `p` comes to place `q` at moment `n` exactly, and
    `rest[p, q, n]` how often at other times up to then, both without a deadline.
    """

    def __init__(self, group: ClockGroup, grid: DurationGrid, count: int, every: int) -> None:
        self.group, self.count = group, count // every
        self.span = group.seconds / self.count
        self.times: Reals = np.arange(self.count + 1, dtype=np.float64) * self.span
        self._durations = [None if each.laws is None else grid.duration(each.laws, every) for each in group.options]
        self._lasts = {each.option: lasts for each, lasts in zip(group.options, self._durations, strict=True)}
        self._size = fast_size(2 * self.count + 1)
        known = {id(lasts): _Transforms(lasts, self._size) for lasts in self._durations if lasts is not None}
        self._parts = {option: known[id(lasts)] for option, lasts in self._lasts.items() if lasts is not None}
        self._check_time_passes()
        self.atoms, self.rest = self._solved()

    def _inside(self) -> Iterator[tuple[ClockOption, GridDuration]]:
        for each, duration in zip(self.group.options, self._durations, strict=True):
            if duration is not None and each.target >= 0:
                yield each, duration

    def _at_once(self, *, ties: bool) -> Reals:
        """The chances to go from place to place in no time; with `ties`, by options that come before the deadline."""
        size = len(self.group.places)
        found = np.zeros((size, size))
        for each, duration in self._inside():
            if each.wins or not ties:
                found[each.place, each.target] += each.chance * duration.atoms[0]
        return found

    def _check_time_passes(self) -> None:
        if max(abs(np.linalg.eigvals(self._at_once(ties=False)))) > _WITHOUT_END:
            raise NoExactAnswer(f"steps that take no time go round for ever, and {self.group.names} never comes")

    def _solved(self) -> tuple[Reals, Reals]:
        size, moments = len(self.group.places), self.count + 1
        longer = _LONGER * self.count
        radius = _DAMPED ** (1 / longer)
        damping = radius ** np.arange(moments)

        def transformed(values: Reals) -> Complex:
            found: Complex = np.fft.rfft(values * damping, longer)
            return found

        inside = [
            (each, [transformed(column) for column in (duration.atoms, duration.reached, duration.whole)])
            for each, duration in self._inside()
        ]
        frequencies = longer // 2 + 1
        found: Complex = np.empty((2, size, size, frequencies), dtype=np.complex128)
        step = max(1, _AT_ONCE // (size * size))
        for begin in range(0, frequencies, step):
            part = slice(begin, min(begin + step, frequencies))
            kernels = np.zeros((3, part.stop - begin, size, size), dtype=np.complex128)
            for each, columns in inside:
                for kernel, column in zip(kernels, columns, strict=True):
                    kernel[:, each.place, each.target] += each.chance * column[part]
            atoms = np.linalg.inv(np.eye(size) - kernels[0])
            rest = atoms @ kernels[1] @ np.linalg.inv(np.eye(size) - kernels[2])
            found[0, :, :, part], found[1, :, :, part] = np.moveaxis(atoms, 0, -1), np.moveaxis(rest, 0, -1)
        both: Reals = np.fft.irfft(found, longer)[..., :moments] / damping
        atoms, rest = both
        atoms[atoms < _NOISE] = 0.0
        return atoms, rest

    def counts(self, row: int) -> tuple[list[OptionCounts], Reals]:
        """
        What happens, for an order that begins in place `row`, with the deadline at each moment of the grid.

        Also how often it comes to each place by then.
        """
        atoms, rest = self.atoms[row], self.rest[row]
        came = np.cumsum(atoms, axis=-1) - atoms + rest  # before each moment
        arriving = np.zeros(atoms.shape)
        arriving[row, 0] = 1.0
        happened = [self.lasting(each, atoms[each.place], rest[each.place]) for each in self.group.options]
        for each, (_, _, tied) in zip(self.group.options, happened, strict=True):
            if each.target >= 0 and each.wins:
                arriving[each.target] += tied
        arriving = np.linalg.solve(np.eye(len(atoms)) - self._at_once(ties=True).T, arriving)
        found = []
        for each, duration, (sharp, smooth, tied) in zip(self.group.options, self._durations, happened, strict=True):
            before = np.cumsum(sharp) - sharp + smooth
            begun = each.chance * arriving[each.place]
            with_it = tied + begun * duration.atoms[0] if duration is not None and each.wins else np.zeros(len(begun))
            overtaken = each.chance * came[each.place] + begun - before - with_it
            found.append(OptionCounts(each, sharp, smooth, before, with_it, np.maximum(overtaken, 0.0)))
        return found, came + arriving

    def lasting(self, option: ClockOption, atoms: Reals, rest: Reals) -> tuple[Reals, Reals, Reals]:
        """
        How often an option happens at each moment, at other times up to then, and at each moment if it began earlier.

        Its place is reached `atoms` times at each moment and `rest` times at others up to then.
        """
        duration = self._lasts[option.option]
        if duration is None:
            return (np.zeros(len(rest)),) * 3
        here, there = option.chance * atoms, option.chance * rest
        parts = self._parts[option.option]
        begun = np.fft.rfft(here, self._size)
        sharp = here * duration.atoms[0]
        if duration.atoms[1:].any():
            sharp = np.fft.irfft(begun * parts.atoms, self._size)[: len(rest)]
        changed = begun * parts.reached + np.fft.rfft(there, self._size) * parts.whole
        smooth = np.fft.irfft(changed, self._size)[: len(rest)]
        tied = sharp - here * duration.atoms[0]
        return np.where(sharp > _NOISE, sharp, 0.0), smooth, np.where(tied > _NOISE, tied, 0.0)
