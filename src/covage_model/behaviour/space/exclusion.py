"""
Pairs of truths that two tests of the same value cannot have.

Literals, `in`, `starts` and `present` are compared, also if they do not hold; so are comparisons with one place.
Other comparisons, `min`, `max` and `matches` only say that there is a value. Other tests exclude nothing.
This errs on the safe side: an impossible valuation that is kept is reported as *not decided*; a possible one
that is left out would be lost.
"""

from __future__ import annotations

from covage_model.behaviour.space import comparisons
from covage_model.ground.json_value import ABSENT
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import Compare, In, Literal, Matches, Present, Range, Starts, Test

_HERE, _ABSENT = Present(present=True), Present(present=False)


def excludes(first: Test, first_holds: bool, second: Test, second_holds: bool) -> bool:  # noqa: FBT001  two truths, each beside its test
    """
    Whether no value (and no missing value) gives the two tests these truths.

    >>> excludes(Literal("a"), True, In(("a", "b")), False), excludes(_HERE, False, _ABSENT, False)
    (True, True)
    """
    first, second = (_ABSENT if test == In((), absent=True) else test for test in (first, second))
    if isinstance(first, Compare) and isinstance(second, Compare) and comparisons.same_pair(first, second):
        return comparisons.excludes(first, second, first_holds, second_holds)
    if first_holds and second_holds:
        return _disjoint(first, second)
    if first_holds:
        return _implies(first, second)
    if second_holds:
        return _implies(second, first)
    return {first, second} == {_HERE, _ABSENT}


def _disjoint(first: Test, second: Test) -> bool:
    may_be_absent = any(isinstance(test, In) and test.absent for test in (first, second))
    if may_be_absent and _passes_absent(first) and _passes_absent(second):
        return False
    if _ABSENT in (first, second):
        return first != second and _implies(first if second == _ABSENT else second, _HERE)
    for listing, other in ((first, second), (second, first)):
        values = truth.listed(listing)
        if values is not None and isinstance(other, Literal | In | Starts):
            return not any(truth.satisfies(other, value) for value in values)
    if isinstance(first, Starts) and isinstance(second, Starts):
        return not any(
            prefix.startswith(other) or other.startswith(prefix)
            for prefix in first.prefixes
            for other in second.prefixes
        )
    return False


def _passes_absent(test: Test) -> bool:
    """Whether a missing value passes the test."""
    return tree.other_side(test) is None and truth.satisfies(test, ABSENT)


def _implies(first: Test, second: Test) -> bool:
    match first:
        case Present():
            return first == second or (first == _ABSENT and isinstance(second, In) and second.absent)
        case In(absent=True) if not _passes_absent(second):
            return False
        case Literal() | In() if isinstance(second, Literal | In | Starts | Present):
            return all(truth.satisfies(second, value) for value in truth.listed(first) or ())
        case Starts(prefixes) if isinstance(second, Starts):
            return all(prefix.startswith(second.prefixes) for prefix in prefixes)
        case Starts() | Matches() | Range() | Compare():
            return second == _HERE
    return False
