"""A string that matches patterns, each choice made by the caller."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from covage_model.ground.iregexp.automaton import START, Automaton, automaton
from covage_model.ground.iregexp.nodes import Pattern
from covage_model.ground.iregexp.search import Letter, distance, face, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

_FACES = 96  # characters of a letter that can be chosen
_LONG = 40  # characters after which `pick` is not asked

Pick = Callable[[int], int]


def chosen(pattern: Pattern, *also: Pattern, pick: Pick) -> str | None:
    """
    A string that matches all the patterns; None where the choices led to a dead end.

    `pick(n)` chooses one of n, from 0. The first choice is always the nearest to a match: all zeros
    give a shortest string (of one pattern). After 40 characters the first choice is always taken.
    """
    machines = tuple(automaton(each) for each in (pattern, *also))
    alphabet = sorted((letter for letter in letters(machines) if all(letter.entries)), key=face)
    masks: tuple[int, ...] = (START,) * len(machines)
    word: list[str] = []
    while True:
        done = all(mask & machine.last for machine, mask in zip(machines, masks, strict=True))
        ways = _ways(machines, masks, alphabet)
        count = len(ways) + done
        if not count:
            return None
        index = 0 if count == 1 or len(word) >= _LONG else pick(count)
        if done and index == 0:
            return "".join(word)
        letter, masks = ways[index - done]
        word.append(_character(letter, pick if len(word) < _LONG else _first))


def _first(_: int) -> int:
    return 0


def _ways(
    machines: Sequence[Automaton], masks: tuple[int, ...], alphabet: Sequence[Letter]
) -> list[tuple[Letter, tuple[int, ...]]]:
    """The letters after which each pattern can still match, and the state after each; the nearest to a match first."""
    ahead = [machine.follow(mask) for machine, mask in zip(machines, masks, strict=True)]
    found = []
    for letter in alphabet:
        following = tuple(mask & entry for mask, entry in zip(ahead, letter.entries, strict=True))
        if all(following):
            found.append((max(map(distance, machines, following)), letter, following))
    found.sort(key=lambda way: way[0])
    return [(letter, following) for _, letter, following in found]


def _character(letter: Letter, pick: Pick) -> str:
    """A character of the letter, the preferred one first; only printed ASCII where it has some."""
    if len(letter.plain) > 1:
        return chr(letter.plain[pick(len(letter.plain))])
    if letter.plain:
        return chr(letter.plain[0])
    _, first = face(letter)
    high = next(high for low, high in letter.ranges if low <= first <= high)
    room = min(high - first + 1, _FACES)
    return chr(first + (pick(room) if room > 1 else 0))
