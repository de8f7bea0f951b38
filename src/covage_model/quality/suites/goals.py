"""
Goals for random runs: each move and each refusal in the explored table, with the shortest path to it.

A random walk rarely reaches deep states. Here a run draws a
trigger and one of its goals, and takes the shortest path there; what it passes counts as seen. Goals are listed
in the same order every time, so that Hypothesis can replay what it drew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import field
from operator import itemgetter
from typing import Any, TypeVar

from covage_model.behaviour.space.situation import is_atom, is_named, named_condition
from covage_model.behaviour.space.space import EDIT, StateSpace
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Atom, Condition, DocumentReady
from covage_model.quality.suites.targets import Targets


@dataclass(frozen=True, slots=True)
class Attempt:
    """
    A trigger fired, or an edit made, in a state: the goal of a run.

    `case` is the index of the trigger's case that is taken; `edits` is the valuation of the new document. If
    both are None, the trigger is refused, and `given` has the values that its guards read.
    """

    state: str
    trigger: str
    case: int | None = None
    edits: int | None = None
    given: tuple[Hashable, ...] = ()

    def __repr__(self) -> str:
        """The goal for people."""
        return f"{self.trigger} in {self.state}{'' if self.moves else ', refused'}"

    def _repr_pretty_(self, printer: Any, cycle: object) -> None:  # noqa: ARG002  the signature that Hypothesis expects
        printer.text(repr(self))

    @property
    def moves(self) -> bool:
        """Whether it is accepted, not refused."""
        return self.case is not None or self.edits is not None


PlacedAttempt = tuple[int, Attempt]  # an attempt in a configuration
T = TypeVar("T")


@dataclass(slots=True)
class Goals:
    """
    The goals in the configurations of a table whose valuations (bits) have a document.

    `undriven` are triggers that a test cannot fire: no path uses them.
    """

    space: StateSpace
    valuations: frozenset[int]
    undriven: Collection[str] = ()
    editing: bool = True
    starts: list[int] = field(init=False)  # those with most true atoms first
    accepted: list[list[Attempt]] = field(init=False)  # grouped by trigger, so that draws are small numbers
    placed: list[list[PlacedAttempt]] = field(init=False)  # the same, for each configuration separately
    nearly: list[list[Attempt]] = field(init=False)  # refused because of one part of a guard alone
    _links: dict[int, tuple[tuple[Attempt, int], ...]] = field(default_factory=dict)
    _refusals: dict[int, tuple[Attempt, ...]] = field(default_factory=dict)
    _read: dict[tuple[str, str], tuple[tuple[str, ...], tuple[Atom, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Finds every goal that a run can reach, the nearest first."""
        starts = [number for number in self.space.initial if self.bits(number) in self.valuations]
        self.starts = sorted(starts, key=lambda number: -self.bits(number).bit_count())
        guards = Targets(self.space, "guards")
        accepted: dict[Attempt, None] = {}
        nearly: dict[Attempt, None] = {}
        placed: list[PlacedAttempt] = []
        for number, _ in self._spread(self.starts):
            moves = [arrow for arrow, _ in self.links(number)]
            accepted.update(dict.fromkeys(moves))
            placed += [(number, arrow) for arrow in moves]
            asked = (arrow for arrow in self.refusals(number) if arrow.given)
            nearly.update((arrow, None) for arrow in asked if guards.fired(number, arrow.trigger))
        self.accepted = _by_trigger(accepted, _itself)
        self.placed = _by_trigger(placed, itemgetter(1))
        self.nearly = _by_trigger(nearly, _itself)

    def reached(self) -> Iterator[int]:
        """Every reachable configuration, the nearest first."""
        return (number for number, _ in self._spread(self.starts))

    def bits(self, number: int) -> int:
        """The valuation of a configuration, as bits."""
        return self.space.codes[number] & self.space.layout.atoms_mask

    def links(self, number: int) -> tuple[tuple[Attempt, int], ...]:
        """The moves from a configuration, with their targets."""
        if number not in self._links:
            self._links[number] = tuple(self._found_links(number))
        return self._links[number]

    def _found_links(self, number: int) -> Iterator[tuple[Attempt, int]]:
        space, state = self.space, self.space.state(number)
        for n in range(space.offsets[number], space.offsets[number + 1]) if number < space.expanded else ():
            transition, case = space.numbered[space.cases[n]]
            if transition.name not in self.undriven:
                index = next(index for index, other in enumerate(transition.cases) if other is case)
                yield Attempt(state, transition.name, index), space.targets[n]
        if self.editing and space.editor(number) is not None:
            for target in space.peers(number):
                if target != number and self.bits(target) in self.valuations:
                    yield Attempt(state, EDIT, edits=self.bits(target)), target

    def refusals(self, number: int) -> tuple[Attempt, ...]:
        """The triggers refused in a configuration."""
        if number not in self._refusals:
            space = self.space
            names = {arrow.trigger for arrow, _ in self.links(number) if arrow.edits is None}
            state = space.state(number)
            known = number < space.expanded
            triggers = [transition.name for transition in space.lifecycle.transitions if known]
            refused = [name for name in triggers if name not in names and name not in self.undriven]
            self._refusals[number] = tuple(
                Attempt(state, name, given=self._given(number, state, name)) for name in refused
            )
        return self._refusals[number]

    def _given(self, number: int, state: str, trigger: str) -> tuple[Hashable, ...]:
        """The values that the guards read here; if no case leaves the state, those that its guards read elsewhere."""
        names, atoms = self._reads(state, trigger)
        values = self.space.layout.variables(self.space.codes[number]) if names else {}
        truths = (self.space.layout.atom(self.bits(number), atom) for atom in atoms)
        return (*((type(values[name]), values[name]) for name in names), *truths)

    def _reads(self, state: str, trigger: str) -> tuple[tuple[str, ...], tuple[Atom, ...]]:
        """The variables and the atoms that the trigger's guards read."""
        if (state, trigger) not in self._read:
            transition = self.space.lifecycle.transition(trigger)
            names: dict[str, None] = {}
            atoms: dict[Atom, None] = {}
            here = [case.guard for case in transition.cases if state in case.source]
            pending: list[Condition] = here or [case.guard for case in transition.cases]
            for condition in pending:  # grows as it is read
                for atom in tree.atoms(condition):
                    if isinstance(atom, DocumentReady) or is_atom(atom):
                        atoms[atom] = None
                    elif atom.ref.root == "variable" and atom.ref.names[0] not in names:
                        name = atom.ref.names[0]
                        names[name] = None
                        if is_named(self.space.lifecycle, name):
                            pending.append(named_condition(self.space.lifecycle, name))
            kept = tuple(name for name in names if not is_named(self.space.lifecycle, name))
            self._read[state, trigger] = kept, tuple(atom for atom in self.space.atoms if atom in atoms)
        return self._read[state, trigger]

    def way(
        self, starts: Sequence[int], wanted: Callable[[Attempt], bool], place: int | None = None
    ) -> tuple[int, list[Attempt]] | None:
        """The start and the steps of a shortest run that ends with a wanted attempt (in `place`, if given), or None."""
        before: dict[int, tuple[int, Attempt]] = {}
        for number, predecessor in self._spread(starts):
            if predecessor is not None:
                before[number] = predecessor
            if place not in (None, number):
                continue
            for arrow in (*(arrow for arrow, _ in self.links(number)), *self.refusals(number)):
                if wanted(arrow):
                    steps = [arrow]
                    while number in before:
                        number, step = before[number]
                        steps.append(step)
                    return number, steps[::-1]
        return None

    def _spread(self, starts: Sequence[int]) -> Iterator[tuple[int, tuple[int, Attempt] | None]]:
        """Breadth-first search: each configuration, nearest first, with the configuration and attempt before it."""
        known = set(starts)
        level: list[tuple[int, Any]] = [(number, None) for number in starts]
        while level:
            yield from level
            following = []
            for number, _ in level:
                for arrow, target in self.links(number):
                    if target not in known:
                        known.add(target)
                        following.append((target, (number, arrow)))
            level = following


def _by_trigger(found: Iterable[T], arrow_of: Callable[[T], Attempt]) -> list[list[T]]:
    groups: dict[tuple[str, bool], list[T]] = {}
    for item in found:
        arrow = arrow_of(item)
        groups.setdefault((arrow.trigger, arrow.edits is None), []).append(item)
    return list(groups.values())


def _itself(arrow: Attempt) -> Attempt:
    return arrow
