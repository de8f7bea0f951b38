"""Disjointness and inclusion of patterns: exact, or None at a bound."""

from __future__ import annotations

from covage_model.ground.iregexp.automaton import START, automaton, bits
from covage_model.ground.iregexp.nodes import Pattern
from covage_model.ground.iregexp.search import letters

_STEPS = 200_000  # a second or so


def disjoint(left: Pattern, right: Pattern) -> bool | None:
    """
    Whether no string matches both; None if not decided within the bound.

    Pairs of positions are visited, not sets of positions, so their number is never exponential.
    """
    first, second = automaton(left), automaton(right)
    partners = _partners([letter.entries for letter in letters((first, second))])
    seen = {0: START}
    work = [(0, START)]
    steps = 0
    while work and steps < _STEPS:
        position, mask = work.pop()
        if first.last >> position & 1 and mask & second.last:
            return False
        reached = second.follow(mask)
        for following in bits(first.follow(1 << position)):
            steps += 1
            fresh = reached & partners.get(following, 0) & ~seen.get(following, 0)
            if fresh:
                seen[following] = seen.get(following, 0) | fresh
                work.append((following, fresh))
    return None if work else True


def _partners(entries: list[tuple[int, ...]]) -> dict[int, int]:
    """For each position of the first automaton, those of the second that share a character with it."""
    partners: dict[int, int] = {}
    for first, second in entries:
        for position in bits(first) if second else ():
            partners[position] = partners.get(position, 0) | second
    return partners


def includes(wide: Pattern, narrow: Pattern) -> bool | None:
    """
    Whether every match of `narrow` is a match of `wide`; None if not decided within the bound.

    Visits pairs of one position of `narrow` and the set of positions that `wide` may be in.
    """
    if wide == narrow:
        return True
    inner, outer = automaton(narrow), automaton(wide)
    alphabet = letters((inner, outer))
    start = (0, START)
    seen = {start}
    work = [start]
    steps = 0
    while work:
        position, mask = work.pop()
        if not mask or (inner.last >> position & 1 and not mask & outer.last):
            return False  # if `wide` has no position left, any completion in `narrow` is a counterexample
        ahead, reached = inner.follow(1 << position), outer.follow(mask)
        for letter in alphabet:
            for following in bits(ahead & letter.entries[0]):
                steps += 1
                pair = (following, reached & letter.entries[1])
                if pair not in seen:
                    seen.add(pair)
                    work.append(pair)
        if steps > _STEPS:
            return None
    return True
