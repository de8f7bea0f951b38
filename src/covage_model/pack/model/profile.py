"""
How long things take and how often they are chosen: the numbers of a simulation.

All durations are seconds.
"""

from __future__ import annotations

from dataclasses import field

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.ground.files.node import Node
from covage_model.pack.model.conditions import Condition
from covage_model.pack.model.text import Text

DAY = 86_400
EDIT = "edit"  # the edit of a document, where a profile names what takes time


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """A profile as it is written, with every inherited source and standing. `over` are the profiles it is laid over."""

    name: str
    over: tuple[str, ...]
    node: Node = field(compare=False)


@dataclass(frozen=True, slots=True)
class Law:
    """
    A distribution of durations.

    `kind` decides what `numbers` are: fixed (value), uniform (least, most), triangular (least, mode, most),
    exponential (mean), log-normal (mu, sigma of the logarithm), gamma (shape, scale), weibull (shape, scale),
    quantiles (share, value, share, value, …; shares from 0 to 1, values between two are interpolated).
    `words` is what the author wrote.
    """

    kind: str
    numbers: tuple[float, ...]
    words: str
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class WeightCase:
    """
    A weight and where it applies: if one of the conditions, by lifecycle, holds; everywhere if `when` is None.

    In a lifecycle that `when` does not name, the condition cannot be read, so the weight does not apply.
    """

    value: float
    when: tuple[tuple[str, Condition], ...] | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Timing:
    """
    What is said of one trigger, or of the edit of a document.

    The first weight that applies counts; () means 1. `tries`: it is also chosen where its guard refuses it.
    `at` is the timer that decides when it happens; it is then never chosen by weight.
    """

    name: str
    weights: tuple[WeightCase, ...]
    waits: Law | None
    works: Law | None
    tries: bool
    at: str | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Timer:
    """A date that is drawn when one of the triggers `starts` happens: that moment and a duration."""

    name: str
    law: Law
    starts: tuple[str, ...]
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """A weekly calendar: for each weekday (0 is Monday) its open spans, in seconds from midnight, in order."""

    name: str
    days: tuple[tuple[tuple[int, int], ...], ...]
    origin: Origin = field(compare=False)

    @property
    def open_seconds(self) -> int:
        """The open seconds of a week without holidays."""
        return sum(end - start for spans in self.days for start, end in spans)


@dataclass(frozen=True, slots=True)
class Crew:
    """The hours and the number of hands of an actor; None is always open, or as many hands as needed."""

    actor: str
    calendar: str | None
    hands: int | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How orders arrive: `count` in each `unit` seconds on average, at random or at regular distances."""

    count: float
    unit: int
    regular: bool
    during: str | None
    words: str
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """The share of an order or variant among arriving orders, relative to the others; or a chance from 0 to 1."""

    name: str
    value: float
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Profile:
    """
    The numbers of one simulation, after all layers.

    `starts` is the first day (ISO). `start_ready` and `edit_ready` are the chances that a document is ready at the
    start and after an edit; None where the profile does not say. `log` are the fields of written events, and what
    each shows.
    """

    name: str
    title: Text | None
    zone: str
    starts: str
    holidays: str | None
    calendars: tuple[OpeningHours, ...]
    arrivals: Arrivals | None
    mix: tuple[GivenNumber, ...]
    start_ready: GivenNumber | None
    edit_ready: GivenNumber | None
    crews: tuple[Crew, ...]
    timers: tuple[Timer, ...]
    timings: tuple[Timing, ...]
    log: tuple[tuple[str, str], ...]
    origin: Origin = field(compare=False)

    def timing(self, trigger: str) -> Timing | None:
        """What is said of a trigger."""
        return next((each for each in self.timings if each.name == trigger), None)

    def crew(self, actor: str) -> Crew | None:
        """What is said of an actor."""
        return next((each for each in self.crews if each.actor == actor), None)

    def calendar(self, name: str) -> OpeningHours:
        """The calendar of that name. Raises KeyError."""
        return {each.name: each for each in self.calendars}[name]
