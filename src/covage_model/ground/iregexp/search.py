"""For searches in several automata: letters (characters that all automata treat alike) and distances to a match."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Sequence

from covage_model.ground.classes import dataclass
from covage_model.ground.iregexp.automaton import Automaton
from covage_model.ground.iregexp.charsets import Ranges, partition

_PREFERRED = (*sorted(range(0x21, 0x7F), key=lambda code: (not chr(code).isalnum(), code)), 0x20)
_TESTED = 64  # characters of a range that are tested for being printable


class SearchUndecided(Exception):
    """A search over several patterns reached its bound without an answer."""


@dataclass(frozen=True, slots=True)
class Letter:
    """
    Characters that are in the same sets. `entries[k]` are the positions of automaton k that read them.

    `plain` are the printable ASCII characters among them, the preferred first.
    """

    ranges: Ranges
    entries: tuple[int, ...]
    plain: tuple[int, ...]


@functools.lru_cache(maxsize=256)
def letters(machines: tuple[Automaton, ...]) -> tuple[Letter, ...]:
    """The letters that the first automaton can read; the others need not read them."""
    starts, memberships = partition([ranges for machine in machines for ranges in machine.sets])
    ranges_of: dict[int, list[tuple[int, int]]] = {}
    for index, membership in enumerate(memberships):
        if membership:
            ranges_of.setdefault(membership, []).append((starts[index], starts[index + 1] - 1))
    all_letters = (_letter(tuple(ranges), _entries(machines, key)) for key, ranges in ranges_of.items())
    return tuple(letter for letter in all_letters if letter.entries[0])


def _letter(ranges: Ranges, entries: tuple[int, ...]) -> Letter:
    inside = {code for low, high in ranges for code in range(low, min(high, 0x7E) + 1)}
    return Letter(ranges, entries, tuple(code for code in _PREFERRED if code in inside))


def _entries(machines: Sequence[Automaton], membership: int) -> tuple[int, ...]:
    entries = []
    for machine in machines:
        entry = 0
        for mask in machine.members:
            entry |= mask if membership & 1 else 0
            membership >>= 1
        entries.append(entry)
    return tuple(entries)


def face(letter: Letter) -> tuple[int, int]:
    """
    The rank and code point of the preferred character. The order is: digits, letters, signs, space, other printable
    characters, the rest.

    Comparing faces compares the preference of their characters.
    """
    if letter.plain:
        return _PREFERRED.index(letter.plain[0]), letter.plain[0]
    for low, high in letter.ranges:
        for code in range(low, min(high, low + _TESTED) + 1):
            if chr(code).isprintable():
                return len(_PREFERRED), code
    return len(_PREFERRED) + 1, letter.ranges[0][0]


@functools.lru_cache(maxsize=256)
def within(machine: Automaton) -> tuple[int, ...]:
    """Entry d has the positions from which at most d more characters complete a match."""
    reached = machine.last
    by_distance = [reached]
    while wider := machine.before(reached) & ~reached:
        reached |= wider
        by_distance.append(reached)
    return tuple(by_distance)


def distance(machine: Automaton, mask: int) -> int:
    """The number of characters on the shortest path from `mask` to a match."""
    reached = within(machine)
    return bisect_left(range(len(reached)), 1, key=lambda steps: bool(mask & reached[steps]))
