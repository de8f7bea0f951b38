"""Deadlines of a lifecycle as timers: each runs from entering a state until the order leaves it."""

from __future__ import annotations

from functools import cache

from covage_model.behaviour.space.space import StateSpace
from covage_model.pack.model.lifecycle import Deadline
from covage_model.pack.model.profile import Law, Timer


class DeadlineTimers:
    """
    The deadlines of a table. Their bits follow those of `before` other timers.

    `timers` are in spec order, named as their transitions are.
    """

    def __init__(self, space: StateSpace, before: int) -> None:
        timed = [(each, each.deadline) for each in space.lifecycle.transitions if each.deadline is not None]
        self.timers = tuple(
            Timer(each.name, Law("fixed", (deadline.seconds,), deadline.words, each.origin), (), each.origin)
            for each, deadline in timed
        )
        self._deadlines: list[tuple[int, Deadline]] = [(before + n, deadline) for n, (_, deadline) in enumerate(timed)]
        self._bits = {each.name: before + n for n, (each, _) in enumerate(timed)}
        self.moved = cache(self._moved)

    def bit(self, trigger: str) -> int | None:
        """The number of a trigger's timer; None if it has no deadline."""
        return self._bits.get(trigger)

    def begun(self, state: str) -> int:
        """The timers that run where an order begins, as bits."""
        return sum(
            1 << bit for bit, deadline in self._deadlines if any(_is_in(state, each) for each in deadline.states)
        )

    def _moved(self, source: str, target: str, to: str | None) -> tuple[int, int]:
        """The timers that a move starts, and those that it stops, as bits; `to` is the state that it names."""
        starts = stops = 0
        for bit, deadline in self._deadlines:
            inside = [state for state in deadline.states if _is_in(target, state)]
            if any(not _is_in(source, state) or (to is not None and _is_in(state, to)) for state in inside):
                starts |= 1 << bit
            elif not inside:
                stops |= 1 << bit
        return starts, stops


def _is_in(state: str, outer: str) -> bool:
    return f"{state}.".startswith(f"{outer}.")
