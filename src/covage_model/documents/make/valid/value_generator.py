"""Values generated from their slots: objects with what is required and as much more as is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import Any

from covage_model.documents.make.valid.values import drawn
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Demand, Sheet, Slot
from covage_model.documents.presence.slots import is_list
from covage_model.ground import json_value

_SOME = 2  # items of a list that says no length
_TRIES = 8  # for an item that is not there yet
MOST_VALUES = 100_000  # in one document; what needs more is not made
_UNDECIDED = 3  # searches for a text that met their bound, before a document is given up


class Fullness(Enum):
    """How much a document holds of what it may."""

    MINIMAL = "minimal"
    FULL = "full"
    RANDOM = "random"


@dataclass(slots=True)
class ValueGenerator:
    """
    Values for the slots of one sheet.

    `required` are places that are there whatever else is, `forbidden` those that never are; a place that
    depends on a condition is in neither.
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
        """Whether the work met a bound: a document would be too large, or its texts are too hard to find."""
        return self.too_large or self.undecided > _UNDECIDED

    def note_undecided(self) -> None:
        """A search for a text met its bound."""
        self.undecided += 1

    def value_for(self, slot: Slot | None) -> Any:
        """A value that the slot takes, as far as one can say without its surroundings; ABSENT where none was found."""
        if slot is None:
            return "x"
        if slot.shows_status:
            return self.status if self.role is Role.RECORD or not self.statuses else self.statuses[0]
        if slot.properties is not None:
            return self._object(slot)
        if is_list(slot) and not slot.judged_by_choice:
            return self.items(slot, self._length(slot))
        return drawn(slot, self.random, self.note_undecided)

    def _object(self, slot: Slot) -> dict[str, Any]:
        found = {name: self.value_for(child) for name, child in (slot.properties or {}).items() if self.there(child)}
        return {name: value for name, value in found.items() if value is not json_value.ABSENT}

    def there(self, slot: Slot) -> bool:
        """Whether something is put there."""
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
        """Items that are there already, and others up to so many: distinct ones where the slot says so."""
        found = list(so_far)
        if self._too_many(slot, length - len(found)):
            return found
        distinct = any(one.value for one in slot.keywords if one.name == "uniqueItems")
        seen = {json_value.canonical(item) for item in found} if distinct else set()
        for _ in range(length - len(found)):
            item = self._other(slot.items, seen)
            if item is json_value.ABSENT:
                break
            found.append(item)
            if distinct:
                seen.add(json_value.canonical(item))
        return found

    def _other(self, slot: Slot | None, than: set[str]) -> Any:
        for _ in range(_TRIES):
            item = self.value_for(slot)
            if not than or json_value.canonical(item) not in than:
                return item
        return json_value.ABSENT

    def _too_many(self, slot: Slot, number: int) -> bool:
        """Whether so many items more are more than a document may hold; noted, for nothing then comes of it."""
        self.made += max(number, 0) * self._least_values(slot.items)
        self.too_large = self.too_large or self.made > MOST_VALUES
        return self.too_large

    def _least_values(self, slot: Slot | None) -> int:
        """How many values there are at least in a value of the slot."""
        if slot is None:
            return 1
        if id(slot) not in self._least:
            least = 1
            if slot.properties is not None:
                least += sum(
                    self._least_values(child) for child in slot.properties.values() if child.path in self.required
                )
            elif is_list(slot):
                least += lengths(slot)[0] * self._least_values(slot.items)
            self._least[id(slot)] = least
        return self._least[id(slot)]


def lengths(slot: Slot) -> tuple[int, int | None]:
    """The least and the greatest number of items; None where nothing says the greatest."""
    least = max((one.value for one in slot.keywords if one.name == "minItems"), default=0)
    return least, min((one.value for one in slot.keywords if one.name == "maxItems"), default=None)


def value_generator(
    sheet: Sheet, statuses: Iterable[str], role: Role, fill: Fullness, random: Random, density: float = 0.5
) -> ValueGenerator:
    """A generator for documents that are to be in order for all these statuses."""
    asked = frozenset(statuses)
    required = {entry.path[:end] for entry in sheet.match for end in range(1, len(entry.path) + 1)}
    if role is Role.RECORD and sheet.status_path is not None:
        required |= {sheet.status_path[:end] for end in range(1, len(sheet.status_path) + 1)}
    for demand in sheet.required:
        if demand.when is None and applies(demand, asked, role):
            required |= {demand.path[:end] for end in range(demand.start + 1, len(demand.path) + 1)}
    forbidden = {one.path for one in sheet.forbidden if one.when is None and applies(one, asked, role)}
    return ValueGenerator(
        role,
        fill,
        random,
        min(asked, default=sheet.initial) if len(asked) == 1 else sheet.initial,
        sheet.statuses,
        frozenset(required),
        frozenset(forbidden),
        density,
    )


def applies(demand: Demand, statuses: frozenset[str], role: Role) -> bool:
    """Whether a demand is made in one of the statuses, of documents of that role."""
    return bool(demand.statuses & statuses) and not (demand.records_only and role is Role.REQUEST)
