"""Base orders: valid orders that are then broken in one place, and orders that break one statement only."""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable, Iterator
from dataclasses import field
from random import Random
from typing import Any

from covage_model.documents.judge.verdict import Account, Judge, Verdict, anchored_record
from covage_model.documents.make.valid import places
from covage_model.documents.make.valid.local_search import Aim, LocalSearch, local_search
from covage_model.documents.make.valid.places import DocumentPlace
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.make.valid.value_generator import Fullness
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.pack.model.conditions import Condition

_FILLS = (Fullness.FULL, Fullness.MINIMAL, Fullness.RANDOM)
_ATTEMPTS = 6
_MORE = 1  # attempts if an order was found already
_PUSHES = 4
_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class BaseOrder:
    """A valid order and its account."""

    document: Any
    account: Account | None


@dataclass(frozen=True, slots=True)
class Goal:
    """
    A property that an order should have. `push` tries to establish it; `reached` tests it on a document and the
    data of an account. `key` identifies the goal: one that was not reached is not tried again.
    """

    key: Hashable
    push: Callable[[LocalSearch], None]
    reached: Callable[[DocumentPlace, Any], bool]


@dataclass(slots=True)
class SharedAccount:
    """An account that grows with what each order needs, so that it suits as many orders as possible."""

    data: Any = None


@dataclass(slots=True)
class BaseOrders:
    """The base orders of one target, all from one seed; at most `attempts` attempts for each."""

    judge: Judge
    target: OrderTarget
    shared: SharedAccount
    random: Random
    held: list[BaseOrder] = field(default_factory=list)
    attempts: int = _ATTEMPTS
    _begun: bool = False
    _missed: set[Hashable] = field(default_factory=set)

    @property
    def sheet(self) -> Sheet:
        """The sheet of the variant."""
        return self.judge.sheet(self.target.variant)

    def holding(self, host: BaseOrder, attempts: int) -> BaseOrders:
        """Makes `host` the only order to start from; returns this object."""
        self.held, self._begun, self.attempts = [host], True, attempts
        return self

    def begin(self) -> list[BaseOrder]:
        """A full order, a minimal one and a random one, as far as they are found."""
        if not self._begun:
            self._begun = True
            for fill in _FILLS:
                found = next(self._tried(None, self.sheet, fill, attempts=3, keeps=True), None)
                if (
                    found is None and self.judge.prepared.account() is not None
                ):  # the shared account may not suit this variant
                    found = next(self._tried(None, self.sheet, fill, attempts=3, keeps=False), None)
                self._hold(found)
        return self.held

    def valid(self, goal: Goal, attempts: int | None = None) -> Iterator[BaseOrder]:
        """Valid orders in which the goal is reached: first known ones, then new ones."""
        missed = goal.key not in self._missed
        for base in list(self.begin()):
            if goal.reached(places.root(base.document, self.sheet.root), account_of(base)):
                missed = False
                yield base
        if goal.key in self._missed or not self.held:
            return
        attempts = (attempts or self.attempts) if missed else _MORE
        for keeps in (True, False):  # first with the shared account, then with a new one
            if keeps or (missed and self.judge.prepared.account() is not None):
                for found in self._tried(goal, self.sheet, None, attempts=attempts, keeps=keeps):
                    missed = False
                    self._hold(found)
                    yield found
        if missed:
            self._missed.add(goal.key)

    def but(self, sheet: Sheet, goal: Goal, attempts: int | None = None) -> Iterator[BaseOrder]:
        """Orders in which the goal is reached and that are valid for `sheet`, a weaker sheet than ours."""
        attempts = attempts or self.attempts
        yield from self._tried(goal, sheet, None, attempts=attempts, keeps=True)
        if self.judge.prepared.account() is not None:
            yield from self._tried(goal, sheet, None, attempts=attempts, keeps=False)

    def broken(self, goal: Goal, *, sound: bool = True) -> Iterator[BaseOrder]:
        """Orders in which the goal is reached, whatever else is wrong. With `sound`, their account is valid."""
        for base in list(self.begin()):
            search = self._search(self.sheet, Fullness.MINIMAL, base.document, base.account, keeps=False)
            for _ in range(_PUSHES * 2):
                if not goal.reached(search.document, _data(search.account.value)):
                    goal.push(search)
            if goal.reached(search.document, _data(search.account.value)):
                account = self._judged(search.account.value)
                if account is None or not account.findings or not sound:
                    yield BaseOrder(search.document.value, account)

    def _hold(self, found: BaseOrder | None) -> None:
        if found is not None and all(
            found.document != base.document or account_of(found) != account_of(base) for base in self.held
        ):
            self.held.append(found)

    def verdict(self, document: Any, account: Account | None) -> Verdict:
        """The verdict on an order in the status of the target."""
        role = self.target.role if self.judge.prepared.record is None else None
        return self.judge.verdict(document, "", role=role, status=self.target.status or None, account=account)

    def _tried(
        self, goal: Goal | None, sheet: Sheet, fill: Fullness | None, *, attempts: int, keeps: bool
    ) -> Iterator[BaseOrder]:
        """Orders from `attempts` searches. With `keeps` they use the shared account, which grows; else their own."""
        for attempt in range(attempts):
            base = self.random.choice(self.held) if goal is not None and self.held and attempt % 2 == 0 else None
            filled = fill or _FILLS[attempt % len(_FILLS)]
            account = base.account if base is not None and not keeps else None
            search = self._search(sheet, filled, base.document if base is not None else None, account, keeps=keeps)
            if self._solved(search, goal):
                found = self._checked(search, sheet, keeps=keeps)
                if found is not None:
                    yield found

    def _solved(self, search: LocalSearch, goal: Goal | None) -> bool:
        if goal is None:
            return search.solve()
        for _ in range(_PUSHES):
            goal.push(search)
            if search.solve(_ROUNDS) and goal.reached(search.document, _data(search.account.value)):
                return True
        return False

    def _checked(self, search: LocalSearch, sheet: Sheet, *, keeps: bool) -> BaseOrder | None:
        """The order that the search made, if the interpreter confirms that it has no finding but allowed ones."""
        account = self._judged(search.account.value)
        if account is not None and account.findings:
            return None
        verdict = self.verdict(search.document.value, account)
        if (verdict.variant, verdict.role) != (self.target.variant, self.target.role):
            return None
        findings = [finding for finding in verdict.findings if finding.code != "CM410"]
        if findings and sheet is self.sheet:
            return None
        if keeps and account is not None:
            self.shared.data = account.data
        return BaseOrder(search.document.value, account)

    def _judged(self, data: Any) -> Account | None:
        if self.judge.prepared.account() is None:
            return None
        return self.judge.account(copy.deepcopy(data), "")

    def _search(
        self, sheet: Sheet, fill: Fullness, document: Any, account: Account | None, *, keeps: bool
    ) -> LocalSearch:
        given = copy.deepcopy(account.data if account is not None else self.shared.data if keeps else None)
        kept = places.keeping(given, grows=True) if keeps and given is not None else None
        aim = Aim(sheet, self.judge.prepared.account(), (self.target.status,), self.target.role, self._wants())
        return local_search(aim, given, self.random, fill=fill, document=document, kept=kept)

    def _wants(self) -> tuple[tuple[Condition, bool], ...]:
        record = self.judge.prepared.record
        return () if record is None else ((anchored_record(record), self.target.role is Role.RECORD),)


def account_of(host: BaseOrder) -> Any:
    """The account's data for conditions."""
    return json_value.ABSENT if host.account is None else host.account.data


def _data(account: Any) -> Any:
    return json_value.ABSENT if account is None else account
