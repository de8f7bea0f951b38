"""
Fast random values for a slot.

Every drawn value fits its slot: it was listed and checked; or it is of a form whose
texts all fit, as patterns prove; or it is checked when it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from covage_model.documents.judge.values import fits
from covage_model.documents.make.valid.example_form import Form, form
from covage_model.documents.make.valid.texts import name_of, of_format, patterns_of
from covage_model.documents.make.valid.values import countable_values, drawn
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import iregexp as patterns
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass

Sampler = Callable[[Random], Any]
_CHECKED = 3
_POOL = 2048  # values kept for a slot without a proven form
_EAGER = 48  # first draws that are new values; later new values become rarer
_FREE = frozenset({"pattern", "minLength", "maxLength"})  # keywords that a form can be proven for


def sampler(slot: Slot, random: Random) -> Sampler | None:
    """A sampler for a slot that is no object and no list; None if none works. The first values are checked."""
    sample = _sampler(slot, random)
    return sample if sample is None or all(fits(slot, sample(random)) for _ in range(_CHECKED)) else None


def _sampler(slot: Slot, random: Random) -> Sampler | None:
    listed = countable_values(slot)
    if listed is not None:
        return _chooser(listed) if listed else None
    texts = [each for each in slot.examples if isinstance(each, str)]
    names = {each.name for each in slot.keywords}
    plain = {each.value for each in slot.types} == {"string"} and not slot.chosen
    if plain and names == {"format"}:
        (kind,) = {each.value for each in slot.keywords}
        return lambda random: of_format(kind, texts[int(random.random() * len(texts))] if texts else "", random)
    if {each.value for each in slot.types} == {"string"} and names <= _FREE:
        forms = [form(text) for text in texts or ([] if patterns_of(slot) else [f"{name_of(slot)} 0000"])]
        proven = [each for each in forms if _fits(slot, each)]
        if proven:
            return _one_of([each.sampler() for each in proven])
    first = drawn(slot, random)
    return None if first is json_value.ABSENT else _PoolSampler(slot, first)


def _chooser(values: Sequence[Any]) -> Sampler:
    count = len(values)
    only = values[0]
    return (lambda _: only) if count == 1 else lambda random: values[int(random.random() * count)]


def _one_of(samplers: Sequence[Sampler]) -> Sampler:
    count = len(samplers)
    return samplers[0] if count == 1 else lambda random: samplers[int(random.random() * count)](random)


def _fits(slot: Slot, form_: Form) -> bool:
    """Whether every text of the form fits: they all have one length, and the slot's patterns include their pattern."""
    if not fits(slot, form_.example):
        return False
    return all(patterns.includes(outer, form_.pattern) for outer in patterns_of(slot))


class StreamRandom(Random):
    """The random numbers of one stream of orders, and the values that it has drawn so far for each slot."""

    def __init__(self, seed: str) -> None:
        """Equal seeds give equal numbers."""
        super().__init__(seed)
        self.pools: dict[int, _Pool] = {}


@dataclass(slots=True)
class _Pool:
    """Checked values. The more there are, the rarer is a new one."""

    values: list[Any]
    seen: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _PoolSampler:
    """Draws from a pool of its own for each stream, so that each stream with one seed draws the same."""

    slot: Slot
    first: Any

    def __call__(self, random: Random) -> Any:
        if not isinstance(random, StreamRandom):
            return self._new(random)
        pool = random.pools.get(id(self))
        if pool is None:
            pool = random.pools[id(self)] = _Pool([self.first])
        count = len(pool.values)
        if count < _POOL and random.random() * max(pool.seen, 1) < _EAGER:
            pool.seen += 1
            pool.values.append(self._new(random))
            return pool.values[-1]
        return pool.values[int(random.random() * count)]

    def _new(self, random: Random) -> Any:
        value = drawn(self.slot, random)
        return self.first if value is json_value.ABSENT else value
