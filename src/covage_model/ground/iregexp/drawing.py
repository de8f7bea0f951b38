"""A shortest string and random strings that match one or several patterns."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import accumulate
from typing import TYPE_CHECKING

from covage_model.ground.iregexp.automaton import START, Automaton, automaton, bits
from covage_model.ground.iregexp.nodes import Pattern
from covage_model.ground.iregexp.relations import disjoint
from covage_model.ground.iregexp.search import Letter, SearchUndecided, distance, face, letters, within

if TYPE_CHECKING:
    from random import Random

_PUSHED = 20_000  # states in a search with two patterns: about a second; with more patterns, fewer
_UNDECIDED = "undecided"  # compared by identity, so that no match is taken for it
_WALKS = 30  # random walks that are tried before a shortest match is taken


def shortest(pattern: Pattern, *also: Pattern) -> str | None:
    """
    A shortest string that matches all patterns, None if there is none.

    Among these, digits are preferred to letters, signs, a space, and characters that cannot be printed.
    With several patterns, raises SearchUndecided at a bound. A* search (Hart, Nilsson and Raphael 1968): the
    largest distance of a single automaton is a lower bound.
    """
    word = _shortest(frozenset((pattern, *also)))
    if word is _UNDECIDED:
        raise SearchUndecided("no shortest match of all the patterns was found within the bound")
    return word


@functools.lru_cache(maxsize=512)
def _shortest(patterns: frozenset[Pattern]) -> str | None:
    """Like `shortest`, but `_UNDECIDED` at the bound. Cached, because documents need the same patterns again."""
    pattern, *also = patterns
    if any(disjoint(pattern, other) for other in also):
        return None
    machines = tuple(automaton(each) for each in patterns)
    alphabet = sorted(_shared(machines), key=face)
    first = (START,) * len(machines)
    heap = [(_remaining(machines, first), "", first)]
    seen = set()
    pushed = 1
    while heap:
        _, word, masks = heappop(heap)  # words are written in numbers of the alphabet, so that they sort by preference
        if masks in seen:
            continue
        seen.add(masks)
        if all(mask & machine.last for machine, mask in zip(machines, masks, strict=True)):
            return "".join(chr(face(alphabet[ord(sign)])[1]) for sign in word)
        for sign, following in _successors(machines, masks, alphabet):
            length = len(word) + 1 + _remaining(machines, following)
            heappush(heap, (length, word + chr(sign), following))
            pushed += 1
        if pushed > _PUSHED // max(len(also), 1):
            return _UNDECIDED
    return None


def _shared(machines: tuple[Automaton, ...]) -> list[Letter]:
    return [letter for letter in letters(machines) if all(letter.entries)]


def _remaining(machines: Sequence[Automaton], masks: tuple[int, ...]) -> int:
    return max(map(distance, machines, masks))


def _successors(
    machines: Sequence[Automaton], masks: tuple[int, ...], alphabet: Sequence[Letter]
) -> list[tuple[int, tuple[int, ...]]]:
    """Each next state, with the first letter of `alphabet` that leads there."""
    ahead = [machine.follow(mask) for machine, mask in zip(machines, masks, strict=True)]
    letter_of: dict[tuple[int, ...], int] = {}
    for index, letter in enumerate(alphabet):
        following = tuple(mask & entry for mask, entry in zip(ahead, letter.entries, strict=True))
        if all(following):
            letter_of.setdefault(following, index)
    return [(index, following) for following, index in letter_of.items()]


def sample(pattern: Pattern, random: Random, *also: Pattern, limit: int = 40) -> str | None:
    """
    A random string that matches all patterns, None if there is none. All draws come from `random`.

    The branches of `pattern` are about equally likely; how early to stop is drawn for each string.
    The string has at most `limit` code points, unless every match is longer or no walk with the `also` patterns
    succeeded: then it is a shortest match. Raises SearchUndecided as `shortest` does.
    """
    machines = tuple(automaton(each) for each in (pattern, *also))
    room = max(limit, _remaining(machines, (START,) * len(machines)))
    for _ in range(_WALKS):
        found = _walk(machines, random, room)
        if found is not None:
            return found
    return shortest(pattern, *also)


def _walk(machines: tuple[Automaton, ...], random: Random, room: int) -> str | None:
    """One string of at most `room` characters, None at a dead end."""
    eagerness = random.random()
    masks: tuple[int, ...] = (START,) * len(machines)
    word: list[str] = []
    while True:
        done = all(mask & machine.last for machine, mask in zip(machines, masks, strict=True))
        if done and random.random() < eagerness:
            return "".join(word)
        move = _move(machines, masks, random, room - len(word) - 1)
        if move is None:
            return "".join(word) if done else None
        letter, masks = move
        word.append(_character(letter, random))


def _move(
    machines: tuple[Automaton, ...], masks: tuple[int, ...], random: Random, room: int
) -> tuple[Letter, tuple[int, ...]] | None:
    """A letter and the next state, from one random position of the first automaton."""
    ahead = [machine.follow(mask) & _near(machine, room) for machine, mask in zip(machines, masks, strict=True)]
    positions = list(bits(ahead[0]))
    random.shuffle(positions)
    for position in positions:
        ways, weights = _ways(machines, (1 << position, *ahead[1:]))
        if ways:
            return random.choices(ways, cum_weights=weights)[0]
    return None


@functools.lru_cache(maxsize=512)
def _ways(
    machines: tuple[Automaton, ...], ahead: tuple[int, ...]
) -> tuple[list[tuple[Letter, tuple[int, ...]]], list[int]]:
    """The next letters and their cumulative weights. Cached, because patterns are sampled often."""
    ways = []
    for letter in _shared(machines):
        following = tuple(mask & entry for mask, entry in zip(ahead, letter.entries, strict=True))
        if all(following):
            ways.append((letter, following))
    return ways, list(accumulate(_weight(letter) for letter, _ in ways))


def _near(machine: Automaton, room: int) -> int:
    """The positions from which at most `room` more characters complete a match."""
    reached = within(machine)
    return 0 if room < 0 else reached[min(room, len(reached) - 1)]


def _weight(letter: Letter) -> int:
    return len(letter.plain) or 10


def _character(letter: Letter, random: Random) -> str:
    """A random character, mostly printable ASCII if there is any."""
    if letter.plain and random.random() < 0.75:
        return chr(random.choice(letter.plain))
    low, high = random.choice(letter.ranges)
    return chr(random.randint(low, high))
