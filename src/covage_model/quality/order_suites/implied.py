"""Rules that say the same without their `when`: what they ask holds wherever it does not."""

from __future__ import annotations

from covage_model.ground import json_value
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import All, AnyOf, Condition, Count, Every, Holds, Present, Some


def holds_without(then: Condition, when: Condition) -> bool:
    """
    Whether `then` holds of every document of which `when` does not hold. False where that is not known.

    Decided of one test under `when`: that something is there, or that a list holds an item; and of `then` from
    tests of the same place, joined by *and* or *or*.
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
        case Present(True):  # where it does not hold, nothing is there
            return truth.satisfies(then.test, json_value.ABSENT)
        case Some(condition):  # where it does not hold, no item is so
            match then.test:
                case Count(least, _, where):
                    return least == 0 and where == condition
                case Every(other):
                    return holds_without(other, condition)
    return False
