"""The result of one scenario file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic

if TYPE_CHECKING:
    from covage_model.behaviour.run.outcome import ScenarioOutcome


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario file with its outcome (None if it could not be played) and all its findings."""

    file: str
    outcome: ScenarioOutcome | None
    findings: tuple[Diagnostic, ...]

    @property
    def nothing(self) -> bool:
        """Whether this is a folder without scenarios."""
        return any(finding.code == "CM412" for finding in self.findings)
