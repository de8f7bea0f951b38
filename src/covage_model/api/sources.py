"""The outcomes of the statements of the sources: cited, exercised, or neither."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from covage_model.api import scenarios
from covage_model.api.workspace import Workspace
from covage_model.ground.diagnostics import Diagnostic, Standing
from covage_model.quality.citations import statement_outcomes as citations

if TYPE_CHECKING:
    from covage_model.quality.citations.cited_definitions import CitedDefinition
    from covage_model.quality.citations.statement_outcomes import StatementOutcomes


def statement_outcomes(pack: Workspace, tick: Callable[[], None] = lambda: None) -> StatementOutcomes:
    """Each statement with the definitions that cite it. Plays all scenarios of the pack, with a `tick` after each."""
    outcomes = []
    for played in scenarios.play_pack(pack.judge, pack.folders):
        outcomes += [played.outcome] if played.outcome is not None else []
        tick()
    return citations.statement_outcomes(pack.spec, outcomes)


def findings(pack: Workspace, outcomes: StatementOutcomes) -> tuple[Diagnostic, ...]:
    """Findings about the statements that nothing cites or exercises, or that there is no statement."""
    if not outcomes.statements:
        return (Diagnostic("CM507", "no-statement", {"pack": pack.spec.name}, pack.spec.origin.location),)
    return tuple(citations.findings(outcomes))


def of_standing(pack: Workspace, standing: str) -> tuple[CitedDefinition, ...]:
    """The definitions with a standing: stated, inferred or assumed."""
    return tuple(citations.of_standing(pack.spec, Standing(standing)))
