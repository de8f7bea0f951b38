"""The explored table with a profile: what may happen next in each place, with what chance, and how long it takes."""

from __future__ import annotations

from array import array
from dataclasses import dataclass as plain_dataclass
from functools import cached_property

from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.classes import dataclass
from covage_model.pack.model.profile import Law, Timer


class TooManyOptions(Exception):
    """A table has more moves with a chance than fit into memory."""


class NoExactAnswer(Exception):
    """The exact answer cannot be computed; the text says why."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What happens: a trigger or the edit of a document, by whom, how long it takes, or that it is refused."""

    trigger: str
    actor: str
    waits: Law | None
    works: Law | None
    refused: bool = False
    edit: bool = False


@plain_dataclass(frozen=True, eq=False)
class Chances:
    """
    What can happen to one order, as a table of places and options.

    A place is a configuration with the set of timers that run: `configurations[p]` and `running[p]` (a bit for each
    of `timers`). The options of place `p` are `offsets[p] <= n < offsets[p + 1]`, in spec order, with `chance[n]` to be
    chosen (their sum is 1, or 0 where nothing is ever chosen), `target[n]` (a place), `label[n]` (a number of
    `labels`), `case[n]` (a number of `space.numbered`; -1 for edits and refusals), `at[n]` (the timer that decides
    when it happens, or -1) and `sets[n]` (the timers that it starts, as bits). `start` are the places in which orders
    begin, with their chances. In the places of `ended` the life is over.
    """

    space: StateSpace
    timers: tuple[Timer, ...]
    labels: tuple[Happening, ...]
    start: tuple[tuple[int, float], ...]
    configurations: array[int]
    running: array[int]
    offsets: array[int]
    chance: array[float]
    target: array[int]
    label: array[int]
    case: array[int]
    at: array[int]
    sets: array[int]
    ended: bytearray

    def __len__(self) -> int:
        """The number of places."""
        return len(self.configurations)

    def options(self, place: int) -> range:
        """The numbers of the options of a place."""
        return range(self.offsets[place], self.offsets[place + 1])

    def state(self, place: int) -> str:
        """The state of a place."""
        return self.space.state(self.configurations[place])

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The state of each place."""
        return tuple(map(self.state, range(len(self))))

    def stuck(self) -> list[int]:
        """The places that are no end and in which nothing is ever chosen."""
        return [
            place
            for place in range(len(self))
            if not self.ended[place] and not any(self.chance[n] for n in self.options(place))
        ]

    def endless(self) -> list[int]:
        """The places from which no end and no place of `stuck` is ever reached."""
        before: list[list[int]] = [[] for _ in range(len(self))]
        for place in range(len(self)):
            for n in self.options(place):
                if self.chance[n] or self.at[n] >= 0:
                    before[self.target[n]].append(place)
        seen = bytearray(self.ended)
        for place in self.stuck():
            seen[place] = 1
        pending = [place for place in range(len(self)) if seen[place]]
        while pending:
            for place in before[pending.pop()]:
                if not seen[place]:
                    seen[place] = 1
                    pending.append(place)
        return [place for place in range(len(self)) if not seen[place]]
