"""The result of mutation testing."""

from __future__ import annotations

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.quality.mutants.trial import MutantFate, Tried, score


@dataclass(frozen=True, slots=True)
class Mutation:
    """
    The mutants of a pack with their fates, by spec line.

    `idle` names the scenarios that fail on the unchanged pack; `findings` are about parts of the corpus that
    could not be read; `items` is the number of items in the corpus.
    """

    tried: tuple[Tried, ...]
    items: int
    idle: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()

    @property
    def score(self) -> float | None:
        """The mutation score in percent; None if no mutant counts. See `trial.score`."""
        return score(self.tried)

    @property
    def survivors(self) -> tuple[Tried, ...]:
        """The mutants that were not noticed and are not equivalent."""
        return self._with(MutantFate.SURVIVED)

    @property
    def untried(self) -> tuple[Tried, ...]:
        """The mutants that were not tried because their process was killed."""
        return self._with(MutantFate.UNTRIED)

    def _with(self, fate: MutantFate) -> tuple[Tried, ...]:
        return tuple(tried for tried in self.tried if tried.fate is fate)
