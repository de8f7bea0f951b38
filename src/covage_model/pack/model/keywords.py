"""Assertions about values."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.text import Text


@dataclass(frozen=True, slots=True)
class Keyword:
    """
    One assertion in JSON Schema's own words, and the line that says it.

    `titles` are the members of an `enum` that have one, with it. `about` is the title and the description of the
    definition that the keyword stands in: what people call a value that it accepts.
    """

    name: str
    value: Any
    origin: Origin = field(compare=False)
    titles: tuple[tuple[Any, Text], ...] = field(default=(), compare=False)
    about: tuple[Text | None, Text | None] = field(default=(None, None), compare=False)
