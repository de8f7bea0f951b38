"""
Pairs of truths that two tests of the same value cannot have.

This errs on the safe side (see `one_place`): an impossible valuation that is kept is reported as *not decided*; a
possible one that is left out would be lost.
"""

from __future__ import annotations

from covage_model.behaviour.space.one_place import PlaceTests
from covage_model.pack.model.conditions import Test

_KEPT = 4096
_pairs: dict[tuple[int, int], PlaceTests] = {}  # by the ids of two tests, which are kept with it


def excludes(first: Test, first_holds: bool, second: Test, second_holds: bool) -> bool:  # noqa: FBT001  two truths, each beside its test
    """
    Whether no value (and no missing value) gives the two tests these truths.

    >>> from covage_model.pack.model.conditions import In, Literal, Present
    >>> here, absent = Present(present=True), Present(present=False)
    >>> excludes(Literal("a"), True, In(("a", "b")), False), excludes(here, False, absent, False)
    (True, True)
    """
    key = id(first), id(second)
    if key not in _pairs:
        if len(_pairs) >= _KEPT:
            _pairs.clear()
        _pairs[key] = PlaceTests((first, second))
    return not _pairs[key].possible((first_holds, second_holds))
