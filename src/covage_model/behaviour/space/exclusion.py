"""
Which truths two tests of one value cannot have together.

Literals, `in`, `starts` and `present` are decided, negations included. `min`, `max` and
`matches` need a value to be there. The others exclude nothing: what is kept and impossible is
*not decided* later, what is left out and possible would be lost.
"""

from __future__ import annotations

from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import In, Literal, Matches, Present, Range, Scalar, Starts, Test

_HERE, _ABSENT = Present(present=True), Present(present=False)


def excludes(first: Test, first_holds: bool, second: Test, second_holds: bool) -> bool:  # noqa: FBT001  two truths, each beside its test
    """
    Whether no value, nor its absence, makes the first test and the second true or false as said.

    >>> excludes(Literal("a"), True, In(("a", "b")), False), excludes(_HERE, False, _ABSENT, False)
    (True, True)
    """
    if first_holds and second_holds:
        return _disjoint(first, second)
    if first_holds:
        return _implies(first, second)
    if second_holds:
        return _implies(second, first)
    return {first, second} == {_HERE, _ABSENT}


def _disjoint(first: Test, second: Test) -> bool:
    if _ABSENT in (first, second):
        return first != second and _implies(first if second == _ABSENT else second, _HERE)
    for one, other in ((first, second), (second, first)):
        values = _values(one)
        if values is not None and isinstance(other, Literal | In | Starts):
            return not any(truth.satisfies(other, value) for value in values)
    if isinstance(first, Starts) and isinstance(second, Starts):
        return not any(
            one.startswith(other) or other.startswith(one) for one in first.prefixes for other in second.prefixes
        )
    return False


def _implies(first: Test, second: Test) -> bool:
    match first:
        case Present():
            return first == second
        case Literal() | In() if isinstance(second, Literal | In | Starts | Present):
            return all(truth.satisfies(second, value) for value in _values(first) or ())
        case Starts(prefixes) if isinstance(second, Starts):
            return all(prefix.startswith(second.prefixes) for prefix in prefixes)
        case Starts() | Matches() | Range():
            return second == _HERE
    return False


def _values(test: Test) -> tuple[Scalar, ...] | None:
    match test:
        case Literal(value):
            return (value,)
        case In(values):
            return values
    return None
