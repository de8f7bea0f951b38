"""
French sentences by the English ones that they translate, one file for each place where they are written.

Those in RECOGNISED are made in English before it is known who reads them: they are recognised with their values in
them. The others are written in English beside their values and never cross anything.
"""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.language.french import (
    calls,
    details,
    help_a_to_i,
    help_m_to_z,
    help_shared,
    hints,
    kinds,
    logs,
    notices,
    outcomes,
    patterns,
    reports,
    simulated,
)

RECOGNISED: Mapping[str, str] = {
    **kinds.SENTENCES,
    **details.SENTENCES,
    **patterns.SENTENCES,
    **hints.SENTENCES,
    **outcomes.SENTENCES,
    **calls.SENTENCES,
    **notices.SENTENCES,
    **logs.HINTS,
    **simulated.REASONS,
}
SENTENCES: Mapping[str, str] = {
    **RECOGNISED,
    **reports.SENTENCES,
    **simulated.SENTENCES,
    **help_shared.SENTENCES,
    **help_a_to_i.SENTENCES,
    **help_m_to_z.SENTENCES,
    **logs.SENTENCES,
}
