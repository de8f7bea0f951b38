"""The orders of one suite may be judged in one run: no two of them have the same value where `unique` forbids it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import field
from random import Random
from typing import Any

from covage_model.documents.judge.uniqueness import UniqueValues
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.valid.values import drawn
from covage_model.documents.presence import slots
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass

_DRAWS = 100  # values for one order


@dataclass(slots=True)
class OwnValues:
    """Gives each order values of its own at the paths that are unique; `taken` are the digests of those so far."""

    judge: Judge
    taken: set[bytes] = field(default_factory=set)

    def given(self, variant: str, documents: Sequence[Any], keeps: Callable[[Sequence[Any]], bool]) -> tuple[Any, ...]:
        """
        The documents of one order, with values of its own where its values are taken, and for which `keeps` holds.

        They are as they were where no other value was found.
        """
        found = self._found(variant, tuple(documents), keeps)
        self.taken |= self._digests(variant, found)
        return found

    def _found(
        self, variant: str, documents: tuple[Any, ...], keeps: Callable[[Sequence[Any]], bool]
    ) -> tuple[Any, ...]:
        if self.taken.isdisjoint(self._digests(variant, documents)):
            return documents
        random = Random(f"{variant} {len(self.taken)}")  # noqa: S311  values of tests
        drawn_so = (self._with_others(variant, documents, random) for _ in range(_DRAWS))
        free = (each for each in drawn_so if self.taken.isdisjoint(self._digests(variant, each)))
        return next((each for each in free if keeps(each)), documents)

    def _with_others(self, variant: str, documents: Sequence[Any], random: Random) -> tuple[Any, ...]:
        """Copies of the documents, with one new value at each unique path."""
        sheet, copies = self.judge.sheet(variant), copy.deepcopy(tuple(documents))
        for said in sheet.unique:
            slot = slots.through_objects(sheet.root, said.path)
            value = None if slot is None else drawn(slot, random, lambda: None)
            for each in copies if value is not None and value is not json_value.ABSENT else ():
                holder = json_value.at(each, said.path[:-1])
                if isinstance(holder, dict) and said.path[-1] in holder:
                    holder[said.path[-1]] = value
        return copies

    def _digests(self, variant: str, documents: Sequence[Any]) -> set[bytes]:
        unique = UniqueValues(self.judge).of_variant(variant)
        return {digest for each in documents for digest in unique.digests(each) if digest}
