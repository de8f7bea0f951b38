"""Matching: one pass through a deterministic automaton whose states are built lazily."""

from __future__ import annotations

import functools
from bisect import bisect_right

from covage_model.ground.iregexp.automaton import START, Automaton, automaton
from covage_model.ground.iregexp.charsets import partition
from covage_model.ground.iregexp.syntax import parse

_ROOM = 20_000  # edges kept for a pattern; then all its states are dropped


def matches(text: str, string: str) -> bool:
    r"""
    Whether all of `string` matches the pattern `text`: `.` is any character but \n and \r.

    The time is linear in the length of `string` for every pattern. Raises PatternError if `text` is no pattern.

    >>> matches("^[ab]+$", "abba"), matches("^[ab]+$", "abba\n")
    (True, False)
    """
    return _matcher(text).accepts(string)


@functools.lru_cache(maxsize=512)
def _matcher(text: str) -> _Matcher:
    machine = automaton(parse(text))
    starts, memberships = partition(machine.sets)
    masks = {each: _entry(machine, each) for each in set(memberships)}
    return _Matcher(machine, starts, [masks[each] for each in memberships])


def _entry(machine: Automaton, membership: int) -> int:
    """The positions that read a character of this membership."""
    entry = 0
    for index, mask in enumerate(machine.members):
        entry |= mask if membership >> index & 1 else 0
    return entry


class _State:
    __slots__ = ("accepts", "edges", "follow")

    def __init__(self, follow: int, *, accepts: bool) -> None:
        self.follow = follow
        self.accepts = accepts
        self.edges: dict[str, _State] = {}  # filled lazily


_DEAD = _State(0, accepts=False)


class _Matcher:
    """
    A deterministic automaton whose states are built lazily.

    Threads may share it: they all write the same edges.
    """

    __slots__ = ("entries", "machine", "room", "starts", "states")

    def __init__(self, machine: Automaton, starts: list[int], entries: list[int]) -> None:
        self.machine = machine
        self.starts = starts
        self.entries = entries
        self.states: dict[int, _State] = {}
        self.room = _ROOM

    def accepts(self, string: str) -> bool:
        state = self._state(START)
        for character in string:
            following = state.edges.get(character)
            if following is None:
                following = self._step(state, character)
            if following is _DEAD:
                return False
            state = following
        return state.accepts

    def _step(self, state: _State, character: str) -> _State:
        entry = self.entries[bisect_right(self.starts, ord(character)) - 1]
        self.room -= 1
        if self.room < 0:  # a walk that is in an old state continues in new states
            self.states, self.room = {}, _ROOM
        following = state.edges[character] = self._state(state.follow & entry)
        return following

    def _state(self, mask: int) -> _State:
        if not mask:
            return _DEAD
        state = self.states.get(mask)
        if state is None:
            state = _State(self.machine.follow(mask), accepts=bool(mask & self.machine.last))
            self.states[mask] = state
        return state
