"""Runs one order in the system under test and in the spec in parallel, and raises the first difference."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import field, replace
from typing import Any

from hypothesis.errors import HypothesisException

from covage_model.api.driving import (
    Account,
    AtomTruths,
    DocumentEdit,
    Judge,
    Role,
    Session,
    StepOutcome,
    edit_step,
    enabled,
    not_this_order,
)
from covage_model.ground import escape
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.json_value import Unreachable, difference
from covage_model.report.names import PackNames
from covage_model.testing import disagreement_text as texts
from covage_model.testing.adapter import UNTOLD, Adapter, Untold

__tracebackhide__ = True  # a failure in pytest shows the text, not our frames


class Disagreement(AssertionError):
    """The system and the spec differ; the text has the difference, the steps before it, and the spec lines."""


@dataclass(slots=True)
class Drive:
    """One order, in the spec (`session`) and in the system (`adapter`). Each step is done in both."""

    judge: Judge
    adapter: Adapter
    session: Session  # without a document: the truths of its atoms are assumed
    document: Any
    account: Account | None
    speaker: PackNames
    undriven: Collection[str] = ()
    begun: Session = field(init=False)  # the order at its start, with its document and account

    def create(self) -> None:
        """Creates the order. Raises Disagreement if the system refuses it."""
        account = None if self.account is None else self.account.data
        self.begun = replace(self.session, document=self.document, account=self.account)
        answer = self._ask(self.adapter.create, self.document, account)
        if answer is not True:
            findings = "nothing is wrong with the document in the status that orders begin in"
            raise self._disagree(["the spec begins the order:", f"  {findings}", f"the system refused: {answer!r}"])
        self._compare()

    def fire(self, trigger: str) -> bool:
        """Pulls a trigger; returns whether the spec accepts it. Raises Disagreement."""
        before = self.session
        step = before.attempt(trigger)
        self.session = before.after(step)
        answer = self._ask(self.adapter.fire, trigger, step.actors[0])
        if step.outcome is StepOutcome.UNDECIDED:
            return False
        if step.moved is not (answer is True):
            here = texts.fired(before, step, self.speaker, self._blocking)
            does = "accepted it" if answer is True else f"refused it: {answer!r}"
            raise self._disagree([*here, f"the system {does}"])
        self._compare()
        return step.moved

    def edit(self, document: Any, assumed: AtomTruths) -> None:
        """Changes the document where the spec allows it; `assumed` has the truths of its atoms. Raises Disagreement."""
        before = self.session
        try:
            patch = difference(self.document, document)
        except Unreachable:
            patch = document
        here = before.configuration
        step = edit_step(before.editor, here, here, DocumentEdit(assumed, patch))
        self.session = replace(before, assumed=assumed, last=step, before=before)
        self.document = document
        answer = self._ask(self.adapter.edit, document)
        if answer is not True:
            state = before.lifecycle.state(before.state)
            raise self._disagree([*texts.editable(state, self.speaker), f"the system refused it: {answer!r}"])
        self._compare()

    def _compare(self) -> None:
        """Compares what the system shows, its events and its possible triggers with the spec."""
        session = self.session
        shown = self._ask(self.adapter.shown)
        if shown is not UNTOLD:
            self._shown(shown)
        events = self._ask(self.adapter.events)
        if not isinstance(events, Untold) and list(events) != list(session.emitted):
            raise self._disagree(
                [
                    *texts.emitted(session),
                    f"the system has emitted: {', '.join(map(str, events)) or 'nothing'}",
                ]
            )
        possible = self._ask(self.adapter.possible)
        if not isinstance(possible, Untold):
            self._possible(possible)

    def _shown(self, shown: Any) -> None:
        state = self.session.lifecycle.state(self.session.state)
        document = shown if isinstance(shown, dict) else None
        status = shown
        if document is not None:
            path = self.judge.sheet(self.session.variant.name).status_path
            status = state.status if path is None else texts.at(document, path)
        if status != state.status:
            raise self._disagree([*texts.status(self.session, state), f"the system shows {status!r}"])
        if document is not None:
            findings = [each for each in self._findings(document, state.status) if each.severity is Severity.ERROR]
            if findings:
                head = "the document that the system shows is no record of this order:"
                raise self._disagree([head, *texts.of(findings)])

    def _findings(self, document: Any, status: str | None) -> Iterable[Diagnostic]:
        verdict = self.judge.verdict(document, "shown", role=Role.RECORD, status=status)
        if not verdict.findings and verdict.variant != self.session.variant.name:
            return not_this_order(self.judge, (self.session.variant.name,), document, "shown")
        return verdict.findings

    def _possible(self, possible: Collection[str]) -> None:
        session = self.session
        here = session.lifecycle, session.variant, session.state, dict(session.variables), session.truth
        possible_now = set(enabled(*here))
        for transition in session.lifecycle.transitions:
            name = transition.name
            if name in self.undriven or (name in possible_now) is (name in possible):
                continue
            does = "is possible" if name in possible else "is not possible"
            lines = texts.fired(session, session.attempt(name), self.speaker, self._blocking)
            raise self._disagree([*lines, f"the system says that {name} {does}"])
        known = {transition.name for transition in session.lifecycle.transitions}
        for name in sorted(set(possible) - known):
            raise self._disagree([f"the spec knows no trigger {name!r}", "the system says that it is possible"])

    def _blocking(self, status: str) -> Sequence[Diagnostic]:
        """The findings that make the document unready for a status."""
        return self.judge.blocking(self.session.variant.name, self.document, self.account, status).findings

    def _ask(self, ask: Callable[..., Any], *given: object) -> Any:
        """Calls the adapter. An exception of the adapter becomes a Disagreement with the steps before it."""
        try:
            return ask(*given)
        except HypothesisException:  # assume() and similar: meant for Hypothesis
            raise
        except Exception as error:
            name = getattr(ask, "__name__", type(ask).__name__)
            raised = escape.plain(f"{type(error).__name__}: {error}")
            raise self._disagree([f"the adapter's {name} raised {raised}"]) from error

    def _disagree(self, lines: list[str]) -> Disagreement:
        return Disagreement(texts.disagreement(self.begun, self.session, lines, self.speaker))
