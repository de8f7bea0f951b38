"""A Hypothesis state machine that drives a system under test against the spec."""

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
from covage_model.report.subjects.ways import speaker
from covage_model.testing.adapter import Adapter, takes_edits
from covage_model.testing.drive import Disagreement, Drive
from covage_model.testing.shared import Course, SharedRuns

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack

__tracebackhide__ = True  # a failure of pytest shows the text, not how we came to it
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
    A state machine that holds a system, behind `adapter`, to the lifecycle of an order; its `TestCase` is a test.

    At each step the system must accept what the spec accepts and refuse what it refuses, show the status
    (or the record) and have emitted the events that the spec says, and say what is possible, as far as
    the adapter tells. `documents` and `account` are what orders live on; without them they are
    generated, so that each guard that reads one is decided both ways. `undriven` triggers are never
    pulled. Runs are steered to arrows not seen yet; `steering=False` walks at random.

    Raises KeyError for an order, a variant or a trigger that is none, ValueError for documents that will
    not do, `NoOrder` where none can be generated.
    """
    if adapter is None:
        raise TypeError("an adapter is needed: a class or function that gives one for each order")
    shared = _shared(pack, order if variant is None else f"{order}/{variant}", documents, account, undriven, limit)
    shared.adapter, shared.steering, shared.speaker = adapter, steering, speaker(pack.spec.actors, language)
    name = "Lifecycle_" + _NAME.sub("_", shared.space.variant.name)
    made: Any = type(name, (_Machine,), {"shared": shared, "__doc__": f"The lifecycle of {shared.space.variant.name}."})
    made.TestCase.settings = _without_shrinking(made.TestCase.settings)  # whoever derives settings starts from these
    made.TestCase.runTest = _run_test(made)
    machine: type[RuleBasedStateMachine] = made
    return machine


def _run_test(machine: type[RuleBasedStateMachine]) -> Callable[[Any], None]:
    """How the test case runs, whichever settings somebody gives it later."""

    def run(self: Any) -> None:
        run_state_machine_as_test(machine, settings=_without_shrinking(self.settings))

    vars(run).update(is_hypothesis_test=True, _hypothesis_state_machine_class=machine)  # as Hypothesis marks its own
    return run


def _without_shrinking(given: settings) -> settings:
    """
    The settings without what Hypothesis would do and print of a failing run: we cut it ourselves, in less time.

    A deadline and health checks that nobody chose are for short tests: a run here drives a system for a while.
    """
    usual = settings.default
    assert usual is not None  # None while Hypothesis itself is loaded only
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
    """One order after another, each driven as far as something new can be seen."""

    shared: SharedRuns

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[Hashable] = set()
        self.drive: Drive | None = None
        self.bits = self.begun = 0  # the valuation of the document, now and in the beginning
        self.steps: list[Attempt] = []

    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """
        The whole way to a goal that is drawn, from where the order is; a new order begins where nothing new is left.

        A disagreement is cut to the fewest steps; only these are printed, whatever else this run did.
        """
        difference = self.shared.unready_difference()
        if difference is not None:
            raise difference
        difference = self._difference(data)
        if difference is not None:
            course = Course(self.shared.fixtures[self.fixture], self.begun, tuple(self.steps))
            raise self.shared.again() or self.shared.cut(course, difference)

    def _difference(self, data: st.DataObject) -> Disagreement | None:
        """The first disagreement on the way."""
        try:
            if self.drive is None:
                self._choose_account(data)
            for arrow in self._planned(data) if self.shared.steering else self._wandered(data):
                self._take(arrow)
        except Disagreement as found:
            return found.with_traceback(None)
        return None

    def _choose_account(self, data: st.DataObject) -> None:
        self.adapter = self.shared.adapter()
        self._live_on(_drawn(data, range(len(self.shared.fixtures)), "account"))

    def _live_on(self, fixture: int) -> None:
        self.fixture, self.goals = fixture, self.shared.goals_of(fixture, editing=takes_edits(self.adapter))

    def _create(self, start: int) -> None:
        """An order in that configuration."""
        self.bits = self.begun = self.goals.bits(start)
        self.steps = []
        self.drive = self.shared.drive(self.shared.fixtures[self.fixture], self.bits, self.adapter)
        self.drive.create()
        if self.shared.steering:
            self._refuse()

    def _planned(self, data: st.DataObject) -> list[Attempt]:
        """What to do, toward a goal that is drawn; the order has begun."""
        goals = self.goals
        kinds: list[Any] = [goals.accepted, goals.accepted, goals.placed, goals.nearly]
        kinds = [st.sampled_from(kind) for kind in kinds if kind]
        goal = data.draw(st.one_of(kinds).flatmap(st.sampled_from), "goal") if kinds else None
        if self.drive is not None:
            found = self._way([self._here()], goal)
            if found is not None:
                return found[1]
            self.close()
            self._choose_account(data)
        found = self._opening(goal)
        if found is None:
            self.seen.clear()
            found = self._opening(goal)
        start, plan = found or (self.goals.starts[0], [])
        self._create(start)
        return plan

    def _opening(self, goal: Attempt | PlacedAttempt | None) -> tuple[int, list[Attempt]] | None:
        """The way for a new order, on the account that was drawn, or on the next one that shows something new."""
        for _ in self.shared.fixtures:
            found = self._way(self.goals.starts, goal)
            if found is not None:
                return found
            self._live_on((self.fixture + 1) % len(self.shared.fixtures))
        return None

    def _way(self, starts: Sequence[int], goal: Attempt | PlacedAttempt | None) -> tuple[int, list[Attempt]] | None:
        """The way to a goal that was not seen yet, else to a transition that was not, else to an edit."""
        if goal is None:
            return None
        place, arrow = (None, goal) if isinstance(goal, Attempt) else goal
        found = self.goals.way(starts, arrow.__eq__, place) if goal not in self.seen else None
        found = found or self.goals.way(starts, lambda one: one.case is not None and one not in self.seen)
        return found or self.goals.way(starts, lambda one: one.edits is not None and one not in self.seen)

    def _wandered(self, data: st.DataObject) -> list[Attempt]:
        """A step that is drawn, from where the order is or begins; nothing where there is none."""
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
        found = self.shared.space.find(here)
        assert found is not None  # runs go along the table
        return found

    def _take(self, arrow: Attempt) -> None:
        """The arrow is taken; a run that is steered then tries all that is refused."""
        before = self._possible() if self.shared.steering and arrow.moves else ()
        self._do(arrow)
        if self.shared.steering:
            self._refuse({trigger: (arrow, trigger) for trigger in before})

    def _refuse(self, ended: Mapping[str, Hashable] = MappingProxyType({})) -> None:
        """What is refused here is tried, unless it was; and what has just `ended`, if it never was after that move."""
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
        elif self.drive.pull(arrow.trigger) is not arrow.moves:
            raise RuntimeError(f"the explored table and the interpreter differ on {arrow}: our bug")

    def close(self) -> None:
        """The adapter lets go of the order."""
        if self.drive is not None:
            self.drive.adapter.close()
            self.drive = None

    def teardown(self) -> None:
        """At the end of a run."""
        self.close()


def _drawn(data: st.DataObject, among: Sequence[int], label: str) -> int:
    """One of these; nothing is drawn where there is one."""
    return among[0] if len(among) == 1 else data.draw(st.sampled_from(among), label)
