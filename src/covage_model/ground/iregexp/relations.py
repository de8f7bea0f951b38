"""Whether two patterns are disjoint, and whether one includes the other: exact, or None at a bound."""

from __future__ import annotations

from covage_model.ground.iregexp.automaton import START, automaton, bits
from covage_model.ground.iregexp.nodes import Pattern
from covage_model.ground.iregexp.search import letters

_STEPS = 200_000  # a second or so


def disjoint(left: Pattern, right: Pattern) -> bool | None:
    """
    Whether no string matches both; None if not decided within the bound.

    Pairs of positions are visited, never sets of them: no pattern makes their number exponential.
    """
    one, two = automaton(left), automaton(right)
    partners = _partners([letter.entries for letter in letters((one, two))])
    seen = {0: START}
    work = [(0, START)]
    steps = 0
    while work and steps < _STEPS:
        position, mask = work.pop()
        if one.last >> position & 1 and mask & two.last:
            return False
        reached = two.follow(mask)
        for following in bits(one.follow(1 << position)):
            steps += 1
            fresh = reached & partners.get(following, 0) & ~seen.get(following, 0)
            if fresh:
                seen[following] = seen.get(following, 0) | fresh
                work.append((following, fresh))
    return None if work else True


def _partners(entries: list[tuple[int, ...]]) -> dict[int, int]:
    """For each position of the first automaton, those of the second that share a character with it."""
    found: dict[int, int] = {}
    for one, two in entries:
        for position in bits(one) if two else ():
            found[position] = found.get(position, 0) | two
    return found


def includes(wide: Pattern, narrow: Pattern) -> bool | None:
    """
    Whether every match of `narrow` is a match of `wide`; None if not decided within the bound.

    One position of `narrow` walks beside all the positions that `wide` may then be in.
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
            return False  # with no position left in `wide`, any completion in `narrow` is a witness
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
