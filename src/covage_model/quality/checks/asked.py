"""The atoms of lifecycles (tests of documents and accounts), and where their truth matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from covage_model.behaviour.space.situation import Situation, is_atom, is_named, named_condition
from covage_model.behaviour.space.space import StateSpace
from covage_model.documents.presence.statuses import UNSHOWN
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Atom, Condition, DocumentReady, Holds
from covage_model.pack.model.lifecycle import Lifecycle, State
from covage_model.pack.model.orders import Variant
from covage_model.quality.checks import reads


@dataclass(frozen=True, slots=True)
class Here:
    """A place where an atom is evaluated: a variant, and the status of a reachable state."""

    variant: str
    status: str
    shown: str  # the status, or the state's name if it has no status


@dataclass(slots=True)
class AskedTest:
    """
    An atom at one place of the pack, and every variant and status (`here`) in which its truth may matter.

    `who` is the first transition or property with it. `by_guard` is true if a guard has it, false if only
    properties do. It does not matter where the state and the variant decide the whole condition.
    """

    test: Atom
    who: str
    by_guard: bool
    here: dict[Here, None] = field(default_factory=dict)

    @property
    def variants(self) -> frozenset[str]:
        """The variants in which it may matter."""
        return frozenset(here.variant for here in self.here)


def naming(finding: Diagnostic, asked: AskedTest, variants: Sequence[Variant]) -> Diagnostic:
    """The finding with the names of its variants, unless these are all variants of the lifecycle."""
    lives = {variant.order.follows for variant in variants if variant.name in asked.variants}
    if asked.variants >= {variant.name for variant in variants if variant.order.follows in lives}:
        return finding
    return replace(finding, arguments={**finding.arguments, "variants": sorted(asked.variants)})


def asked_of(
    lifecycles: Sequence[Lifecycle], variants: Sequence[Variant], spaces: Mapping[str, StateSpace]
) -> dict[Location, AskedTest]:
    """The atoms of lifecycles by place; without those of lifecycles that are not completely explored."""
    by_place: dict[Location, AskedTest] = {}
    unknown: set[Location] = set()
    for lifecycle in lifecycles:
        followers = [variant for variant in variants if variant.order.follows == lifecycle.name]
        if any(variant.name not in spaces or not spaces[variant.name].complete for variant in followers):
            unknown |= {location for condition in reads.of_lifecycle(lifecycle) for location in _places(condition)}
            continue
        for variant in followers:
            _Walk(lifecycle, variant, reached(spaces[variant.name]), by_place).add_all()
    return {location: asked for location, asked in by_place.items() if location not in unknown}


def _places(condition: Condition) -> Iterator[Location]:
    return (atom.origin.location for atom in tree.atoms(condition) if atom.origin is not None)


def reached(space: StateSpace) -> tuple[State, ...]:
    """The reachable states of the variant, in spec order."""
    shift = space.layout.state_shift
    numbers = {code >> shift for code in space.codes}
    return tuple(state for number, state in enumerate(space.layout.states) if number in numbers)


@dataclass(slots=True)
class _Walk:
    """Collects the atoms of a lifecycle for one variant."""

    lifecycle: Lifecycle
    variant: Variant
    states: tuple[State, ...]
    found: dict[Location, AskedTest]

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
            places = dict.fromkeys(_here(self.variant, each) for each in here)
            situation = Situation(self.lifecycle, self.variant, state, {}, _nobody_knows)
            for test in _open(condition, situation, set()):
                if test.origin is not None:
                    asked = self.found.setdefault(test.origin.location, AskedTest(test, who, by_guard))
                    asked.by_guard = asked.by_guard or by_guard
                    asked.here.update(places)


def _here(variant: Variant, state: State) -> Here:
    return Here(variant.name, state.status or UNSHOWN, state.status or state.name)


def _nobody_knows(_: Atom) -> None:
    return None


@dataclass(slots=True)
class _Reading:
    """Whether a condition, including the named conditions that it uses, has atoms, and whether it reads the state."""

    lifecycle: Lifecycle
    atoms: bool = False
    of_state: bool = False
    _seen: set[str] = field(default_factory=set)

    def add(self, condition: Condition) -> None:
        for atom in tree.atoms(condition):
            self.atoms = self.atoms or is_atom(atom)
            if isinstance(atom, Holds):
                self.of_state = self.of_state or atom.ref.root in ("state", "final")
                name = atom.ref.names[0] if atom.ref.root == "variable" else ""
                if name and name not in self._seen and is_named(self.lifecycle, name):
                    self._seen.add(name)
                    self.add(named_condition(self.lifecycle, name))


def _open(condition: Condition, situation: Situation, seen: set[str]) -> Iterator[Atom]:
    """The atoms, also of named conditions, whose truth may decide the condition in this state and variant."""
    for part in tree.walk(condition, lambda part: situation.evaluate(part) is None):
        if isinstance(part, Holds | DocumentReady):
            yield from _open_atom(part, situation, seen)


def _open_atom(atom: Atom, situation: Situation, seen: set[str]) -> Iterator[Atom]:
    if is_atom(atom):
        yield atom
    elif isinstance(atom, Holds) and atom.ref.root == "variable":
        name = atom.ref.names[0]
        if name not in seen and is_named(situation.lifecycle, name):
            seen.add(name)
            yield from _open(named_condition(situation.lifecycle, name), situation, seen)
