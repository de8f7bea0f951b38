"""The page of a code: its title, its messages and their explanation."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What `explain` prints for a code; `messages` are templates by form (see `codes`)."""

    title: str
    messages: Mapping[str, str]
    explanation: str
