"""A Hypothesis state machine that drives a system under test against the spec."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from covage_model.orders.verdict import Judge
from covage_model.report.why_text import Speaker, speaker
from covage_model.statespace.configuration import Configuration
from covage_model.statespace.explore import explore
from covage_model.statespace.space import StateSpace
from covage_model.stepping import session as stepping
from covage_model.stepping.granting import Granted
from covage_model.testing import cast as casting
from covage_model.testing.adapter import Adapter
from covage_model.testing.cast import Cast
from covage_model.testing.drive import Drive
from covage_model.testing.goals import Arrow, Goals

if TYPE_CHECKING:
    from covage_model.api.library import Pack

__tracebackhide__ = True  # a failure of pytest shows the text, not how we came to it
LIMIT = 20_000  # configurations that runs go through
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
    limit: int = LIMIT,
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
    stage = _stage(pack, order if variant is None else f"{order}/{variant}", documents, account, undriven, limit)
    stage.adapter, stage.steering, stage.speaker = adapter, steering, speaker(pack.spec.actors, language)
    name = "Lifecycle_" + _NAME.sub("_", stage.space.leaf.name)
    return type(name, (_Machine,), {"stage": stage, "__doc__": f"The lifecycle of {stage.space.leaf.name}."})


@dataclass(slots=True)
class Stage:
    """What all runs share: the table, what orders live on, and the goals for each of these."""

    judge: Judge
    space: StateSpace
    casts: Sequence[Cast]
    undriven: frozenset[str]
    adapter: Callable[[], Adapter] = field(init=False)
    speaker: Speaker = field(init=False)
    steering: bool = True
    goals: dict[tuple[int, bool], Goals] = field(default_factory=dict)

    def atoms(self, bits: int) -> Granted:
        """The truths of a valuation; they were looked at when its document was found."""
        return tuple((atom, self.space.layout.atom(bits, atom)) for atom in self.space.atoms)

    def goals_of(self, number: int, *, editing: bool) -> Goals:
        """The goals of a cast; without edits where the system takes none."""
        key = (number, editing)
        if key not in self.goals:
            valuations = frozenset(self.casts[number].documents)
            self.goals[key] = Goals(self.space, valuations, self.undriven, editing=editing)
        return self.goals[key]


def _stage(
    pack: Pack, name: str, documents: Sequence[Any] | None, account: Any, undriven: Collection[str], limit: int
) -> Stage:
    leaf = pack.spec.leaf(name)
    lifecycle = pack.spec.lifecycle(leaf.order.follows)
    known = {transition.name for transition in lifecycle.transitions}
    for trigger in undriven:
        if trigger not in known:
            raise KeyError(trigger)
    space = explore(lifecycle, leaf, limit=limit)
    if documents is None:
        casts = casting.casts(pack.judge, space)
    else:
        casts = casting.of_given(pack.judge, space, documents, account)
    return Stage(pack.judge, space, casts, frozenset(undriven))


class _Machine(RuleBasedStateMachine):
    """One order after another, each driven as far as something new can be seen."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[Arrow] = set()
        self.drive: Drive | None = None

    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """
        The whole way to a goal that is drawn, from where the order is; a new order begins where nothing new is left.

        That a rule goes all the way makes runs shrink: without what went before, the way starts elsewhere,
        and is the shortest from there.
        """
        if self.drive is None:
            self._choose_account(data)
        for arrow in self._planned(data) if self.stage.steering else self._wandered(data):
            self._take(arrow)

    def _choose_account(self, data: st.DataObject) -> None:
        stage = self.stage
        self.cast = _drawn(data, range(len(stage.casts)), "account")
        self.adapter = stage.adapter()
        edits = getattr(type(self.adapter), "edit", Adapter.edit) is not Adapter.edit
        self.goals = stage.goals_of(self.cast, editing=edits)

    def _create(self, start: int) -> None:
        """An order in that configuration."""
        stage, cast = self.stage, self.stage.casts[self.cast]
        self.bits = self.goals.bits(start)
        account = None if cast.account is None else stage.judge.account(cast.account, "account")
        session = stepping.begin(stage.judge, stage.space.leaf.name).granting(stage.atoms(self.bits))
        document = cast.documents[self.bits]
        self.drive = Drive(stage.judge, self.adapter, session, document, account, stage.speaker, stage.undriven)
        self.drive.create()

    def _planned(self, data: st.DataObject) -> list[Arrow]:
        """What to do, toward a goal that is drawn; the order has begun."""
        goals = self.goals
        kinds = [st.sampled_from(kind) for kind in (goals.refused, goals.accepted, goals.accepted) if kind]
        goal = data.draw(st.one_of(kinds).flatmap(st.sampled_from), "goal") if kinds else None
        if self.drive is not None:
            found = self._way([self._here()], goal)
            if found is not None:
                return found[1]
            self.close()
            self._choose_account(data)
        found = self._way(self.goals.starts, goal)
        if found is None:
            self.seen.clear()
            found = self._way(self.goals.starts, goal)
        start, plan = found or (self.goals.starts[0], [])
        self._create(start)
        return plan

    def _way(self, starts: Sequence[int], goal: Arrow | None) -> tuple[int, list[Arrow]] | None:
        """The way to a goal that was not seen yet (of refusals any of the trigger will do), else to what was not."""
        if goal is None:
            return None
        if not goal.moves:
            found = self.goals.way(starts, lambda arrow: _refuses(arrow, goal.trigger) and arrow not in self.seen)
        else:
            found = self.goals.way(starts, lambda arrow: arrow == goal) if goal not in self.seen else None
        return found or self.goals.way(starts, lambda arrow: arrow.moves and arrow not in self.seen)

    def _wandered(self, data: st.DataObject) -> list[Arrow]:
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
        here = Configuration(session.state, session.variables, self.stage.atoms(self.bits))
        found = self.stage.space.find(here)
        assert found is not None  # runs go along the table
        return found

    def _take(self, arrow: Arrow) -> None:
        assert self.drive is not None  # an order has begun
        self.seen.add(arrow)
        if arrow.edits is not None:
            self.bits = arrow.edits
            self.drive.edit(self.stage.casts[self.cast].documents[arrow.edits], self.stage.atoms(arrow.edits))
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


def _refuses(arrow: Arrow, trigger: str) -> bool:
    return not arrow.moves and arrow.trigger == trigger


def _drawn(data: st.DataObject, among: Sequence[int], label: str) -> int:
    """One of these; nothing is drawn where there is one."""
    return among[0] if len(among) == 1 else data.draw(st.sampled_from(among), label)
