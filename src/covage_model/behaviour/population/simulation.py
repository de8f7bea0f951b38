"""The results of a simulation, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from covage_model.behaviour.population.exact.life import ExactLife
from covage_model.behaviour.population.requirement import Decided
from covage_model.behaviour.population.rows import ResultRow
from covage_model.behaviour.population.simulate import Sampled
from covage_model.pack.model.profile import Profile


@dataclass(frozen=True, slots=True)
class Beginnings:
    """
    Where orders begin, taken from real ones: `used` of the `read` documents are orders that are simulated.

    `chances` are by variant: how many orders begin in each initial configuration, by its number.
    """

    used: int
    read: int
    chances: Mapping[str, Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Simulation:
    """
    The results of a simulation.

    `lives` are the exact answers by variant, `inexact` the reasons where there are none. `other` is the simulation of
    the profile it was compared with, on the same random numbers. `beginnings` are those of real orders, if
    they were given. `settings` are the numbers of the profile that were replaced, by path.
    """

    profile: Profile
    sampled: Sampled
    lives: Mapping[str, ExactLife]
    inexact: Mapping[str, str]
    requirements: tuple[Decided, ...]
    other: Sampled | None
    rows: tuple[ResultRow, ...]
    beginnings: Beginnings | None = None
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def exact_error(self) -> float:
        """The largest error of what was integrated for exact answers, as a share of it; 0 where nothing was."""
        return max((life.steps.error for life in self.lives.values()), default=0.0)
