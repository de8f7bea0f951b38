"""How orders live: a statechart with finite variables."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import field
from typing import Any, TypeVar

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.conditions import Condition, Scalar
from covage_model.pack.model.text import Text

_T = TypeVar("_T")

CLOCK = "clock"  # the actor of deadlines that name none


@dataclass(frozen=True, slots=True)
class State:
    """
    A state by its full name (`running.sent`). A state with steps is never rested in: it is its steps.

    `status` is what documents show, its parent's for a step that says none; None where documents never show it.
    `final` is the outcome's word, which may have a title. `editable` is the actor who may change the document there.
    `entry` and `exit` are done whenever the state is entered and left.
    """

    name: str
    parent: str | None
    steps: tuple[str, ...]
    initial: bool
    final: str | None
    editable: str | None
    status: str | None
    title: Text | None
    origin: Origin = field(compare=False)
    entry: Action | None = None
    exit: Action | None = None
    final_title: Text | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value of a variable, and what is so of a record exactly while the variable has it: tests of `order.` paths."""

    value: Scalar
    when: Condition
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Variable:
    """
    A finite variable; the first value is the one at the start. `whole`: each integer from a least to a most.

    `shown` says what records show of it. `titles` are the values that have one, with it.
    """

    name: str
    values: tuple[Scalar, ...]
    title: Text | None
    origin: Origin = field(compare=False)
    whole: bool = False
    shown: tuple[ShownValue, ...] = ()
    titles: tuple[tuple[Scalar, Text], ...] = field(default=(), compare=False)

    @property
    def bounds(self) -> tuple[int, ...]:
        """The least and the most of a variable that counts, once if they are equal; none of any other."""
        numbers = [value for value in self.values if self.whole and isinstance(value, int)]
        return tuple(dict.fromkeys((min(numbers), max(numbers)))) if numbers else ()


@dataclass(frozen=True, slots=True)
class Sum:
    """The value that the variable `at` has before the move, and `add` more; a copy of it where `add` is 0."""

    at: str
    add: int = 0


Effects = tuple[tuple[str, Scalar | Sum], ...]  # variables and what they become


@dataclass(frozen=True, slots=True)
class Action:
    """What entering or leaving a state does: the variables that it sets, then the events that it emits."""

    effects: Effects
    emits: tuple[str, ...]
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class NamedCondition:
    """A condition with a name: read like a variable that is true or false, never set."""

    name: str
    when: Condition
    title: Text | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Case:
    """
    One outcome of a trigger, with what stands beside `cases` already joined.

    `source` lists the states that it leaves or stays in, with their steps, resting states only;
    `target` is the resting state entered, None where nothing is left or entered. `to` is the state as written, which
    `target` is a step of. With `history` the step is entered that was left last, `target` where none was.
    """

    source: tuple[str, ...]
    target: str | None
    guard: Condition
    effects: Effects
    emits: tuple[str, ...]
    message: Text | None
    origin: Origin = field(compare=False)
    to: str | None = None
    history: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """
    A move that happens by itself `seconds` after one of `states` was entered; `words` says how long as it is written.

    The states are named as in `from`: the time goes on while an order moves between the steps of one.
    """

    seconds: float
    states: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Transition:
    """
    A trigger, the actors of whom any may pull it, and its cases: at most one is enabled at a time.

    A trigger with outcomes is a transition for each, named `trigger.outcome`; `outcome_of` is then the trigger.
    Several outcomes may be enabled at once. `deadline` is given if the move happens by itself after some time.
    """

    name: str
    by: tuple[str, ...]
    cases: tuple[Case, ...]
    title: Text | None
    origin: Origin = field(compare=False)
    outcome_of: str | None = None
    deadline: Deadline | None = None

    @property
    def outcome(self) -> str | None:
        """The name of the outcome; None for a trigger without outcomes."""
        return None if self.outcome_of is None else self.name.removeprefix(f"{self.outcome_of}.")


@dataclass(frozen=True, slots=True)
class Property:
    """
    A statement about all behaviours.

    `kind` is never, always, sometimes, always_possible, precedes, only or leads_to; two
    conditions for precedes and leads_to, one for the others; `actors` for only. `assuming` has the actors, triggers and
    outcomes whose moves are not put off for ever; None means all (of leads_to).
    """

    name: str
    kind: str
    conditions: tuple[Condition, ...]
    actors: tuple[str, ...]
    title: Text | None
    origin: Origin = field(compare=False)
    assuming: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The whole statechart. `status` is the path of the field that shows the state, `requests` a status."""

    name: str
    status: tuple[str, ...] | None
    requests: str | None
    states: tuple[State, ...]
    variables: tuple[Variable, ...]
    conditions: tuple[NamedCondition, ...]
    transitions: tuple[Transition, ...]
    properties: tuple[Property, ...]
    title: Text | None
    origin: Origin = field(compare=False)
    _by_name: dict[str, State] = field(init=False, default_factory=dict, compare=False, repr=False)
    _made: dict[Any, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def state(self, name: str) -> State:
        """The state of that full name. Raises KeyError where there is none."""
        if not self._by_name:
            self._by_name.update({state.name: state for state in self.states})
        return self._by_name[name]

    def transition(self, name: str) -> Transition:
        """The transition of that name, or the outcome of that full name. Raises KeyError where there is none."""
        return self.once("transitions by name", lambda: {each.name: each for each in self.transitions})[name]

    def triggered(self, trigger: str) -> tuple[Transition, ...]:
        """The transition of that name, or each outcome of that trigger. Raises KeyError where there is none."""
        found = tuple(each for each in self.transitions if trigger in (each.name, each.outcome_of))
        if not found:
            raise KeyError(trigger)
        return found

    def once(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What `make` returns, made once and kept under that key: what is derived from the lifecycle alone."""
        if key not in self._made:
            self._made[key] = make()
        made: _T = self._made[key]
        return made

    @property
    def files(self) -> frozenset[str]:
        """The files of all definitions: its own file, and those that it includes."""
        groups = (self.states, self.variables, self.conditions, self.transitions, self.properties)
        return frozenset(part.origin.location.file for group in groups for part in group)

    @property
    def shown(self) -> tuple[tuple[Variable, ShownValue], ...]:
        """Each value of a variable that records show, in spec order, with its variable."""
        return tuple((variable, shown) for variable in self.variables for shown in variable.shown)

    @property
    def resting(self) -> tuple[State, ...]:
        """The states in which an order can be: those without steps."""
        return tuple(state for state in self.states if not state.steps)

    def resting_below(self, name: str) -> tuple[str, ...]:
        """The resting states of a state: itself, or all steps below it. Raises KeyError where there is none."""
        steps = self.state(name).steps
        return tuple(below for step in steps for below in self.resting_below(step)) or (name,)

    def targets(self, case: Case) -> tuple[str, ...]:
        """The resting states that a case may enter; none where nothing is left or entered."""
        if case.target is None:
            return ()
        return self.resting_below(case.to) if case.history and case.to is not None else (case.target,)

    @property
    def initial(self) -> State:
        """The resting state in which every order starts."""
        (state,) = (state for state in self.states if state.parent is None and state.initial)
        while state.steps:
            (state,) = (step for step in map(self.state, state.steps) if step.initial)
        return state

    @property
    def statuses(self) -> tuple[str, ...]:
        """What documents may show, in spec order."""
        return tuple(dict.fromkeys(state.status for state in self.resting if state.status is not None))
