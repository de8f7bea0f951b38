"""Values that may stand in a place, as far as the pack gives any."""

from __future__ import annotations

from typing import Any

from covage_model.documents.judge.values import failing_keywords, type_problem
from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import listed_values
from covage_model.ground import json_value
from covage_model.pack.conditions import truth


def example_of(slot: Slot) -> Any:
    """A value that may stand there: an example of the pack, else a legal value, else the default, else ABSENT."""
    offered = [*slot.examples, *listed_values(slot), *slot.default]
    return next((value for value in offered if _may_stand(slot, value)), json_value.ABSENT)


def _may_stand(slot: Slot, value: Any) -> bool:
    if not all(truth.satisfies(entry.test, value) for entry in slot.chosen):
        return False
    return slot.judged_by_choice or (type_problem(slot, value) is None and not any(failing_keywords(slot, value)))
