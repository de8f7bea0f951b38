"""What lifecycles ask of documents, and where the answers matter: in which orders, in which states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from covage_model.checks import reads
from covage_model.conditions import truth
from covage_model.diagnostics import Diagnostic, Location
from covage_model.model.conditions import All, AnyOf, Condition, Holds, Implies, Leaf, Not
from covage_model.model.lifecycle import Lifecycle, State
from covage_model.model.orders import Leaf as OrderLeaf
from covage_model.presence.statuses import UNSHOWN
from covage_model.statespace.explore import StateSpace
from covage_model.statespace.situation import Situation, is_atom, is_named, named_condition


@dataclass(frozen=True, slots=True)
class Here:
    """Where something is asked: a leaf, and the status of a state that its orders come to."""

    leaf: str
    status: str
    shown: str  # the status, or the state's name where documents show none


@dataclass(slots=True)
class Asked:
    """
    One test as it is written once, `who` asks it first, and everywhere that it may matter.

    `by_guard`: a guard asks, and not only properties. Where the state and the leaf decide the whole
    condition, the test does not matter.
    """

    test: Leaf
    who: str
    by_guard: bool
    here: dict[Here, None] = field(default_factory=dict)

    @property
    def leaves(self) -> frozenset[str]:
        """The leaves in which it may matter."""
        return frozenset(here.leaf for here in self.here)


def naming(finding: Diagnostic, asked: Asked, leaves: Sequence[OrderLeaf]) -> Diagnostic:
    """The finding with the leaves that it is about, where they are not all that live such a life."""
    lives = {leaf.order.follows for leaf in leaves if leaf.name in asked.leaves}
    if asked.leaves >= {leaf.name for leaf in leaves if leaf.order.follows in lives}:
        return finding
    return replace(finding, arguments={**finding.arguments, "leaves": sorted(asked.leaves)})


def asked_of(
    lifecycles: Sequence[Lifecycle], leaves: Sequence[OrderLeaf], spaces: Mapping[str, StateSpace]
) -> dict[Location, Asked]:
    """By place, each test on a document or an account in lifecycles; of those not wholly explored none at all."""
    found: dict[Location, Asked] = {}
    unknown: set[Location] = set()
    for lifecycle in lifecycles:
        followers = [leaf for leaf in leaves if leaf.order.follows == lifecycle.name]
        if any(leaf.name not in spaces or not spaces[leaf.name].complete for leaf in followers):
            unknown |= {location for condition in reads.of_lifecycle(lifecycle) for location in _places(condition)}
            continue
        for leaf in followers:
            _Walk(lifecycle, leaf, reached(spaces[leaf.name]), found).add_all()
    return {location: asked for location, asked in found.items() if location not in unknown}


def _places(condition: Condition) -> Iterator[Location]:
    return (leaf.origin.location for leaf in truth.leaves(condition) if leaf.origin is not None)


def reached(space: StateSpace) -> tuple[State, ...]:
    """The states in which some order of the leaf rests, in spec order."""
    shift = space.layout.state_shift
    numbers = {code >> shift for code in space.codes}
    return tuple(state for number, state in enumerate(space.layout.states) if number in numbers)


@dataclass(slots=True)
class _Walk:
    """The conditions of a lifecycle, read for one leaf."""

    lifecycle: Lifecycle
    leaf: OrderLeaf
    states: tuple[State, ...]
    found: dict[Location, Asked]

    def add_all(self) -> None:
        for transition in self.lifecycle.transitions:
            for case in transition.cases:
                sources = frozenset(case.source)
                here = [state for state in self.states if state.name in sources]
                self._add(case.guard, transition.name, here, by_guard=True)
        for prop in self.lifecycle.properties:
            for condition in prop.conditions:
                self._add(condition, prop.name, self.states, by_guard=False)

    def _add(self, condition: Condition, who: str, states: Sequence[State], *, by_guard: bool) -> None:
        reading = _Reading(self.lifecycle)
        reading.add(condition)
        if not reading.atoms or not states:
            return
        for state in states if reading.of_state else [None]:
            here = states if state is None else [state]
            places = dict.fromkeys(_here(self.leaf, each) for each in here)
            situation = Situation(self.lifecycle, self.leaf, state, {}, _nobody_knows)
            for test in _open(condition, situation, set()):
                if test.origin is not None:
                    asked = self.found.setdefault(test.origin.location, Asked(test, who, by_guard))
                    asked.by_guard = asked.by_guard or by_guard
                    asked.here.update(places)


def _here(leaf: OrderLeaf, state: State) -> Here:
    return Here(leaf.name, state.status or UNSHOWN, state.status or state.name)


def _nobody_knows(_: Leaf) -> None:
    return None


@dataclass(slots=True)
class _Reading:
    """Whether a condition, with the named ones it uses, reads the document, and whether it reads the state."""

    lifecycle: Lifecycle
    atoms: bool = False
    of_state: bool = False
    _seen: set[str] = field(default_factory=set)

    def add(self, condition: Condition) -> None:
        for leaf in truth.leaves(condition):
            self.atoms = self.atoms or is_atom(leaf)
            if isinstance(leaf, Holds):
                self.of_state = self.of_state or leaf.ref.root in ("state", "final")
                name = leaf.ref.names[0] if leaf.ref.root == "variable" else ""
                if name and name not in self._seen and is_named(self.lifecycle, name):
                    self._seen.add(name)
                    self.add(named_condition(self.lifecycle, name))


def _open(condition: Condition, situation: Situation, seen: set[str]) -> Iterator[Leaf]:
    """The atoms of a condition that may still decide it, those of named conditions too."""
    if situation.evaluate(condition) is not None:
        return
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _open(part, situation, seen)
        case Not(part):
            yield from _open(part, situation, seen)
        case Implies(when, then):
            yield from _open(when, situation, seen)
            yield from _open(then, situation, seen)
        case _:
            yield from _open_leaf(condition, situation, seen)


def _open_leaf(leaf: Leaf, situation: Situation, seen: set[str]) -> Iterator[Leaf]:
    if is_atom(leaf):
        yield leaf
    elif isinstance(leaf, Holds) and leaf.ref.root == "variable":
        name = leaf.ref.names[0]
        if name not in seen and is_named(situation.lifecycle, name):
            seen.add(name)
            yield from _open(named_condition(situation.lifecycle, name), situation, seen)
