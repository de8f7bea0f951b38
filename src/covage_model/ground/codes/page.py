"""The page of a code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What `explain` prints: a title, the sentences by form, and what to know and to do."""

    title: str
    messages: Mapping[str, str]
    explanation: str
