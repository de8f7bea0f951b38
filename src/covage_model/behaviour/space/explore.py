"""Exploration: a breadth-first search for every configuration and move of one order type and variant."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from itertools import islice

from covage_model.behaviour.space import atoms as atom_room
from covage_model.behaviour.space import plan
from covage_model.behaviour.space.guards import Guards
from covage_model.behaviour.space.layout import layout_of
from covage_model.behaviour.space.lookup import Lookup
from covage_model.behaviour.space.space import EDIT as EDIT
from covage_model.behaviour.space.space import Move as Move
from covage_model.behaviour.space.space import StateSpace as StateSpace
from covage_model.ground.classes import dataclass
from covage_model.pack.model.conditions import Atom
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.orders import Variant

LIMIT = 1_000_000  # configurations: some seconds, and less than 200 MB
STRIDE = 1 << 14  # configurations between two reports of progress
WORD = 64  # bits of a code that an array can hold

Progress = Callable[[int], None]
Valued = Sequence[tuple[Atom, bool]]  # each atom with its truth


def explore(
    lifecycle: Lifecycle,
    variant: Variant,
    *,
    limit: int = LIMIT,
    progress: Progress | None = None,
    never: Callable[[Valued], bool] | None = None,
) -> StateSpace:
    """
    The state space of the variant, with at most `limit` configurations.

    Every possible valuation of the atoms is initial, except those for which `never` is True.
    Configurations are numbered in the same way every time.
    `progress` is called from time to time with the number of known configurations, if the space is large.
    """
    atoms = atom_room.atoms_of(lifecycle)
    valuations = tuple(atom_room.valuations(atoms, variant.match, limit=limit))
    complete, layout = len(valuations) <= limit, layout_of(lifecycle, atoms)
    if never is not None:
        valuations = tuple(
            bits for bits in valuations if not never([(atom, layout.atom(bits, atom)) for atom in atoms])
        )
    search = _Exploration(Guards(lifecycle, variant, layout), valuations[:limit], limit, complete=complete)
    return search.run(progress)


@dataclass(slots=True)
class _Exploration:
    """The growing tables. `ids` keeps insertion order: it is both the queue and the list of known configurations."""

    guards: Guards
    valuations: tuple[int, ...]
    limit: int
    complete: bool
    ids: dict[int, int] = field(default_factory=dict)
    parents: array[int] = field(default_factory=lambda: array("I"))
    offsets: array[int] = field(init=False)
    cases: array[int] = field(init=False)
    targets: array[int] = field(default_factory=lambda: array("I"))
    edited: bytearray = field(default_factory=bytearray)  # 1 for each configuration whose peers are all known

    def run(self, progress: Progress | None) -> StateSpace:
        lifecycle, layout = self.guards.lifecycle, self.guards.layout
        numbered = tuple((transition, case) for transition in lifecycle.transitions for case in transition.cases)
        self.cases = array(_narrowest(len(numbered)))
        self.offsets = array(_narrowest(self.limit * len(numbered) + 1), [0])
        overlapping: set[str] = set()
        initial = self._begin(layout.numbers[lifecycle.initial.name] << layout.state_shift)
        by_source = plan.by_source(numbered)
        plans = [
            plan.groups(self.guards, state, by_source.get(state.name, ()), overlapping, self.cases.typecode)
            for state in layout.states
        ]
        expanded = self._expand(plans, progress)
        del self.cases[len(self.targets) :]
        self.offsets.extend([len(self.targets)] * (len(self.ids) + 1 - len(self.offsets)))
        codes = self._codes()
        return StateSpace(
            lifecycle=lifecycle,
            variant=self.guards.variant,
            layout=layout,
            guards=self.guards,
            numbered=numbered,
            valuations=self.valuations,
            initial=initial,
            codes=codes,
            lookup=Lookup(codes),
            parents=self.parents,
            offsets=self.offsets,
            cases=self.cases,
            targets=self.targets,
            expanded=expanded,
            overlapping=frozenset(overlapping),
        )

    def _begin(self, control: int) -> range:
        for number, bits in enumerate(self.valuations):
            self.ids[control | bits] = number
        self.parents.extend(range(len(self.ids)))
        return range(len(self.ids))

    def _codes(self) -> Sequence[int]:
        """The codes of all configurations, in order. Empties the dictionary, which takes most of the memory."""
        layout = self.guards.layout
        narrow = layout.state_shift + layout.state_mask.bit_count() <= WORD
        codes: Sequence[int] = array("Q", self.ids) if narrow else list(self.ids)
        self.ids.clear()
        return codes

    def _expand(self, plans: list[tuple[plan.Group, ...]], progress: Progress | None) -> int:
        """
        Runs the search; returns how many configurations were fully expanded.

        One long function with local names, because all the time goes here. A plain loop was the
        fastest way tried: `map` over the moves of a configuration took 50 % longer.
        """
        limit, cases, shift = self.limit, self.cases, self.guards.layout.state_shift
        number_of, add_parent, add_target = self.ids.setdefault, self.parents.append, self.targets.append
        targets, add_offset = self.targets, self.offsets.append
        known, editable = len(self.ids), self._editable()
        for source, code in enumerate(self._queue(progress)):
            state = code >> shift
            for mask, answers, compute in plans[state]:
                try:
                    numbers, deltas = answers[code & mask]
                except KeyError:
                    numbers, deltas = compute(code)
                if deltas:
                    cases.extend(numbers)
                    for delta in deltas:
                        target = number_of(code + delta, known)
                        if target == known:
                            if known >= limit:
                                del self.ids[code + delta]
                                return source
                            known += 1
                            add_parent(source)
                        add_target(target)
            if editable[state]:
                if not self._edit(source, code):
                    return source
                known = len(self.ids)
            add_offset(len(targets))
        return known if self.complete else 0

    def _queue(self, progress: Progress | None) -> Iterator[int]:
        """The codes in the order of discovery, one level at a time, while the dictionary grows."""
        done, next_report = 0, STRIDE
        while done < len(self.ids):
            level = list(islice(reversed(self.ids), len(self.ids) - done))
            level.reverse()
            done += len(level)
            for start in range(0, len(level), STRIDE):
                yield from level[start : start + STRIDE]
                if progress is not None and len(self.ids) >= next_report:
                    next_report = len(self.ids) + STRIDE
                    progress(len(self.ids))

    def _editable(self) -> list[bool]:
        several = len(self.valuations) > 1
        return [several and state.editable is not None for state in self.guards.layout.states]

    def _edit(self, source: int, code: int) -> bool:
        """Adds the successors by edit; False if the limit leaves some out."""
        ids, edited = self.ids, self.edited
        if source < len(edited) and edited[source]:
            return True
        edited.extend(bytes(len(ids) + len(self.valuations) - len(edited)))
        layout = self.guards.layout
        rest, kept = code & ~layout.atoms_mask, code & layout.kept
        for bits in self.valuations:
            if bits & layout.kept != kept:
                continue
            known = len(ids)
            number = ids.setdefault(rest | bits, known)
            if number == known:
                if known >= self.limit:
                    del ids[rest | bits]
                    return False
                self.parents.append(source)
            edited[number] = 1
        return True


def _narrowest(count: int) -> str:
    """The smallest array type of numbers less than `count`."""
    return next(code for code in "BHIQ" if count <= 1 << 8 * array(code).itemsize)
