"""Every number that a profile gives."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.profile import Profile


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
    for calendar in profile.calendars:
        yield GivenInput(f"calendars.{calendar.name}", f"{calendar.open_seconds / 3600:g} h/week", calendar.origin)
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
