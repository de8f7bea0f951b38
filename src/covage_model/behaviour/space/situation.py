"""The evaluation of conditions where an order is: in its state, with its variables and its document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import (
    MOVE_WORDS,
    Atom,
    Compare,
    Condition,
    DocumentReady,
    In,
    Literal,
    Ref,
    Scalar,
    Test,
)
from covage_model.pack.model.lifecycle import Lifecycle, State
from covage_model.pack.model.orders import Variant

ANY_END = "any"  # the outcome that every final state has too
_UNKNOWN: Any = object()


@dataclass(slots=True)
class Situation:
    """
    A state, variables and the truths of atoms, as far as they are known. What depends on the rest is undecided.

    `state` None means any state; a variable missing in `variables` may have any value. `ask` returns the truth of
    an atom (a test of the document or the account), None if it is not known; it is called once for each atom.
    """

    lifecycle: Lifecycle
    variant: Variant
    state: State | None
    variables: Mapping[str, Scalar]
    ask: Callable[[Atom], bool | None]
    _named: dict[str, bool | None] = field(default_factory=dict)
    _asked: dict[int, bool | None] = field(default_factory=dict)  # by id, because true == 1

    def evaluate(self, condition: Condition) -> bool | None:
        """Whether `condition` holds here; None is undecided."""
        return truth.evaluate(condition, self.truth)

    def truth(self, atom: Atom) -> bool | None:
        """Whether one atom holds here; None is undecided. Raises KeyError for an unknown name."""
        if isinstance(atom, DocumentReady) or is_atom(atom):
            if id(atom) not in self._asked:
                self._asked[id(atom)] = self.ask(atom)
            return self._asked[id(atom)]
        match atom.ref.root:
            case "variant":
                return not self.variant.stand_in and truth.satisfies(atom.test, self.variant.name)
            case "state":
                return None if self.state is None else any(truth.satisfies(atom.test, each) for each in self._within())
            case "final":
                return None if self.state is None else ends(self.state, atom.test)
        if atom.ref.root in MOVE_WORDS:
            return None  # a test of a move, and none is looked at
        return self._truth_of_variable(atom.ref.names[0], atom.test)

    def named(self, name: str) -> bool | None:
        """Whether the named condition holds here; None is undecided. It is evaluated once."""
        if name not in self._named:
            self._named[name] = self.evaluate(named_condition(self.lifecycle, name))
        return self._named[name]

    def _truth_of_variable(self, name: str, test: Test) -> bool | None:
        if is_named(self.lifecycle, name):
            known = self.named(name)
            answers = {truth.satisfies(test, value) for value in ((True, False) if known is None else (known,))}
            return answers.pop() if len(answers) == 1 else None
        value = self.variables.get(name, _UNKNOWN)
        if isinstance(test, Compare) and isinstance(test.other, Ref):
            other = self.variables.get(test.other.names[0], _UNKNOWN)
            return None if _UNKNOWN in (value, other) else truth.stands(value, test.relation, other)
        return None if value is _UNKNOWN else truth.satisfies(test, value)

    def _within(self) -> list[str]:
        names, state = [], self.state
        while state is not None:
            names.append(state.name)
            state = None if state.parent is None else self.lifecycle.state(state.parent)
        return names


def is_atom(atom: Atom) -> bool:
    """Whether `atom` tests the document or the account."""
    return isinstance(atom, DocumentReady) or atom.ref.root in ("order", "account")


def ends(state: State, test: Test) -> bool:
    """Whether the outcome of `state` passes. Every final state is also `any`; other states have no outcome."""
    if state.final is None:
        return truth.satisfies(test, json_value.ABSENT)
    return truth.satisfies(test, state.final) or (isinstance(test, Literal | In) and truth.satisfies(test, ANY_END))


def is_named(lifecycle: Lifecycle, name: str) -> bool:
    """Whether `name` is a named condition. Conditions read it like a variable; effects cannot set it."""
    return any(condition.name == name for condition in lifecycle.conditions)


def named_condition(lifecycle: Lifecycle, name: str) -> Condition:
    """The condition of that name. Raises KeyError for another name."""
    return {condition.name: condition.when for condition in lifecycle.conditions}[name]
