"""
Values of a slot, as fast as they can be drawn.

What a sampler draws fits its slot: it was listed and looked at; or it is of a form of which the
patterns say that all of it fits; or it is looked at when it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from covage_model.documents.judge.values import fits
from covage_model.documents.make.valid.example_form import Form, form
from covage_model.documents.make.valid.texts import name_of, of_format, patterns_of
from covage_model.documents.make.valid.values import countable_values, drawn
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import iregexp as patterns
from covage_model.ground import json_value

Sampler = Callable[[Random], Any]
_LOOKED_AT = 3
_POOL = 2048  # values kept of a slot of which no form is known
_EAGER = 48  # so many are drawn anew at first, then fewer and fewer
_FREE = frozenset({"pattern", "minLength", "maxLength"})  # what the length and the patterns of a form decide


def sampler(slot: Slot, random: Random) -> Sampler | None:
    """Draws values of a slot that is no object and no list; None where none was found. The first are looked at."""
    found = _sampler(slot, random)
    return found if found is None or all(fits(slot, found(random)) for _ in range(_LOOKED_AT)) else None


def _sampler(slot: Slot, random: Random) -> Sampler | None:
    listed = countable_values(slot)
    if listed is not None:
        return _chooser(listed) if listed else None
    texts = [one for one in slot.examples if isinstance(one, str)]
    names = {one.name for one in slot.keywords}
    plain = {one.value for one in slot.types} == {"string"} and not slot.chosen
    if plain and names == {"format"}:
        (kind,) = {one.value for one in slot.keywords}
        return lambda random: of_format(kind, texts[int(random.random() * len(texts))] if texts else "", random)
    if {one.value for one in slot.types} == {"string"} and names <= _FREE:
        forms = [form(text) for text in texts or ([] if patterns_of(slot) else [f"{name_of(slot)} 0000"])]
        proven = [one for one in forms if _fits(slot, one)]
        if proven:
            return _one_of([one.sampler() for one in proven])
    first = drawn(slot, random)
    return None if first is json_value.ABSENT else _Pool(slot, [first]).drawn


def _chooser(values: Sequence[Any]) -> Sampler:
    count = len(values)
    only = values[0]
    return (lambda _: only) if count == 1 else lambda random: values[int(random.random() * count)]


def _one_of(samplers: Sequence[Sampler]) -> Sampler:
    count = len(samplers)
    return samplers[0] if count == 1 else lambda random: samplers[int(random.random() * count)](random)


def _fits(slot: Slot, one: Form) -> bool:
    """Whether every text of the form fits: its length is one, its pattern lies within the slot's."""
    if not fits(slot, one.example):
        return False
    return all(patterns.includes(outer, one.pattern) for outer in patterns_of(slot))


@dataclass(slots=True)
class _Pool:
    """Values that were looked at; the more there are, the rarer is a new one."""

    slot: Slot
    values: list[Any]
    seen: int = field(default=0)

    def drawn(self, random: Random) -> Any:
        count = len(self.values)
        if count < _POOL and random.random() * max(self.seen, 1) < _EAGER:
            value = drawn(self.slot, random)
            if value is not json_value.ABSENT:
                self.seen += 1
                self.values.append(value)
                return value
        return self.values[int(random.random() * count)]
