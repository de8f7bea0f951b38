"""What the statements of the sources became."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from covage_model.api import scenarios
from covage_model.api.workspace import Workspace
from covage_model.ground.diagnostics import Diagnostic, Standing
from covage_model.quality.citations import became as citations

if TYPE_CHECKING:
    from covage_model.quality.citations.became import Became
    from covage_model.quality.citations.elements import Element


def became(pack: Workspace, tick: Callable[[], None] = lambda: None) -> Became:
    """Each statement with what cites it; all scenarios of the pack are played, with a `tick` after each."""
    outcomes = []
    for played in scenarios.play_pack(pack.judge, pack.folders):
        outcomes += [played.outcome] if played.outcome is not None else []
        tick()
    return citations.became(pack.spec, outcomes)


def findings(found: Became) -> tuple[Diagnostic, ...]:
    """The statements that nothing cites or exercises."""
    return tuple(citations.findings(found))


def of_standing(pack: Workspace, standing: str) -> tuple[Element, ...]:
    """The definitions of a standing: stated, inferred or assumed."""
    return tuple(citations.of_standing(pack.spec, Standing(standing)))
