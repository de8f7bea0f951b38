"""Documents and scenarios in, one record out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from covage_model.behaviour.run.outcome import Pull, ScenarioOutcome
from covage_model.behaviour.space.situation import Situation
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.verdict import Account, Judge, Verdict
from covage_model.documents.presence.role import Role
from covage_model.ground import json_value
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.orders import Variant
from covage_model.quality.coverage import documents, runs, walks
from covage_model.quality.coverage.documents import SheetItems
from covage_model.quality.coverage.items import CoverageItems, items_of
from covage_model.quality.coverage.record import Record

_NOT_JUDGED = {"CM401", "CM402", "CM413"}  # it fits no order, or not this status
_NOT_TO_WRITE = "CM410"


def record(judge: Judge, lived: Iterable[Verdict | ScenarioOutcome]) -> Record:
    """What these documents and scenarios exercised of the judge's pack."""
    recorder = Recorder(judge)
    for one in lived:
        recorder.add(one)
    return recorder.record


@dataclass(slots=True)
class Recorder:
    """Counts what is shown to it, for as long as it lives."""

    judge: Judge
    items: CoverageItems = field(init=False)
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

    def add(self, lived: Verdict | ScenarioOutcome) -> None:
        """Counts what a judged document, or a scenario that was played, exercised."""
        if lived.account is not None:
            self._hits.update(self._of_account(lived.account))
        if isinstance(lived, Verdict):
            self._hits.update(self._judged(lived))
        elif lived.verdict is not None:
            self.add(lived.verdict)
        elif lived.variant is not None:
            self._hits.update(self._played(lived, self.judge.pack.variant(lived.variant)))

    def _judged(self, verdict: Verdict) -> Iterator[str]:
        codes = {finding.code for finding in verdict.findings}
        if verdict.variant is None or codes & _NOT_JUDGED:
            return
        variant = self.judge.pack.variant(verdict.variant)
        yield documents.variant_id(variant)
        if _NOT_TO_WRITE not in codes:
            yield from documents.shown(self._sheet(variant), variant, verdict.data)
            yield from self._decided(variant, verdict.data, verdict.status, verdict.role, verdict.account)

    def _decided(self, variant: Variant, data: Any, status: str, role: Role, account: Account | None) -> Iterator[str]:
        if account is None:
            context = JudgeContext("", status, role)
        else:
            context = JudgeContext("", status, role, account=account.data, unsound=account.unsound)
        yield from documents.decided(self._sheet(variant), data, context)

    def _of_account(self, account: Account) -> Iterator[str]:
        """An account is judged by its type wherever one is given."""
        sheet = self.judge.prepared.account()
        if sheet is not None:
            self._account = self._account or SheetItems(sheet, self.items)
            yield from documents.shown(self._account, None, account.data)
            yield from documents.decided(self._account, account.data, JudgeContext("", sheet.initial, Role.REQUEST))

    def _sheet(self, variant: Variant) -> SheetItems:
        if variant.name not in self._sheets:
            self._sheets[variant.name] = SheetItems(self.judge.sheet(variant.name), self.items)
        return self._sheets[variant.name]

    def _played(self, outcome: ScenarioOutcome, variant: Variant) -> Iterator[str]:
        lifecycle = self.judge.pack.lifecycle(variant.order.follows)
        yield documents.variant_id(variant)
        yield from self._entered(lifecycle.initial.name, variant, lifecycle)
        for document in outcome.documents:
            yield from documents.shown(self._sheet(variant), variant, document)
        for moment in outcome.moments:
            if moment.kind == "filled":
                yield walks.edit(variant.name, moment.state)
        for pull in outcome.pulls:
            yield from self._pulled(pull, variant, lifecycle)

    def _entered(self, state: str, variant: Variant, lifecycle: Lifecycle) -> Iterator[str]:
        yield runs.state_id(lifecycle, state)
        yield walks.state(variant.name, state)

    def _pulled(self, pull: Pull, variant: Variant, lifecycle: Lifecycle) -> Iterator[str]:
        transition = next(one for one in lifecycle.transitions if one.name == pull.trigger)
        yield from runs.asked(self._situation(pull, variant, lifecycle), transition)
        if pull.document is not json_value.ABSENT:
            for status in runs.statuses_asked(lifecycle, pull.state, transition):
                yield documents.variant_id(variant)
                yield from self._decided(variant, pull.document, status, Role.REQUEST, pull.account)
        if pull.case is not None:
            yield from runs.fired(lifecycle, transition, pull.case)
            yield walks.move(variant.name, pull.state, transition.name, runs.name_of(transition, pull.case))
            if pull.case.target is not None:
                yield from self._entered(pull.case.target, variant, lifecycle)

    def _situation(self, pull: Pull, variant: Variant, lifecycle: Lifecycle) -> Situation:
        if pull.document is json_value.ABSENT:
            return Situation(lifecycle, variant, lifecycle.state(pull.state), pull.variables, lambda _: None)
        ready = self.judge.readiness(variant.name, pull.document, pull.account)
        return Situation(lifecycle, variant, lifecycle.state(pull.state), pull.variables, ready)
