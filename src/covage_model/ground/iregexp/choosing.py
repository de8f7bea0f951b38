"""A string that matches patterns, with every choice made by the caller."""

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
    A string that matches all patterns; None if the choices led to a dead end.

    `pick(n)` chooses one of n, from 0. The first choice is always the nearest to a match: all zeros
    give a shortest string (for one pattern). After 40 characters the first choice is always taken.
    """
    machines = tuple(automaton(each) for each in (pattern, *also))
    alphabet = sorted((letter for letter in letters(machines) if all(letter.entries)), key=face)
    masks: tuple[int, ...] = (START,) * len(machines)
    word: list[str] = []
    while True:
        done = all(mask & machine.last for machine, mask in zip(machines, masks, strict=True))
        steps = _steps(machines, masks, alphabet)
        count = len(steps) + done
        if not count:
            return None
        index = 0 if count == 1 or len(word) >= _LONG else pick(count)
        if done and index == 0:
            return "".join(word)
        letter, masks = steps[index - done]
        word.append(_character(letter, pick if len(word) < _LONG else _first))


def _first(_: int) -> int:
    return 0


def _steps(
    machines: Sequence[Automaton], masks: tuple[int, ...], alphabet: Sequence[Letter]
) -> list[tuple[Letter, tuple[int, ...]]]:
    """The letters after which all patterns can still match, each with the next state; nearest to a match first."""
    ahead = [machine.follow(mask) for machine, mask in zip(machines, masks, strict=True)]
    steps = []
    for letter in alphabet:
        following = tuple(mask & entry for mask, entry in zip(ahead, letter.entries, strict=True))
        if all(following):
            steps.append((max(map(distance, machines, following)), letter, following))
    steps.sort(key=lambda step: step[0])
    return [(letter, following) for _, letter, following in steps]


def _character(letter: Letter, pick: Pick) -> str:
    """A character of the letter, the preferred one first; only printable ASCII if it has any."""
    if len(letter.plain) > 1:
        return chr(letter.plain[pick(len(letter.plain))])
    if letter.plain:
        return chr(letter.plain[0])
    _, first = face(letter)
    high = next(high for low, high in letter.ranges if low <= first <= high)
    room = min(high - first + 1, _FACES)
    return chr(first + (pick(room) if room > 1 else 0))
