"""
What a suite must show of the life of one order and variant: a target for each thing, and where it is shown.

`states` are node coverage, `transitions` edge coverage, `pairs` edge-pair coverage of the statechart (Ammann
and Offutt, *Introduction to Software Testing*, 2016, chapter 7; pairs are Chow's 1-switch, IEEE TSE 4(3),
1978). `guards` asks of each part of each guard that it be true once and false once where the trigger is
pulled, and wherever it can be so that the part alone decides: masking MC/DC (Chilenski, DOT/FAA/AR-01/18).
Each of the last three includes the ones that it subsumes. Behaviour that must not be is always asked for: in
each state, each trigger that is refused there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from covage_model.conditions import truth, words
from covage_model.diagnostics import Origin
from covage_model.model.conditions import FALSE, TRUE, Condition, Leaf, Not
from covage_model.model.lifecycle import Case, Transition
from covage_model.statespace.space import StateSpace

COVERS = ("states", "transitions", "pairs", "guards")
_KINDS = {
    "states": ("state", "refusal"),
    "transitions": ("state", "transition", "refusal"),
    "pairs": ("state", "transition", "pair", "refusal"),
    "guards": ("state", "transition", "guard", "refusal"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """
    One thing to show. `kind` is state, transition, pair, guard or refusal; `name` says which, in spec words.

    `origin` is where it is written. `alone` is False for a guard's part that can be shown with that truth, and
    never so that it decides.
    """

    kind: str
    name: str
    origin: Origin = field(compare=False)
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Arrow:
    """One case of a trigger, out of one state: what people call a transition."""

    transition: Transition
    case: Case
    source: str

    @property
    def target(self) -> str:
        """The state it leads to."""
        return self.case.target or self.source

    @property
    def name(self) -> str:
        """The trigger, the states, and which of several cases."""
        return f"{_trigger(self.transition, self.case)}: {self.source} -> {self.target}"


@dataclass(frozen=True, slots=True)
class Part:
    """One occurrence of a test in the guard of a case, and the guard with that test held true, and held false."""

    transition: Transition
    case: Case
    leaf: Leaf
    held: tuple[Condition, Condition]
    place: int

    def name(self, *, value: bool) -> str:
        """The trigger, and which part of its guard, denied where it is to be false."""
        said = words.describe(self.leaf if value else Not(self.leaf), "en")
        return f"{_trigger(self.transition, self.case)}: {said}"


@dataclass(slots=True)
class Targets:
    """
    The targets of one explored table, each a bit of a mask; `seen` says which of them a place or a move shows.

    A place is a configuration, and what is pulled there and refused; a move is a trigger that is accepted there.
    """

    space: StateSpace
    cover: str
    found: list[Target] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    _numbers: dict[tuple[int, str], int] = field(default_factory=dict)  # of arrows, by the case's id and the source
    _bits: dict[tuple[str, object], int] = field(default_factory=dict)
    _guards: list[tuple[Part, tuple[int, int], tuple[bytes, bytes]]] = field(default_factory=list)
    _refused: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Everything there is to show, in spec order."""
        for transition, case in self.space.numbered:
            for source in case.source:
                self._numbers[id(case), source] = len(self.arrows)
                self.arrows.append(Arrow(transition, case, source))
        for state in self.space.lifecycle.resting:
            self._add("state", state.name, Target("state", state.name, state.origin))
        if "transition" in _KINDS[self.cover]:
            for number, arrow in enumerate(self.arrows):
                self._add("transition", number, Target("transition", arrow.name, arrow.case.origin))
        if "pair" in _KINDS[self.cover]:
            self._add_pairs()
        if "guard" in _KINDS[self.cover]:
            self._add_guards()
        self._add_refusals()

    def state(self, number: int) -> int:
        """The bit of the state of a configuration."""
        return self._bits["state", self.space.state(number)]

    def arrow_of(self, case: Case, source: str) -> int:
        """The number of the arrow that a case is, out of that state."""
        return self._numbers[id(case), source]

    def taken(self, arrow: int, before: int) -> int:
        """The bits of an arrow that is taken after another (-1: the first); none where arrows are not asked for."""
        return self._bits.get(("transition", arrow), 0) | self._bits.get(("pair", (before, arrow)), 0)

    def pulled(self, number: int, trigger: str) -> int:
        """The bits of the guard parts that pulling the trigger shows there."""
        mask = 0
        for part, bits, shown in self._guards:
            if part.transition.name == trigger:
                mask |= sum(bit for bit, where in zip(bits, shown, strict=True) if where[number])
        return mask

    def refused(self, number: int, trigger: str) -> int:
        """The bits of a refusal there: that of the state and trigger, and those of guard parts."""
        return self._refused.get((self.space.state(number), trigger), 0) | self.pulled(number, trigger)

    def of(self, mask: int) -> tuple[Target, ...]:
        """The targets of a mask, in spec order."""
        return tuple(self.found[bit] for bit in bits_of(mask))

    def _add(self, kind: str, key: object, target: Target) -> int:
        bit = 1 << len(self.found)
        self.found.append(target)
        self._bits[kind, key] = bit
        return bit

    def _add_pairs(self) -> None:
        for before, first in enumerate(self.arrows):
            for number, second in enumerate(self.arrows):
                if first.target == second.source:
                    name = f"{first.name}, then {second.name}"
                    self._add("pair", (before, number), Target("pair", name, second.case.origin))

    def _add_guards(self) -> None:
        for transition, case in self.space.numbered:
            inside = self._in_states(case.source)
            for part in _parts(transition, case):
                holds = self.space.where(part.leaf)
                deciding = _differ(self.space.where(part.held[0]), self.space.where(part.held[1]), inside)
                bits, shown = [], []
                for value in (True, False):
                    there = bytes(one & (had == value) for one, had in zip(inside, holds, strict=True))
                    strong = bytes(one & two for one, two in zip(there, deciding, strict=True))
                    target = Target("guard", part.name(value=value), part.leaf.origin or case.origin, any(strong))
                    bits.append(self._add("guard", (id(case), part.place, value), target))
                    shown.append(strong if any(strong) else there)
                self._guards.append((part, (bits[0], bits[1]), (shown[0], shown[1])))

    def _add_refusals(self) -> None:
        triggers = self.space.lifecycle.transitions
        refused: set[tuple[str, str]] = set()
        for number in range(self.space.expanded):
            accepted = {move.trigger for move in self.space.moves(number) if not move.is_edit}
            here = self.space.state(number)
            refused.update((here, one.name) for one in triggers if one.name not in accepted)
        for state in self.space.lifecycle.resting:
            for one in triggers:
                if (state.name, one.name) in refused:
                    bit = self._add(
                        "refusal", (state.name, one.name), Target("refusal", f"{one.name} in {state.name}", one.origin)
                    )
                    self._refused[state.name, one.name] = bit

    def _in_states(self, names: Iterable[str]) -> bytes:
        wanted = set(names)
        return bytes(self.space.state(number) in wanted for number in range(len(self.space)))


def _trigger(transition: Transition, case: Case) -> str:
    """The trigger, and which of several cases."""
    numbers = [id(one) for one in transition.cases]
    return transition.name if len(numbers) == 1 else f"{transition.name} (case {numbers.index(id(case)) + 1})"


def _differ(first: bytes, second: bytes, inside: bytes) -> bytes:
    return bytes((one != two) & there for one, two, there in zip(first, second, inside, strict=True))


def _parts(transition: Transition, case: Case) -> Iterator[Part]:
    for place, leaf in enumerate(truth.leaves(case.guard)):
        held = (_holding(case.guard, place, TRUE), _holding(case.guard, place, FALSE))
        yield Part(transition, case, leaf, held, place)


def _holding(condition: Condition, place: int, value: Condition) -> Condition:
    """The condition with the leaf at that place, counted in the order written, replaced."""
    count = -1

    def changed(leaf: Leaf) -> Condition:
        nonlocal count
        count += 1
        return value if count == place else leaf

    return truth.replace_leaves(condition, changed)


def bits_of(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
