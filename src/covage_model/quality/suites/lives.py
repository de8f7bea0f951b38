"""Which valuations live together: one account and a document for each, as far as documents were found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, combinations_with_replacement, permutations
from typing import Any

from covage_model.behaviour.space.atoms import atoms_of
from covage_model.behaviour.space.space import StateSpace
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.valid.lived import Lived, lived
from covage_model.ground.json_value import Unreachable, difference
from covage_model.pack.model.conditions import Atom


@dataclass(slots=True)
class Lives:
    """
    The valuations of one table, each the bits of its atoms, and the documents that were found for them.

    `barred` are sets of valuations that were found not to live together, of which each smaller set does.
    """

    judge: Judge
    space: StateSpace
    asked: tuple[Atom, ...] = ()
    barred: set[frozenset[int]] = field(default_factory=set)
    _found: dict[frozenset[int], Lived | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Asks the guards, once, what they ask. Where they ask nothing, one valuation is as good as all."""
        self.asked = atoms_of(self.space.lifecycle, properties=False)
        if not self.asked:
            self.barred = {frozenset({bits}) for bits in self.space.valuations[1:]}

    def of(self, stretches: Sequence[int]) -> tuple[tuple[Any, ...], Any]:
        """A document for each of these valuations, which live together, and the account; nothing where none is read."""
        found = self._together(frozenset(stretches)) if self.asked else None
        if found is None:
            return (), None
        of = dict(zip(sorted(set(stretches)), found.documents, strict=True))
        return tuple(of[bits] for bits in stretches), found.account

    def bars(self, stretches: Sequence[int]) -> bool:
        """Whether these do not live together. All of them that do not, one by one or two by two, are barred then."""
        every = frozenset(stretches)
        if not self.asked or self._together(every) is not None:
            return False
        for size in (1, 2):
            small = {one for one in map(frozenset, combinations(sorted(every), size)) if self._together(one) is None}
            if small:
                self.barred |= small
                return True
        for bits in sorted(every):  # what can be left out is
            if self._together(every - {bits}) is None:
                every -= {bits}
        self.barred.add(every)
        return True

    def shut(self) -> list[frozenset[int]]:
        """
        Sets of valuations: without those of one set nothing barred is left, and nothing could be added.

        Any two valuations that are not barred are left together by one of them.
        """
        involved = sorted(frozenset().union(*self.barred))
        kept: list[frozenset[int]] = []
        for two in combinations_with_replacement(involved, 2):
            some = frozenset(two)
            if self._free(some) and not any(some <= one for one in kept):
                for bits in involved:
                    some |= {bits} if self._free(some | {bits}) else frozenset()
                kept.append(some)
        return [frozenset(involved) - some for some in kept] or [frozenset(involved)]

    def _free(self, some: frozenset[int]) -> bool:
        return not any(one <= some for one in self.barred)

    def _together(self, every: frozenset[int]) -> Lived | None:
        if every not in self._found:
            layout = self.space.layout
            valuations = [tuple((atom, layout.atom(bits, atom)) for atom in self.asked) for bits in sorted(every)]
            found = lived(self.judge, self.space.variant.name, valuations)
            self._found[every] = found if found is not None and _edited(found) else None
        return self._found[every]


def _edited(found: Lived) -> bool:
    """Whether an edit leads from each of the documents to each other."""
    try:
        for before, after in permutations(found.documents, 2):
            difference(before, after)
    except Unreachable:
        return False
    return True
