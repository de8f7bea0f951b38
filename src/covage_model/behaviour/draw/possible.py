"""The possible moves of a lifecycle, and its guards without the parts that the state or the variant decides."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import field
from typing import cast

from covage_model.behaviour.space.situation import Situation, is_atom, is_named, named_condition
from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Atom,
    Condition,
    Holds,
    Implies,
    Not,
    holds_value,
)
from covage_model.pack.model.lifecycle import Case, Effects, Lifecycle, State, Sum
from covage_model.pack.model.orders import Variant


@dataclass(slots=True)
class Possible:
    """
    The states and moves of a lifecycle; with a complete `space`, only those that its variant can reach.

    `states` are the resting states that can be reached, in spec order.
    """

    lifecycle: Lifecycle
    space: StateSpace | None
    states: tuple[State, ...] = ()
    _fired: frozenset[tuple[str, int]] = frozenset()
    _constant: dict[Hashable, bool | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Reads the table once. An incomplete table is ignored."""
        self.states = self.lifecycle.resting
        if self.space is not None and self.space.complete:
            reached = {self.space.state(number) for number in range(len(self.space))}
            self.states = tuple(state for state in self.states if state.name in reached)
            self._fired = frozenset(_fired(self.space))

    def happens(self, case: Case, state: State) -> bool:
        """Whether `case` is ever enabled in `state`."""
        if self.space is None or not self.space.complete:
            return self.guard(case, state) != FALSE
        return (state.name, id(case)) in self._fired

    def guard(self, case: Case, state: State) -> Condition:
        """The guard of `case` without the parts that are decided in `state`."""
        return simplified(case.guard, lambda atom: self._decided(atom, state))

    def effects(self, case: Case) -> Effects:
        """The effects of `case`, without those on variables that never have another value."""
        return tuple(
            (name, value)
            for name, value in case.effects
            if isinstance(value, Sum) or self._everywhere(holds_value(name, value)) is not True
        )

    def _decided(self, atom: Atom, state: State) -> bool | None:
        if self.space is not None:
            fixed = self.space.guards.fixed(atom, state)
            return self._everywhere(atom) if fixed is None else fixed
        if is_atom(atom) or _reads_variant(atom, self.lifecycle):
            return None
        no_variant = cast("Variant", None)  # only conditions on the variant read it
        return Situation(self.lifecycle, no_variant, state, {}, lambda _: None).truth(atom)

    def _everywhere(self, atom: Atom) -> bool | None:
        """The truth of `atom` if it is the same in every configuration; None if not, or without a complete table."""
        if self.space is None or not self.space.complete:
            return None
        key = tree.identity(atom)
        if key not in self._constant:
            truths = set(self.space.where(atom))
            self._constant[key] = bool(truths.pop()) if len(truths) == 1 else None
        return self._constant[key]


def _fired(space: StateSpace) -> Iterator[tuple[str, int]]:
    """(state, id of the case) for each move by a trigger in the table."""
    for number in range(len(space)):
        for row in range(space.offsets[number], space.offsets[number + 1]):
            yield space.state(number), id(space.numbered[space.cases[row]][1])


def _reads_variant(atom: Atom, lifecycle: Lifecycle) -> bool:
    if not isinstance(atom, Holds) or atom.ref.root == "variant":
        return True
    name = atom.ref.names[0] if atom.ref.root == "variable" else ""
    if not is_named(lifecycle, name):
        return False
    inner = tree.atoms(named_condition(lifecycle, name))
    return any(not is_atom(each) and _reads_variant(each, lifecycle) for each in inner)


def simplified(condition: Condition, decided: Callable[[Atom], bool | None]) -> Condition:
    """`condition` with the `decided` atoms replaced by their truth, simplified."""

    def join(whole: Condition, parts: list[Condition]) -> Condition:
        match whole:
            case All():
                return _all(tuple(parts))
            case AnyOf():
                return _any(tuple(parts))
            case Not():
                return _not(*parts)
            case Implies():
                return _implies(*parts)
        known = decided(whole)
        return whole if known is None else (TRUE if known else FALSE)

    return tree.fold(condition, join)


def _all(parts: tuple[Condition, ...]) -> Condition:
    if FALSE in parts:
        return FALSE
    left = [inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,))]
    return left[0] if len(left) == 1 else All(tuple(left))


def _any(parts: tuple[Condition, ...]) -> Condition:
    if TRUE in parts:
        return TRUE
    left = [inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,))]
    return left[0] if len(left) == 1 else AnyOf(tuple(left))


def _not(part: Condition) -> Condition:
    if part in (TRUE, FALSE):
        return FALSE if part == TRUE else TRUE
    return part.part if isinstance(part, Not) else Not(part)


def _implies(when: Condition, then: Condition) -> Condition:
    if TRUE in (when, then):
        return then
    if when == FALSE:
        return TRUE
    return _not(when) if then == FALSE else Implies(when, then)
