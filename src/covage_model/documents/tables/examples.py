"""Example values from the pack."""

from __future__ import annotations

from typing import Any

from covage_model.documents.judge.values import fits
from covage_model.documents.presence.sheet import Slot
from covage_model.documents.presence.slots import listed_values
from covage_model.ground import json_value


def example_of(slot: Slot) -> Any:
    """A value that fits the slot: an example, else a listed value, else the default, else ABSENT."""
    offered = [*slot.examples, *listed_values(slot), *slot.default]
    return next((value for value in offered if fits(slot, value)), json_value.ABSENT)
