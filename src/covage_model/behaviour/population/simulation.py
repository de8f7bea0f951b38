"""The results of a simulation, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from covage_model.behaviour.population.exact import ExactLife
from covage_model.behaviour.population.requirement import Decided
from covage_model.behaviour.population.rows import ResultRow
from covage_model.behaviour.population.simulate import Sampled
from covage_model.ground.diagnostics import Origin
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


@dataclass(frozen=True, slots=True)
class GivenInput:
    """A number that a profile gives: its path in the profile, as `--set` takes it, and what was written."""

    about: str
    words: str
    origin: Origin


def inputs(profile: Profile) -> Iterator[GivenInput]:
    """Every number of a profile, with its place, sources and standing."""
    if profile.arrivals is not None:
        yield GivenInput("arrivals", profile.arrivals.words, profile.arrivals.origin)
    for number in profile.mix:
        yield GivenInput(f"mix.{number.name}", f"{number.value:g}", number.origin)
    for when, chance in (("start", profile.start_ready), ("edit", profile.edit_ready)):
        if chance is not None:
            yield GivenInput(f"documents.{when}", f"{chance.value:g}", chance.origin)
    for crew in profile.crews:
        given = (("calendar", crew.calendar), ("hands", crew.hands))
        said = ", ".join(f"{key}: {value}" for key, value in given if value is not None)
        yield GivenInput(f"actors.{crew.actor}", said or "-", crew.origin)
    for timer in profile.timers:
        yield GivenInput(f"timers.{timer.name}", timer.law.words, timer.law.origin)
    for timing in profile.timings:
        path = f"transitions.{timing.name}"
        if timing.weights:
            words = ", ".join(f"{each.value:g}" for each in timing.weights)
            yield GivenInput(f"{path}.weight", words, timing.weights[0].origin)
        for what, law in (("waits", timing.waits), ("works", timing.works)):
            if law is not None:
                yield GivenInput(f"{path}.{what}", law.words, law.origin)
