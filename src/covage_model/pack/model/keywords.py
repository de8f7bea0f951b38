"""Assertions about values."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin


@dataclass(frozen=True, slots=True)
class Keyword:
    """One assertion in JSON Schema's own words, and the line that says it."""

    name: str
    value: Any
    origin: Origin = field(compare=False)
