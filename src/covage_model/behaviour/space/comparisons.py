"""
Which truths comparisons of one pair of places can have together.

Two values are absent, or equal or not, and one of them may be before, level with or after the other; each
of these relations gives the comparisons one truth each. Truths that no relation gives are impossible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.ground.classes import dataclass
from covage_model.pack.conditions.tree import identity, mirrored
from covage_model.pack.model.conditions import Atom, Compare, Holds, Ref

# What holds of two values that are: before; after; equal; level but not equal, as two date-times of one instant
# may be written; equal without an order; and none of these, or absent.
_RELATIONS: tuple[frozenset[str], ...] = (
    frozenset({"below", "max"}),
    frozenset({"above", "min"}),
    frozenset({"is", "min", "max"}),
    frozenset({"min", "max"}),
    frozenset({"is"}),
    frozenset(),
)


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """Comparisons of the same two places: their numbers among the atoms, and the truths that they can have."""

    numbers: tuple[int, ...]
    relations: tuple[str, ...]

    def possible(self, truths: Sequence[bool]) -> bool:
        """Whether two values exist that give the first comparisons these truths."""
        asked = list(zip(self.relations, truths, strict=False))
        return any(all((name in relation) is holds for name, holds in asked) for relation in _RELATIONS)


def compared_pairs(atoms: Sequence[Atom]) -> Iterator[ComparedPair]:
    """The pairs of places that several atoms compare, whichever of the two each of them names first."""
    pairs: dict[tuple[Ref, Ref], list[tuple[int, str]]] = {}
    for number, atom in enumerate(atoms):
        match atom:
            case Holds(ref, Compare(_, Ref() as other) as test):
                turned = repr(other) < repr(ref)
                pair, seen = ((other, ref), mirrored(test, ref)) if turned else ((ref, other), test)
                pairs.setdefault(pair, []).append((number, seen.relation))
    for found in pairs.values():
        if len(found) > 1:
            numbers, relations = zip(*found, strict=True)
            yield ComparedPair(numbers, relations)


def same_pair(first: Compare, second: Compare) -> bool:
    """Whether two comparisons of one place compare it with the same."""
    return identity(first.other) == identity(second.other)


def excludes(first: Compare, second: Compare, first_holds: bool, second_holds: bool) -> bool:  # noqa: FBT001  two truths
    """
    Whether two comparisons of one pair of places cannot have these truths together.

    >>> low, high = Compare("min", 3), Compare("max", 3)
    >>> excludes(Compare("below", 3), low, True, True), excludes(low, high, True, True)
    (True, False)
    """
    return not ComparedPair((0, 1), (first.relation, second.relation)).possible((first_holds, second_holds))
