"""
A lifecycle as a live `transitions` machine for one order. `transitions` is imported here only.

The machine evaluates guards itself. The interpreter only explains refusals, so that each checks the
other. Nothing is bound to the model by name, so no trigger or state name is reserved. The machine has nothing
that the spec does not have. It may be used by several threads, and copied.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from threading import RLock
from types import MappingProxyType
from typing import Any, Self

from transitions import EventData, MachineError
from transitions.extensions.nesting import HierarchicalMachine, NestedState

from covage_model.behaviour.run import configuration_value
from covage_model.behaviour.space import interpreter
from covage_model.behaviour.space.memory import carried
from covage_model.behaviour.space.passage import Passage, after, passages
from covage_model.ground import json_value
from covage_model.pack.conditions import truth as conditions
from covage_model.pack.model.conditions import Atom, Compare, DocumentReady, Holds, In, Literal, Ref, Scalar
from covage_model.pack.model.lifecycle import Lifecycle, State, Transition
from covage_model.pack.model.orders import Variant

Truth = Callable[[Atom], bool | None]
WHERE = "where the order is"  # the model's attribute: no trigger can have a name with spaces


class _NamedState(NestedState):
    """A state whose substates are named `state.step`. A subclass, so that other machines keep their separator."""

    separator = "."


class _MachineModel:
    """The model of `transitions`: it keeps the state here, in the attribute `WHERE`."""

    variables: dict[str, Scalar]
    emitted: list[str]
    accepted: interpreter.Accepted | None  # what the trigger that is being fired did

    def snapshot(self) -> tuple[str, dict[str, Scalar], list[str]]:
        """State, variables and events, to be restored."""
        return str(getattr(self, WHERE)), dict(self.variables), list(self.emitted)

    def restore(self, snapshot: tuple[str, dict[str, Scalar], list[str]]) -> None:
        """Puts the values of a snapshot back."""
        state, variables, emitted = snapshot
        setattr(self, WHERE, state)
        self.variables.update(variables)
        self.emitted[:] = emitted


class LiveMachine(HierarchicalMachine):
    """A `transitions` machine with the one order that it moves. See `build_machine`."""

    state_cls = _NamedState

    def __init__(
        self, lifecycle: Lifecycle, variant: Variant, truth: Truth, at: tuple[str, Mapping[str, Scalar]] | None = None
    ) -> None:
        """Puts the order where `at` says, by default into the initial state with each variable at its first value."""
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
        self._lock = RLock()  # held while a trigger is fired; a callback in the same thread may fire another
        self._asked: dict[
            int, bool | None
        ] = {}  # truths of atoms by id, for one trigger: guards and reasons see the same
        self._order = _MachineModel()
        first = lifecycle.initial.name, {variable.name: variable.values[0] for variable in carried(lifecycle)}
        state, variables = first if at is None else at
        self._order.variables = dict(variables)
        self._order.emitted = []
        self._order.accepted = None
        self.set_state(state, self._order)
        self._add_cases()

    @property
    def state(self) -> str:
        """The full name of the state in which the order rests."""
        return str(getattr(self._order, WHERE))

    @property
    def variables(self) -> Mapping[str, Scalar]:
        """Each variable's value, in spec order, then what is remembered of states that are gone back to; read-only."""
        return MappingProxyType(self._order.variables)

    @property
    def emitted(self) -> tuple[str, ...]:
        """Every event of this machine so far."""
        return tuple(self._order.emitted)

    @property
    def configuration(self) -> dict[str, Any]:
        """Where the order is, as JSON data for `build_machine(..., at=...)`: not its document, nor its events."""
        with self._lock:
            return configuration_value.written(self.lifecycle, self.variant, self.state, self._order.variables)

    def fire(
        self, trigger: str, outcome: str | None = None
    ) -> interpreter.Accepted | interpreter.Refused | interpreter.Undecided:
        """
        Fires a trigger. If it is refused or undecided, the reasons are returned and nothing moves.

        A trigger with several possible outcomes is undecided if none is given. If a callback raises, nothing moves
        either. Raises KeyError for an unknown trigger or outcome.
        """
        with self._one_trigger():
            options = self._options(trigger, outcome)
            possible = options if len(options) == 1 else [name for name in options if self._possible(name)]
            if len(possible) != 1:
                return self._refusal(trigger)
            trigger = possible[0]
            before = self._order.snapshot()
            try:
                self.trigger_event(self._order, trigger)
            except MachineError:
                if self._order.accepted is not None:  # raised by a callback
                    self._order.restore(before)
                    raise
            except BaseException:
                self._order.restore(before)
                raise
            return self._order.accepted or self._refusal(trigger)

    def may(self, trigger: str, outcome: str | None = None) -> bool:
        """Whether the trigger, or one of its outcomes, is enabled. Raises KeyError as `fire` does."""
        with self._one_trigger():
            options = self._options(trigger, outcome)
            return any(bool(self._can_trigger(self._order, name)) for name in options)

    def _options(self, trigger: str, outcome: str | None) -> list[str]:
        """The events that a trigger and an outcome mean."""
        wanted = trigger if outcome is None else f"{trigger}.{outcome}"
        return [each.name for each in self.lifecycle.triggered(wanted)]

    def _possible(self, name: str) -> bool:
        """Whether a case of the transition is enabled here, or is not decided."""
        (transition,) = self.lifecycle.triggered(name)
        here = [case for case in transition.cases if self.state in case.source]
        return any(conditions.evaluate(case.guard, self._holds) is not False for case in here)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A machine with its own order in the same state. The lifecycle, the variant and `truth` are shared."""
        with self._lock:
            every = (each for pair in self._passages() for each in pair)
            memo.update({id(shared): shared for shared in (self.lifecycle, self.variant, self._truth, *every)})
            copied = type(self).__new__(type(self))
            memo[id(self)] = copied
            copied.__setstate__({name: deepcopy(value, memo) for name, value in self.__getstate__().items()})
        return copied

    def __copy__(self) -> Self:
        """A deep copy: two machines never share an order."""
        return deepcopy(self)

    def __getstate__(self) -> dict[str, Any]:
        """All attributes but the lock and the truths that are cached during one trigger."""
        return {name: value for name, value in self.__dict__.items() if name not in ("_lock", "_asked")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """The inverse of `__getstate__`."""
        self.__dict__.update(state)
        self._lock, self._asked = RLock(), {}

    @contextmanager
    def _one_trigger(self) -> Iterator[None]:
        """The context of one trigger. A trigger fired by a callback gets a context of its own."""
        with self._lock:
            outer = self._order.accepted, self._asked
            self._order.accepted, self._asked = None, {}
            try:
                yield
            finally:
                self._order.accepted, self._asked = outer

    def _refusal(self, trigger: str) -> interpreter.Refused | interpreter.Undecided:
        result = interpreter.fire(self.lifecycle, self.variant, self.state, self._order.variables, trigger, self._ask)
        if isinstance(result, interpreter.Accepted):
            raise RuntimeError(f"`transitions` refuses {trigger} and the lifecycle accepts it: our bug")  # noqa: TRY004  no caller's mistake
        return result

    def _add_cases(self) -> None:
        for transition, passage in self._passages():
            self.add_transition(
                transition.name,
                passage.source,
                None if passage.case.target is None else passage.target,  # None: internal, no state is left or entered
                conditions=partial(_allows, passage),
                before=partial(_take, transition, passage),
            )

    def _passages(self) -> Iterator[tuple[Transition, Passage]]:
        """Each transition with what it may do in each state; `transitions` would try parents only after their steps."""
        for transition in self.lifecycle.transitions:
            for case in transition.cases:
                for source in case.source:
                    yield from ((transition, each) for each in passages(self.lifecycle, case, source))

    def allows(self, passage: Passage) -> bool:
        """Whether the passage can be taken now."""
        return conditions.evaluate(passage.whole, self._holds) is True

    def _ask(self, atom: Atom) -> bool | None:
        if id(atom) not in self._asked:
            self._asked[id(atom)] = self._truth(atom)
        return self._asked[id(atom)]

    def _holds(self, atom: Atom) -> bool | None:
        if isinstance(atom, DocumentReady) or atom.ref.root in ("order", "account"):
            return self._ask(atom)
        if atom.ref.root == "variable" and atom.ref.names[0] in self._named:
            return self._holds_of_named(atom)
        if isinstance(atom.test, Compare) and isinstance(atom.test.other, Ref):  # two variables
            here, other = (self._order.variables[ref.names[0]] for ref in (atom.ref, atom.test.other))
            return conditions.stands(here, atom.test.relation, other)
        return any(conditions.satisfies(atom.test, value) for value in self._values(atom))

    def _holds_of_named(self, atom: Holds) -> bool | None:
        """The truth of a test of a named condition; None if the condition is undecided and its truth matters."""
        value = conditions.evaluate(self._named[atom.ref.names[0]], self._holds)
        possible = (False, True) if value is None else (value,)
        answers = {conditions.satisfies(atom.test, value) for value in possible}
        return answers.pop() if len(answers) == 1 else None

    def _values(self, atom: Holds) -> Iterable[Any]:
        """The values that the atom can match; it holds if one of them passes its test."""
        match atom.ref.root:
            case "variable":
                return (self._order.variables[atom.ref.names[0]],)
            case "variant":
                return () if self.variant.stand_in else (self.variant.name,)
            case "state":
                names = self.state.split(".")
                return [".".join(names[:count]) for count in range(1, len(names) + 1)]
        word = self.lifecycle.state(self.state).final
        every = ("any",) if isinstance(atom.test, Literal | In) else ()
        return (json_value.ABSENT,) if word is None else (word, *every)


def build_machine(lifecycle: Lifecycle, variant: Variant, truth: Truth | None = None, *, at: Any = None) -> LiveMachine:
    """
    A machine with one order in its initial state, or where the configuration `at` of another machine says.

    `truth` returns the truth of an atom (a test of the document or the account) whenever a guard needs
    one. Without it atoms are undecided, and triggers that depend on them do not move. Raises WrongConfiguration.
    """
    place = None if at is None else configuration_value.read(lifecycle, variant, at)
    logger = logging.getLogger("transitions")
    if logger.level == logging.NOTSET:  # it logs each callback at INFO; a level that was set stays
        logger.setLevel(logging.WARNING)
    return LiveMachine(lifecycle, variant, truth or _nobody_knows, place)


def _allows(passage: Passage, event: EventData) -> bool:
    return bool(
        event.machine.allows(passage)
    )  # the event's machine, not a bound method: a copy must evaluate its own order


def _take(transition: Transition, passage: Passage, event: EventData) -> None:
    """Applies what a passage does. The state changes later: a callback that fires a trigger sees them."""
    order: Any = event.model
    order.variables.update(after(event.machine.lifecycle, passage, order.variables))
    order.emitted.extend(passage.emits)
    order.accepted = interpreter.Accepted(
        transition, passage.case, passage.target, dict(order.variables), passage.emits
    )


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
