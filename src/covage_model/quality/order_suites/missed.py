"""Surviving mutants of an order suite: definitions whose removal changes no verdict, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import field
from typing import Any

from covage_model.documents.judge.prepared import changed
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity
from covage_model.quality.mutants import derived
from covage_model.quality.mutants.conditions import place_of
from covage_model.quality.mutants.mutant import Mutant, part_at
from covage_model.quality.mutants.operators import mutants
from covage_model.quality.mutants.uses import Touch, Uses, uses_of
from covage_model.quality.order_suites.implied import holds_without
from covage_model.quality.order_suites.pool import File, Pool

OPERATORS = frozenset(
    {
        *("required-drop", "forbidden-drop", "read-only-drop", "keyword-drop", "type-drop", "rule-drop"),
        *("required-when-drop", "forbidden-when-drop", "rule-when-drop", "condition-part-drop"),
    }
)


@dataclass(frozen=True, slots=True)
class Unnoticed:
    """A removal that no file notices. `why` is the reason; `lines` are the definitions that make it redundant."""

    mutant: Mutant
    why: str
    lines: tuple[Origin, ...]


@dataclass(slots=True)
class VanishCheck:
    """Tries a suite on mutants: a mutant is noticed if a file gets another verdict."""

    judge: Judge
    uses: Uses = field(init=False)
    _accounts: dict[int, tuple[Any, Account]] = field(default_factory=dict)  # by id, with the data, to keep it alive

    def __post_init__(self) -> None:
        """Computes the uses of types once."""
        self.uses = uses_of(self.judge.pack)

    def by(self, mutant: Mutant, files: Sequence[File]) -> int | None:
        """The number of the first file with another verdict, or None; files that use the changed line come first."""
        judge, touch = self.without(mutant)
        line = (mutant.origin.location.file, mutant.origin.location.line)
        numbers = [number for number, file in enumerate(files) if touch.choice or file.target.variant in touch.variants]
        numbers.sort(key=lambda number: all((item.file, item.line) != line for item in files[number].shows))
        known = None if touch.account else self._known
        return next((n for n in numbers if bool(heavy(judge, files[n], known)) is not bool(files[n].expected)), None)

    def _known(self, data: Any) -> Account:
        """The account as judged by the unchanged pack, once."""
        if id(data) not in self._accounts:
            self._accounts[id(data)] = (data, self.judge.account(data, ""))
        return self._accounts[id(data)][1]

    def without(self, mutant: Mutant) -> tuple[Judge, Touch]:
        """A judge of the mutated pack, and what the mutation may affect."""
        touch = self.uses.touch(mutant)
        pack = mutant.applied(self.judge.pack)
        return Judge(changed(self.judge.prepared, pack, sheets=touch.variants, account=touch.account)), touch

    def same(self, mutant: Mutant) -> bool:
        """Whether everything derived from the pack is the same (an equivalent mutant)."""
        judge, touch = self.without(mutant)
        return derived.same(self.judge.prepared, judge.prepared, touch.variants)


def heavy(judge: Judge, file: File, known: Callable[[Any], Account] | None = None) -> list[Diagnostic]:
    """The errors and warnings that a file gets; `known`, if given, judges accounts instead of the judge."""
    judged = known or (lambda data: judge.account(data, ""))
    account = judged(file.account) if file.account is not None else None
    role = file.target.role if judge.prepared.record is None else None
    verdict = judge.verdict(file.document, "", role=role, status=file.target.status or None, account=account)
    return [finding for finding in verdict.findings if finding.severity in (Severity.ERROR, Severity.WARNING)]


def dropped(judge: Judge, names: Collection[str]) -> list[Mutant]:
    """
    The mutants that drop a definition, or a part of a condition, from the documents of these variants.

    Lifecycles are left out: an order file shows nothing of them.
    """
    uses = uses_of(judge.pack)
    every = mutants(judge.pack, operators=OPERATORS)
    return [mutant for mutant in every if not uses.holders(mutant).isdisjoint(names) and uses.touch(mutant).content]


def missed(pool: Pool, survivors: Sequence[Mutant]) -> tuple[Unnoticed, ...]:
    """The surviving mutants with the reasons why no file notices them, as far as they can be found."""
    look = VanishCheck(pool.judge)
    return tuple(_explained(pool, look, mutant) for mutant in survivors)


def _explained(pool: Pool, look: VanishCheck, mutant: Mutant) -> Unnoticed:
    at = mutant.origin.location
    origins = dict.fromkeys([*_instead(pool, at), *_still(pool, look, mutant), *_implied(pool, mutant)])
    lines = tuple(origin for origin in origins if origin.location != at)
    why = "same" if look.same(mutant) else "redundant" if lines else "unseen"
    return Unnoticed(mutant, why, lines[:3])


def _instead(pool: Pool, at: Location) -> Iterator[Origin]:
    """The definitions that were broken too, or instead, when an order was made to break this one."""
    yield from pool.instead.get(at, ())
    for made in pool.coupled:
        if made.defect.origin.location == at:
            yield from made.because
    for unmade in pool.unmade:
        if unmade.defect.origin.location == at:
            yield from unmade.lines
            order = pool.judge.pack.variant(unmade.defect.variant).order
            if unmade.why == "nowhere" and order.written_by is not None:
                yield order.origin  # nobody sends such requests, so what only requests can break is never broken


def _implied(pool: Pool, mutant: Mutant) -> Iterator[Origin]:
    """The `then` of a rule, if it also holds where the rule's `when` does not."""
    if mutant.operator == "rule-when-drop":
        for change in mutant.changes:
            rule = part_at(pool.judge.pack, change.path[:-1])
            place = place_of(rule.then)
            if place is not None and rule.when is not None and holds_without(rule.then, rule.when):
                yield place


def _still(pool: Pool, look: VanishCheck, mutant: Mutant) -> Iterator[Origin]:
    """The definitions that still reject the orders which broke this one, after its removal."""
    judge, _ = look.without(mutant)
    at = mutant.origin.location
    for file in pool.files:
        if file.expected and any(
            (item.file, item.line, item.column) == (at.file, at.line, at.column) for item in file.shows
        ):
            yield from (finding.because for finding in heavy(judge, file) if finding.because is not None)
