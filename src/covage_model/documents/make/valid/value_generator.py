"""Generates values from slots: objects with the required fields, and optional ones as wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from enum import Enum
from random import Random
from typing import Any

from covage_model.documents.make.valid.values import drawn
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Demand, Sheet, Slot
from covage_model.documents.presence.slots import keyword_values
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass

_SOME = 2  # items of a list without a length bound
_TRIES = 8  # attempts to find a different item
MOST_VALUES = 100_000  # the most values in one document
_UNDECIDED = 3  # searches for a text that may give up before the document is given up


class Fullness(Enum):
    """How many of its optional fields a document has."""

    MINIMAL = "minimal"
    FULL = "full"
    RANDOM = "random"


@dataclass(slots=True)
class ValueGenerator:
    """
    Generates values for the slots of one sheet.

    `required` has the paths that are always there, `forbidden` those that never are. Paths that
    depend on a condition are in neither.
    """

    role: Role
    fill: Fullness
    random: Random
    status: str = ""
    statuses: tuple[str, ...] = ()
    required: frozenset[tuple[str, ...]] = frozenset()
    forbidden: frozenset[tuple[str, ...]] = frozenset()
    density: float = field(default=0.5)
    made: int = 0
    too_large: bool = False
    undecided: int = 0
    _least: dict[int, int] = field(default_factory=dict)

    @property
    def gave_up(self) -> bool:
        """Whether the document would be too large, or its texts are too hard to find."""
        return self.too_large or self.undecided > _UNDECIDED

    def note_undecided(self) -> None:
        """Notes that a search for a text gave up."""
        self.undecided += 1

    def value_for(self, slot: Slot | None) -> Any:
        """A value that fits the slot by itself; ABSENT if none was found."""
        if slot is None:
            return "x"
        if slot.shows_status:
            return self.status if self.role is Role.RECORD or not self.statuses else self.statuses[0]
        if slot.properties is not None:
            return self._object(slot)
        if slot.is_list and not slot.judged_by_choice:
            return self.items(slot, self._length(slot))
        return drawn(slot, self.random, self.note_undecided)

    def _object(self, slot: Slot) -> dict[str, Any]:
        values = {name: self.value_for(child) for name, child in (slot.properties or {}).items() if self.there(child)}
        return {name: value for name, value in values.items() if value is not json_value.ABSENT}

    def there(self, slot: Slot) -> bool:
        """Whether the field is generated."""
        if (slot.read_only is not None and self.role is Role.REQUEST) or slot.path in self.forbidden:
            return False
        if slot.path in self.required or self.fill is Fullness.FULL:
            return True
        return self.fill is Fullness.RANDOM and self.random.random() < self.density

    def _length(self, slot: Slot) -> int:
        least, most = lengths(slot)
        if self.fill is Fullness.MINIMAL:
            return least
        high = max(least, _SOME) if most is None else most
        return (
            min(max(least, 1), high) if self.fill is Fullness.FULL else self.random.randint(least, min(high, least + 3))
        )

    def items(self, slot: Slot, length: int, so_far: Iterable[Any] = ()) -> list[Any]:
        """The items `so_far` and new ones up to `length`; distinct if the slot has `uniqueItems`."""
        items_ = list(so_far)
        if self._too_many(slot, length - len(items_)):
            return items_
        distinct = any(keyword_values(slot, "uniqueItems"))
        seen = {json_value.canonical(item) for item in items_} if distinct else set()
        for _ in range(length - len(items_)):
            item = self._other(slot.items, seen)
            if item is json_value.ABSENT:
                break
            items_.append(item)
            if distinct:
                seen.add(json_value.canonical(item))
        return items_

    def _other(self, slot: Slot | None, than: set[str]) -> Any:
        for _ in range(_TRIES):
            item = self.value_for(slot)
            if not than or json_value.canonical(item) not in than:
                return item
        return json_value.ABSENT

    def _too_many(self, slot: Slot, number: int) -> bool:
        """Whether so many more items would make the document too large, which is noted."""
        self.made += max(number, 0) * self._least_values(slot.items)
        self.too_large = self.too_large or self.made > MOST_VALUES
        return self.too_large

    def _least_values(self, slot: Slot | None) -> int:
        """The smallest number of values that a value of the slot contains."""
        if slot is None:
            return 1
        if id(slot) not in self._least:
            least = 1
            if slot.properties is not None:
                least += sum(
                    self._least_values(child) for child in slot.properties.values() if child.path in self.required
                )
            elif slot.is_list:
                least += lengths(slot)[0] * self._least_values(slot.items)
            self._least[id(slot)] = least
        return self._least[id(slot)]


def lengths(slot: Slot) -> tuple[int, int | None]:
    """The smallest and the largest number of items; None if it has no upper bound."""
    least = max(keyword_values(slot, "minItems"), default=0)
    return least, min(keyword_values(slot, "maxItems"), default=None)


def value_generator(
    sheet: Sheet, statuses: Iterable[str], role: Role, fill: Fullness, random: Random, density: float = 0.5
) -> ValueGenerator:
    """A generator for documents that are valid in all these statuses."""
    wanted = frozenset(statuses)
    required = {entry.path[:end] for entry in sheet.match if entry.there for end in range(1, len(entry.path) + 1)}
    if role is Role.RECORD and sheet.status_path is not None:
        required |= {sheet.status_path[:end] for end in range(1, len(sheet.status_path) + 1)}
    for demand in sheet.required:
        if demand.when is None and applies(demand, wanted, role):
            required |= {demand.path[:end] for end in range(demand.start + 1, len(demand.path) + 1)}
    forbidden = {demand.path for demand in sheet.forbidden if demand.when is None and applies(demand, wanted, role)}
    return ValueGenerator(
        role,
        fill,
        random,
        min(wanted, default=sheet.initial) if len(wanted) == 1 else sheet.initial,
        sheet.statuses,
        frozenset(required),
        frozenset(forbidden),
        density,
    )


def applies(demand: Demand, statuses: frozenset[str], role: Role) -> bool:
    """Whether a demand applies in one of the statuses to documents of that role."""
    return bool(demand.statuses & statuses) and not (demand.records_only and role is Role.REQUEST)
