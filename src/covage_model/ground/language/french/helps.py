"""The help of the command line."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
