"""Whether one record can have become another, by which moves, and if not, what it can have become instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from itertools import compress
from typing import Any

from covage_model.behaviour.run.record_places import ToldByRecord, numbers_of, told_by
from covage_model.behaviour.space import masks, reach
from covage_model.behaviour.space.shown_values import Showing, showing_bits
from covage_model.behaviour.space.space import Move, StateSpace
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions.tree import identity

_KEPT = 4096  # answers that are kept: most records of a file tell the same


@dataclass(frozen=True, slots=True)
class Became:
    """
    The answer for two records of one order. `moves` lead from the first to the second; None where none do.

    `why` is then `nowhere` (no history leads to the first record), `edited` (what the client wrote differs, and nobody
    may change it on the way) or `never` (no way leads there). `nearest` is the status and the shown values nearest to
    the second record that the first can have become. If the table is not `complete`, None decides nothing.
    """

    before: ToldByRecord
    moves: tuple[Move, ...] | None
    why: str = ""
    nearest: tuple[str, Showing] | None = None
    complete: bool = True


@dataclass(slots=True, eq=False)
class Becoming:
    """Compares records of one variant. Each question is answered once: records that tell the same have one answer."""

    judge: Judge
    space: StateSpace
    account: Account | None
    _known: dict[Any, Became] = field(default_factory=dict)

    def became(self, old: Any, new: Any) -> Became:
        """Whether the record `old` can have become the record `new` (JSON data)."""
        before, after = (told_by(self.judge, self.space, record, self.account) for record in (old, new))
        is_edited = not json_value.equal(*(self._written(told.document) for told in (before, after)))
        parts = [(told.status, told.showing, told.decided) for told in (before, after)]
        key = identity((*parts, is_edited))
        if key not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = self._answer(before, after, is_edited=is_edited)
        return self._known[key]

    def _written(self, document: Any) -> Any:
        """What the client wrote: the status is the lifecycle's, also where it is not said to be read-only."""
        path = self.space.lifecycle.status
        return document if path is None else json_value.without(document, path)

    def _answer(self, before: ToldByRecord, after: ToldByRecord, *, is_edited: bool) -> Became:
        space = self.space
        starts, ends = tuple(numbers_of(space, before)), tuple(numbers_of(space, after))
        if not starts:
            return Became(before, None, "nowhere", complete=space.complete)
        goals = reach.mask(space, ends)
        moves = reach.shortest(space, starts, goals)
        if moves is not None and is_edited and not any(move.is_edit for move in moves):
            moves = self._with_edit(starts, goals)
            if moves is None:
                return Became(before, None, "edited", complete=space.complete)
        if moves is not None:
            return Became(before, moves)
        return Became(before, None, "never", self._nearest(starts, after), complete=space.complete)

    def _with_edit(self, starts: Sequence[int], goals: bytearray) -> tuple[Move, ...] | None:
        """A path on which somebody may change the document: to the nearest such place, and on from there."""
        space = self.space
        editable = bytes(space.editor(number) is not None for number in range(len(space)))
        places = masks.both(editable, reach.backward(space, goals))
        first = reach.shortest(space, starts, places)
        if first is None:
            return None
        here = first[-1].target if first else next(start for start in starts if places[start])
        then = reach.shortest(space, [here], goals)
        if then is None:
            return None
        return (*first, *then) if then and then[0].is_edit else (*first, space.edit(here, here), *then)

    def _nearest(self, starts: Sequence[int], after: ToldByRecord) -> tuple[str, Showing]:
        """The status and shown values with the fewest differences, the status being one, among all that is reached."""
        space, shows = self.space, showing_bits(self.space)
        found: dict[tuple[str, Showing], int] = {}
        for number in compress(range(len(space)), reach.forward(space, starts)):
            code = space.codes[number]
            seen = space.layout.state(code).status or "", shows(code)
            if seen not in found:
                different = sum(one is not two for one, two in zip(seen[1], after.showing, strict=True))
                found[seen] = different + (seen[0] != after.status)
        return min(found, key=found.__getitem__)
