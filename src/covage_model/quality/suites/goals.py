"""
Where a run may want to go: each arrow of the explored table, and the shortest way to it.

A plain random walk comes to deep states rarely, and less often the deeper they are. A run here draws a
trigger and one of its arrows, and takes the shortest way there; what it passes counts as seen. What is drawn
says the same in each run: Hypothesis must be able to play it again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, TypeVar

from covage_model.behaviour.space.situation import is_atom, is_named, named_condition
from covage_model.behaviour.space.space import EDIT, StateSpace
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Atom, Condition, DocumentReady
from covage_model.quality.suites.targets import Targets


@dataclass(frozen=True, slots=True)
class Attempt:
    """
    Something that is done or tried in a state.

    `case` is the number of the trigger's case that is taken, `edits` the bits of the new document; where
    both are None the trigger is refused, and `given` is what its guards read.
    """

    state: str
    trigger: str
    case: int | None = None
    edits: int | None = None
    given: tuple[Hashable, ...] = ()

    def __repr__(self) -> str:
        """As people say it."""
        return f"{self.trigger} in {self.state}{'' if self.moves else ', refused'}"

    def _repr_pretty_(self, printer: Any, cycle: object) -> None:  # noqa: ARG002  how Hypothesis asks
        printer.text(repr(self))

    @property
    def moves(self) -> bool:
        """Whether it is accepted."""
        return self.case is not None or self.edits is not None


PlacedAttempt = tuple[int, Attempt]  # in that configuration
T = TypeVar("T")


@dataclass(slots=True)
class Goals:
    """
    The arrows of a table within the configurations whose valuations (bits) have a document.

    `undriven` are triggers that nobody can pull from outside: no way goes through them.
    """

    space: StateSpace
    valuations: frozenset[int]
    undriven: Collection[str] = ()
    editing: bool = True
    starts: list[int] = field(init=False)  # those in which most is true first
    accepted: list[list[Attempt]] = field(init=False)  # by trigger, so that what is drawn is a small number
    placed: list[list[PlacedAttempt]] = field(init=False)  # the same in each configuration
    nearly: list[list[Attempt]] = field(init=False)  # refused, and by one part of a guard alone
    _links: dict[int, tuple[tuple[Attempt, int], ...]] = field(default_factory=dict)
    _refusals: dict[int, tuple[Attempt, ...]] = field(default_factory=dict)
    _read: dict[tuple[str, str], tuple[tuple[str, ...], tuple[Atom, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Finds every arrow that a run can come to, the nearest first."""
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
            nearly.update((arrow, None) for arrow in asked if guards.pulled(number, arrow.trigger))
        self.accepted = _by_trigger(accepted, _itself)
        self.placed = _by_trigger(placed, itemgetter(1))
        self.nearly = _by_trigger(nearly, _itself)

    def reached(self) -> Iterator[int]:
        """Every configuration that a run can come to, the nearest first."""
        return (number for number, _ in self._spread(self.starts))

    def bits(self, number: int) -> int:
        """The valuation of a configuration."""
        return self.space.codes[number] & self.space.layout.atoms_mask

    def links(self, number: int) -> tuple[tuple[Attempt, int], ...]:
        """What can be done there, and where it leads."""
        if number not in self._links:
            self._links[number] = tuple(self._found_links(number))
        return self._links[number]

    def _found_links(self, number: int) -> Iterator[tuple[Attempt, int]]:
        space, state = self.space, self.space.state(number)
        for n in range(space.offsets[number], space.offsets[number + 1]) if number < space.expanded else ():
            transition, case = space.numbered[space.cases[n]]
            if transition.name not in self.undriven:
                index = next(place for place, one in enumerate(transition.cases) if one is case)
                yield Attempt(state, transition.name, index), space.targets[n]
        if self.editing and space.editor(number) is not None:
            for target in space.peers(number):
                if target != number and self.bits(target) in self.valuations:
                    yield Attempt(state, EDIT, edits=self.bits(target)), target

    def refusals(self, number: int) -> tuple[Attempt, ...]:
        """What is refused there."""
        if number not in self._refusals:
            space = self.space
            names = {arrow.trigger for arrow, _ in self.links(number) if arrow.edits is None}
            state = space.state(number)
            known = number < space.expanded
            others = [one.name for one in space.lifecycle.transitions if known and one.name not in names]
            found = (Attempt(state, name, given=self._given(number, state, name)) for name in others)
            self._refusals[number] = tuple(one for one in found if one.trigger not in self.undriven)
        return self._refusals[number]

    def _given(self, number: int, state: str, trigger: str) -> tuple[Hashable, ...]:
        """The values that decide there, or would in another state: a system may have forgotten to look at its own."""
        names, atoms = self._reads(state, trigger)
        values = self.space.layout.variables(self.space.codes[number]) if names else {}
        truths = (self.space.layout.atom(self.bits(number), atom) for atom in atoms)
        return (*((type(values[name]), values[name]) for name in names), *truths)

    def _reads(self, state: str, trigger: str) -> tuple[tuple[str, ...], tuple[Atom, ...]]:
        """The variables and the atoms that the trigger's guards read."""
        if (state, trigger) not in self._read:
            transition = next(one for one in self.space.lifecycle.transitions if one.name == trigger)
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
        """A shortest run that ends with an arrow that is wanted, there or anywhere, and its start; None without any."""
        before: dict[int, tuple[int, Attempt]] = {}
        for number, came in self._spread(starts):
            if came is not None:
                before[number] = came
            if place not in (None, number):
                continue
            for arrow in (*(arrow for arrow, _ in self.links(number)), *self.refusals(number)):
                if wanted(arrow):
                    found = [arrow]
                    while number in before:
                        number, step = before[number]
                        found.append(step)
                    return number, found[::-1]
        return None

    def _spread(self, starts: Sequence[int]) -> Iterator[tuple[int, tuple[int, Attempt] | None]]:
        """What is reached, the nearest first, and by which arrow from where."""
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
    for one in found:
        arrow = arrow_of(one)
        groups.setdefault((arrow.trigger, arrow.edits is None), []).append(one)
    return list(groups.values())


def _itself(arrow: Attempt) -> Attempt:
    return arrow
