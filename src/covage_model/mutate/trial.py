"""Mutants tried: which the corpus notices, which `check` refuses, which are the same spec."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from covage_model.checks.check import check
from covage_model.diagnostics import Location, Severity
from covage_model.model.pack import SpecPack
from covage_model.mutate import derived
from covage_model.mutate.corpus import Corpus, Eyes, Item, Notice
from covage_model.mutate.mutant import Mutant
from covage_model.mutate.uses import Touch, Uses, uses_of
from covage_model.orders.laid import Laid, changed
from covage_model.orders.verdict import Judge, judge_of


class Fate(Enum):
    """
    What became of a mutant.

    KILLED: an item of the corpus notices. Of the others, REFUSED: `check` finds an error that the
    spec has not; EQUIVALENT: all that is derived is the same, byte for byte; SURVIVED: the rest.
    """

    KILLED = "killed"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant and its fate: `by` is the first item that notices it, or the code that refuses it."""

    mutant: Mutant
    fate: Fate
    by: str | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What an item sees of the spec as it is."""

    item: Item
    seen: Hashable
    leaves: frozenset[str]
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
    known: tuple[_Known, ...]
    errors: frozenset[tuple[str, Location]]
    idle: tuple[str, ...]

    def __call__(self, mutant: Mutant) -> Tried:
        """The fate of a mutant; the same whatever was tried before."""
        touch = self.uses.touch(mutant)
        pack = mutant.applied(self.judge.pack)
        laid = changed(self.judge.laid, pack, sheets=touch.leaves, account=touch.account)
        eyes = Eyes(self.corpus, Judge(laid), self.notice)
        for one in self._likely(mutant, touch, laid):
            if eyes.seen(one.item) != one.seen:
                return Tried(mutant, Fate.KILLED, one.item.name)
        if derived.same(self.judge.laid, laid, touch.leaves):
            return Tried(mutant, Fate.EQUIVALENT)
        refusals = sorted(_errors(pack) - self.errors)
        return Tried(mutant, Fate.REFUSED, refusals[0][0]) if refusals else Tried(mutant, Fate.SURVIVED)

    def _likely(self, mutant: Mutant, touch: Touch, laid: Laid) -> Sequence[_Known]:
        """The items that may notice: first those in which the line took part, then the quick ones."""
        place = mutant.origin.location
        sheets = touch.leaves if touch.content else self._other_sheets(touch.leaves, laid)
        able = [one for one in self.known if _may_notice(one, touch, sheets)]
        return sorted(able, key=lambda one: (place not in one.places, one.weight))

    def _other_sheets(self, leaves: frozenset[str], laid: Laid) -> frozenset[str]:
        """The leaves whose documents are judged otherwise because their life has other statuses."""
        return frozenset(leaf for leaf in leaves if laid.sheet(leaf) != self.judge.sheet(leaf))


def _may_notice(one: _Known, touch: Touch, sheets: frozenset[str]) -> bool:
    lives = touch.leaves if one.weight > 1 else sheets
    return touch.choice or not lives.isdisjoint(one.leaves) or (touch.account and one.item.reads_account)


def trial(pack: SpecPack, corpus: Corpus, notice: Notice = Notice.FINDINGS) -> Trial:
    """The corpus looking at a sound pack as it is: what every mutant is compared with."""
    judge = judge_of(pack)
    eyes = Eyes(corpus, judge, notice)
    known: list[_Known] = []
    idle: list[str] = []
    for item in corpus.items:
        seen, exercised = eyes.look(item)
        if item.scenario is not None and not seen:
            idle.append(item.name)
            continue
        places = frozenset(origin.location for origin in exercised)
        weight = _weight(item)
        known.append(_Known(item, seen, eyes.leaves(item), places, weight))
    return Trial(corpus, notice, judge, uses_of(pack), tuple(known), _errors(pack), tuple(idle))


def _weight(item: Item) -> int:
    """How long an item takes, about: more than 1 where a life is lived."""
    lived = item.scenario is not None and (item.scenario.steps or item.scenario.given.order is not None)
    return 2 + len(item.scenario.steps) if lived and item.scenario is not None else 1


def _errors(pack: SpecPack) -> frozenset[tuple[str, Location]]:
    found = check(pack, limit=derived.LIMIT).findings
    return frozenset((one.code, one.location) for one in found if one.severity is Severity.ERROR)


def score(tried: Iterable[Tried]) -> float | None:
    """
    The mutation score: the killed, in percent of the killed and the survivors; None where there are neither.

    What `check` refuses and what is equivalent counts on neither side.
    """
    fates = [one.fate for one in tried]
    killed, survived = fates.count(Fate.KILLED), fates.count(Fate.SURVIVED)
    return 100 * killed / (killed + survived) if killed + survived else None
