"""The pool of valid and invalid orders from which a suite is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from typing import Any

from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.defects import goals
from covage_model.documents.make.defects.base_orders import BaseOrder, BaseOrders, account_of
from covage_model.documents.make.defects.defect import PRESENCE, Defect, Expected, Invalid, Unmade
from covage_model.documents.make.defects.every_defect import defects_of
from covage_model.documents.make.defects.maker import DefectMaker, targets_of
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, Demand, Sheet
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Location, Origin, Severity
from covage_model.pack.conditions.tree import identity
from covage_model.pack.model.conditions import All, Not
from covage_model.quality.order_suites.parts import ConditionPart, parts_of
from covage_model.quality.order_suites.shows import SuiteItem, of_valid, shown
from covage_model.quality.order_suites.values import listed

_KINDS = 2  # kinds of orders in which a part is tried
_TRIES = 3


@dataclass(frozen=True, slots=True)
class File:
    """An order with its account, its expected findings, and the items that it shows."""

    target: OrderTarget
    document: Any
    account: Any
    expected: tuple[Expected, ...]
    shows: frozenset[SuiteItem]
    because: tuple[Origin, ...] = ()
    needs_account: bool = False
    usual: bool = True  # it is judged without naming a status


@dataclass(slots=True)
class Pool:
    """
    All orders that were made for a suite.

    `unmade` has the defects without an order, `coupled` those that never come alone. `instead` has the
    definitions that were broken when a part of a condition (by its place) was meant to decide. `unshown` has the
    values without a valid order.
    """

    judge: Judge
    maker: DefectMaker
    files: list[File] = field(default_factory=list)
    unmade: list[Unmade] = field(default_factory=list)
    coupled: list[Invalid] = field(default_factory=list)
    instead: dict[Location, list[Origin]] = field(default_factory=dict)
    unshown: dict[SuiteItem, None] = field(default_factory=dict)
    _typed: set[Location] = field(default_factory=set)
    _shown: set[SuiteItem] = field(default_factory=set)

    def fill(self, names: Sequence[str], tick: Callable[[], None] = lambda: None) -> None:
        """Makes invalid orders for each definition of these variants, then valid ones for each branch."""
        seen: dict[tuple[Any, ...], Unmade | Invalid | None] = {}
        for name in names:
            for defect in defects_of(self.judge.sheet(name)):
                self._spoil(defect, seen)
            tick()
        self.unmade = [result for result in seen.values() if isinstance(result, Unmade)]
        self.coupled = [result for result in seen.values() if isinstance(result, Invalid)]
        decided: set[SuiteItem] = set()
        for name in names:
            self._parts(name, decided)
            self._valid(name)
            tick()
        self.unshown = {item: None for item in self.unshown if item not in self._shown}

    def _spoil(self, defect: Defect, seen: dict[tuple[Any, ...], Unmade | Invalid | None]) -> None:
        """Breaks a definition once, in the first of its variants; in the next if it is not broken alone there."""
        key = _key(defect)
        origins = defect.slot.origins if defect.slot is not None and defect.kind not in PRESENCE else ()
        if key in seen and seen[key] is None and all(origin.location in self._typed for origin in origins):
            return
        invalid = self.maker.made(defect, targets_of(self.judge, defect.variant))
        if isinstance(invalid, Unmade):
            seen.setdefault(key, invalid)
            return
        if not invalid.alone:
            seen.setdefault(key, invalid)
        else:
            seen[key] = None
            self._typed.update(origin.location for origin in origins)
        items = (shown(defect.kind, defect.origin, defect.detail), *(shown("typed", origin) for origin in origins))
        self.files.append(
            File(
                invalid.target,
                invalid.document,
                invalid.account,
                invalid.expected,
                frozenset(items),
                invalid.because,
                invalid.needs_account,
            )
        )

    def _parts(self, name: str, decided: set[SuiteItem]) -> None:
        """Makes orders in which one part of a condition decides the verdict."""
        for part in parts_of(self.judge.sheet(name)):
            item = shown(part.kind, part.origin, part.detail)
            if item in decided:
                continue
            for target in self._counting(part, name):
                if self._decides(part, self.maker.hosts(target), item):
                    decided.add(item)
                    break
            else:
                self._note(part, name)

    def _counting(self, part: ConditionPart, name: str) -> list[OrderTarget]:
        """The first two kinds of orders that the part applies to."""
        written = self.judge.sheet(name).written_by is not None
        targets = [target for target in targets_of(self.judge, name) if part.counts(target)]
        return [target for target in targets if not (written and target.role is Role.REQUEST)][:_KINDS]

    def _decides(self, part: ConditionPart, hosts: BaseOrders, item: SuiteItem) -> bool:
        for host in hosts.but(_less(hosts.sheet, part.holder), goals.goal_of(part.invalid()), _TRIES):
            file = self._invalid(host, hosts, part.holder)
            if file is not None and part.tells(host.document, account_of(host), hosts.target):
                self.files.append(replace(file, shows=frozenset({item})))
                return True
        for host in hosts.valid(goals.goal_of(part.valid()), _TRIES):
            if part.tells(host.document, account_of(host), hosts.target):
                return True  # `_valid` adds it with everything that it shows
        return False

    def _note(self, part: ConditionPart, name: str) -> None:
        """Notes the findings that come when the part is made to decide anyway."""
        sheet = self.judge.sheet(name)
        for target in self._counting(part, name):
            hosts = self.maker.hosts(target)
            for wanted in (part.valid(), part.invalid()):
                for host in hosts.broken(goals.goal_of(wanted), sound=False):
                    findings = [*hosts.verdict(host.document, host.account).findings]
                    findings += host.account.findings if host.account is not None else ()
                    heavy = [finding for finding in findings if finding.severity in (Severity.ERROR, Severity.WARNING)]
                    lines = [each.because for each in heavy if each.because not in (sheet.origin, part.holder.origin)]
                    self.instead.setdefault(part.at.location, []).extend(line for line in lines if line is not None)

    def _invalid(self, host: BaseOrder, hosts: BaseOrders, said: Any) -> File | None:
        """An invalid order with its findings; None unless all findings are because of `said`."""
        verdict = hosts.verdict(host.document, host.account)
        heavy = [finding for finding in verdict.findings if finding.severity in (Severity.ERROR, Severity.WARNING)]
        if not heavy or any(finding.because != said.origin for finding in heavy):
            return None
        expected = tuple(
            sorted({Expected(finding.location.pointer, finding.code, finding.severity.value) for finding in heavy})
        )
        account = host.account.data if host.account is not None else None
        needs = isinstance(said, AnchoredRule) and said.reads_account
        return File(hosts.target, host.document, account, expected, frozenset(), (), needs)

    def _valid(self, name: str) -> None:
        """Makes valid orders of each status and role, and for each branch and value that these do not show."""
        sheet, parts = self.judge.sheet(name), tuple(parts_of(self.judge.sheet(name)))
        tried: Counter[SuiteItem] = Counter()
        for target in targets_of(self.judge, name):
            if sheet.written_by is not None and target.role is Role.REQUEST:
                continue
            hosts = self.maker.hosts(target)
            hosts.begin()
            if (target.role is Role.REQUEST and target.status == sheet.requests) or sheet.written_by is not None:
                for goal in _branches(sheet):
                    next(hosts.valid(goals.goal_of(goal), _TRIES), None)
            for item, wanted in listed(sheet, target.role):
                if item not in self._shown and tried[item] < _KINDS:
                    tried[item] += 1
                    next(hosts.valid(wanted, _TRIES), None)
            for host in hosts.held:
                items = of_valid(sheet, target, host.document, account_of(host), parts)
                account = host.account.data if host.account is not None else None
                self.files.append(File(target, host.document, account, (), frozenset(items)))
                self._shown |= items
        self.unshown |= dict.fromkeys(tried)


def _key(defect: Defect) -> tuple[Any, ...]:
    """The key of a defect: equal for one definition in several variants, different for two spans of a field."""
    at, definition = defect.origin.location, defect.broken
    span = (tuple(sorted(definition.statuses)), identity(definition.when)) if isinstance(definition, Demand) else ()
    return defect.kind, at.file, at.line, at.column, defect.detail, span


def _less(sheet: Sheet, said: Any) -> Sheet:
    """The sheet without one rule or demand."""
    if isinstance(said, AnchoredRule):
        return replace(sheet, rules=tuple(other for other in sheet.rules if other is not said))
    return replace(
        sheet,
        required=tuple(other for other in sheet.required if other is not said),
        forbidden=tuple(other for other in sheet.forbidden if other is not said),
    )


def _branches(sheet: Sheet) -> Iterator[goals.ConditionGoal]:
    """Goals of valid orders: each condition true, and each condition false where its demand is broken or met."""
    for rule in sheet.rules:
        if rule.when is not None:
            yield goals.ConditionGoal(rule.host, rule.level, rule.when)
            yield goals.ConditionGoal(rule.host, rule.level, All((Not(rule.when), Not(rule.then))))
    for present, demands in ((False, sheet.required), (True, sheet.forbidden)):
        for demand in demands:
            wanted = goals.of_demand(sheet, demand, present=present)
            if demand.when is not None and wanted is not None:
                yield goals.ConditionGoal(wanted.host, wanted.level, demand.when)
                place = wanted.condition.parts[1] if isinstance(wanted.condition, All) else wanted.condition
                yield goals.ConditionGoal(wanted.host, wanted.level, All((Not(demand.when), place)))
