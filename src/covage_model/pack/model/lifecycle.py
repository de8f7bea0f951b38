"""How orders live: a statechart with finite variables."""

from __future__ import annotations

from dataclasses import field

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.conditions import Condition, Scalar
from covage_model.pack.model.text import Text

CLOCK = "clock"  # the actor of deadlines that name none


@dataclass(frozen=True, slots=True)
class State:
    """
    A state by its full name (`running.sent`). A state with steps is never rested in: it is its steps.

    `status` is what documents show, its parent's for a step; None where documents never show it.
    `final` is the outcome's word. `editable` is the actor who may change the document there.
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


@dataclass(frozen=True, slots=True)
class Variable:
    """A finite variable; the first value is the one at the start."""

    name: str
    values: tuple[Scalar, ...]
    title: Text | None
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
    `target` is the resting state entered, None where nothing is left or entered.
    """

    source: tuple[str, ...]
    target: str | None
    guard: Condition
    effects: tuple[tuple[str, Scalar], ...]
    emits: tuple[str, ...]
    message: Text | None
    origin: Origin = field(compare=False)


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
    conditions for precedes and leads_to, one for the others; `actors` for only.
    """

    name: str
    kind: str
    conditions: tuple[Condition, ...]
    actors: tuple[str, ...]
    title: Text | None
    origin: Origin = field(compare=False)


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

    def state(self, name: str) -> State:
        """The state of that full name. Raises KeyError where there is none."""
        if not self._by_name:
            self._by_name.update({state.name: state for state in self.states})
        return self._by_name[name]

    def triggered(self, trigger: str) -> tuple[Transition, ...]:
        """The transition of that name, or each outcome of that trigger. Raises KeyError where there is none."""
        found = tuple(each for each in self.transitions if trigger in (each.name, each.outcome_of))
        if not found:
            raise KeyError(trigger)
        return found

    @property
    def files(self) -> frozenset[str]:
        """The files of all definitions: its own file, and those that it includes."""
        groups = (self.states, self.variables, self.conditions, self.transitions, self.properties)
        return frozenset(part.origin.location.file for group in groups for part in group)

    @property
    def resting(self) -> tuple[State, ...]:
        """The states in which an order can be: those without steps."""
        return tuple(state for state in self.states if not state.steps)

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
