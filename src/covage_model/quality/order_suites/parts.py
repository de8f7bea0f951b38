"""Parts of conditions: for each, an order is wanted whose verdict would be another without the part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any

from covage_model.documents.judge.objects import objects
from covage_model.documents.make.defects.goals import ConditionGoal, of_demand
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, Sheet
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import TRUE, All, Condition, Implies, Not
from covage_model.quality.mutants.conditions import Changed, changed


@dataclass(frozen=True, slots=True)
class ConditionPart:
    """
    A condition of the sheet, and the same condition with one part or value dropped or one bound relaxed.

    `whole` must hold for each object at `host`; `without` is what would have to hold without the part.
    """

    kind: str
    origin: Origin
    detail: str
    host: tuple[str, ...]
    level: int
    whole: Condition
    without: Condition
    holder: Any = field(compare=False, repr=False)
    at: Origin = field(compare=False, repr=False)

    def counts(self, target: OrderTarget) -> bool:
        """Whether the condition applies to orders of that role and status."""
        if target.status not in self.holder.statuses:
            return False
        if isinstance(self.holder, AnchoredRule):
            return not (self.holder.reads_account and target.role is Role.RECORD)
        return not (self.holder.records_only and target.role is Role.REQUEST)

    def valid(self) -> ConditionGoal:
        """The goal of an order that is valid only because of this part."""
        return ConditionGoal(self.host, self.level, All((self.whole, Not(self.without))))

    def invalid(self) -> ConditionGoal:
        """The goal of an order that is invalid only because of this part."""
        return ConditionGoal(self.host, self.level, All((Not(self.whole), self.without)))

    def tells(self, document: Any, account: Any, target: OrderTarget) -> bool:
        """Whether the verdict on the document depends on the part."""
        if not self.counts(target):
            return False
        held = [
            (truth.holds(self.whole, at.scopes, account), truth.holds(self.without, at.scopes, account))
            for at in objects(document, self.host, self.level)
        ]
        return all(whole for whole, _ in held) is not all(without for _, without in held)


def parts_of(sheet: Sheet) -> Iterator[ConditionPart]:
    """Each part of each condition of the sheet, in order. A whole `when` counts as a part too."""
    return (part for part in _changes(sheet) if part.kind == "part")


def _changes(sheet: Sheet) -> Iterator[ConditionPart]:
    for rule in sheet.rules:
        holder = _ConditionHolder(rule, rule.host, rule.level)
        for number, change in enumerate(changed(rule.then)):
            yield holder.part(f"then {number}", change, rule.when, rule.then, rule.when, change.condition)
        yield from holder.parts(rule.when, rule.then)
    for present, demands in ((True, sheet.required), (False, sheet.forbidden)):
        for demand in demands:
            wanted = of_demand(sheet, demand, present=present)
            if wanted is not None and isinstance(wanted.condition, All):
                yield from _ConditionHolder(demand, wanted.host, wanted.level).parts(
                    demand.when, wanted.condition.parts[1]
                )


@dataclass(frozen=True, slots=True)
class _ConditionHolder:
    """A rule or a demand, and the objects that it applies to."""

    holder: Any
    host: tuple[str, ...]
    level: int

    def parts(self, when: Condition | None, then: Condition) -> Iterator[ConditionPart]:
        """The parts of `when`, and the whole `when`."""
        if when is None:
            return
        for number, change in enumerate(changed(when)):
            yield self.part(f"when {number}", change, when, then, change.condition, then)
        every = Changed("part", when, None, None, TRUE)
        yield self.part("when", every, when, then, TRUE, then)

    def part(
        self,
        detail: str,
        change: Changed,
        when: Condition | None,
        then: Condition,
        other: Condition | None,
        after: Condition,
    ) -> ConditionPart:
        whole, without = Implies(when or TRUE, then), Implies(other or TRUE, after)
        at = change.origin or self.holder.origin
        return ConditionPart(
            change.what, self.holder.origin, detail, self.host, self.level, whole, without, self.holder, at
        )
