"""
The coverage targets of one variant's lifecycle, and where each is shown.

`states` are node coverage, `transitions` edge coverage, `pairs` edge-pair coverage of the statechart (Ammann
and Offutt, *Introduction to Software Testing*, 2016, chapter 7; pairs are Chow's 1-switch, IEEE TSE 4(3),
1978). `guards` wants each part of each guard to be true once and false once where the trigger is
fired, if possible so that the part alone decides: masking MC/DC (Chilenski, DOT/FAA/AR-01/18).
`transitions` includes `states`; `pairs` and `guards` include `transitions`. Always included are the bounds of
ranges (the least and the most of each variable that counts) and refusals: in each state, each trigger that is refused
there. A way back into a state is an edge for each step that it may find again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import field

from covage_model.behaviour.space.masks import both, differing
from covage_model.behaviour.space.passage import passages
from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import tree, words
from covage_model.pack.model.conditions import FALSE, TRUE, Condition, Not, holds_value
from covage_model.pack.model.lifecycle import Case, NamedCondition, Transition
from covage_model.quality.suites.guard_parts import conditions_read, holding, parts_of, sources_of, trigger_of

_Shown = tuple[int, bytes]  # the bit of a bound, or a guard part with one truth, and the mask of what shows it
COVERS = ("states", "transitions", "pairs", "guards")
_KINDS = {
    "states": ("state", "range", "refusal"),
    "transitions": ("state", "range", "transition", "refusal"),
    "pairs": ("state", "range", "transition", "pair", "refusal"),
    "guards": ("state", "range", "transition", "guard", "refusal"),
}


@dataclass(frozen=True, slots=True)
class SuiteTarget:
    """
    One target. `kind` is state, range, transition, pair, guard or refusal; `name` identifies it in the spec's words.

    `origin` is where it is written. `alone` is False for a guard part that can have that truth, but
    never decides alone. `condition` is the part of a guard, or the guard of a transition: what the name, or the
    reason why nothing shows it, says in words.
    """

    kind: str
    name: str
    origin: Origin = field(compare=False)
    alone: bool = True
    condition: Condition | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Arrow:
    """One case of a trigger out of one state, and where it leads: an edge of the statechart."""

    transition: Transition
    case: Case
    source: str
    target: str

    @property
    def name(self) -> str:
        """The trigger, the states, and which of several cases."""
        return f"{trigger_of(self.transition, self.case)}: {self.source} -> {self.target}"


@dataclass(slots=True)
class Targets:
    """
    The targets of one explored table as bits of masks, and which of them each configuration and each move shows.

    `here[i]` is what configuration `i` shows: its state, the bounds that its variables are at, and firing every trigger
    that is refused there (none, if not all moves are known). The stored move `n` is the arrow `arrow[n]`; `shown[n]` is
    what it and its target show, without pairs, which depend on the arrow before. The pair of arrow `a` and an arrow
    `b` out of the state where it ends has the bit number `bases[a] + local[b]`.
    """

    space: StateSpace
    cover: str
    found: list[SuiteTarget] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    pairs: bool = field(init=False)  # whether pairs are covered
    states: array[int] = field(init=False)  # the number of each configuration's state
    here: list[int] = field(default_factory=list)
    arrow: array[int] = field(default_factory=lambda: array("I"))
    shown: list[int] = field(default_factory=list)
    bases: list[int] = field(default_factory=list)
    local: list[int] = field(default_factory=list)
    _bits: dict[tuple[str, object], int] = field(default_factory=dict)
    _bounds: list[_Shown] = field(default_factory=list)
    _guards: dict[str, list[_Shown]] = field(default_factory=dict)  # by trigger
    _masks: dict[str, int] = field(default_factory=dict)  # by trigger: the bits of a code that its guards read
    _pulled: dict[tuple[str, int], int] = field(default_factory=dict)
    _accepted: dict[bytes, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lists all targets, pairs last, each kind in spec order."""
        self.pairs = "pair" in _KINDS[self.cover]
        shift = self.space.layout.state_shift
        self.states = array("I", (code >> shift for code in self.space.codes))
        for transition, case in self.space.numbered:
            self.arrows += [
                Arrow(transition, case, source, way.target)
                for source in case.source
                for way in passages(self.space.lifecycle, case, source)
            ]
        for state in self.space.lifecycle.resting:
            self._add("state", state.name, SuiteTarget("state", state.name, state.origin))
        for variable in self.space.lifecycle.variables:
            for value in variable.bounds:
                target = SuiteTarget("range", f"{variable.name} = {value}", variable.origin)
                there = self.space.where(holds_value(variable.name, value))
                self._bounds.append((self._add("range", (variable.name, value), target), there))
        if "transition" in _KINDS[self.cover]:
            for number, arrow in enumerate(self.arrows):
                target = SuiteTarget("transition", arrow.name, arrow.case.origin, condition=arrow.case.guard)
                self._add("transition", number, target)
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
        """The mask of the configurations in one of these states."""
        wanted = {self.space.layout.numbers[name] for name in names}
        return bytes(number in wanted for number in self.states)

    def fired(self, number: int, trigger: str) -> int:
        """The bits of the guard parts that firing the trigger shows there."""
        if trigger not in self._guards:
            return 0
        key = trigger, self.space.codes[number] & self._masks[trigger]
        if key not in self._pulled:
            self._pulled[key] = sum(bit for bit, where in self._guards[trigger] if where[number])
        return self._pulled[key]

    def refusals(self, number: int) -> Iterator[tuple[str, int]]:
        """The triggers refused there, in spec order, and what each shows; none if not all moves are known."""
        if number >= self.space.expanded:
            return
        accepted, state = self._accepts(number), self.space.state(number)
        for transition in self.space.lifecycle.transitions:
            if transition.name not in accepted:
                yield (
                    transition.name,
                    self._bits["refusal", (state, transition.name)] | self.fired(number, transition.name),
                )

    def of(self, mask: int) -> tuple[SuiteTarget, ...]:
        """The targets of a mask, in spec order."""
        return tuple(self.found[bit] for bit in bits_of(mask))

    def _add(self, kind: str, key: object, target: SuiteTarget) -> int:
        bit = 1 << len(self.found)
        self.found.append(target)
        self._bits[kind, key] = bit
        return bit

    def _add_pairs(self) -> None:
        out_of: dict[str, list[Arrow]] = {}
        for arrow in self.arrows:
            self.local.append(len(out_of.setdefault(arrow.source, [])))
            out_of[arrow.source].append(arrow)
        for first in self.arrows:
            self.bases.append(len(self.found))
            for second in out_of.get(first.target, ()):
                name = f"{first.name}, then {second.name}"
                self.found.append(SuiteTarget("pair", name, second.case.origin))

    def _add_guards(self) -> None:
        for transition, case in self.space.numbered:
            inside = self.inside(case.source)
            mask = self.space.guards.mask(case.guard) | self.space.layout.state_mask
            self._masks[transition.name] = self._masks.get(transition.name, 0) | mask
            for part in parts_of(transition, case):
                holds = both(inside, self.space.where(part.atom))
                deciding = differing(*(self.space.where(guard) for guard in part.held))
                for value, there in ((True, holds), (False, differing(inside, holds))):
                    strong = both(there, deciding)
                    name, at = part.name(value=value), part.atom.origin or case.origin
                    target = SuiteTarget("guard", name, at, any(strong), part.condition(value=value))
                    bit = self._add("guard", (id(case), part.place, value), target)
                    self._guards.setdefault(transition.name, []).append((bit, strong if any(strong) else there))
        for named in self.space.lifecycle.conditions:
            readers = [
                each
                for each in self.space.numbered
                if named.name in conditions_read(self.space.lifecycle, each[1].guard)
            ]
            if readers:
                self._add_parts_of(named, readers)

    def _add_parts_of(self, named: NamedCondition, readers: list[tuple[Transition, Case]]) -> None:
        """The parts of a named condition, each true and false, where a trigger is pulled whose guard reads it."""
        asked = {trigger.name: self.inside(sources_of(readers, trigger.name)) for trigger, _ in readers}
        inside = self.inside(state for _, case in readers for state in case.source)
        for place, atom in enumerate(tree.atoms(named.when)):
            holds = both(inside, self.space.where(atom))
            deciding = differing(*(self.space.where(holding(named.when, place, way)) for way in (TRUE, FALSE)))
            for value, there in ((True, holds), (False, differing(inside, holds))):
                strong = both(there, deciding)
                said = atom if value else Not(atom)
                name = f"{named.name}: {words.describe(said, 'en')}"
                target = SuiteTarget("guard", name, atom.origin or named.origin, any(strong), said)
                bit = self._add("guard", (id(named), place, value), target)
                shown = strong if any(strong) else there
                for trigger, where in asked.items():
                    self._guards.setdefault(trigger, []).append((bit, both(shown, where)))
                    self._masks[trigger] |= self.space.guards.mask(named.when)

    def _add_refusals(self) -> None:
        triggers = self.space.lifecycle.transitions
        seen = {(self.states[number], self._accepts(number)) for number in range(self.space.expanded)}
        names = [state.name for state in self.space.layout.states]
        refused = {
            (names[state], transition.name)
            for state, accepted in seen
            for transition in triggers
            if transition.name not in accepted
        }
        for state in self.space.lifecycle.resting:
            for transition in triggers:
                if (state.name, transition.name) in refused:
                    target = SuiteTarget("refusal", f"{transition.name} in {state.name}", transition.origin)
                    self._add("refusal", (state.name, transition.name), target)

    def _accepts(self, number: int) -> frozenset[str]:
        cases = self.space.enabled(number)
        key = cases.tobytes()
        if key not in self._accepted:
            self._accepted[key] = frozenset(self.space.numbered[case][0].name for case in cases)
        return self._accepted[key]

    def _show(self) -> None:
        """Fills the tables. Equal masks are one object: there are few different ones."""
        space, shared, known = self.space, dict[object, int](), dict[object, int]()
        places = {(id(arrow.case), arrow.source, arrow.target): number for number, arrow in enumerate(self.arrows)}
        for number in range(len(space)):
            mask = self.state(number) | sum(bit for bit, there in self._bounds if there[number])
            for _, shown in self.refusals(number):
                mask |= shown
            self.here.append(shared.setdefault(mask, mask))
        for number in range(len(space)):
            state = space.state(number)
            for n in range(space.offsets[number], space.offsets[number + 1]):
                transition, case = space.numbered[space.cases[n]]
                place = places[id(case), state, space.state(space.targets[n])]
                fired, there = self.fired(number, transition.name), self.here[space.targets[n]]
                key = place, fired, id(there)
                if key not in known:
                    known[key] = self._bits.get(("transition", place), 0) | fired | there
                self.arrow.append(place)
                self.shown.append(known[key])


def bits_of(mask: int) -> Iterator[int]:
    """The numbers of the set bits, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
