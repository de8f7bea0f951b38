"""The events that a client would have seen, in the order of time, as documents of the pack's own shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from heapq import heappop, heappush
from typing import Any
from zoneinfo import ZoneInfo

from covage_model.behaviour.population.kernel import Kernel
from covage_model.behaviour.space.passage import passage
from covage_model.ground import json_value
from covage_model.ground.digests import blake2b
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.profile import Profile
from covage_model.pack.model.values import Value

Write = Callable[[dict[str, Any]], object]
_PLAIN = {"id": "event", "order": "order", "variant": "variant", "event": "name", "time": "time", "state": "state"}


class LifeLog:
    """
    Writes the emitted events of simulated orders. Moves may be heard of early; they are written in the order of time.

    What each field of an event holds stands in the profile (`log`): the constants of the event's definition come
    first, then the fields that the profile names. Without it, events have `id`, `order`, `variant`, `event`, `time` and
    `state`.
    """

    def __init__(self, kernel: Kernel, pack: SpecPack, profile: Profile, seed: int, write: Write) -> None:
        self._kernel, self._pack, self._profile = kernel, pack, profile
        self._seed, self._write = seed, write
        self._heap: list[tuple[int, int, int, int]] = []  # second, sequence, order, option
        self._heard = self.written = 0
        zone = ZoneInfo(profile.zone)
        midnight = datetime.combine(date.fromisoformat(profile.starts), datetime.min.time(), zone)
        self._base = midnight.astimezone(UTC)
        self._emits = [self._emitted(option) for option in range(kernel.options)]
        self._constants = cache(self._constants_of)

    def hear(self, second: int, order: int, option: int) -> None:
        """A move of an order."""
        if self._emits[option]:
            self._heard += 1
            heappush(self._heap, (second, self._heard, order, option))

    def passed(self, second: int) -> None:
        """Nothing more happens before that second: what did is written."""
        while self._heap and self._heap[0][0] < second:
            moment, _, order, option = heappop(self._heap)
            for number, event in enumerate(self._emits[option]):
                self.written += 1
                self._write(self._document(event, moment, order, option, number))

    def _emitted(self, option: int) -> tuple[str, ...]:
        kernel = self._kernel
        place = int(kernel.place_of_option[option])
        variant = int(kernel.variant_of[place])
        chances, first = kernel.chances[variant], int(kernel.first_options[variant])
        case = chances.case[option - first]
        if case < 0:
            return ()
        space = chances.space
        here = space.configuration(chances.configurations[place - int(kernel.first_places[variant])])
        return passage(space.lifecycle, space.numbered[case][1], here.state, dict(here.variables)).emits

    def _document(self, event: str, second: int, order: int, option: int, number: int) -> dict[str, Any]:
        kernel = self._kernel
        constants = self._constants(event)
        what = "|".join(f"{value}" for value in constants.values() if value != event)
        words: dict[str, Callable[[], Any]] = {
            "event": lambda: _identifier(self._seed, "event", order, second, option, number),
            "object": lambda: _identifier(self._seed, "object", order, what),
            "order": lambda: _identifier(self._seed, "order", order),
            "number": lambda: f"{order + 1}",
            "time": lambda: (self._base + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "name": lambda: event,
            "variant": lambda: kernel.variants[int(kernel.variant_of[kernel.target[option]])],
            "state": lambda: kernel.states[int(kernel.target[option])],
            "nothing": lambda: None,
        }
        fields = self._profile.log or tuple(_PLAIN.items())
        document: dict[str, Any] = dict(constants) if self._profile.log else {}
        document.update((name, words[word]()) for name, word in fields)
        return document

    def _constants_of(self, event: str) -> Mapping[str, Any]:
        """The constants of an event's definition by field, those of included types first."""
        definition = next(named.value for named in self._pack.events if named.name == event)
        return dict(self._constants_in(definition))

    def _constants_in(self, value: Value) -> Iterator[tuple[str, Any]]:
        for name in value.include:
            yield from self._constants_in(self._pack.type(name).value)
        for field in value.fields or ():
            for keyword in field.value.keywords:
                if keyword.name == "const" and len(field.path) == 1 and keyword.value is not json_value.ABSENT:
                    yield field.path[0], keyword.value


def _identifier(*parts: object) -> str:
    """A UUID that depends on the parts alone."""
    text = blake2b(repr(parts).encode(), digest_size=16).hexdigest()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"
