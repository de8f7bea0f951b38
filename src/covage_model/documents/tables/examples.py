"""Values that may stand in a place, as far as the pack gives any."""

from __future__ import annotations

from typing import Any

from covage_model.documents.judge.values import failing_keywords, type_problem
from covage_model.documents.presence.sheet import Slot
from covage_model.ground import json_value
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import In, Literal


def example_of(slot: Slot) -> Any:
    """A value that may stand there: an example of the pack, else a legal value, else the default, else ABSENT."""
    offered = [*slot.examples, *legal_values(slot), *slot.default]
    return next((value for value in offered if _may_stand(slot, value)), json_value.ABSENT)


def legal_values(slot: Slot) -> tuple[Any, ...]:
    """The values that are listed for a place: by the choice, a `const` or an `enum`."""
    found: list[Any] = []
    for entry in slot.chosen:
        match entry.test:
            case Literal(value):
                found.append(value)
            case In(values):
                found.extend(values)
    for keyword in slot.keywords:
        if keyword.name in ("const", "enum"):
            found.extend([keyword.value] if keyword.name == "const" else keyword.value)
    return tuple(
        value for number, value in enumerate(found) if not any(json_value.equal(value, one) for one in found[:number])
    )


def _may_stand(slot: Slot, value: Any) -> bool:
    if not all(truth.satisfies(entry.test, value) for entry in slot.chosen):
        return False
    return slot.judged_by_choice or (type_problem(slot, value) is None and not any(failing_keywords(slot, value)))
