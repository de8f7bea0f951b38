"""Rules whose `when` is redundant: their `then` also holds where the `when` does not."""

from __future__ import annotations

from covage_model.ground import json_value
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import All, AnyOf, Condition, Count, Every, Holds, Present, Some


def holds_without(then: Condition, when: Condition) -> bool:
    """
    Whether `then` holds in every document in which `when` does not hold. False if this is not known.

    Known only if `when` is one test (a value is present, or a list has an item), and `then` is made of
    tests of the same place joined by *and* or *or*.
    """
    match then:
        case All(parts):
            return all(holds_without(part, when) for part in parts)
        case AnyOf(parts):
            return any(holds_without(part, when) for part in parts)
        case Holds() if isinstance(when, Holds) and then.ref == when.ref:
            return _passes_without(then, when)
    return False


def _passes_without(then: Holds, when: Holds) -> bool:
    match when.test:
        case Present(True):  # if it does not hold, the value is missing
            return truth.satisfies(then.test, json_value.ABSENT)
        case Some(condition):  # if it does not hold, no item satisfies the condition
            match then.test:
                case Count(least, _, where):
                    return least == 0 and where == condition
                case Every(other):
                    return holds_without(other, condition)
    return False
