"""Documents and scenarios in, one record out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from covage_model.conditions import truth
from covage_model.coverage import documents, runs, walks
from covage_model.coverage.documents import SheetItems
from covage_model.coverage.items import Items, items_of
from covage_model.coverage.record import Record
from covage_model.model.lifecycle import Lifecycle
from covage_model.model.orders import Leaf
from covage_model.orders.question import Question, Role
from covage_model.orders.verdict import Account, Judge, Verdict
from covage_model.scenario.outcome import Outcome, Pull
from covage_model.statespace.situation import Situation

_NOT_JUDGED = {"CM401", "CM402", "CM413"}  # it fits no order, or not this status
_NOT_TO_WRITE = "CM410"


def record(judge: Judge, lived: Iterable[Verdict | Outcome]) -> Record:
    """What these documents and scenarios exercised of the judge's pack."""
    recorder = Recorder(judge)
    for one in lived:
        recorder.add(one)
    return recorder.record


@dataclass(slots=True)
class Recorder:
    """Counts what is shown to it, for as long as it lives."""

    judge: Judge
    items: Items = field(init=False)
    _hits: Counter[str] = field(default_factory=Counter)
    _sheets: dict[str, SheetItems] = field(default_factory=dict)
    _account: SheetItems | None = None

    def __post_init__(self) -> None:
        """Lays the pack's items out, once."""
        self.items = items_of(self.judge.pack)

    @property
    def record(self) -> Record:
        """All that was counted so far."""
        return Record(frozenset({(self.judge.pack.name, self.items.version)}), dict(self._hits))

    def add(self, lived: Verdict | Outcome) -> None:
        """Counts what a judged document, or a scenario that was played, exercised."""
        if lived.account is not None:
            self._hits.update(self._of_account(lived.account))
        if isinstance(lived, Verdict):
            self._hits.update(self._judged(lived))
        elif lived.verdict is not None:
            self.add(lived.verdict)
        elif lived.leaf is not None:
            self._hits.update(self._played(lived, self.judge.pack.leaf(lived.leaf)))

    def _judged(self, verdict: Verdict) -> Iterator[str]:
        codes = {finding.code for finding in verdict.findings}
        if verdict.leaf is None or codes & _NOT_JUDGED:
            return
        leaf = self.judge.pack.leaf(verdict.leaf)
        yield documents.leaf_id(leaf)
        if _NOT_TO_WRITE not in codes:
            yield from documents.shown(self._sheet(leaf), leaf, verdict.data)
            yield from self._decided(leaf, verdict.data, verdict.status, verdict.role, verdict.account)

    def _decided(self, leaf: Leaf, data: Any, status: str, role: Role, account: Account | None) -> Iterator[str]:
        if account is None:
            question = Question("", status, role)
        else:
            question = Question("", status, role, account=account.data, unsound=account.unsound)
        yield from documents.decided(self._sheet(leaf), data, question)

    def _of_account(self, account: Account) -> Iterator[str]:
        """An account is judged by its type wherever one is given."""
        sheet = self.judge.laid.account()
        if sheet is not None:
            self._account = self._account or SheetItems(sheet, self.items)
            yield from documents.shown(self._account, None, account.data)
            yield from documents.decided(self._account, account.data, Question("", sheet.initial, Role.REQUEST))

    def _sheet(self, leaf: Leaf) -> SheetItems:
        if leaf.name not in self._sheets:
            self._sheets[leaf.name] = SheetItems(self.judge.sheet(leaf.name), self.items)
        return self._sheets[leaf.name]

    def _played(self, outcome: Outcome, leaf: Leaf) -> Iterator[str]:
        lifecycle = self.judge.pack.lifecycle(leaf.order.follows)
        yield documents.leaf_id(leaf)
        yield from self._entered(lifecycle.initial.name, leaf, lifecycle)
        for document in outcome.documents:
            yield from documents.shown(self._sheet(leaf), leaf, document)
        for moment in outcome.moments:
            if moment.kind == "filled":
                yield walks.edit(leaf.name, moment.state)
        for pull in outcome.pulls:
            yield from self._pulled(pull, leaf, lifecycle)

    def _entered(self, state: str, leaf: Leaf, lifecycle: Lifecycle) -> Iterator[str]:
        yield runs.state_id(lifecycle, state)
        yield walks.state(leaf.name, state)

    def _pulled(self, pull: Pull, leaf: Leaf, lifecycle: Lifecycle) -> Iterator[str]:
        transition = next(one for one in lifecycle.transitions if one.name == pull.trigger)
        yield from runs.asked(self._situation(pull, leaf, lifecycle), transition)
        if pull.document is not truth.ABSENT:
            for status in runs.statuses_asked(lifecycle, pull.state, transition):
                yield documents.leaf_id(leaf)
                yield from self._decided(leaf, pull.document, status, Role.REQUEST, pull.account)
        if pull.case is not None:
            yield from runs.fired(lifecycle, transition, pull.case)
            yield walks.move(leaf.name, pull.state, transition.name, runs.name_of(transition, pull.case))
            if pull.case.target is not None:
                yield from self._entered(pull.case.target, leaf, lifecycle)

    def _situation(self, pull: Pull, leaf: Leaf, lifecycle: Lifecycle) -> Situation:
        if pull.document is truth.ABSENT:
            return Situation(lifecycle, leaf, lifecycle.state(pull.state), pull.variables, lambda _: None)
        ready = self.judge.readiness(leaf.name, pull.document, pull.account)
        return Situation(lifecycle, leaf, lifecycle.state(pull.state), pull.variables, ready)
