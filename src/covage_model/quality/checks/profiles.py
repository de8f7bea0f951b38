"""CM321 to CM324: a profile with numbers that never count, or with which time stops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from covage_model.behaviour.population.chances import Chances, TooManyOptions
from covage_model.behaviour.population.grow import chances_of
from covage_model.behaviour.population.weights import Weights
from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.pack.compile.compile import build_profile
from covage_model.pack.model.profile import EDIT, Profile, WeightCase
from covage_model.quality.checks.ground import Ground


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """Findings of every profile; those that need tables only if every table is complete."""
    for written in ground.pack.profiles:
        profile = build_profile(ground.pack, (written.name,), _nobody)
        yield from _of_numbers(profile)
        if all(map(ground.wholly_explored, ground.pack.lifecycles)):
            yield from _of_weights(profile, ground.spaces)
            yield from _of_time(profile, ground.spaces)


def _nobody(_: Diagnostic) -> None:
    """The compiler has reported it."""


def _of_numbers(profile: Profile) -> Iterator[Diagnostic]:
    if profile.mix and not any(share.value for share in profile.mix):
        yield Diagnostic("CM323", "mix", {}, profile.mix[0].origin.location)
    shut = {calendar.name for calendar in profile.calendars if not calendar.open_seconds}
    users = [(crew.calendar, crew.origin) for crew in profile.crews]
    if profile.arrivals is not None:
        users.append((profile.arrivals.during, profile.arrivals.origin))
    for calendar, origin in users:
        if calendar in shut:
            yield Diagnostic("CM324", "never", {"calendar": calendar}, origin.location)


def _of_weights(profile: Profile, spaces: Mapping[str, StateSpace]) -> Iterator[Diagnostic]:
    """Weights that no configuration of any table makes count."""
    open_cases = {
        timing.name: [case for case in timing.weights if case.value or case.when] for timing in profile.timings
    }
    tried = {timing.name for timing in profile.timings if timing.tries}
    unread: list[WeightCase] = []
    for space in spaces.values():
        weights = Weights(space, profile)
        for trigger, number in _happenings(space, tried):
            remaining = open_cases.get(trigger)
            if remaining:
                case = weights.case(trigger, number)
                open_cases[trigger] = [each for each in remaining if each is not case]
        unread.extend(weights.unread)
    for name, cases in open_cases.items():
        for case in cases:
            form = "unread" if case in unread else "never"
            yield Diagnostic("CM321", form, {"name": name}, case.origin.location, severity=Severity.WARNING)


def _happenings(space: StateSpace, tried: set[str]) -> Iterator[tuple[str, int]]:
    """Each trigger with each configuration in which it is enabled, or tried; edits too."""
    names = [transition.name for transition, _ in space.numbered]
    sources = {
        transition.name: {name for case in transition.cases for name in case.source}
        for transition in space.lifecycle.transitions
        if transition.name in tried
    }
    for number in range(len(space)):
        for n in range(space.offsets[number], space.offsets[number + 1]):
            yield names[space.cases[n]], number
        state = space.state(number)
        yield from ((name, number) for name, among in sources.items() if state in among)
        if space.editor(number):
            yield EDIT, number


def _of_time(profile: Profile, spaces: Mapping[str, StateSpace]) -> Iterator[Diagnostic]:
    """States in which time stops, those from which no end is ever reached, with the variants; timers never started."""
    stopping: dict[tuple[str, str, str], list[str]] = {}
    where: dict[tuple[str, str, str], Location] = {}
    happening, waiting = {timing.name for timing in profile.timings if timing.at is None}, set[str]()
    for variant, space in spaces.items():
        weights = Weights(space, profile)
        try:
            chances = chances_of(space, profile)
        except TooManyOptions:
            happening.update(timing.name for timing in profile.timings)  # nobody knows
            continue
        happening.update(label.trigger for label in chances.labels)
        waiting.update(_waiting(profile, chances))
        for form, places in (("stops", _stopping(chances)), ("endless", chances.endless())):
            for place in places:
                key = (form, space.lifecycle.name, chances.state(place))
                where.setdefault(key, _place(profile, chances, weights, place))
                variants = stopping.setdefault(key, [])
                if variant not in variants:
                    variants.append(variant)
    for key, variants in stopping.items():
        arguments = {"profile": profile.name, "state": key[2], "variants": variants}
        yield Diagnostic("CM322", key[0], arguments, where[key], severity=Severity.WARNING)
    for timing in profile.timings:
        if timing.name in waiting - happening:
            named = {"name": timing.name, "timer": timing.at}
            yield Diagnostic("CM321", "timer", named, timing.origin.location, severity=Severity.WARNING)


def _place(profile: Profile, chances: Chances, weights: Weights, place: int) -> Location:
    """Where the profile says that what is possible there has no weight, or waits for a timer; else the profile."""
    space, number = chances.space, chances.configurations[place]
    names = [space.numbered[space.cases[n]][0].name for n in range(space.offsets[number], space.offsets[number + 1])]
    for name in (*names, EDIT):
        timing, case = profile.timing(name), weights.case(name, number)
        if timing is not None and timing.at is not None:
            return timing.origin.location
        if case is not None and not case.value and (name != EDIT or space.editor(number)):
            return case.origin.location
    return profile.origin.location


def _waiting(profile: Profile, chances: Chances) -> set[str]:
    """The transitions that wait for a timer and are possible somewhere, but never happen."""
    space = chances.space
    timed = {timing.name for timing in profile.timings if timing.at is not None}
    timed -= {label.trigger for label in chances.labels}
    if not timed:
        return timed
    possible = {
        space.numbered[space.cases[n]][0].name
        for number in set(chances.configurations)
        for n in range(space.offsets[number], space.offsets[number + 1])
    }
    return timed & possible


def _stopping(chances: Chances) -> list[int]:
    """The stuck places whose configuration has moves: others are dead ends, which CM303 reports."""
    space = chances.space
    numbers = ((place, chances.configurations[place]) for place in chances.stuck())
    return [place for place, n in numbers if space.offsets[n] < space.offsets[n + 1] or len(space.peers(n)) > 1]
