"""Runs a simulation: chooses the path, divides the work, and sums the counts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from covage_model.behaviour.population.arrivals import arrival_blocks
from covage_model.behaviour.population.calendars import OpenClock, clocks
from covage_model.behaviour.population.chances import Chances
from covage_model.behaviour.population.draws import Whole
from covage_model.behaviour.population.events import EventLoop
from covage_model.behaviour.population.hands import CrewTally
from covage_model.behaviour.population.kernel import Between, Kernel
from covage_model.behaviour.population.log import LifeLog
from covage_model.behaviour.population.tally import LifeTally, Parts, empty_tally
from covage_model.behaviour.population.walk import OrderWalk
from covage_model.ground.processes import workers
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.profile import DAY, Profile

if TYPE_CHECKING:
    from covage_model.ground.processes.cluster import DaskCluster

BATCHES = 20  # parts of a simulation whose differences give the intervals, where orders depend on one another
TASK = 1 << 17  # orders that are walked in one go
_MOST_APART = 1 << 17  # options whose counts are kept by batch: they take twenty times the memory
_FEWEST = 16  # orders of a batch
_WORTH = 4 * TASK  # orders for which a second process pays
_ARRIVING = 1 << 12  # orders whose arrivals are computed at a time, where they share hands
Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is simulated: the tables of the variants with their shares of all orders, and the profile."""

    kernel: Kernel
    profile: Profile
    crews: tuple[str, ...]  # the actors whose hands or hours orders wait for

    @property
    def path(self) -> str:
        """`events` where orders share hands or wait for open hours, else `walk`."""
        return "events" if self.crews else "walk"


@dataclass(frozen=True, slots=True)
class Sampled:
    """
    The counts of one simulation of `orders` orders. `arrived` is the second after the last order arrived, `last` the
    second at which the simulation ended.

    `batches` are the counts of its parts, () if there are none; those of the event path have beginnings, lead times and
    stretches alone. `open` are the open seconds of each crew while orders arrive (until `last`, if all arrive at once),
    `open_by_batch` those while the orders of each batch arrive.
    """

    plan: Plan
    seed: int
    tally: LifeTally
    batches: tuple[LifeTally, ...]
    orders: int
    until: int | None
    arrived: int
    last: int
    crews: Mapping[str, CrewTally]
    open: Mapping[str, int]
    open_by_batch: Mapping[str, Mapping[int, int]] = field(default_factory=dict)


def shares(profile: Profile, pack: SpecPack, variants: Sequence[str]) -> dict[str, float]:
    """
    The share of each variant among arriving orders, relative to the others.

    An order's share is divided among its variants that are simulated; a variant's own share counts in place of it.
    If none of the variants has a share, all arrive equally often.
    """
    own = {number.name: number.value for number in profile.mix}
    siblings: dict[str, list[str]] = {}
    for name in variants:
        siblings.setdefault(pack.explorable_named(name).order.name, []).append(name)
    found = {}
    for order, names in siblings.items():
        rest = [name for name in names if name not in own or name == order]
        found.update({name: own.get(order, 0.0) / len(rest) for name in rest})
        found.update({name: own[name] for name in names if name in own})
    return {name: found[name] for name in variants} if any(found.values()) else dict.fromkeys(variants, 1.0)


def plan(
    profile: Profile, chances: Mapping[str, Chances], given: Mapping[str, float], between: Sequence[Between]
) -> Plan:
    """The plan of a simulation of these variants; variants without a share are left out."""
    arriving = {variant: each for variant, each in chances.items() if given[variant]}
    kernel = Kernel(arriving, given, between)
    working = {each.actor for each in kernel.happenings if each.works is not None}
    crews = (crew for crew in profile.crews if crew.hands is not None or crew.calendar is not None)
    return Plan(kernel, profile, tuple(crew.actor for crew in crews if crew.actor in working))


def without(profile: Profile, left_out: Sequence[str]) -> Profile:
    """The profile without `hands` (as many as needed) or without `calendars` (always open)."""
    if "hands" in left_out:
        profile = replace(profile, crews=tuple(replace(crew, hands=None) for crew in profile.crews))
    if "calendars" in left_out:
        arrivals = profile.arrivals and replace(profile.arrivals, during=None)
        crews = tuple(replace(crew, calendar=None) for crew in profile.crews)
        profile = replace(profile, crews=crews, arrivals=arrivals)
    return profile


def sample(
    plan: Plan,
    seed: int,
    *,
    count: int | None,
    until: int | None,
    jobs: int | None = None,
    batches: bool = False,
    stays: bool = False,
    cluster: DaskCluster | None = None,
    tick: Tick = lambda _: None,
    log: LifeLog | None = None,
) -> Sampled:
    """
    Simulates `count` orders, or all that arrive before second `until`; with both, what comes first.

    Any number of `jobs` (None: one for each processor, if that pays) gives the same counts, and so does a `cluster`.
    `batches` asks for the counts of parts, which orders that share hands always have, `stays` for how long orders stay
    in each state. `tick` is called with the number of orders so far. With a `log`, orders are simulated one by one: the
    lives are the same.
    Raises NeverOpen if orders wait for a calendar without open hours.
    """
    if plan.crews or log is not None:
        return _by_events(plan, seed, count, until, tick, log, stays=stays)
    width = DAY if plan.profile.arrivals is not None else None
    blocks = _tasks(plan, seed, count, until, batches=batches)
    apart = Parts(BATCHES, count, until) if plan.kernel.options <= _MOST_APART else None
    parts = _walked((plan.kernel, seed, until, width, stays, apart), blocks, count, jobs, cluster)
    total, arrived, last, orders = _empty(plan.kernel, width, stays=stays, parts=apart), 0, 0, 0
    kept: list[LifeTally] = []
    for size, newest, latest, part in parts:
        if batches:
            kept.append(part)
        total.merge(part)
        orders, arrived, last = orders + size, max(arrived, newest), max(last, latest)
        tick(orders)
    return Sampled(plan, seed, total, tuple(kept), orders, until, until or arrived, until or last, {}, {})


def _empty(kernel: Kernel, width: int | None, *, stays: bool, parts: Parts | None) -> LifeTally:
    sizes, kinds = (len(kernel.between), len(kernel.variants)), len(kernel.stays) if stays else 0
    return empty_tally(
        kernel.places, kernel.options, len(kernel.ends), sizes, width, kinds, parts.batches if parts else 0
    )


def _tasks(
    plan: Plan, seed: int, count: int | None, until: int | None, *, batches: bool
) -> Iterator[tuple[int, Whole]]:
    size, arrivals = TASK, plan.profile.arrivals
    if batches:
        expected = count if count is not None or arrivals is None else (until or 0) * arrivals.count / arrivals.unit
        size = max(_FEWEST, math.ceil((expected or 0) / BATCHES))
    first = 0
    for block in arrival_blocks(plan.profile, seed, count=count, until=until, size=size):
        yield first, block
        first += len(block)


_Task = tuple[int, Whole]
_Given = tuple[Kernel, int, int | None, int | None, bool, Parts | None]  # of a walker
_Walked = tuple[int, int, int, LifeTally]  # how many orders, the second after the last arrival, the last second, counts


def _walked(
    given: _Given, tasks: Iterator[_Task], count: int | None, jobs: int | None, cluster: DaskCluster | None
) -> Iterator[_Walked]:
    here = walker(*given)

    def lost(task: _Task, _: str) -> _Walked:
        return here(task)

    if cluster is not None:
        yield from cluster.results(walker, given, tasks, lost=lost, ahead=2)
        return
    if jobs is None:
        jobs = workers.processors() if count is None or count >= _WORTH else 1
    yield from workers.results(walker, given, tasks, jobs=jobs, here=here, lost=lost, ahead=2)


def walker(
    kernel: Kernel,
    seed: int,
    until: int | None,
    width: int | None,
    stays: bool = False,  # noqa: FBT001, FBT002  one of the values that are handed on in their order
    parts: Parts | None = None,
) -> Callable[[_Task], _Walked]:
    """The function that walks the orders of one task."""

    def walked(task: _Task) -> _Walked:
        first, arrivals = task
        walk = OrderWalk(kernel, seed, until=until, width=width, stays=stays, parts=parts)
        tally = walk.run(first, arrivals)
        return len(arrivals), int(arrivals[-1]) + 1 if len(arrivals) else 0, walk.last, tally

    return walked


def _by_events(
    plan: Plan, seed: int, count: int | None, until: int | None, tick: Tick, log: LifeLog | None, *, stays: bool
) -> Sampled:
    profile = plan.profile
    of_calendar = clocks(profile)
    crews: dict[str, tuple[int | None, OpenClock | None]] = {}
    for actor in plan.crews:
        crew = profile.crew(actor)
        assert crew is not None  # it is in the plan
        crews[actor] = crew.hands, of_calendar[crew.calendar] if crew.calendar is not None else None
    width = DAY if profile.arrivals is not None else None
    loop = EventLoop(plan.kernel, seed, crews, batches=BATCHES, until=until, width=width, stays=stays, log=log)

    begins: dict[int, int] = {}

    def batch_of(number: int, second: int) -> int:
        if count is not None:
            batch = min(number * BATCHES // count, BATCHES - 1)
        else:
            assert until is not None  # one of the two is given
            batch = second * BATCHES // until
        begins.setdefault(batch, second)
        return batch

    tally = loop.run(arrival_blocks(profile, seed, count=count, until=until, size=_ARRIVING), batch_of, tick)
    last, arrived = until or loop.last, until or loop.arrived
    end = last if profile.arrivals is None else arrived
    opened = {actor: _opened(clock, end) for actor, (_, clock) in crews.items()}
    ends = [*list(begins.values())[1:], end]
    apart = {
        actor: {
            batch: _opened(clock, last) - _opened(clock, first)
            for (batch, first), last in zip(begins.items(), ends, strict=True)
        }
        for actor, (_, clock) in crews.items()
    }
    orders = int(np.sum(tally.begun))
    return Sampled(plan, seed, tally, tuple(loop.batches), orders, until, arrived, last, loop.crews, opened, apart)


def _opened(clock: OpenClock | None, second: int) -> int:
    """The open seconds before that one."""
    return second if clock is None else clock.open_until(second)
