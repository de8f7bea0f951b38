"""Tries mutants: which of them the corpus notices, `check` rejects, or are equivalent."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from enum import Enum

from covage_model.behaviour.space.shown_values import histories_of
from covage_model.behaviour.space.tables import Tables, TableUse
from covage_model.behaviour.verify.judge import PropertyOutcome, verdict
from covage_model.documents.judge.prepared import PreparedPack, changed
from covage_model.documents.judge.verdict import Judge, judge_of
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Location, Severity, severity_of
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.checks.check import check
from covage_model.quality.mutants import derived
from covage_model.quality.mutants.corpus import Corpus, CorpusItem, CorpusJudge, Notice
from covage_model.quality.mutants.mutant import Mutant
from covage_model.quality.mutants.uses import Touch, Uses, uses_of


class MutantFate(Enum):
    """
    The fate of a mutant.

    KILLED: an item of the corpus notices it. Of the others, REFUSED: `check` finds an error that the
    spec does not have, or a property holds no more; EQUIVALENT: everything derived from it is the same;
    SURVIVED: the rest. UNTRIED: its process was killed.
    """

    KILLED = "killed"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"
    REFUSED = "refused"
    UNTRIED = "untried"


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant and its fate. `by` is the item that notices it, the code that rejects it, or why it is untried."""

    mutant: Mutant
    fate: MutantFate
    by: str | None = None


@dataclass(frozen=True, slots=True)
class _Baseline:
    """The result of an item on the unchanged spec."""

    item: CorpusItem
    result: Hashable
    variants: frozenset[str]
    places: frozenset[Location]
    weight: int


@dataclass(slots=True)
class Trial:
    """
    A corpus with its results on the unchanged pack, ready to try mutants.

    `idle` names the scenarios that fail on the unchanged pack: they cannot notice anything.
    """

    corpus: Corpus
    notice: Notice
    judge: Judge
    uses: Uses
    baselines: tuple[_Baseline, ...]
    errors: frozenset[tuple[str, Location]]
    idle: tuple[str, ...]

    def __call__(self, mutant: Mutant) -> Tried:
        """The fate of a mutant. It does not depend on what was tried before."""
        touch = self.uses.touch(mutant)
        pack = _with_histories(mutant.applied(self.judge.pack), touch)
        prepared = changed(self.judge.prepared, pack, sheets=touch.variants, account=touch.account)
        corpus_judge = CorpusJudge(self.corpus, Judge(prepared), self.notice)
        for baseline in self._likely(mutant, touch, prepared):
            if corpus_judge.result(baseline.item) != baseline.result:
                return Tried(mutant, MutantFate.KILLED, baseline.item.name)
        if derived.same(self.judge.prepared, prepared, touch.variants):
            return Tried(mutant, MutantFate.EQUIVALENT)
        refusals = [code for code, _ in sorted(_errors(pack) - self.errors)]
        if not refusals and not touch.content and self._breaks_a_property(prepared, touch.variants):
            refusals = ["CM508"]
        return Tried(mutant, MutantFate.REFUSED, refusals[0]) if refusals else Tried(mutant, MutantFate.SURVIVED)

    def _breaks_a_property(self, prepared: PreparedPack, variants: frozenset[str]) -> bool:
        """Whether a property that is no assumption holds in the tables of the pack and not in those of the mutant."""
        return any(
            (before, after) == (PropertyOutcome.HOLDS, PropertyOutcome.BROKEN)
            for name in sorted(variants)
            for before, after in zip(_outcomes(self.judge, name), _outcomes(Judge(prepared), name), strict=True)
        )

    def _likely(self, mutant: Mutant, touch: Touch, prepared: PreparedPack) -> Sequence[_Baseline]:
        """The items that may notice the mutant: first those that used the changed line, then the fast ones."""
        place = mutant.origin.location
        sheets = touch.variants if touch.content else self._other_sheets(touch.variants, prepared)
        candidates = [baseline for baseline in self.baselines if _may_notice(baseline, touch, sheets)]
        return sorted(candidates, key=lambda baseline: (place not in baseline.places, baseline.weight))

    def _other_sheets(self, variants: frozenset[str], prepared: PreparedPack) -> frozenset[str]:
        """The variants whose sheet changed because their lifecycle has other statuses."""
        return frozenset(variant for variant in variants if prepared.sheet(variant) != self.judge.sheet(variant))


def _outcomes(judge: Judge, variant: str) -> list[PropertyOutcome]:
    """What the table of the variant says of each property of its lifecycle that is stated or inferred."""
    space = Tables(judge).table(variant, TableUse.COMPARISON)
    stated = (each for each in space.lifecycle.properties if severity_of(each.origin.standing) is Severity.ERROR)
    return [verdict(space, each).outcome for each in stated]


def _with_histories(pack: SpecPack, touch: Touch) -> SpecPack:
    """The changed pack with what its own tables leave in records: those of the variants whose lifecycle has changed."""
    if touch.content or touch.choice or not any(each.variant in touch.variants for each in pack.histories):
        return pack
    tables = Tables(judge_of(pack))
    try:
        spaces = [tables.table(name, TableUse.COMPARISON) for name in sorted(touch.variants)]
    except (KeyError, ValueError):  # a lifecycle that cannot be explored: `check` says why
        return replace(pack, histories=tuple(each for each in pack.histories if each.variant not in touch.variants))
    kept = (each for each in pack.histories if each.variant not in touch.variants)
    return replace(pack, histories=(*kept, *histories_of(spaces)))


def _may_notice(baseline: _Baseline, touch: Touch, sheets: frozenset[str]) -> bool:
    variants = touch.variants if baseline.weight > 1 else sheets
    return touch.choice or not variants.isdisjoint(baseline.variants) or (touch.account and baseline.item.reads_account)


def trial(pack: SpecPack, corpus: Corpus, notice: Notice = Notice.FINDINGS) -> Trial:
    """Judges the corpus by the unchanged sound pack, as the baseline for every mutant."""
    judge = judge_of(pack)
    corpus_judge = CorpusJudge(corpus, judge, notice)
    baselines: list[_Baseline] = []
    idle: list[str] = []
    for item in corpus.items:
        result, exercised = corpus_judge.judged(item)
        if item.scenario is not None and not result:
            idle.append(item.name)
            continue
        places = frozenset(origin.location for origin in exercised)
        weight = _weight(item)
        baselines.append(_Baseline(item, result, corpus_judge.variants(item), places, weight))
    return Trial(corpus, notice, judge, uses_of(pack), tuple(baselines), _errors(pack), tuple(idle))


def _weight(item: CorpusItem) -> int:
    """The approximate time that an item takes: more than 1 if an order is run through its lifecycle."""
    is_run = item.scenario is not None and (item.scenario.steps or item.scenario.given.order is not None)
    return 2 + len(item.scenario.steps) if is_run and item.scenario is not None else 1


def _errors(pack: SpecPack) -> frozenset[tuple[str, Location]]:
    findings = check(pack, limit=TableUse.COMPARISON.limit).findings
    return frozenset((finding.code, finding.location) for finding in findings if finding.severity is Severity.ERROR)


def score(tried: Iterable[Tried]) -> float | None:
    """
    The mutation score: killed mutants in percent of killed and surviving ones; None if there are neither.

    Mutants that are rejected by `check`, equivalent or not tried do not count.
    """
    fates = [each.fate for each in tried]
    killed, survived = fates.count(MutantFate.KILLED), fates.count(MutantFate.SURVIVED)
    return 100 * killed / (killed + survived) if killed + survived else None
