"""Simulates many orders of a pack in time, and computes exact answers where there are any."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from covage_model.api.beginnings import CannotSimulate as CannotSimulate
from covage_model.api.beginnings import beginnings
from covage_model.api.profiles import USUAL as USUAL
from covage_model.api.profiles import profile_of as profile_of
from covage_model.ground.classes import dataclass
from covage_model.ground.nearest import nearest

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack, Workspace
    from covage_model.behaviour.logs.writing import EventWriter
    from covage_model.behaviour.population.chances import Chances
    from covage_model.behaviour.population.kernel import Between
    from covage_model.behaviour.population.log import LifeLog
    from covage_model.behaviour.population.logged import LogListener
    from covage_model.behaviour.population.requirement import SimulationRequirement
    from covage_model.behaviour.population.simulate import Plan, Sampled
    from covage_model.behaviour.population.simulation import Beginnings
    from covage_model.behaviour.population.simulation import Simulation as Simulation
    from covage_model.ground.processes.cluster import DaskCluster
    from covage_model.pack.model.profile import Profile

COUNT = 10_000
MOST_ORDERS = 1_000_000_000  # of one simulation: a million lives take a second or more
EVENT_FORMATS = ("ndjson", "csv", "xes", "ocel")
LEFT_OUT = ("hands", "calendars")
_MOST_WALKED, _MOST_BY_EVENTS = 1 << 27, 1 << 20  # orders of a simulation that is made precise


@dataclass(frozen=True, slots=True)
class EventLogFile:
    """A log of events to write: its format (of `EVENT_FORMATS`), and what takes its text."""

    form: str
    write: Callable[[str], object]


def simulate_pack(
    pack: Pack,
    *names: str,
    profiles: Sequence[str] = (),
    settings: Mapping[str, str] | None = None,
    without: Sequence[str] = (),
    count: int | None = None,
    until: float | None = None,
    seed: int = 0,
    jobs: int | None = None,
    cluster: DaskCluster | None = None,
    between: Sequence[str] = (),
    require: Sequence[str] = (),
    against: Sequence[str] = (),
    precise: float | None = None,
    exact: bool = False,
    stays: bool = False,
    tick: Callable[[int], None] = lambda _: None,
    orders: Sequence[str] = (),
    at: str = "",
    encoding: str | None = None,
    events: Callable[[dict[str, Any]], object] | None = None,
    logs: Sequence[EventLogFile] = (),
) -> Simulation:
    """
    Simulates orders of these names (default: all) with the profiles, each laid over those before it.

    `count` orders (default: 10,000), or all that arrive in `until` seconds. `settings` replace single values by their
    path, such as `{"transitions.send.works.median": "4 h"}`; `without` leaves out `hands` or `calendars`. `between` are
    stretches `A..B` of triggers or states. `against` are profiles to compare with, on the same random numbers.
    `precise` doubles the number of orders until the interval of the mean lead time is that share of it, at most.
    `stays` counts how long orders stay in each state, for diagrams painted with `p95`.
    `orders` are files of real orders: how often their documents are ready at the start counts, in place of the profile.
    `at` says where orders lie in these files, and `encoding` how CSV is encoded.
    The same seed gives the same results for any number of `jobs` and on a `cluster`. `tick` is called
    with the number of orders so far, `events` with each event that the orders emit, in the order of time; `logs` get
    them as text.

    Raises NoSuchOrder for an unknown name, CannotSimulate for any other question that cannot be answered.
    """
    from covage_model.behaviour.population import requirement, rows
    from covage_model.behaviour.population.exact.answers import exact_answers
    from covage_model.behaviour.population.simulation import Simulation

    variants = pack.explorable(names) if names else pack.variants() or pack.explorable()
    if not variants:
        raise CannotSimulate("there is nothing to simulate: the pack has no order and no lifecycle")
    profile = _profile(pack, profiles, settings or {}, without)
    wanted = _stretches(pack, variants, [*between, *requirement.stretches(list(require))])
    started = beginnings(pack, variants, orders, at, encoding) if orders else None
    plan = _plan(pack, variants, profile, wanted, started)
    requirements = _requirements(plan, require)
    count, seconds = _amount(profile, count, until)
    other_plan = _plan(pack, variants, _profile(pack, against, {}, without), wanted, started) if against else None
    with _answerable():
        log, writers = _listening(plan, pack, profile, seed, events, logs)
        asked = {"batches": bool(against), "stays": stays, "jobs": jobs, "cluster": cluster}
        sampled, other = _sampled(plan, other_plan, seed, count, seconds, precise, tick, log, asked)
    for each in writers:
        each.finish()
    lives, inexact = exact_answers(plan) if exact else ({}, {})
    decided = tuple(requirement.decided(each, sampled) for each in requirements)
    figures = tuple(rows.rows(sampled, lives, other))
    return Simulation(profile, sampled, lives, inexact, decided, other, figures, started, dict(settings or {}))


@contextmanager
def _answerable() -> Iterator[None]:
    """Raises CannotSimulate where orders wait for ever, or live outside of the years that can be named."""
    from covage_model.behaviour.population.calendars import NeverOpen

    try:
        yield
    except NeverOpen as error:
        raise CannotSimulate(f"the calendar {error} has no open hours left") from error
    except OverflowError as error:  # of a date: Python knows no others
        raise CannotSimulate(
            "orders live outside of the years 1 to 9999: set time.starts or shorter durations"
        ) from error


def duration(text: str) -> float | None:
    """The seconds of a duration such as `90d`; None for another text."""
    from covage_model.pack.compile.build_laws import seconds
    from covage_model.pack.compile.grammar_profile import DURATION

    return seconds(text) if DURATION.pattern and re.fullmatch(DURATION.pattern, text) else None


def _requirements(plan: Plan, texts: Sequence[str]) -> list[SimulationRequirement]:
    from covage_model.behaviour.population import requirement

    try:
        return [requirement.requirement(text, plan.kernel) for text in texts]
    except requirement.NoRequirement as error:
        raise CannotSimulate(str(error)) from error


def _amount(profile: Profile, count: int | None, until: float | None) -> tuple[int | None, int | None]:
    """How many orders at most, and how many seconds of arrivals; None is no limit, and one of them is a limit."""
    if count is None and until is None:
        count = COUNT
    if count is not None and count > MOST_ORDERS:
        raise CannotSimulate(f"{count:,} orders take too long: at most {MOST_ORDERS:,} are simulated")
    if count is None and profile.arrivals is None:
        raise CannotSimulate("the profile has no `arrivals`: give --count")
    return count, None if until is None else int(until)


def _listening(
    plan: Plan,
    pack: Workspace,
    profile: Profile,
    seed: int,
    events: Callable[[dict[str, Any]], object] | None,
    logs: Sequence[EventLogFile],
) -> tuple[LifeLog | None, list[EventWriter]]:
    """What hears of the events, if anybody asks for them, and what writes them."""
    if events is None and not logs:
        return None, []
    from covage_model.behaviour.logs.writing import Several, writer
    from covage_model.behaviour.population.log import LifeLog, columns
    from covage_model.behaviour.population.logged import DocumentsAlone
    from covage_model.behaviour.space.shown_events import about, constants

    spec = pack.spec
    kinds = {named.name: about(constants(spec, named.name), named.name) for named in spec.events}
    writers = [writer(each.form, each.write, columns(spec, profile), kinds) for each in logs]
    listeners: list[LogListener] = [*writers, *([] if events is None else [DocumentsAlone(events)])]
    return LifeLog(plan.kernel, spec, profile, seed, Several(listeners)), writers


def _sampled(
    plan: Plan,
    other: Plan | None,
    seed: int,
    count: int | None,
    until: int | None,
    precise: float | None,
    tick: Callable[[int], None],
    log: LifeLog | None,
    asked: dict[str, Any],
) -> tuple[Sampled, Sampled | None]:
    from covage_model.behaviour.population.simulate import sample

    def run(each: Plan, orders: int | None, log: LifeLog | None = None) -> Sampled:
        return sample(each, seed, count=orders, until=until, tick=tick, log=log, **asked)

    if log is not None and precise is not None:
        raise CannotSimulate("a log has a fixed number of orders: leave out --until-precise")
    sampled = run(plan, count, log)
    most = _MOST_BY_EVENTS if plan.crews else _MOST_WALKED
    while precise is not None and not _is_precise(sampled, precise):
        if count is None or until is not None:
            raise CannotSimulate("a number of orders is doubled until it is precise enough: leave out --until")
        if 2 * count > most:
            raise CannotSimulate(f"{count:,} orders are not enough for {precise:.3g}, and more would take too long")
        count *= 2
        sampled = run(plan, count)
    return sampled, None if other is None else run(other, count)


def _is_precise(sampled: Sampled, precise: float) -> bool:
    """Whether the interval of the mean lead time reaches no further than that share of it to each side."""
    from covage_model.behaviour.population.measures import Measure, ends_of, figure

    kernel = sampled.plan.kernel
    variants = frozenset(range(len(kernel.variants)))
    found = figure(Measure("mean", variants, ends_of(kernel, variants, None)), sampled)
    if found is None or found.low is None or found.high is None:
        return False
    return max(found.high - found.value, found.value - found.low) <= precise * found.value


def _profile(pack: Workspace, names: Sequence[str], settings: Mapping[str, str], without: Sequence[str]) -> Profile:
    from covage_model.behaviour.population import simulate

    return simulate.without(profile_of(pack, names, settings), without)


def _stretches(pack: Workspace, variants: Sequence[str], texts: Sequence[str]) -> list[Between]:
    from covage_model.behaviour.population.kernel import Between

    lifecycles = {pack.spec.explorable_named(name).order.follows for name in variants}
    legal: dict[str, None] = {}
    for name in lifecycles:
        lifecycle = pack.spec.lifecycle(name)
        legal.update(dict.fromkeys([*(t.name for t in lifecycle.transitions), *(s.name for s in lifecycle.states)]))
    found = []
    for text in dict.fromkeys(texts):
        first, dots, last = text.partition("..")
        if not dots:
            raise CannotSimulate(f"{text!r} is no stretch; write A..B, with triggers or states")
        for name in (first, last):
            if name not in legal:
                hint = nearest(name, legal)
                raise CannotSimulate(f"there is no transition or state {name!r}" + (f"; {hint}" if hint else ""))
        found.append(Between(first, last))
    return found


def _plan(
    pack: Workspace,
    variants: Sequence[str],
    profile: Profile,
    between: Sequence[Between],
    started: Beginnings | None = None,
) -> Plan:
    from covage_model.behaviour.population import simulate
    from covage_model.behaviour.population.chances import TooManyOptions
    from covage_model.behaviour.population.grow import chances_of

    shares = simulate.shares(profile, pack.spec, variants)
    chances: dict[str, Chances] = {}
    for variant in variants:
        if shares[variant]:
            space = pack.table(variant)
            if not space.complete:
                raise CannotSimulate(f"{variant} has more than {space.expanded:,} configurations")
            try:
                chances[variant] = chances_of(space, profile, given=started.chances.get(variant) if started else None)
            except TooManyOptions as error:
                raise CannotSimulate(
                    f"{variant} has too many moves: tests of documents lead to too many edits"
                ) from error
    return simulate.plan(profile, chances, shares, between)
