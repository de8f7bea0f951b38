"""A Hypothesis state machine that runs a system under test and compares it with the spec."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from covage_model.api.driving import (
    Attempt,
    Configuration,
    PlacedAttempt,
    TableUse,
    fixtures_for,
    fixtures_of,
    unready_fixtures,
)
from covage_model.report.names import pack_names
from covage_model.testing.adapter import Adapter, takes_edits
from covage_model.testing.drive import Disagreement, Drive
from covage_model.testing.shared import Course, SharedRuns

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack

__tracebackhide__ = True  # a failure in pytest shows the text, not our frames
_NAME = re.compile(r"\W+")


def lifecycle_machine(
    pack: Pack,
    order: str,
    variant: str | None = None,
    adapter: Callable[[], Adapter] | None = None,
    *,
    documents: Sequence[Any] | None = None,
    account: Any = None,
    undriven: Collection[str] = (),
    steering: bool = True,
    limit: int | None = None,
    language: str = "en",
) -> type[RuleBasedStateMachine]:
    """
    A state machine that compares a system, behind `adapter`, with the lifecycle of an order; its `TestCase` is a test.

    At each step the system must accept what the spec accepts and refuse what it refuses. It must show the same status
    (or a valid record), emit the same events and report the same possible triggers, if the adapter supports that.
    Orders use `documents` and `account`. Without them, both are generated so that each guard that reads one is decided
    both ways. `undriven` triggers are never fired. Runs are steered to uncovered transitions; `steering=False` walks
    at random.

    Raises KeyError for an unknown order, variant or trigger, ValueError for unsuitable documents, `NoOrder` if no
    document can be generated.
    """
    if adapter is None:
        raise TypeError("an adapter is needed: a class or function that gives one for each order")
    shared = _shared(pack, order if variant is None else f"{order}/{variant}", documents, account, undriven, limit)
    shared.adapter, shared.steering = adapter, steering
    shared.speaker = pack_names(pack.spec, shared.space.lifecycle, language)
    name = "Lifecycle_" + _NAME.sub("_", shared.space.variant.name)
    made: Any = type(name, (_Machine,), {"shared": shared, "__doc__": f"The lifecycle of {shared.space.variant.name}."})
    made.TestCase.settings = _without_shrinking(made.TestCase.settings)  # whoever derives settings starts from these
    made.TestCase.runTest = _run_test(made)
    machine: type[RuleBasedStateMachine] = made
    return machine


def _run_test(machine: type[RuleBasedStateMachine]) -> Callable[[Any], None]:
    """The `runTest` of the test case; it reads the settings when it runs, so they can be set later."""

    def run(self: Any) -> None:
        run_state_machine_as_test(machine, settings=_without_shrinking(self.settings))

    vars(run).update(
        is_hypothesis_test=True, _hypothesis_state_machine_class=machine
    )  # as Hypothesis marks its own tests
    return run


def _without_shrinking(given: settings) -> settings:
    """
    The settings without shrinking and without the report of Hypothesis: our own minimisation is faster.

    The default deadline and health checks are disabled, because a run takes longer than an ordinary test.
    """
    usual = settings.default
    assert usual is not None  # it is None only while Hypothesis itself is imported
    return settings(
        given,
        phases=[phase for phase in given.phases if phase not in (Phase.shrink, Phase.explain)],
        verbosity=Verbosity.quiet if given.verbosity is Verbosity.normal else given.verbosity,
        deadline=None if given.deadline == usual.deadline else given.deadline,
        suppress_health_check=tuple(HealthCheck)
        if given.suppress_health_check == usual.suppress_health_check
        else given.suppress_health_check,
    )


def _shared(
    pack: Pack, name: str, documents: Sequence[Any] | None, account: Any, undriven: Collection[str], limit: int | None
) -> SharedRuns:
    variant = pack.spec.variant(name)
    lifecycle = pack.spec.lifecycle(variant.order.follows)
    known = {transition.name for transition in lifecycle.transitions}
    for trigger in undriven:
        if trigger not in known:
            raise KeyError(trigger)
    space = pack.table(name, TableUse.RUNS, limit=limit)
    if documents is None:
        fixtures = fixtures_for(pack.judge, space)
    else:
        fixtures = fixtures_of(pack.judge, space, documents, account)
    unready = unready_fixtures(pack.judge, space, fixtures) if documents is None else iter(())
    return SharedRuns(pack.judge, space, fixtures, frozenset(undriven), unready)


class _Machine(RuleBasedStateMachine):
    """Runs one order after another, each as long as it can cover something new."""

    shared: SharedRuns

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[Hashable] = set()
        self.drive: Drive | None = None
        self.bits = self.begun = 0  # the valuation of the document, now and at the start
        self.steps: list[Attempt] = []

    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """
        Draws a goal and takes the path to it. Starts a new order if the current one can reach nothing new.

        A disagreement is minimised; only the minimal steps are printed.
        """
        difference = self.shared.unready_difference()
        if difference is not None:
            raise difference
        difference = self._difference(data)
        if difference is not None:
            course = Course(self.shared.fixtures[self.fixture], self.begun, tuple(self.steps))
            raise self.shared.again() or self.shared.cut(course, difference)

    def _difference(self, data: st.DataObject) -> Disagreement | None:
        """The first disagreement on the path, or None."""
        try:
            if self.drive is None:
                self._choose_account(data)
            for arrow in self._planned(data) if self.shared.steering else self._wandered(data):
                self._take(arrow)
        except Disagreement as disagreement:
            return disagreement.with_traceback(None)
        return None

    def _choose_account(self, data: st.DataObject) -> None:
        self.adapter = self.shared.adapter()
        self._live_on(_drawn(data, range(len(self.shared.fixtures)), "account"))

    def _live_on(self, fixture: int) -> None:
        self.fixture, self.goals = fixture, self.shared.goals_of(fixture, editing=takes_edits(self.adapter))

    def _create(self, start: int) -> None:
        """Creates an order in a start configuration."""
        self.bits = self.begun = self.goals.bits(start)
        self.steps = []
        self.drive = self.shared.drive(self.shared.fixtures[self.fixture], self.bits, self.adapter)
        self.drive.create()
        if self.shared.steering:
            self._refuse()

    def _planned(self, data: st.DataObject) -> list[Attempt]:
        """Draws a goal and returns the steps to it; creates an order first if needed."""
        goals = self.goals
        kinds: list[Any] = [goals.accepted, goals.accepted, goals.placed, goals.nearly]
        kinds = [st.sampled_from(kind) for kind in kinds if kind]
        goal = data.draw(st.one_of(kinds).flatmap(st.sampled_from), "goal") if kinds else None
        if self.drive is not None:
            path = self._way([self._here()], goal)
            if path is not None:
                return path[1]
            self.close()
            self._choose_account(data)
        path = self._opening(goal)
        if path is None:
            self.seen.clear()
            path = self._opening(goal)
        start, plan = path or (self.goals.starts[0], [])
        self._create(start)
        return plan

    def _opening(self, goal: Attempt | PlacedAttempt | None) -> tuple[int, list[Attempt]] | None:
        """The path of a new order, with the drawn account or the next one for which something new can be covered."""
        for _ in self.shared.fixtures:
            path = self._way(self.goals.starts, goal)
            if path is not None:
                return path
            self._live_on((self.fixture + 1) % len(self.shared.fixtures))
        return None

    def _way(self, starts: Sequence[int], goal: Attempt | PlacedAttempt | None) -> tuple[int, list[Attempt]] | None:
        """The path to the goal if it is new, else to a new transition, else to a new edit; None if nothing is new."""
        if goal is None:
            return None
        place, arrow = (None, goal) if isinstance(goal, Attempt) else goal
        path = self.goals.way(starts, arrow.__eq__, place) if goal not in self.seen else None
        path = path or self.goals.way(starts, lambda each: each.case is not None and each not in self.seen)
        return path or self.goals.way(starts, lambda each: each.edits is not None and each not in self.seen)

    def _wandered(self, data: st.DataObject) -> list[Attempt]:
        """Draws one random step of the current or a new order; empty if there is none."""
        if self.drive is not None and not self.goals.links(self._here()):
            self.close()
            self._choose_account(data)
        if self.drive is None:
            self._create(_drawn(data, self.goals.starts, "document"))
        here = self._here()
        ways, refused = [arrow for arrow, _ in self.goals.links(here)], list(self.goals.refusals(here))
        tries = refused and (not ways or data.draw(st.integers(0, 3), "refused") == 3)
        among = refused if tries else ways
        return [data.draw(st.sampled_from(among), "step")] if among else []

    def _here(self) -> int:
        assert self.drive is not None  # an order has begun
        session = self.drive.session
        here = Configuration(session.state, session.variables, self.shared.atoms(self.bits))
        number = self.shared.space.find(here)
        assert number is not None  # runs follow the explored table
        return number

    def _take(self, arrow: Attempt) -> None:
        """Does one step; a steered run then tries the triggers that are refused."""
        before = self._possible() if self.shared.steering and arrow.moves else ()
        self._do(arrow)
        if self.shared.steering:
            self._refuse({trigger: (arrow, trigger) for trigger in before})

    def _refuse(self, ended: Mapping[str, Hashable] = MappingProxyType({})) -> None:
        """Tries each refusal not tried before, and each trigger in `ended`: it became impossible by this move."""
        for refusal in self.goals.refusals(self._here()):
            key = ended.get(refusal.trigger)
            if refusal not in self.seen or (key is not None and key not in self.seen):
                self.seen.add(key)
                self._do(refusal)

    def _possible(self) -> tuple[str, ...]:
        return tuple(arrow.trigger for arrow, _ in self.goals.links(self._here()) if arrow.edits is None)

    def _do(self, arrow: Attempt) -> None:
        assert self.drive is not None  # an order has begun
        self.seen |= {arrow, (self._here(), arrow)}
        self.steps.append(arrow)
        if arrow.edits is not None:
            self.bits = arrow.edits
            self.drive.edit(self.shared.fixtures[self.fixture].documents[arrow.edits], self.shared.atoms(arrow.edits))
        elif self.drive.fire(arrow.trigger) is not arrow.moves:
            raise RuntimeError(
                f"the explored table and the interpreter differ on {arrow}: this is a bug in covage-model"
            )

    def close(self) -> None:
        """Closes the adapter of the current order."""
        if self.drive is not None:
            self.drive.adapter.close()
            self.drive = None

    def teardown(self) -> None:
        """Called by Hypothesis at the end of a run."""
        self.close()


def _drawn(data: st.DataObject, among: Sequence[int], label: str) -> int:
    """Draws one of these numbers; a single one is not drawn."""
    return among[0] if len(among) == 1 else data.draw(st.sampled_from(among), label)
