"""Mutants tried: which the corpus notices, which `check` refuses, which are the same spec."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from covage_model.behaviour.space.tables import TableUse
from covage_model.documents.judge.prepared import PreparedPack, changed
from covage_model.documents.judge.verdict import Judge, judge_of
from covage_model.ground.diagnostics import Location, Severity
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.checks.check import check
from covage_model.quality.mutants import derived
from covage_model.quality.mutants.corpus import Corpus, CorpusItem, Eyes, Notice
from covage_model.quality.mutants.mutant import Mutant
from covage_model.quality.mutants.uses import Touch, Uses, uses_of


class MutantFate(Enum):
    """
    What became of a mutant.

    KILLED: an item of the corpus notices. Of the others, REFUSED: `check` finds an error that the
    spec has not; EQUIVALENT: all that is derived is the same, byte for byte; SURVIVED: the rest.
    UNTRIED: nothing is known, because its process was killed.
    """

    KILLED = "killed"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"
    REFUSED = "refused"
    UNTRIED = "untried"


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant and its fate: `by` is the first item that notices it, the code that refuses it, or why it is untried."""

    mutant: Mutant
    fate: MutantFate
    by: str | None = None


@dataclass(frozen=True, slots=True)
class _Baseline:
    """What an item sees of the spec as it is."""

    item: CorpusItem
    seen: Hashable
    variants: frozenset[str]
    places: frozenset[Location]
    weight: int


@dataclass(slots=True)
class Trial:
    """
    A corpus ready to look at mutants of one pack.

    `idle` are the scenarios that fail already: they cannot notice anything.
    """

    corpus: Corpus
    notice: Notice
    judge: Judge
    uses: Uses
    known: tuple[_Baseline, ...]
    errors: frozenset[tuple[str, Location]]
    idle: tuple[str, ...]

    def __call__(self, mutant: Mutant) -> Tried:
        """The fate of a mutant; the same whatever was tried before."""
        touch = self.uses.touch(mutant)
        pack = mutant.applied(self.judge.pack)
        prepared = changed(self.judge.prepared, pack, sheets=touch.variants, account=touch.account)
        eyes = Eyes(self.corpus, Judge(prepared), self.notice)
        for one in self._likely(mutant, touch, prepared):
            if eyes.seen(one.item) != one.seen:
                return Tried(mutant, MutantFate.KILLED, one.item.name)
        if derived.same(self.judge.prepared, prepared, touch.variants):
            return Tried(mutant, MutantFate.EQUIVALENT)
        refusals = sorted(_errors(pack) - self.errors)
        return Tried(mutant, MutantFate.REFUSED, refusals[0][0]) if refusals else Tried(mutant, MutantFate.SURVIVED)

    def _likely(self, mutant: Mutant, touch: Touch, prepared: PreparedPack) -> Sequence[_Baseline]:
        """The items that may notice: first those in which the line took part, then the quick ones."""
        place = mutant.origin.location
        sheets = touch.variants if touch.content else self._other_sheets(touch.variants, prepared)
        able = [one for one in self.known if _may_notice(one, touch, sheets)]
        return sorted(able, key=lambda one: (place not in one.places, one.weight))

    def _other_sheets(self, variants: frozenset[str], prepared: PreparedPack) -> frozenset[str]:
        """The variants whose documents are judged otherwise because their life has other statuses."""
        return frozenset(variant for variant in variants if prepared.sheet(variant) != self.judge.sheet(variant))


def _may_notice(one: _Baseline, touch: Touch, sheets: frozenset[str]) -> bool:
    lives = touch.variants if one.weight > 1 else sheets
    return touch.choice or not lives.isdisjoint(one.variants) or (touch.account and one.item.reads_account)


def trial(pack: SpecPack, corpus: Corpus, notice: Notice = Notice.FINDINGS) -> Trial:
    """The corpus looking at a sound pack as it is: what every mutant is compared with."""
    judge = judge_of(pack)
    eyes = Eyes(corpus, judge, notice)
    known: list[_Baseline] = []
    idle: list[str] = []
    for item in corpus.items:
        seen, exercised = eyes.look(item)
        if item.scenario is not None and not seen:
            idle.append(item.name)
            continue
        places = frozenset(origin.location for origin in exercised)
        weight = _weight(item)
        known.append(_Baseline(item, seen, eyes.variants(item), places, weight))
    return Trial(corpus, notice, judge, uses_of(pack), tuple(known), _errors(pack), tuple(idle))


def _weight(item: CorpusItem) -> int:
    """How long an item takes, about: more than 1 where a life is lived."""
    lived = item.scenario is not None and (item.scenario.steps or item.scenario.given.order is not None)
    return 2 + len(item.scenario.steps) if lived and item.scenario is not None else 1


def _errors(pack: SpecPack) -> frozenset[tuple[str, Location]]:
    found = check(pack, limit=TableUse.COMPARISON.limit).findings
    return frozenset((one.code, one.location) for one in found if one.severity is Severity.ERROR)


def score(tried: Iterable[Tried]) -> float | None:
    """
    The mutation score: the killed, in percent of the killed and the survivors; None where there are neither.

    What `check` refuses, what is equivalent and what was not tried counts on neither side.
    """
    fates = [one.fate for one in tried]
    killed, survived = fates.count(MutantFate.KILLED), fates.count(MutantFate.SURVIVED)
    return 100 * killed / (killed + survived) if killed + survived else None
