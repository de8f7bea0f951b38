"""
Simulating lives: copper creations by columns, against `transitions`, SimPy, and numpy's own draws; and with hands.

All live the same lifecycle: same guards and effects, the same weights, log-normal waits, edits and refused submissions.
The peers choose among the moves whose guards hold, with Python's own `random`. The last comparison has hands and open
hours: our event loop against a SimPy `Resource` on the same calendar. Each turn is timed on one processor (its own
time), best of N. Nothing here is a test: a ratio is quoted, never asserted.
"""

from __future__ import annotations

import logging
import random
import tempfile
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import simpy
from transitions import Machine

from covage_model.api.workspace import Workspace, open_workspace
from covage_model.behaviour.population.arrivals import arrival_blocks
from covage_model.behaviour.population.calendars import OpenClock, clocks
from covage_model.behaviour.population.grow import chances_of
from covage_model.behaviour.population.laws import mean
from covage_model.behaviour.population.simulate import plan, sample
from covage_model.pack.compile.compile import build_profile
from covage_model.pack.model.conditions import All, AnyOf, Condition, DocumentReady, Holds, Implies, In, Literal, Not
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.profile import EDIT, Law, Profile

TURNS = 3
VARIANT = "activate-copper/create"
PROFILE = """
profile: bench
time: {zone: Europe/Paris, starts: "2026-01-05", holidays: FR}
calendars: {office: {mon-fri: ["09:00-12:30", "13:30-18:00"]}}
arrivals: {rate: 120/d, during: office}
documents: {start: 0.8, edit: 0.95}
actors: {covage: {calendar: office, hands: 12}}
transitions:
  edit: {weight: 2, waits: {median: 1 d, p95: 9 d}}
  submit: {weight: 8, tries: true, waits: {median: 2 h, p95: 3 d}}
  delete: {weight: 0.4, waits: {median: 4 d, p95: 20 d}}
  book_appointment: {weight: 8, waits: {median: 3 h, p95: 2 d}}
  change_appointment: {weight: 0.1, waits: {median: 2 d, p95: 7 d}}
  cancel_appointment: {weight: 0.02, waits: {median: 2 d, p95: 7 d}}
  acknowledge: {weight: 10, WORK: {median: 10 min, p95: 40 min}}
  send: {weight: 10, WORK: {median: 5 min, p95: 15 min}}
  start_work: {weight: 10, waits: {median: 1 d, p95: 4 d}}
  hold_appointment: {weight: 10, waits: {median: 12 d, p95: 26 d}}
  finalise: {weight: 10, WORK: {median: 10 min, p95: 30 min}}
  reject: {weight: 0.3, waits: {median: 3 d, p95: 6 d}}
  create_service: {WORK: {median: 5 min, p95: 20 min}}
  assign_reference: {WORK: {median: 2 min, p95: 5 min}}
  activate_commercially: {waits: {median: 20 min, p95: 4 h}}
  send_report: {waits: {median: 5 min, p95: 30 min}}
  complete: {waits: {median: 1 min, p95: 2 min}}
"""


@dataclass(slots=True)
class PlainMove:
    """A move as plain Python has it."""

    name: str
    target: str | None
    guard: Callable[[Any], bool]
    effects: dict[str, Any]
    weight: float
    waits: Law | None
    works: Law | None


class PlainOrder:
    """An order with its variables as attributes."""

    state: str
    ready: bool


def text_of(condition: Condition) -> str:
    """A guard as the expression that somebody would write by hand."""
    match condition:
        case All(parts):
            return "(" + (" and ".join(map(text_of, parts)) or "True") + ")"
        case AnyOf(parts):
            return "(" + " or ".join(map(text_of, parts)) + ")"
        case Not(part):
            return f"(not {text_of(part)})"
        case Implies(when, then):
            return f"(not {text_of(when)} or {text_of(then)})"
        case DocumentReady():
            return "o.ready"
        case Holds(ref, test):
            name = ref.names[0] if ref.root == "variable" else ref.root
            if isinstance(test, In):
                return f"(o.{name} in {tuple(test.values)!r})"
            assert isinstance(test, Literal)
            return f"(o.{name} == {test.value!r})"
    raise TypeError(condition)


def plain_moves(lifecycle: Lifecycle, profile: Profile) -> tuple[dict[str, list[PlainMove]], dict[str, Any]]:
    """The moves of each state that are tried or possible, and the first values of variables and named conditions."""
    moves: dict[str, list[PlainMove]] = {state.name: [] for state in lifecycle.resting}
    for transition in lifecycle.transitions:
        timing = profile.timing(transition.name)
        for case in transition.cases:
            guard = eval(f"lambda o: {text_of(case.guard)}")  # noqa: S307  our own text of the pack's own guard
            weight = timing.weights[0].value if timing is not None and timing.weights else 1.0
            waits, works = (timing.waits, timing.works) if timing is not None else (None, None)
            for source in case.source:
                effects = dict(case.effects)
                moves[source].append(PlainMove(transition.name, case.target, guard, effects, weight, waits, works))
    values: dict[str, Any] = {variable.name: variable.values[0] for variable in lifecycle.variables}
    values |= {condition.name: True for condition in lifecycle.conditions} | {"enni_lives_like_activate": False}
    edit = profile.timing(EDIT)
    assert edit is not None
    moves[lifecycle.initial.name].append(
        PlainMove(EDIT, None, lambda _: True, {}, edit.weights[0].value, edit.waits, edit.works)
    )
    return moves, values


def drawn(law: Law | None) -> float:
    """A duration; every law here is log-normal."""
    return 0.0 if law is None else random.lognormvariate(*law.numbers)


def chosen(moves: list[PlainMove], order: PlainOrder) -> PlainMove:
    """A move that is possible, or tried, by weight."""
    possible = [move for move in moves if move.name == "submit" or move.guard(order)]
    return random.choices(possible, [move.weight for move in possible])[0]


def begun(values: dict[str, Any], state: str) -> PlainOrder:
    """A new order."""
    order = PlainOrder()
    order.__dict__.update(values)
    order.state, order.ready = state, random.random() < 0.8
    return order


def by_machine(lifecycle: Lifecycle, profile: Profile, count: int) -> int:
    """Lives by a flat `Machine`: it checks the guard, moves, and its callback does the effects. The number of steps."""
    moves, values = plain_moves(lifecycle, profile)
    logging.getLogger("transitions").setLevel(logging.CRITICAL)
    machine = Machine(
        model=None, states=list(moves), initial=lifecycle.initial.name, auto_transitions=False, send_event=True
    )
    for source, each in moves.items():
        for move in each:
            machine.add_transition(
                move.name,
                source,
                move.target,  # None stays where it is
                conditions=[lambda event, move=move: move.guard(event.model)],
                before=[lambda event, move=move: event.model.__dict__.update(move.effects)],
            )
    ends = {state.name for state in lifecycle.resting if state.final}
    steps = 0
    for _ in range(count):
        order, now = begun(values, lifecycle.initial.name), 0.0
        while order.state not in ends:
            move = chosen(moves[order.state], order)
            now += drawn(move.waits) + drawn(move.works)
            if move.name == EDIT:
                order.ready = random.random() < 0.95
            else:
                machine.events[move.name].trigger(order)
            steps += 1
    return steps


def by_simpy(
    lifecycle: Lifecycle, profile: Profile, starts: list[int], hands: int | None, clock: OpenClock | None
) -> int:
    """Lives as SimPy processes; work needs one of the hands and the open hours, if there are any. The steps."""
    moves, values = plain_moves(lifecycle, profile)
    ends = {state.name for state in lifecycle.resting if state.final}
    environment = simpy.Environment()
    resource = simpy.Resource(environment, hands) if hands else None
    steps = 0

    def life(start: int) -> Generator[Any, Any, Any]:
        nonlocal steps
        if start:
            yield environment.timeout(start)
        order = begun(values, lifecycle.initial.name)
        while order.state not in ends:
            move = chosen(moves[order.state], order)
            if move.waits is not None:
                yield environment.timeout(round(drawn(move.waits)))
            if move.works is not None and resource is not None and clock is not None:
                with resource.request() as request:
                    yield request
                    now = int(environment.now)
                    yield environment.timeout(clock.finish(now, round(drawn(move.works))) - now)
            if move.name == EDIT:
                order.ready = random.random() < 0.95
            elif move.guard(order):
                order.__dict__.update(move.effects)
                order.state = move.target or order.state
            steps += 1

    for start in starts:
        environment.process(life(start))
    environment.run()
    return steps


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """The best processor time of several turns, and the steps of the last."""
    best, steps = float("inf"), 0
    for _ in range(TURNS):
        started = time.process_time()
        steps = work()
        best = min(best, time.process_time() - started)
    return best, steps


def ours(pack: Workspace, profile: Profile, count: int) -> int:
    """Lives by our own paths, the table already explored. The number of steps."""
    chances = {VARIANT: chances_of(pack.table(VARIANT), profile)}
    found = sample(plan(profile, chances, {VARIANT: 1.0}, ()), 0, count=count, until=None, jobs=1)
    return int(found.tally.fired.sum())


def main() -> None:
    """Take turns, then print each contestant against ours."""
    free, shared = (_profile(word) for word in ("waits", "works"))
    pack = free[0]
    lifecycle = pack.spec.lifecycle(pack.spec.variant(VARIANT).order.follows)
    pack.table(VARIANT)
    many, few = 1_000_000, 2_000
    seconds, steps = timed(lambda: ours(pack, free[1], many))
    print(f"{VARIANT}: {many:,} complete lives, {steps / many:.1f} steps each, in {seconds:.2f} s on one processor")
    generator = np.random.default_rng(0)
    draws, _ = timed(lambda: sum(len(generator.lognormal(9, 1, 100_000)) for _ in range(steps // 100_000)))
    print(
        f"  numpy draws one log-normal for each step in {draws:.3f} s: ours takes {seconds / draws:.1f} times as long"
    )
    for name, work in (
        ("transitions", lambda: by_machine(lifecycle, free[1], few)),
        ("SimPy", lambda: by_simpy(lifecycle, free[1], [0] * few, None, None)),
    ):
        theirs, their_steps = timed(work)
        ratio = theirs / few / (seconds / many)
        said = f"{few / theirs:7,.0f} lives per second, {their_steps / few:.1f} steps each"
        print(f"  {name:12} {said}: ours {ratio:.0f} × as fast")
    _with_hands(pack, lifecycle, shared[1])


def _with_hands(pack: Workspace, lifecycle: Lifecycle, profile: Profile) -> None:
    count = 10_000
    seconds, steps = timed(lambda: ours(pack, profile, count))
    starts = np.concatenate(list(arrival_blocks(profile, 0, count=count, until=None, size=count))).tolist()
    clock = clocks(profile)["office"]
    theirs, their_steps = timed(lambda: by_simpy(lifecycle, profile, starts, 12, clock))
    print(f"with 12 hands and open hours: {count:,} lives, {steps / count:.1f} steps each, in {seconds:.2f} s")
    print(f"  SimPy        {theirs:.2f} s, {their_steps / count:.1f} steps: ours {theirs / seconds:.1f} × as fast")


def _profile(word: str) -> tuple[Workspace, Profile]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pack.yaml").write_text("pack: bench\nformat: 1\n", encoding="utf-8")
        (Path(folder) / "bench.yaml").write_text(PROFILE.replace("WORK", word), encoding="utf-8")
        pack = open_workspace(["covage", folder])
    profile = build_profile(pack.spec, ["bench"], print)
    assert mean(profile.timings[0].waits) > 0
    return pack, profile


if __name__ == "__main__":
    main()
