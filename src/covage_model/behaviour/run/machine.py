"""
A lifecycle as a live `transitions` machine for one order. `transitions` is imported here only.

The machine shares no reading of guards with `statespace`, which only words the refusals: each
is the other's check. Nothing is bound to a model by name, so that no trigger and no state is
reserved; and nothing is there that the spec does not say.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import Any

from transitions import EventData, MachineError
from transitions.extensions.nesting import HierarchicalMachine, NestedState

from covage_model.behaviour.space import interpreter
from covage_model.ground import json_value
from covage_model.pack.conditions import truth as conditions
from covage_model.pack.model.conditions import Atom, DocumentReady, Holds, In, Literal, Scalar
from covage_model.pack.model.lifecycle import Case, Lifecycle, State
from covage_model.pack.model.orders import Variant

Truth = Callable[[Atom], bool | None]
WHERE = "where the order is"  # the model's attribute: no trigger can be named so


class _NamedState(NestedState):
    """A state whose steps are named `state.step`; the class attribute of `transitions` stays as it is."""

    separator = "."


class _MachineModel:
    """What the machine moves: `transitions` keeps the state here, under `WHERE`."""

    variables: dict[str, Scalar]
    emitted: list[str]
    taken: Case | None


class LiveMachine(HierarchicalMachine):
    """One order on its way: a `transitions` machine and the only order it moves. See `build_machine`."""

    state_cls = _NamedState

    def __init__(self, lifecycle: Lifecycle, variant: Variant, truth: Truth) -> None:
        """The order stands in the initial state, each variable at its first value."""
        super().__init__(
            model=None,
            states=[_as_dict(lifecycle, state) for state in lifecycle.states if state.parent is None],
            initial=None,
            auto_transitions=False,
            send_event=True,
            model_attribute=WHERE,
        )
        self.lifecycle, self.variant, self._truth = lifecycle, variant, truth
        self._named = {condition.name: condition.when for condition in lifecycle.conditions}
        self._asked: dict[int, bool | None] = {}  # by id, for one trigger: guards and reasons see the same
        self._order = _MachineModel()
        self._order.variables = {variable.name: variable.values[0] for variable in lifecycle.variables}
        self._order.emitted = []
        self.set_state(lifecycle.initial.name, self._order)
        self._add_cases()

    @property
    def state(self) -> str:
        """The full name of the state in which the order rests."""
        return str(getattr(self._order, WHERE))

    @property
    def variables(self) -> Mapping[str, Scalar]:
        """Each variable's value, in spec order; to read only."""
        return MappingProxyType(self._order.variables)

    @property
    def emitted(self) -> tuple[str, ...]:
        """Every event so far."""
        return tuple(self._order.emitted)

    def fire(self, trigger: str) -> interpreter.Accepted | interpreter.Refused | interpreter.Undecided:
        """
        Pulls a trigger. A refusal, or a guard that nobody can decide, is a value; nothing moves then.

        Raises KeyError for a trigger that the lifecycle does not have.
        """
        if trigger not in self.events:
            raise KeyError(trigger)
        self._order.taken = None
        self._asked.clear()
        with suppress(MachineError):  # no transition is written for this state: refused below
            self.trigger_event(self._order, trigger)
        taken = self._order.taken
        if taken is not None:
            return interpreter.Accepted(taken, self.state, dict(self._order.variables), taken.emits)
        return self._refusal(trigger)

    def may(self, trigger: str) -> bool:
        """Whether `fire` would accept. Raises KeyError for a trigger that the lifecycle does not have."""
        if trigger not in self.events:
            raise KeyError(trigger)
        self._asked.clear()
        return bool(self._can_trigger(self._order, trigger))

    def _refusal(self, trigger: str) -> interpreter.Refused | interpreter.Undecided:
        said = interpreter.fire(self.lifecycle, self.variant, self.state, self._order.variables, trigger, self._ask)
        if isinstance(said, interpreter.Accepted):
            raise RuntimeError(f"`transitions` refuses {trigger} and the lifecycle accepts it: our bug")  # noqa: TRY004  no caller's mistake
        return said

    def _add_cases(self) -> None:
        for transition in self.lifecycle.transitions:
            for case in transition.cases:
                self.add_transition(
                    transition.name,
                    list(case.source),  # each resting state by itself: parents would be asked after steps
                    case.target,  # None: an internal transition, nothing is left or entered
                    conditions=partial(self._allows, case),
                    before=partial(self._take, case),
                    after=partial(self._emit, case),
                )

    def _allows(self, case: Case, _: EventData) -> bool:
        return conditions.evaluate(case.guard, self._holds) is True

    def _take(self, case: Case, _: EventData) -> None:
        self._order.taken = case
        self._order.variables.update(case.effects)

    def _emit(self, case: Case, _: EventData) -> None:
        self._order.emitted.extend(case.emits)

    def _ask(self, atom: Atom) -> bool | None:
        if id(atom) not in self._asked:
            self._asked[id(atom)] = self._truth(atom)
        return self._asked[id(atom)]

    def _holds(self, atom: Atom) -> bool | None:
        if isinstance(atom, DocumentReady) or atom.ref.root in ("order", "account"):
            return self._ask(atom)
        if atom.ref.root == "variable" and atom.ref.names[0] in self._named:
            return self._holds_of_named(atom)
        return any(conditions.satisfies(atom.test, value) for value in self._values(atom))

    def _holds_of_named(self, atom: Holds) -> bool | None:
        """Undecided where it is and both truths would not do equally."""
        value = conditions.evaluate(self._named[atom.ref.names[0]], self._holds)
        possible = (False, True) if value is None else (value,)
        answers = {conditions.satisfies(atom.test, each) for each in possible}
        return answers.pop() if len(answers) == 1 else None

    def _values(self, atom: Holds) -> Iterable[Any]:
        """What the variant may speak of: one of these is enough."""
        match atom.ref.root:
            case "variable":
                return (self._order.variables[atom.ref.names[0]],)
            case "variant":
                return (self.variant.name,)
            case "state":
                names = self.state.split(".")
                return [".".join(names[:count]) for count in range(1, len(names) + 1)]
        word = self.lifecycle.state(self.state).final
        every = ("any",) if isinstance(atom.test, Literal | In) else ()
        return (json_value.ABSENT,) if word is None else (word, *every)


def build_machine(lifecycle: Lifecycle, variant: Variant, truth: Truth | None = None) -> LiveMachine:
    """
    A machine with one order in it, at its start.

    `truth` is asked for the atoms (tests of the document and the account) whenever a guard needs
    one; without it they are undecided, and what depends on them does not move.
    """
    logger = logging.getLogger("transitions")
    if logger.level == logging.NOTSET:  # it tells of each callback at INFO; who set a level meant it
        logger.setLevel(logging.WARNING)
    return LiveMachine(lifecycle, variant, truth or _nobody_knows)


def _nobody_knows(_: Atom) -> None:
    return None


def _as_dict(lifecycle: Lifecycle, state: State) -> dict[str, Any]:
    steps = [lifecycle.state(name) for name in state.steps]
    return {
        "name": state.name.rpartition(".")[2],
        "final": state.final is not None and not steps,
        "initial": next((each.name.rpartition(".")[2] for each in steps if each.initial), None),
        "children": [_as_dict(lifecycle, each) for each in steps],
    }
