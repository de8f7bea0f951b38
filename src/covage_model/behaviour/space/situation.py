"""What the variants of a lifecycle's conditions mean where an order is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from covage_model.ground import json_value
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import Atom, Condition, DocumentReady, In, Literal, Scalar, Test
from covage_model.pack.model.lifecycle import Lifecycle, State
from covage_model.pack.model.orders import Variant

ANY_END = "any"  # the word that every final state answers to
_UNKNOWN: Any = object()


@dataclass(slots=True)
class Situation:
    """
    A state, variables, and somebody who knows the atoms. Whatever is not known is undecided.

    `state` None is any state, a variable that `variables` lacks any value; `ask` says the truth of
    an atom (a test of the document or the account), None for undecided; it is asked once for each.
    """

    lifecycle: Lifecycle
    variant: Variant
    state: State | None
    variables: Mapping[str, Scalar]
    ask: Callable[[Atom], bool | None]
    _named: dict[str, bool | None] = field(default_factory=dict)
    _asked: dict[int, bool | None] = field(default_factory=dict)  # by id: for `==`, true is 1

    def evaluate(self, condition: Condition) -> bool | None:
        """Whether `condition` holds here; None is undecided."""
        return truth.evaluate(condition, self.truth)

    def truth(self, atom: Atom) -> bool | None:
        """Whether one variant holds here; None is undecided. Raises KeyError for a name of nothing."""
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
        return self._truth_of_variable(atom.ref.names[0], atom.test)

    def named(self, name: str) -> bool | None:
        """Whether the named condition holds here: evaluated once, however many others use it."""
        if name not in self._named:
            self._named[name] = self.evaluate(named_condition(self.lifecycle, name))
        return self._named[name]

    def _truth_of_variable(self, name: str, test: Test) -> bool | None:
        if is_named(self.lifecycle, name):
            known = self.named(name)
            said = {truth.satisfies(test, each) for each in ((True, False) if known is None else (known,))}
            return said.pop() if len(said) == 1 else None
        value = self.variables.get(name, _UNKNOWN)
        return None if value is _UNKNOWN else truth.satisfies(test, value)

    def _within(self) -> list[str]:
        names, state = [], self.state
        while state is not None:
            names.append(state.name)
            state = None if state.parent is None else self.lifecycle.state(state.parent)
        return names


def is_atom(atom: Atom) -> bool:
    """Whether only the document or the account can tell if `variant` holds."""
    return isinstance(atom, DocumentReady) or atom.ref.root in ("order", "account")


def ends(state: State, test: Test) -> bool:
    """Whether the final word of `state` passes; each final state is `any` too, a state without a word is absent."""
    if state.final is None:
        return truth.satisfies(test, json_value.ABSENT)
    return truth.satisfies(test, state.final) or (isinstance(test, Literal | In) and truth.satisfies(test, ANY_END))


def is_named(lifecycle: Lifecycle, name: str) -> bool:
    """Whether `name` is a named condition: read like a variable, never set."""
    return any(condition.name == name for condition in lifecycle.conditions)


def named_condition(lifecycle: Lifecycle, name: str) -> Condition:
    """What the name stands for. Raises KeyError where it is no named condition."""
    return {condition.name: condition.when for condition in lifecycle.conditions}[name]
