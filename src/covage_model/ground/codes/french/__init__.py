"""The French page of every code: one file for each file of English pages."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.codes.french import (
    behaviour,
    coverage,
    logs,
    meaning,
    names,
    orders,
    profiles,
    properties,
    reading,
    shape,
    suites,
)
from covage_model.ground.codes.page import Page

PAGES: Mapping[str, Page] = {
    **reading.PAGES,
    **shape.PAGES,
    **names.PAGES,
    **meaning.PAGES,
    **profiles.PAGES,
    **orders.PAGES,
    **behaviour.PAGES,
    **coverage.PAGES,
    **properties.PAGES,
    **suites.PAGES,
    **logs.PAGES,
}
