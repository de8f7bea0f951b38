"""All that orders of one type and variant can do, found once, breadth first."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from covage_model.model.lifecycle import Lifecycle
from covage_model.model.orders import Leaf as OrderLeaf
from covage_model.statespace import atoms as atom_room
from covage_model.statespace import plan
from covage_model.statespace.guards import Guards
from covage_model.statespace.layout import layout_of
from covage_model.statespace.space import EDIT as EDIT
from covage_model.statespace.space import Move as Move
from covage_model.statespace.space import StateSpace as StateSpace


def explore(lifecycle: Lifecycle, leaf: OrderLeaf, *, limit: int = 2_000_000) -> StateSpace:
    """
    The state space of the leaf, at most `limit` configurations of it.

    All valuations of the atoms that can be are initial. The same lifecycle gives the same numbers.
    """
    atoms = atom_room.atoms_of(lifecycle)
    valuations = atom_room.valuations(atoms, leaf.match, limit=limit)
    guards = Guards(lifecycle, leaf, layout_of(lifecycle, atoms))
    search = _Search(guards, valuations[:limit], limit, complete=len(valuations) <= limit)
    return search.run()


@dataclass(slots=True)
class _Search:
    """The tables while they grow: `codes` is the queue, and the list of what was found."""

    guards: Guards
    valuations: list[int]
    limit: int
    complete: bool
    codes: list[int] = field(default_factory=list)
    ids: dict[int, int] = field(default_factory=dict)
    parents: array[int] = field(default_factory=lambda: array("I"))
    offsets: array[int] = field(default_factory=lambda: array("Q", [0]))
    cases: array[int] = field(default_factory=lambda: array("I"))
    targets: array[int] = field(default_factory=lambda: array("I"))
    edited: set[int] = field(default_factory=set)

    def run(self) -> StateSpace:
        lifecycle, layout = self.guards.lifecycle, self.guards.layout
        numbered = tuple((transition, case) for transition in lifecycle.transitions for case in transition.cases)
        overlapping: set[str] = set()
        initial = self._begin(layout.numbers[lifecycle.initial.name] << layout.state_shift)
        expanded = self._expand([plan.groups(self.guards, state, numbered, overlapping) for state in layout.states])
        del self.cases[len(self.targets) :]
        self.offsets.extend([len(self.targets)] * (len(self.codes) + 1 - len(self.offsets)))
        return StateSpace(
            lifecycle=lifecycle,
            leaf=self.guards.leaf,
            layout=layout,
            guards=self.guards,
            numbered=numbered,
            valuations=tuple(self.valuations),
            initial=initial,
            codes=self.codes,
            ids=self.ids,
            parents=self.parents,
            offsets=self.offsets,
            cases=self.cases,
            targets=self.targets,
            expanded=expanded,
            overlapping=frozenset(overlapping),
        )

    def _begin(self, control: int) -> tuple[int, ...]:
        for number, bits in enumerate(self.valuations):
            self.ids[control | bits] = number
        self.codes.extend(self.ids)
        self.parents.extend(range(len(self.codes)))
        return tuple(range(len(self.codes)))

    def _expand(self, plans: list[tuple[plan.Group, ...]]) -> int:
        """
        Finds what is left to find; returns how many configurations were expanded to the end.

        One long function with local names: it is where all the time goes.
        """
        limit, codes, cases, shift = self.limit, self.codes, self.cases, self.guards.layout.state_shift
        numbered, reached, led = self.ids.setdefault, self.parents.append, self.targets.append
        known, editable = len(codes), self._editable()
        for source, code in enumerate(codes):  # grows as it is read
            state = code >> shift
            for mask, answers, find in plans[state]:
                try:
                    numbers, deltas = answers[code & mask]
                except KeyError:
                    numbers, deltas = find(code)
                if deltas:
                    cases.extend(numbers)
                    for delta in deltas:
                        there = code + delta
                        target = numbered(there, known)
                        if target == known:
                            if known >= limit:
                                del self.ids[there]
                                return source
                            known += 1
                            codes.append(there)
                            reached(source)
                        led(target)
            if editable[state]:
                if not self._edit(source, code):
                    return source
                known = len(codes)
            self.offsets.append(len(self.targets))
        return len(codes) if self.complete else 0

    def _editable(self) -> list[bool]:
        several = len(self.valuations) > 1
        return [several and state.editable is not None for state in self.guards.layout.states]

    def _edit(self, source: int, code: int) -> bool:
        """Finds what edits lead to; False where the limit leaves some out."""
        rest = code & ~self.guards.layout.atoms_mask
        if rest in self.edited:
            return True
        self.edited.add(rest)
        for bits in self.valuations:
            if rest | bits not in self.ids:
                if len(self.codes) >= self.limit:
                    return False
                self.ids[rest | bits] = len(self.codes)
                self.codes.append(rest | bits)
                self.parents.append(source)
        return True
