"""CM3xx: a pack whose words are right and whose meaning is not."""

from __future__ import annotations

from covage_model.codes.page import Page

PAGES: dict[str, Page] = {}
