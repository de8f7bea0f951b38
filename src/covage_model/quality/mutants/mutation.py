"""What became of the mutants of a pack."""

from __future__ import annotations

from dataclasses import dataclass

from covage_model.ground.diagnostics import Diagnostic
from covage_model.quality.mutants.trial import MutantFate, Tried, score


@dataclass(frozen=True, slots=True)
class Mutation:
    """
    What became of the mutants of a pack, by spec line.

    `idle` names the scenarios that fail on the pack itself; `findings` say what of the corpus could
    not be read. `items` is how many items there were to look.
    """

    tried: tuple[Tried, ...]
    items: int
    idle: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()

    @property
    def score(self) -> float | None:
        """The killed in percent of the killed and the survivors, None where there are neither."""
        return score(self.tried)

    @property
    def survivors(self) -> tuple[Tried, ...]:
        """The mutants that nothing noticed and that are not the same spec."""
        return self._with(MutantFate.SURVIVED)

    @property
    def untried(self) -> tuple[Tried, ...]:
        """The mutants of which nothing is known, because their process was killed."""
        return self._with(MutantFate.UNTRIED)

    def _with(self, fate: MutantFate) -> tuple[Tried, ...]:
        return tuple(one for one in self.tried if one.fate is fate)
