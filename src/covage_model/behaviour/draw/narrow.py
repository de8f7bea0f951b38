"""What can happen: conditions without what a state, or the order and variant, already decide."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import cast

from covage_model.behaviour.space import atoms
from covage_model.behaviour.space.explore import StateSpace
from covage_model.behaviour.space.situation import Situation, is_atom, is_named, named_condition
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Atom,
    Condition,
    Holds,
    Implies,
    Literal,
    Not,
    Ref,
    Scalar,
)
from covage_model.pack.model.lifecycle import Case, Lifecycle, State
from covage_model.pack.model.orders import Variant


@dataclass(slots=True)
class Possible:
    """What a lifecycle lets happen; with a complete `space`, what it lets happen to that order and variant."""

    lifecycle: Lifecycle
    space: StateSpace | None
    _fired: frozenset[tuple[str, int]] = frozenset()
    _constant: dict[Hashable, bool | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Reads once which case fires where; a table that is cut short proves nothing impossible."""
        if self.space is not None and self.space.complete:
            self._fired = frozenset(_fired(self.space))

    @property
    def states(self) -> tuple[State, ...]:
        """The resting states that can be reached, in spec order."""
        if self.space is None or not self.space.complete:
            return self.lifecycle.resting
        reached = {self.space.state(number) for number in range(len(self.space))}
        return tuple(state for state in self.lifecycle.resting if state.name in reached)

    def happens(self, case: Case, state: State) -> bool:
        """Whether `case` is ever enabled in `state`."""
        if self.space is None or not self.space.complete:
            return self.guard(case, state) != FALSE
        return (state.name, id(case)) in self._fired

    def guard(self, case: Case, state: State) -> Condition:
        """What `case` still asks where an order is in `state`."""
        return simplified(case.guard, lambda variant: self._decided(variant, state))

    def effects(self, case: Case) -> tuple[tuple[str, Scalar], ...]:
        """What `case` sets, but for variables that never have another value."""
        return tuple(
            (name, value)
            for name, value in case.effects
            if self._everywhere(Holds(Ref("variable", (name,)), Literal(value))) is not True
        )

    def _decided(self, atom: Atom, state: State) -> bool | None:
        if self.space is not None:
            fixed = self.space.guards.fixed(atom, state)
            return self._everywhere(atom) if fixed is None else fixed
        if is_atom(atom) or _reads_variant(atom, self.lifecycle):
            return None
        nobody = cast("Variant", None)  # read for conditions on the variant alone
        return Situation(self.lifecycle, nobody, state, {}, lambda _: None).truth(atom)

    def _everywhere(self, atom: Atom) -> bool | None:
        """The truth that `variant` has in every configuration; None where it has both, or nobody explored."""
        if self.space is None or not self.space.complete:
            return None
        key = atoms.identity(atom)
        if key not in self._constant:
            found = set(self.space.where(atom))
            self._constant[key] = bool(found.pop()) if len(found) == 1 else None
        return self._constant[key]


def _fired(space: StateSpace) -> Iterator[tuple[str, int]]:
    """Which case, by identity, fires in which state: read from the tables, since edits are many and are none."""
    for number in range(len(space)):
        for row in range(space.offsets[number], space.offsets[number + 1]):
            yield space.state(number), id(space.numbered[space.cases[row]][1])


def _reads_variant(atom: Atom, lifecycle: Lifecycle) -> bool:
    if not isinstance(atom, Holds) or atom.ref.root == "variant":
        return True
    name = atom.ref.names[0] if atom.ref.root == "variable" else ""
    if not is_named(lifecycle, name):
        return False
    inner = truth.atoms(named_condition(lifecycle, name))
    return any(not is_atom(each) and _reads_variant(each, lifecycle) for each in inner)


def simplified(condition: Condition, decided: Callable[[Atom], bool | None]) -> Condition:
    """The condition with what is `decided` left out: TRUE or FALSE where nothing remains to ask."""
    match condition:
        case All(parts):
            return _all(tuple(simplified(part, decided) for part in parts))
        case AnyOf(parts):
            return _any(tuple(simplified(part, decided) for part in parts))
        case Not(part):
            return _not(simplified(part, decided))
        case Implies(when, then):
            return _implies(simplified(when, decided), simplified(then, decided))
        case _:
            known = decided(condition)
            return condition if known is None else (TRUE if known else FALSE)


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
