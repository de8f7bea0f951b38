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

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import tree, words
from covage_model.pack.model.conditions import FALSE, TRUE, Atom, Condition, Not
from covage_model.pack.model.lifecycle import Case, Transition

_Shown = tuple[int, bytes]  # the bit of a guard's part with one truth, and for each configuration whether it is shown
COVERS = ("states", "transitions", "pairs", "guards")
_KINDS = {
    "states": ("state", "refusal"),
    "transitions": ("state", "transition", "refusal"),
    "pairs": ("state", "transition", "pair", "refusal"),
    "guards": ("state", "transition", "guard", "refusal"),
}


@dataclass(frozen=True, slots=True)
class SuiteTarget:
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
class GuardPart:
    """One occurrence of a test in the guard of a case, and the guard with that test held true, and held false."""

    transition: Transition
    case: Case
    variant: Atom
    held: tuple[Condition, Condition]
    place: int

    def name(self, *, value: bool) -> str:
        """The trigger, and which part of its guard, denied where it is to be false."""
        said = words.describe(self.variant if value else Not(self.variant), "en")
        return f"{_trigger(self.transition, self.case)}: {said}"


@dataclass(slots=True)
class Targets:
    """
    The targets of one explored table, each a bit of a mask, and which of them each place and each move shows.

    `here` is, for each configuration, what being there shows, and pulling all that is refused there (nothing,
    where not all moves are known). Of the stored move `n` the arrow is `arrow[n]`, and `shown[n]` what it and
    the place that it leads to show; not the pairs, which depend on the arrow before. Those of arrow `a` and one
    out of the state where it ends are `bases[a]` and its `local` number, counted in bits.
    """

    space: StateSpace
    cover: str
    found: list[SuiteTarget] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    pairs: bool = field(init=False)  # whether they are asked for
    states: array[int] = field(init=False)  # the number of each configuration's state
    here: list[int] = field(default_factory=list)
    arrow: array[int] = field(default_factory=lambda: array("I"))
    shown: list[int] = field(default_factory=list)
    bases: list[int] = field(default_factory=list)
    local: list[int] = field(default_factory=list)
    _bits: dict[tuple[str, object], int] = field(default_factory=dict)
    _guards: dict[str, list[_Shown]] = field(default_factory=dict)  # by trigger
    _masks: dict[str, int] = field(default_factory=dict)  # by trigger: the bits of a code that its guards read
    _pulled: dict[tuple[str, int], int] = field(default_factory=dict)
    _accepted: dict[bytes, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Everything there is to show, pairs last, each kind in spec order."""
        self.pairs = "pair" in _KINDS[self.cover]
        shift = self.space.layout.state_shift
        self.states = array("I", (code >> shift for code in self.space.codes))
        for transition, case in self.space.numbered:
            self.arrows += [Arrow(transition, case, source) for source in case.source]
        for state in self.space.lifecycle.resting:
            self._add("state", state.name, SuiteTarget("state", state.name, state.origin))
        if "transition" in _KINDS[self.cover]:
            for number, one in enumerate(self.arrows):
                self._add("transition", number, SuiteTarget("transition", one.name, one.case.origin))
        if "guard" in _KINDS[self.cover]:
            self._add_guards()
        self._add_refusals()
        if self.pairs:
            self._add_pairs()
        self._show()

    def state(self, number: int) -> int:
        """The bit of the state of a configuration."""
        return self._bits["state", self.space.state(number)]

    def inside(self, names: Iterable[str]) -> bytes:
        """For each configuration 1 or 0: whether it is in one of these states."""
        wanted = {self.space.layout.numbers[name] for name in names}
        return bytes(number in wanted for number in self.states)

    def pulled(self, number: int, trigger: str) -> int:
        """The bits of the guard parts that pulling the trigger shows there."""
        if trigger not in self._guards:
            return 0
        key = trigger, self.space.codes[number] & self._masks[trigger]
        if key not in self._pulled:
            self._pulled[key] = sum(bit for bit, where in self._guards[trigger] if where[number])
        return self._pulled[key]

    def refusals(self, number: int) -> Iterator[tuple[str, int]]:
        """The triggers that are refused there, in spec order, and what each shows; none where not all is known."""
        if number >= self.space.expanded:
            return
        accepted, state = self._accepts(number), self.space.state(number)
        for one in self.space.lifecycle.transitions:
            if one.name not in accepted:
                yield one.name, self._bits["refusal", (state, one.name)] | self.pulled(number, one.name)

    def of(self, mask: int) -> tuple[SuiteTarget, ...]:
        """The targets of a mask, in spec order."""
        return tuple(self.found[bit] for bit in bits_of(mask))

    def _add(self, kind: str, key: object, target: SuiteTarget) -> int:
        bit = 1 << len(self.found)
        self.found.append(target)
        self._bits[kind, key] = bit
        return bit

    def _add_pairs(self) -> None:
        ways: dict[str, list[Arrow]] = {}
        for one in self.arrows:
            self.local.append(len(ways.setdefault(one.source, [])))
            ways[one.source].append(one)
        for first in self.arrows:
            self.bases.append(len(self.found))
            for second in ways.get(first.target, ()):
                name = f"{first.name}, then {second.name}"
                self.found.append(SuiteTarget("pair", name, second.case.origin))

    def _add_guards(self) -> None:
        for transition, case in self.space.numbered:
            inside = self.inside(case.source)
            mask = self.space.guards.mask(case.guard) | self.space.layout.state_mask
            self._masks[transition.name] = self._masks.get(transition.name, 0) | mask
            for part in _parts(transition, case):
                holds = _and(inside, self.space.where(part.variant))
                deciding = _differ(*(self.space.where(one) for one in part.held))
                for value, there in ((True, holds), (False, _differ(inside, holds))):
                    strong = _and(there, deciding)
                    target = SuiteTarget(
                        "guard", part.name(value=value), part.variant.origin or case.origin, any(strong)
                    )
                    bit = self._add("guard", (id(case), part.place, value), target)
                    self._guards.setdefault(transition.name, []).append((bit, strong if any(strong) else there))

    def _add_refusals(self) -> None:
        triggers = self.space.lifecycle.transitions
        seen = {(self.states[number], self._accepts(number)) for number in range(self.space.expanded)}
        names = [state.name for state in self.space.layout.states]
        refused = {(names[state], one.name) for state, accepted in seen for one in triggers if one.name not in accepted}
        for state in self.space.lifecycle.resting:
            for one in triggers:
                if (state.name, one.name) in refused:
                    target = SuiteTarget("refusal", f"{one.name} in {state.name}", one.origin)
                    self._add("refusal", (state.name, one.name), target)

    def _accepts(self, number: int) -> frozenset[str]:
        space = self.space
        row = space.cases[space.offsets[number] : space.offsets[number + 1]].tobytes()
        if row not in self._accepted:
            cases = space.cases[space.offsets[number] : space.offsets[number + 1]]
            self._accepted[row] = frozenset(space.numbered[case][0].name for case in cases)
        return self._accepted[row]

    def _show(self) -> None:
        """Fills the tables. Few masks differ: they are shared."""
        space, shared, known = self.space, dict[object, int](), dict[object, int]()
        places = {(id(one.case), one.source): number for number, one in enumerate(self.arrows)}
        for number in range(len(space)):
            mask = self.state(number)
            for _, shown in self.refusals(number):
                mask |= shown
            self.here.append(shared.setdefault(mask, mask))
        for number in range(len(space)):
            state = space.state(number)
            for n in range(space.offsets[number], space.offsets[number + 1]):
                transition, case = space.numbered[space.cases[n]]
                place = places[id(case), state]
                pulled, there = self.pulled(number, transition.name), self.here[space.targets[n]]
                key = place, pulled, id(there)
                if key not in known:
                    known[key] = self._bits.get(("transition", place), 0) | pulled | there
                self.arrow.append(place)
                self.shown.append(known[key])


def _trigger(transition: Transition, case: Case) -> str:
    """The trigger, and which of several cases."""
    numbers = [id(one) for one in transition.cases]
    return transition.name if len(numbers) == 1 else f"{transition.name} (case {numbers.index(id(case)) + 1})"


def _and(first: bytes, second: bytes) -> bytes:
    """The configurations of both sets: whole sets at a time, a byte for each configuration."""
    return (int.from_bytes(first) & int.from_bytes(second)).to_bytes(len(first))


def _differ(first: bytes, second: bytes) -> bytes:
    """The configurations of one set and not of the other."""
    return (int.from_bytes(first) ^ int.from_bytes(second)).to_bytes(len(first))


def _parts(transition: Transition, case: Case) -> Iterator[GuardPart]:
    for place, variant in enumerate(tree.atoms(case.guard)):
        held = (_holding(case.guard, place, TRUE), _holding(case.guard, place, FALSE))
        yield GuardPart(transition, case, variant, held, place)


def _holding(condition: Condition, place: int, value: Condition) -> Condition:
    """The condition with the variant at that place, counted in the order written, replaced."""
    count = -1

    def changed(atom: Atom) -> Condition:
        nonlocal count
        count += 1
        return value if count == place else atom

    return tree.transform(condition, changed)


def bits_of(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
