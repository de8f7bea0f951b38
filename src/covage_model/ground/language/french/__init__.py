"""French sentences by the English ones that they translate, one file for each place where they are written."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.language.french import details, helps, hints, kinds, patterns, reports

SENTENCES: Mapping[str, str] = {
    **kinds.SENTENCES,
    **details.SENTENCES,
    **patterns.SENTENCES,
    **hints.SENTENCES,
    **reports.SENTENCES,
    **helps.SENTENCES,
}
