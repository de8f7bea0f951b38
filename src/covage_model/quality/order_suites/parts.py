"""The parts of conditions, each of which decides in some order: without it another verdict would be reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from covage_model.documents.judge.objects import objects
from covage_model.documents.make.defects.goals import ConditionGoal, of_demand
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, Sheet
from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import TRUE, All, Condition, Implies, Not
from covage_model.quality.mutants.conditions import Changed, changed


@dataclass(frozen=True, slots=True)
class ConditionPart:
    """
    A condition of the sheet, and what it would be without one part, or value, or with a bound relaxed.

    `whole` is what must hold of each object at `host`; `without` what would have to.
    """

    kind: str
    origin: Origin
    detail: str
    host: tuple[str, ...]
    level: int
    whole: Condition
    without: Condition
    said: Any = field(compare=False, repr=False)
    at: Origin = field(compare=False, repr=False)

    def counts(self, target: OrderTarget) -> bool:
        """Whether it is asked of orders of that role and status."""
        if target.status not in self.said.statuses:
            return False
        if isinstance(self.said, AnchoredRule):
            return not (self.said.reads_account and target.role is Role.RECORD)
        return not (self.said.records_only and target.role is Role.REQUEST)

    def valid(self) -> ConditionGoal:
        """All is well, and would not be without the part."""
        return ConditionGoal(self.host, self.level, All((self.whole, Not(self.without))))

    def invalid(self) -> ConditionGoal:
        """Something is wrong that would not be without the part."""
        return ConditionGoal(self.host, self.level, All((Not(self.whole), self.without)))

    def tells(self, document: Any, account: Any, target: OrderTarget) -> bool:
        """Whether the part decides here, in a way that somebody notices: all holds only with it, or only without."""
        if not self.counts(target):
            return False
        held = [
            (truth.holds(self.whole, at.scopes, account), truth.holds(self.without, at.scopes, account))
            for at in objects(document, self.host, self.level)
        ]
        return all(one for one, _ in held) is not all(other for _, other in held)


def parts_of(sheet: Sheet) -> Iterator[ConditionPart]:
    """Each part of each condition of the sheet, in its order; all of a `when` is a part too."""
    return (one for one in _changes(sheet) if one.kind == "part")


def _changes(sheet: Sheet) -> Iterator[ConditionPart]:
    for rule in sheet.rules:
        stands = _Stands(rule, rule.host, rule.level)
        for number, one in enumerate(changed(rule.then)):
            yield stands.part(f"then {number}", one, rule.when, rule.then, rule.when, one.condition)
        yield from stands.parts(rule.when, rule.then)
    for present, demands in ((True, sheet.required), (False, sheet.forbidden)):
        for demand in demands:
            wanted = of_demand(sheet, demand, present=present)
            if wanted is not None and isinstance(wanted.condition, All):
                yield from _Stands(demand, wanted.host, wanted.level).parts(demand.when, wanted.condition.parts[1])


@dataclass(frozen=True, slots=True)
class _Stands:
    """A rule or a demand, and the objects that it is asked of."""

    said: Any
    host: tuple[str, ...]
    level: int

    def parts(self, when: Condition | None, then: Condition) -> Iterator[ConditionPart]:
        """The parts of `when`, and all of it."""
        if when is None:
            return
        for number, one in enumerate(changed(when)):
            yield self.part(f"when {number}", one, when, then, one.condition, then)
        every = Changed("part", when, None, None, TRUE)
        yield self.part("when", every, when, then, TRUE, then)

    def part(
        self,
        detail: str,
        one: Changed,
        when: Condition | None,
        then: Condition,
        other: Condition | None,
        after: Condition,
    ) -> ConditionPart:
        whole, without = Implies(when or TRUE, then), Implies(other or TRUE, after)
        at = one.origin or self.said.origin
        return ConditionPart(one.what, self.said.origin, detail, self.host, self.level, whole, without, self.said, at)
