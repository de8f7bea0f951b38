"""What came of one scenario file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from covage_model.ground.diagnostics import Diagnostic

if TYPE_CHECKING:
    from covage_model.behaviour.run.outcome import ScenarioOutcome


@dataclass(frozen=True, slots=True)
class Played:
    """One scenario file: its outcome, None where it could not be played, and everything found."""

    file: str
    outcome: ScenarioOutcome | None
    findings: tuple[Diagnostic, ...]

    @property
    def nothing(self) -> bool:
        """Whether this is no scenario, but a folder that holds none."""
        return any(finding.code == "CM412" for finding in self.findings)
