"""Which valuations can occur in one run: there is one account, and a document for each valuation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from itertools import combinations, combinations_with_replacement, permutations
from typing import Any

from covage_model.behaviour.space.atoms import atoms_of
from covage_model.behaviour.space.space import StateSpace
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.valid.lived import Lived, lived
from covage_model.ground.classes import dataclass
from covage_model.ground.json_value import Unreachable, difference
from covage_model.pack.model.conditions import Atom


@dataclass(slots=True)
class Lives:
    """
    The valuations of one table (as bits), and the documents found for them.

    `barred` has the minimal sets of valuations for which no account and documents were found together.
    """

    judge: Judge
    space: StateSpace
    atoms: tuple[Atom, ...] = ()
    barred: set[frozenset[int]] = field(default_factory=set)
    _found: dict[frozenset[int], Lived | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Collects the atoms of the guards. If there are none, one valuation stands for all."""
        self.atoms = atoms_of(self.space.lifecycle, properties=False)
        if not self.atoms:
            self.barred = {frozenset({bits}) for bits in self.space.valuations[1:]}

    def of(self, stretches: Sequence[int]) -> tuple[tuple[Any, ...], Any]:
        """A document for each of these valuations, and the account; nothing if no guard reads one."""
        found = self._together(frozenset(stretches)) if self.atoms else None
        if found is None:
            return (), None
        documents = dict(zip(sorted(set(stretches)), found.documents, strict=True))
        return tuple(documents[bits] for bits in stretches), found.account

    def bars(self, stretches: Sequence[int]) -> bool:
        """Whether no documents exist for these valuations together; if so, the smallest such sets become `barred`."""
        every = frozenset(stretches)
        if not self.atoms or self._together(every) is not None:
            return False
        for size in (1, 2):
            subsets = map(frozenset, combinations(sorted(every), size))
            small = {subset for subset in subsets if self._together(subset) is None}
            if small:
                self.barred |= small
                return True
        for bits in sorted(every):  # removes what is not needed, so that the set is minimal
            if self._together(every - {bits}) is None:
                every -= {bits}
        self.barred.add(every)
        return True

    def shut(self) -> list[frozenset[int]]:
        """
        Minimal hitting sets of `barred`, as many as needed: without the valuations of one set, no barred set is left.

        Any two valuations that are not barred together are left by at least one of the sets.
        """
        involved = sorted(frozenset().union(*self.barred))
        kept: list[frozenset[int]] = []
        for two in combinations_with_replacement(involved, 2):
            allowed = frozenset(two)
            if self._is_free(allowed) and not any(allowed <= other for other in kept):
                for bits in involved:
                    allowed |= {bits} if self._is_free(allowed | {bits}) else frozenset()
                kept.append(allowed)
        return [frozenset(involved) - allowed for allowed in kept] or [frozenset(involved)]

    def _is_free(self, valuations: frozenset[int]) -> bool:
        return not any(barred <= valuations for barred in self.barred)

    def _together(self, every: frozenset[int]) -> Lived | None:
        if every not in self._found:
            layout = self.space.layout
            valuations = [tuple((atom, layout.atom(bits, atom)) for atom in self.atoms) for bits in sorted(every)]
            found = lived(self.judge, self.space.variant.name, valuations)
            self._found[every] = found if found is not None and _edited(found) else None
        return self._found[every]


def _edited(found: Lived) -> bool:
    """Whether a merge patch leads from each of the documents to each other."""
    try:
        for before, after in permutations(found.documents, 2):
            difference(before, after)
    except Unreachable:
        return False
    return True
