"""Many orders, valid and not, from which a suite is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
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
from covage_model.ground.diagnostics import Location, Origin, Severity
from covage_model.pack.conditions.tree import identity
from covage_model.pack.model.conditions import All, Not
from covage_model.quality.order_suites.parts import ConditionPart, parts_of
from covage_model.quality.order_suites.shows import ShownThing, of_valid, shown
from covage_model.quality.order_suites.values import listed

_KINDS = 2  # of orders in which a part is tried
_TRIES = 3


@dataclass(frozen=True, slots=True)
class File:
    """An order with the account that goes with it, what must be found in it, and what it shows."""

    target: OrderTarget
    document: Any
    account: Any
    expected: tuple[Expected, ...]
    shows: frozenset[ShownThing]
    because: tuple[Origin, ...] = ()
    needs_account: bool = False
    usual: bool = True  # judged as anybody would judge it who says nothing of the status


@dataclass(slots=True)
class Pool:
    """
    All that was made.

    `unmade` are the things that stand in no order, `coupled` those that stand in none alone; `instead` are the
    lines that were found where a part of a condition at a place was to decide; `unshown` the values that stand
    in no valid order.
    """

    judge: Judge
    maker: DefectMaker
    files: list[File] = field(default_factory=list)
    unmade: list[Unmade] = field(default_factory=list)
    coupled: list[Invalid] = field(default_factory=list)
    instead: dict[Location, list[Origin]] = field(default_factory=dict)
    unshown: dict[ShownThing, None] = field(default_factory=dict)
    _typed: set[Location] = field(default_factory=set)
    _shown: set[ShownThing] = field(default_factory=set)

    def fill(self, names: Sequence[str], tick: Callable[[], None] = lambda: None) -> None:
        """Invalid orders for each definition, then valid ones for each branch, of these variants."""
        seen: dict[tuple[Any, ...], Unmade | Invalid | None] = {}
        for name in names:
            for defect in defects_of(self.judge.sheet(name)):
                self._spoil(defect, seen)
            tick()
        self.unmade = [one for one in seen.values() if isinstance(one, Unmade)]
        self.coupled = [one for one in seen.values() if isinstance(one, Invalid)]
        decided: set[ShownThing] = set()
        for name in names:
            self._parts(name, decided)
            self._valid(name)
            tick()
        self.unshown = {said: None for said in self.unshown if said not in self._shown}

    def _spoil(self, defect: Defect, seen: dict[tuple[Any, ...], Unmade | Invalid | None]) -> None:
        """A definition that several variants hold is broken once; if not alone, the next variant is tried."""
        key = _key(defect)
        origins = defect.slot.origins if defect.slot is not None and defect.kind not in PRESENCE else ()
        if key in seen and seen[key] is None and all(one.location in self._typed for one in origins):
            return
        found = self.maker.made(defect, targets_of(self.judge, defect.variant))
        if isinstance(found, Unmade):
            seen.setdefault(key, found)
            return
        if not found.alone:
            seen.setdefault(key, found)
        else:
            seen[key] = None
            self._typed.update(one.location for one in origins)
        said = (shown(defect.kind, defect.origin, defect.detail), *(shown("typed", one) for one in origins))
        self.files.append(
            File(
                found.target,
                found.document,
                found.account,
                found.expected,
                frozenset(said),
                found.because,
                found.needs_account,
            )
        )

    def _parts(self, name: str, decided: set[ShownThing]) -> None:
        """Orders in which one part of a condition decides."""
        for part in parts_of(self.judge.sheet(name)):
            said = shown(part.kind, part.origin, part.detail)
            if said in decided:
                continue
            for target in self._counting(part, name):
                if self._decides(part, self.maker.hosts(target), said):
                    decided.add(said)
                    break
            else:
                self._note(part, name)

    def _counting(self, part: ConditionPart, name: str) -> list[OrderTarget]:
        """The first two kinds of orders that the part is asked of."""
        written = self.judge.sheet(name).written_by is not None
        asked = targets_of(self.judge, name)
        return [one for one in asked if part.counts(one) and not (written and one.role is Role.REQUEST)][:_KINDS]

    def _decides(self, part: ConditionPart, hosts: BaseOrders, said: ShownThing) -> bool:
        for host in hosts.but(_less(hosts.sheet, part.said), goals.goal_of(part.invalid()), _TRIES):
            found = self._told(host, hosts, part.said)
            if found is not None and part.tells(host.document, account_of(host), hosts.target):
                self.files.append(replace(found, shows=frozenset({said})))
                return True
        for host in hosts.valid(goals.goal_of(part.valid()), _TRIES):
            if part.tells(host.document, account_of(host), hosts.target):
                return True  # it is among the valid ones, which say by themselves what they show
        return False

    def _note(self, part: ConditionPart, name: str) -> None:
        """What is found where the part is made to decide all the same."""
        sheet = self.judge.sheet(name)
        for target in self._counting(part, name):
            hosts = self.maker.hosts(target)
            for wanted in (part.valid(), part.invalid()):
                for host in hosts.broken(goals.goal_of(wanted), sound=False):
                    found = [*hosts.verdict(host.document, host.account).findings]
                    found += host.account.findings if host.account is not None else ()
                    found = [one for one in found if one.severity in (Severity.ERROR, Severity.WARNING)]
                    lines = [f.because for f in found if f.because not in (None, sheet.origin, part.said.origin)]
                    self.instead.setdefault(part.at.location, []).extend(one for one in lines if one is not None)

    def _told(self, host: BaseOrder, hosts: BaseOrders, said: Any) -> File | None:
        """An invalid order with its findings, all of which must be because of one thing."""
        verdict = hosts.verdict(host.document, host.account)
        ours = [one for one in verdict.findings if one.severity in (Severity.ERROR, Severity.WARNING)]
        if not ours or any(one.because != said.origin for one in ours):
            return None
        expected = tuple(sorted({Expected(one.location.pointer, one.code, one.severity.value) for one in ours}))
        account = host.account.data if host.account is not None else None
        needs = isinstance(said, AnchoredRule) and said.reads_account
        return File(hosts.target, host.document, account, expected, frozenset(), (), needs)

    def _valid(self, name: str) -> None:
        """Valid orders of each status and role, and for each branch and value that none of them shows."""
        sheet, parts = self.judge.sheet(name), tuple(parts_of(self.judge.sheet(name)))
        tried: Counter[ShownThing] = Counter()
        for target in targets_of(self.judge, name):
            if sheet.written_by is not None and target.role is Role.REQUEST:
                continue
            hosts = self.maker.hosts(target)
            hosts.begin()
            if (target.role is Role.REQUEST and target.status == sheet.requests) or sheet.written_by is not None:
                for goal in _branches(sheet):
                    next(hosts.valid(goals.goal_of(goal), _TRIES), None)
            for said, wanted in listed(sheet, target.role):
                if said not in self._shown and tried[said] < _KINDS:
                    tried[said] += 1
                    next(hosts.valid(wanted, _TRIES), None)
            for host in hosts.held:
                found = of_valid(sheet, target, host.document, account_of(host), parts)
                account = host.account.data if host.account is not None else None
                self.files.append(File(target, host.document, account, (), frozenset(found)))
                self._shown |= found
        self.unshown |= dict.fromkeys(tried)


def _key(defect: Defect) -> tuple[Any, ...]:
    """The same for the same thing in several variants; two spans of one field are two things."""
    at, said = defect.origin.location, defect.said
    span = (tuple(sorted(said.statuses)), identity(said.when)) if isinstance(said, Demand) else ()
    return defect.kind, at.file, at.line, at.column, defect.detail, span


def _less(sheet: Sheet, said: Any) -> Sheet:
    """The sheet without a rule or a demand."""
    if isinstance(said, AnchoredRule):
        return replace(sheet, rules=tuple(one for one in sheet.rules if one is not said))
    return replace(
        sheet,
        required=tuple(one for one in sheet.required if one is not said),
        forbidden=tuple(one for one in sheet.forbidden if one is not said),
    )


def _branches(sheet: Sheet) -> Iterator[goals.ConditionGoal]:
    """What a valid order may show: each condition true, and each false where it matters."""
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
