"""What became of mutants, as JSON."""

from __future__ import annotations

from typing import Any

from covage_model.api.mutation import Mutation
from covage_model.quality.mutants.corpus import Notice
from covage_model.quality.mutants.operators import sentence
from covage_model.quality.mutants.trial import MutantFate, Tried
from covage_model.report import data


def mutated(found: Mutation, pack: str, notice: Notice, language: str) -> dict[str, Any]:
    """Every mutant with its fate, the counts, and the score (null where nothing counts)."""
    return {
        **data.head("mutate"),
        "pack": pack,
        "notice": notice.value,
        "items": found.items,
        "idle": list(found.idle),
        "findings": [data.finding(one, language) for one in found.findings],
        "score": found.score,
        "counts": counts(found.tried),
        "operators": {name: counts(tried) for name, tried in by_operator(found.tried).items()},
        "mutants": [_mutant(one, language) for one in found.tried],
    }


def by_operator(tried: tuple[Tried, ...]) -> dict[str, tuple[Tried, ...]]:
    """The mutants of each operator, in the order of names."""
    names = sorted({one.mutant.operator for one in tried})
    return {name: tuple(one for one in tried if one.mutant.operator == name) for name in names}


def counts(tried: tuple[Tried, ...]) -> dict[str, int]:
    """How many mutants met each fate."""
    fates = [one.fate for one in tried]
    return {fate.value: fates.count(fate) for fate in MutantFate}


def _mutant(one: Tried, language: str) -> dict[str, Any]:
    return {
        "id": one.mutant.id,
        "operator": one.mutant.operator,
        "says": sentence(one.mutant, language),
        "origin": data.origin(one.mutant.origin),
        "fate": one.fate.value,
        "by": one.by,
    }
