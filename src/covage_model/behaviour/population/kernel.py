"""The chances of all simulated orders as arrays, in one numbering of places, options and ends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import numpy as np

from covage_model.behaviour.population.chances import Chances
from covage_model.behaviour.population.draws import Whole, Words
from covage_model.behaviour.population.sampling import LawTable
from covage_model.ground.classes import dataclass

_CELL_BITS = 4
_CELLS = 1 << _CELL_BITS
_WHOLE = 1 << 64
_MOST_WORD = _WHOLE - 1


@dataclass(frozen=True, slots=True)
class Between:
    """A stretch of a life: from the first time that `first` happens (or is entered) to the next time of `last`."""

    first: str
    last: str

    @property
    def name(self) -> str:
        """As it is written: `FIRST..LAST`."""
        return f"{self.first}..{self.last}"


@dataclass(frozen=True, slots=True)
class EndKind:
    """An end of an order: its variant and the state in which it ended."""

    variant: str
    state: str


class Kernel:
    """
    The tables of all variants, one after the other.

    `chances` and `shares` are by variant, in order. Places and options of a later variant follow those of the earlier
    ones. Nothing in it changes; it can be sent to other processes, which then have no `chances`.
    """

    def __init__(
        self, chances: Mapping[str, Chances], shares: Mapping[str, float], between: Sequence[Between] = ()
    ) -> None:
        self.variants = tuple(chances)
        self.chances = tuple(chances.values())
        self.between = tuple(between)
        sizes = [len(each) for each in self.chances]
        self.first_places = np.cumsum([0, *sizes])
        self.first_options = np.cumsum([0, *(len(each.target) for each in self.chances)])
        self.places, self.options = int(self.first_places[-1]), int(self.first_options[-1])
        self.variant_of = np.repeat(np.arange(len(sizes)), sizes)
        self.target = self._joined("target", self.first_places)
        self.sets, self.at = self._joined("sets"), self._joined("at")
        self.running = np.concatenate([np.asarray(each.running, dtype=np.int64) for each in self.chances])
        self.offsets = np.concatenate(
            [
                *(
                    np.asarray(each.offsets, dtype=np.int64)[:-1] + first
                    for each, first in zip(self.chances, self.first_options, strict=False)
                ),
                np.array([self.options]),
            ]
        )
        self.place_of_option = np.repeat(np.arange(self.places), np.diff(self.offsets))
        self.happenings = [each.labels[number] for each in self.chances for number in each.label]
        self.laws = LawTable([each.waits for each in self.happenings], [each.works for each in self.happenings])
        self.states = [state for each in self.chances for state in each.states]
        self._stays()
        self.timers = max((len(each.timers) for each in self.chances), default=0)
        self._ends()
        self._choice()
        self._start(shares)
        self._races()
        self._marks()

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name != "chances"}

    def _joined(self, name: str, shift: Whole | None = None) -> Whole:
        """A column of all tables, moved by the number of the first place of each where it holds places."""
        parts = [np.asarray(getattr(each, name), dtype=np.int64) for each in self.chances]
        if shift is not None:
            parts = [part + first for part, first in zip(parts, shift, strict=False)]
        return np.concatenate(parts)

    def _ends(self) -> None:
        kinds: dict[EndKind, int] = {}
        self.end = np.full(self.places, -1)
        self.stuck = np.zeros(self.places, dtype=bool)
        for variant, each, first in zip(self.variants, self.chances, self.first_places, strict=False):
            for place in np.flatnonzero(np.asarray(each.ended)):
                kind = EndKind(variant, each.states[place])
                self.end[first + place] = kinds.setdefault(kind, len(kinds))
            self.stuck[[first + place for place in each.stuck()]] = True
        self.ends = tuple(kinds)
        self.stops = (self.end >= 0) | self.stuck

    def _stays(self) -> None:
        """A stay is the time from entering a state to leaving it; `stay_of` has its kind for each place."""
        kinds: dict[tuple[str, str], int] = {}
        names = ((self.variants[int(v)], state) for v, state in zip(self.variant_of, self.states, strict=True))
        self.stay_of = np.array([kinds.setdefault(name, len(kinds)) for name in names], dtype=np.int64)
        self.stays = tuple(kinds)

    def _choice(self) -> None:
        """
        Thresholds: of the options of a place, the first whose threshold is not below a random word is chosen.

        `guide` has the first option for each sixteenth of all words; the right one is at most `passes` further.
        """
        chance = self._joined_reals("chance")
        thresholds = np.full(self.options, _MOST_WORD, dtype=np.uint64)
        guide = np.zeros(self.places * _CELLS, dtype=np.int64)
        self.passes = 0
        for place in range(self.places):
            first, last = int(self.offsets[place]), int(self.offsets[place + 1])
            words = _thresholds(chance[first:last].tolist())
            thresholds[first:last] = words
            for cell in range(_CELLS):
                low, high = cell * (_WHOLE // _CELLS), (cell + 1) * (_WHOLE // _CELLS) - 1
                begin = bisect_left(words, low)
                guide[place * _CELLS + cell] = first + min(begin, max(last - first - 1, 0))
                self.passes = max(self.passes, bisect_left(words, high) - begin)
        self.thresholds, self.guide = thresholds, guide

    def _joined_reals(self, name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.concatenate([np.asarray(getattr(each, name), dtype=np.float64) for each in self.chances])

    def chosen(self, places: Whole, words: Words) -> Whole:
        """The option that each order chooses."""
        cells = (words >> np.uint64(64 - _CELL_BITS)).astype(np.int64)
        options: Whole = self.guide[(places << _CELL_BITS) + cells]
        for _ in range(self.passes):
            more = words > self.thresholds[options]
            if not more.any():
                break
            options += more
        return options

    def _start(self, shares: Mapping[str, float]) -> None:
        total = sum(shares[variant] for variant in self.variants)
        self.shares = [shares[variant] / total for variant in self.variants]
        starts = [
            (int(first) + place, share * chance)
            for share, each, first in zip(self.shares, self.chances, self.first_places, strict=False)
            for place, chance in each.start
        ]
        self.start_places = np.array([place for place, _ in starts])
        self.start_thresholds = np.array(_thresholds([chance for _, chance in starts]), dtype=np.uint64)

    def starts(self, words: Words) -> Whole:
        """The place in which each order begins."""
        places: Whole = self.start_places[np.searchsorted(self.start_thresholds, words)]
        return places

    def _races(self) -> None:
        """`races[k]` has for each place the option that happens at timer `k`, or -1."""
        self.races = np.full((self.timers, self.places), -1)
        for option in np.flatnonzero(self.at >= 0):
            self.races[self.at[option], self.place_of_option[option]] = option
        self.contested = np.array((self.races >= 0).any(axis=0), dtype=bool)
        laws = [
            [each.timers[k].law if k < len(each.timers) else None for each in self.chances] for k in range(self.timers)
        ]
        self.timer_laws = [LawTable(each, [None] * len(each)) for each in laws]

    def _marks(self) -> None:
        """Which options, and which beginnings, are the first or the last moment of each stretch."""
        self.marks = [(self._happens(each.first), self._happens(each.last)) for each in self.between]
        self.start_marks = [
            np.array([state == each.first or state.startswith(f"{each.first}.") for state in self.states])
            for each in self.between
        ]

    def _happens(self, name: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        def within(state: str) -> bool:
            return state == name or state.startswith(f"{name}.")

        source, target = self.place_of_option, self.target
        return np.array(
            [
                (each.trigger == name and not each.refused)
                or (within(self.states[target[n]]) and not within(self.states[source[n]]))
                for n, each in enumerate(self.happenings)
            ],
            dtype=bool,
        )


def _thresholds(chances: Sequence[float]) -> list[int]:
    """The last word of each option's share of all words; options without a chance have the one before, or 0."""
    total, words = 0.0, []
    last = max((number for number, chance in enumerate(chances) if chance), default=-1)
    for number, chance in enumerate(chances):
        total += chance
        words.append(_MOST_WORD if number >= last >= 0 else min(int(total * _WHOLE), _MOST_WORD) - 1 if total else -1)
    return [max(word, 0) for word in words]
