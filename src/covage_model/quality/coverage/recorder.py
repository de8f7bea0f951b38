"""Records the coverage of documents and scenarios."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Any

from covage_model.behaviour.run.outcome import ScenarioOutcome
from covage_model.behaviour.run.step import Step
from covage_model.behaviour.space.situation import Situation
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.verdict import Account, Judge, Verdict
from covage_model.documents.presence.role import Role
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.pack.model.conditions import Atom
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.orders import Variant
from covage_model.quality.coverage import documents, runs, walks
from covage_model.quality.coverage.documents import SheetItems
from covage_model.quality.coverage.items import CoverageItems, items_of
from covage_model.quality.coverage.record import Record

_NOT_JUDGED = {"CM401", "CM402", "CM413"}  # of no order, or not for this status
_NOT_TO_WRITE = "CM410"


def record(judge: Judge, lived: Iterable[Verdict | ScenarioOutcome]) -> Record:
    """The record of these judged documents and played scenarios."""
    recorder = Recorder(judge)
    for result in lived:
        recorder.add(result)
    return recorder.record


@dataclass(slots=True)
class Recorder:
    """Counts what results exercise."""

    judge: Judge
    items: CoverageItems = field(init=False)
    _hits: Counter[str] = field(default_factory=Counter)
    _sheets: dict[str, SheetItems] = field(default_factory=dict)
    _account: SheetItems | None = None

    def __post_init__(self) -> None:
        """Lists the pack's items once."""
        self.items = items_of(self.judge.pack)

    @property
    def record(self) -> Record:
        """The counts so far."""
        return Record(frozenset({(self.judge.pack.name, self.items.version)}), dict(self._hits))

    def add(self, lived: Verdict | ScenarioOutcome) -> None:
        """Counts what a judged document or a played scenario exercised."""
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
            yield from documents.unique(self._sheet(variant), verdict)

    def _decided(self, variant: Variant, data: Any, status: str, role: Role, account: Account | None) -> Iterator[str]:
        if account is None:
            context = JudgeContext("", status, role)
        else:
            context = JudgeContext("", status, role, account=account.data, unsound=account.unsound)
        yield from documents.decided(self._sheet(variant), data, context)

    def _of_account(self, account: Account) -> Iterator[str]:
        """The ids for an account, which is judged by its type wherever it is given."""
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
        yield from runs.at_bounds(lifecycle, ((each.name, each.values[0]) for each in lifecycle.variables))
        for document in outcome.documents:
            yield from documents.shown(self._sheet(variant), variant, document)
        later = iter(outcome.documents)
        document = next(later, json_value.ABSENT)
        for step in () if outcome.trace is None else outcome.trace.steps:
            if step.is_edit:
                document = next(later)
                yield walks.edit(variant.name, step.after.state)
            else:
                yield from self._fired(step, document, outcome.account, variant, lifecycle)

    def _entered(self, state: str, variant: Variant, lifecycle: Lifecycle) -> Iterator[str]:
        yield runs.state_id(lifecycle, state)
        yield walks.state(variant.name, state)

    def _fired(
        self, step: Step, document: Any, account: Account | None, variant: Variant, lifecycle: Lifecycle
    ) -> Iterator[str]:
        """The ids for a fired trigger, with the document (ABSENT for none) and account at that time."""
        transition = lifecycle.transition(step.trigger)
        here, given = step.before, document is not json_value.ABSENT
        ask = self.judge.readiness(variant.name, document, account) if given else _undecided
        situation = Situation(lifecycle, variant, lifecycle.state(here.state), dict(here.variables), ask)
        yield from runs.asked(situation, transition)
        for status in runs.statuses_asked(lifecycle, here.state, transition) if given else ():
            yield documents.variant_id(variant)
            yield from self._decided(variant, document, status, Role.REQUEST, account)
        if step.case is not None:
            yield from runs.fired(lifecycle, transition, step.case, step.after.state)
            yield from runs.at_bounds(lifecycle, (each for each in step.after.variables if each not in here.variables))
            yield walks.move(variant.name, here.state, transition.name, runs.name_of(transition, step.case))
            if step.case.target is not None:
                yield from self._entered(step.after.state, variant, lifecycle)


def _undecided(_: Atom) -> None:
    return None
