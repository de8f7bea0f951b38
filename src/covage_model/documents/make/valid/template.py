"""
Templates: valid orders from which any number of other valid orders are drawn.

A value that no condition reads is replaced by a random one; a field that no condition reads and
nothing requires may be left out. Everything else stays, so every drawn order is valid.
"""

from __future__ import annotations

from dataclasses import field, replace
from random import Random
from typing import Any

from covage_model.documents.make.valid.read_paths import ReadPaths
from covage_model.documents.make.valid.samplers import Sampler, sampler
from covage_model.documents.make.valid.value_generator import applies
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.documents.presence.slots import keyword_values
from covage_model.ground.classes import dataclass

Path = tuple[str, ...]
_KEPT = (1.0, 0.9, 0.8, 0.6, 0.4)  # the share of optional fields that is kept, drawn for each object
_PERIOD = len(_KEPT)


@dataclass(frozen=True, slots=True)
class OrderTemplate:
    """A valid document, and a sampler that draws some of its values again and leaves out some members."""

    document: Any
    _sample: Sampler | None = field(repr=False)
    variations: tuple[OrderTemplate, ...] = ()  # with other values where conditions read them

    def instance(self, random: Random) -> Any:
        """An order, of this template or a variation. Values that are not drawn are shared with other instances."""
        number = int(random.random() * (len(self.variations) + 1)) if self.variations else 0
        if number:
            return self.variations[number - 1].instance(random)
        return self.document if self._sample is None else self._sample(random)


@dataclass(slots=True)
class TemplateMaker:
    """Makes templates for one sheet, status and role. Equal slots share samplers."""

    sheet: Sheet
    reads: ReadPaths
    status: str
    role: Role
    drops: bool
    samplers: dict[int, Sampler | None]
    random: Random
    _required: frozenset[Path] = field(init=False)

    def __post_init__(self) -> None:
        """Collects the paths that a demand may require."""
        statuses = frozenset({self.status})
        demanded = [demand.path for demand in self.sheet.required if applies(demand, statuses, self.role)]
        self._required = frozenset(path[:end] for path in demanded for end in range(1, len(path) + 1))

    def template(self, document: Any) -> OrderTemplate:
        """A template of a valid document."""
        return OrderTemplate(document, self._of_value(self.sheet.root, document, alone=True))

    def proposals(self, document: Any) -> OrderTemplate:
        """Documents like this one with other values, also where conditions read them: they may be invalid."""
        return replace(self, reads=ReadPaths(frozenset(), frozenset()), drops=False).template(document)

    def _of_value(self, slot: Slot | None, value: Any, *, alone: bool) -> Sampler | None:
        """The sampler of a value, None if the value stays. `alone`: it is in no list with `uniqueItems`."""
        if isinstance(value, dict):
            return self._of_object(slot, value, alone=alone)
        if isinstance(value, list):
            return self._of_list(slot, value, alone=alone)
        return self._sampler(slot) if alone else None

    def _of_object(self, slot: Slot | None, value: dict[str, Any], *, alone: bool) -> Sampler | None:
        samples, spare = [], []
        for name, child in value.items():
            below = (slot.properties or {}).get(name) if slot is not None else None
            sample = self._of_value(below, child, alone=alone)
            if alone and self._is_spare(below):
                spare.append((name, sample))
            elif sample is not None:
                samples.append((name, sample))

        if spare:
            return _thinned(value, samples, spare)
        return _object(value, samples) if samples else None

    def _of_list(self, slot: Slot | None, value: list[Any], *, alone: bool) -> Sampler | None:
        distinct = slot is None or any(keyword_values(slot, "uniqueItems"))
        items = slot.items if slot is not None else None
        samples = [self._of_value(items, item, alone=alone and not distinct) for item in value]
        if not any(samples):
            return None
        pairs = list(zip(value, samples, strict=True))
        return lambda random: [item if sample is None else sample(random) for item, sample in pairs]

    def _is_spare(self, slot: Slot | None) -> bool:
        return (
            self.drops
            and slot is not None
            and slot.path not in self._required
            and not self.reads.presence_at(slot.path)
        )

    def _sampler(self, slot: Slot | None) -> Sampler | None:
        if slot is None or slot.shows_status or slot.chosen or self.reads.value_at(slot.path):
            return None
        if slot.properties is not None or slot.items is not None or not slot.types:
            return None
        if id(slot) not in self.samplers:
            self.samplers[id(slot)] = sampler(slot, self.random)
        return self.samplers[id(slot)]


def _object(value: dict[str, Any], samples: list[tuple[str, Sampler]]) -> Sampler:
    def sample(random: Random) -> dict[str, Any]:
        copied = value.copy()
        for name, drawn in samples:
            copied[name] = drawn(random)
        return copied

    return sample


def _thinned(
    value: dict[str, Any], samples: list[tuple[str, Sampler]], spare: list[tuple[str, Sampler | None]]
) -> Sampler:
    """A sampler of an object that leaves out some optional members."""

    def sample(random: Random) -> dict[str, Any]:
        copied = value.copy()
        for name, drawn in samples:
            copied[name] = drawn(random)
        kept = _KEPT[int(random.random() * _PERIOD)]
        for name, maybe in spare:
            if random.random() >= kept:
                del copied[name]
            elif maybe is not None:
                copied[name] = maybe(random)
        return copied

    return sample
