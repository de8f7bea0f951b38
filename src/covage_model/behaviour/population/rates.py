"""Rates per order: how often and how long, with the intervals that the batches of orders give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

from covage_model.behaviour.population.figures import Figure, batched
from covage_model.behaviour.population.simulate import Sampled
from covage_model.behaviour.population.tally import Grid

Name = TypeVar("Name")


class Rates:
    """
    What a simulation counted per order: entries of states and the time there, and what happens.

    Each figure is that of all orders; its interval comes from the batches (Student's t), where their counts were kept.
    """

    def __init__(self, sampled: Sampled) -> None:
        kernel, parts, tally = sampled.plan.kernel, sampled.tally.parts, sampled.tally
        self._orders = max(sampled.orders, 1)
        self._apart = parts is not None
        begun, fired, seconds, waited = (
            np.vstack([getattr(parts, name), getattr(tally, name)]) if parts is not None else getattr(tally, name)[None]
            for name in ("begun", "fired", "seconds", "waited")
        )
        self._sizes = begun.sum(axis=1)
        states = list(dict.fromkeys(kernel.states))
        number = {state: n for n, state in enumerate(states)}
        of_place = np.array([number[state] for state in kernel.states])
        source, target = of_place[kernel.place_of_option], of_place[kernel.target]
        moved = np.where(source != target, target, len(states))  # the last column is of those that stay
        entries = _summed(begun, of_place, len(states)) + _summed(fired, moved, len(states) + 1)[:, :-1]
        self.entries = self._figures(states, entries)
        self.time = self._figures(states, _summed(seconds, of_place, len(states)))
        self.waiting = self._figures(states, _summed(waited, source, len(states)))
        names = list(dict.fromkeys((each.trigger, each.refused) for each in kernel.happenings))
        of_option = np.array([names.index((each.trigger, each.refused)) for each in kernel.happenings], dtype=np.int64)
        self.happened: Mapping[tuple[str, bool], Figure] = self._figures(names, _summed(fired, of_option, len(names)))

    def _figures(self, names: Sequence[Name], grid: Grid) -> dict[Name, Figure]:
        """A figure for each column; the last row is of all orders, the rows before of the batches."""
        found: dict[Name, Figure] = {}
        for column, name in enumerate(names):
            value = float(grid[-1, column]) / self._orders
            if not self._apart:
                found[name] = Figure(value, None, None)
                continue
            parts = [
                float(n) / int(size) if size else None for n, size in zip(grid[:-1, column], self._sizes, strict=False)
            ]
            found[name] = batched(value, parts)
        return found


def _summed(grid: Grid, where: Grid, size: int) -> Grid:
    """The columns of a grid added up by their new numbers."""
    found = np.zeros((len(grid), size), dtype=np.int64)
    for row, counts in enumerate(grid):
        np.add.at(found[row], where, counts)
    return found
