"""
A valid order from which any number of others are cast.

What no condition reads is drawn anew in each, from what its slot takes; what no condition reads and
nothing requires may be left out. All else stays, so that every cast is as valid as the mould.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from covage_model.documents.make.grow import applies
from covage_model.documents.make.reads import Reads
from covage_model.documents.make.samplers import Sampler, sampler
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Sheet, Slot

Path = tuple[str, ...]
_KEPT = (1.0, 0.9, 0.8, 0.6, 0.4)  # how much of what may be left out is kept, drawn for each object
_PERIOD = len(_KEPT)


@dataclass(frozen=True, slots=True)
class Mould:
    """`free` counts the places that are drawn anew, `spare` those that may be left out."""

    document: Any
    free: int
    spare: int
    _cast: Sampler | None = field(repr=False)

    def cast(self, random: Random) -> Any:
        """An order; what is drawn in it is its own, what is not is shared with other casts."""
        return self.document if self._cast is None else self._cast(random)


@dataclass(slots=True)
class Moulds:
    """Moulds for documents of one sheet, status and role; samplers are shared by all that have the same slots."""

    sheet: Sheet
    reads: Reads
    status: str
    role: Role
    drops: bool
    samplers: dict[int, Sampler | None]
    random: Random
    _owed: frozenset[Path] = field(init=False)
    _free: int = field(init=False, default=0)
    _spare: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """The places that something may require."""
        asked = frozenset({self.status})
        demanded = [demand.path for demand in self.sheet.required if applies(demand, asked, self.role)]
        self._owed = frozenset(path[:end] for path in demanded for end in range(1, len(path) + 1))

    def mould(self, document: Any) -> Mould:
        """A mould of the document, which is valid."""
        self._free = self._spare = 0
        cast = self._of_value(self.sheet.root, document, alone=True)
        return Mould(document, self._free, self._spare, cast)

    def _of_value(self, slot: Slot | None, value: Any, *, alone: bool) -> Sampler | None:
        """How a value is cast, None where it stays; `alone`: no list around it compares its items."""
        if isinstance(value, dict):
            return self._of_object(slot, value, alone=alone)
        if isinstance(value, list):
            return self._of_list(slot, value, alone=alone)
        drawn = self._sampler(slot) if alone else None
        self._free += drawn is not None
        return drawn

    def _of_object(self, slot: Slot | None, value: dict[str, Any], *, alone: bool) -> Sampler | None:
        casts, spare = [], []
        for name, child in value.items():
            below = (slot.properties or {}).get(name) if slot is not None else None
            cast = self._of_value(below, child, alone=alone)
            if alone and self._is_spare(below):
                spare.append((name, cast))
            elif cast is not None:
                casts.append((name, cast))
        self._spare += len(spare)
        if spare:
            return _thinned(value, casts, spare)
        return _object(value, casts) if casts else None

    def _of_list(self, slot: Slot | None, value: list[Any], *, alone: bool) -> Sampler | None:
        distinct = slot is None or any(one.value for one in slot.keywords if one.name == "uniqueItems")
        items = slot.items if slot is not None else None
        casts = [self._of_value(items, item, alone=alone and not distinct) for item in value]
        if not any(casts):
            return None
        pairs = list(zip(value, casts, strict=True))
        return lambda random: [item if cast is None else cast(random) for item, cast in pairs]

    def _is_spare(self, slot: Slot | None) -> bool:
        return self.drops and slot is not None and slot.path not in self._owed and not self.reads.presence_at(slot.path)

    def _sampler(self, slot: Slot | None) -> Sampler | None:
        if slot is None or slot.shows_status or slot.chosen or self.reads.value_at(slot.path):
            return None
        if slot.properties is not None or slot.items is not None or not slot.types:
            return None
        if id(slot) not in self.samplers:
            self.samplers[id(slot)] = sampler(slot, self.random)
        return self.samplers[id(slot)]


def _object(value: dict[str, Any], casts: list[tuple[str, Sampler]]) -> Sampler:
    def cast(random: Random) -> dict[str, Any]:
        found = value.copy()
        for name, drawn in casts:
            found[name] = drawn(random)
        return found

    return cast


def _thinned(
    value: dict[str, Any], casts: list[tuple[str, Sampler]], spare: list[tuple[str, Sampler | None]]
) -> Sampler:
    """An object without some of what it may do without."""

    def cast(random: Random) -> dict[str, Any]:
        found = value.copy()
        for name, drawn in casts:
            found[name] = drawn(random)
        kept = _KEPT[int(random.random() * _PERIOD)]
        for name, maybe in spare:
            if random.random() >= kept:
                del found[name]
            elif maybe is not None:
                found[name] = maybe(random)
        return found

    return cast
