"""The events that a client would have seen, in the order of time, as documents of the pack's own shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from heapq import heappop, heappush
from typing import Any
from zoneinfo import ZoneInfo

from covage_model.behaviour.population.kernel import Kernel
from covage_model.behaviour.population.logged import LoggedEvent, LogListener
from covage_model.behaviour.space.passage import passage
from covage_model.behaviour.space.shown_events import about, constants, fields_of
from covage_model.ground.digests import blake2b
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.profile import Profile

_ORDERS = 1 << 14  # whose identifiers are kept
_ENDED = -1  # in place of an option: the order has ended


class LifeLog:
    """
    Tells a listener the emitted events of simulated orders. Moves may be heard of early; they are told in the order of
    time.

    What each field of an event holds stands in the profile (`log`): the constants of the event's definition come
    first, then the fields that the profile names. Without it, events have `id`, `order`, `variant`, `event`, `time` and
    `state`.
    """

    def __init__(self, kernel: Kernel, pack: SpecPack, profile: Profile, seed: int, listener: LogListener) -> None:
        self._kernel, self._fields = kernel, fields_of(profile)
        self._seed, self._listener = seed, listener
        self._heap: list[tuple[int, int, int, int]] = []  # second, sequence, order, option
        self._heard = self.written = 0
        zone = ZoneInfo(profile.zone)
        midnight = datetime.combine(date.fromisoformat(profile.starts), datetime.min.time(), zone)
        self._base = midnight.astimezone(UTC).replace(tzinfo=None)
        self._emits = [self._emitted(option) for option in range(kernel.options)]
        self._constants: Callable[[str], Mapping[str, Any]] = cache(
            lambda event: constants(pack, event) if profile.log else {}
        )
        self._about = cache(lambda event: about(constants(pack, event), event))
        self._order = lru_cache(_ORDERS)(lambda order: _identifier(seed, "order", order))

    def hear(self, second: int, order: int, option: int) -> None:
        """A move of an order."""
        if self._emits[option]:
            self._heard += 1
            heappush(self._heap, (second, self._heard, order, option))

    def ended(self, second: int, order: int) -> None:
        """An order does nothing more after that second."""
        self._heard += 1
        heappush(self._heap, (second, self._heard, order, _ENDED))

    def passed(self, second: int) -> None:
        """Nothing more happens before that second: what did is told."""
        while self._heap and self._heap[0][0] < second:
            moment, _, order, option = heappop(self._heap)
            if option == _ENDED:
                self._listener.ended(self._order(order))
                continue
            for number, event in enumerate(self._emits[option]):
                self.written += 1
                self._listener.event(self._event(event, moment, order, option, number))

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

    def _event(self, event: str, second: int, order: int, option: int, number: int) -> LoggedEvent:
        kind = self._about(event)
        time = f"{(self._base + timedelta(seconds=second)).isoformat()}Z"
        identifier = _identifier(self._seed, "event", order, second, option, number)
        thing, whole = _identifier(self._seed, "object", order, kind), self._order(order)
        words = {"event": identifier, "object": thing, "order": whole, "time": time, "name": event}
        document = dict(self._constants(event))
        for name, word in self._fields:
            document[name] = words[word] if word in words else self._word(word, order, option, kind)
        return LoggedEvent(document, identifier, event, time, whole, kind, thing)

    def _word(self, word: str, order: int, option: int, kind: str) -> str | None:
        """What a field shows that few logs have."""
        kernel = self._kernel
        match word:
            case "alias":
                return f"{kind or 'order'}-{order + 1}"
            case "number":
                return f"{order + 1}"
            case "variant":
                return kernel.variants[int(kernel.variant_of[kernel.target[option]])]
            case "state":
                return kernel.states[int(kernel.target[option])]
        return None  # nothing


def columns(pack: SpecPack, profile: Profile) -> tuple[str, ...]:
    """The fields that events of a log have, in the order of the definitions."""
    every: Iterator[Mapping[str, Any]] = (constants(pack, named.name) for named in pack.events)
    found = dict.fromkeys(name for fields in every for name in fields) if profile.log else {}
    return tuple({**found, **dict.fromkeys(name for name, _ in fields_of(profile))})


def _identifier(*parts: object) -> str:
    """A UUID that depends on the parts alone."""
    text = blake2b(repr(parts).encode(), digest_size=16).hexdigest()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"
