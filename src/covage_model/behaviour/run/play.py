"""Plays a scenario with steps on a document and an account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Any

from covage_model.behaviour.run import session as sessions
from covage_model.behaviour.run.judged import nothing_expected, shown
from covage_model.behaviour.run.outcome import ScenarioOutcome
from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import Step, StepOutcome
from covage_model.behaviour.space.reasons import Reason
from covage_model.behaviour.space.situation import ANY_END, ends
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.ground import json_value, pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.ground.dotted import dotted
from covage_model.ground.nearest import nearest, value_hint
from covage_model.pack.model.conditions import DocumentReady, Literal
from covage_model.pack.model.scenario import Expectation, ExpectRefusal, Fill, Fire, Scenario, ScenarioStep

EXPECTED_KEYS = ("state", "final", "emitted")  # keys of an expectation; they win over a variable of that name


def played(scenario: Scenario, judge: Judge, *, document: Any, account: Account | None) -> ScenarioOutcome:
    """Plays a scenario with steps; `document` is ABSENT if only an order is given."""
    player = _Player.start(scenario, judge, document, account)
    if isinstance(player, Diagnostic):
        return ScenarioOutcome(scenario, None, None, (player,))
    if not scenario.steps and scenario.expect is None:
        player.findings.append(nothing_expected(scenario))
    for step in scenario.steps:
        if not player.take(step):
            break
    else:
        if scenario.expect is not None:
            player.expect(scenario.expect)
    return player.outcome()


@dataclass(slots=True)
class _Player:
    """The session that a scenario is played on, and the findings so far."""

    scenario: Scenario
    session: Session
    findings: list[Diagnostic] = field(default_factory=list)
    exercised: list[Origin] = field(default_factory=list)
    documents: list[Any] = field(default_factory=list)

    @classmethod
    def start(cls, scenario: Scenario, judge: Judge, document: Any, account: Account | None) -> _Player | Diagnostic:
        """A player at the start, or the finding that the document is no order."""
        name = scenario.given.order
        if name is None:
            choice = choose(judge.prepared.alternatives, document, scenario.given.document or "")
            if choice.findings or choice.variant is None:
                arguments = {"found": [shown(finding) for finding in choice.findings]}
                return Diagnostic("CM505", "choice-none", arguments, scenario.origin.location)
            name = choice.variant
        player = cls(scenario, sessions.begin(judge, name, document, account))
        variant = player.session.variant
        player.exercised += [scenario.origin, variant.order.origin]
        player.exercised += [variant.spec.value.origin] if variant.spec else []
        player.documents += [document] if document is not json_value.ABSENT else []
        player._entered()
        return player

    def outcome(self) -> ScenarioOutcome:
        """The outcome so far."""
        return ScenarioOutcome(
            self.scenario,
            self.session.variant.name,
            self.session.trace,
            tuple(self.findings),
            tuple(dict.fromkeys(self.exercised)),
            account=self.session.account,
            documents=tuple(self.documents),
        )

    def take(self, step: ScenarioStep) -> bool:
        """Plays one step; False if the run cannot go on."""
        match step:
            case Fire(trigger, origin):
                return self._fire(trigger, origin)
            case ExpectRefusal():
                return self._refuse(step)
            case Fill():
                return self._fill(step)
            case Expectation():
                self.expect(step)
                return True

    def _fire(self, trigger: str, origin: Origin) -> bool:
        step = self._fire_trigger(trigger, origin)
        if step is None:
            return False
        if step.outcome is StepOutcome.REFUSED:
            self._find("CM502", "refused", origin, trigger=trigger, reasons=", ".join(step.blockers))
        return step.moved

    def _refuse(self, expected: ExpectRefusal) -> bool:
        step = self._fire_trigger(expected.trigger, expected.origin)
        if step is None or step.outcome is StepOutcome.UNDECIDED:
            return False
        if step.moved:
            self._find("CM503", "accepted", expected.origin, trigger=expected.trigger)
            return False
        for reason in expected.reasons:
            if reason not in step.blockers:
                arguments = {"trigger": step.trigger, "found": ", ".join(step.blockers), "expected": reason}
                self._find("CM503", "reason", expected.origin, nearest(reason, step.blockers), **arguments)
        return True

    def _fire_trigger(self, trigger: str, origin: Origin) -> Step | None:
        """Fires a trigger. None, with a finding, if it does not exist; an undecided guard is a finding too."""
        try:
            step = self.session.attempt(trigger)
        except KeyError:
            transitions = self.session.lifecycle.transitions
            names = dict.fromkeys(name for each in transitions for name in (each.outcome_of, each.name) if name)
            self._find("CM505", "trigger", origin, nearest(trigger, names), name=trigger)
            return None
        step = replace(step, blockers=tuple(dict.fromkeys(self._blockers(step))))
        self.session = self.session.after(step)
        transition = self.session.transition(step.trigger)
        if step.case is not None:
            self.exercised += [transition.origin, step.case.origin]
            self._entered()
        elif step.outcome is StepOutcome.REFUSED:
            self.exercised += [
                transition.origin,
                *(reason.origin for reason in step.reasons if reason.origin is not None),
            ]
        else:
            self._undecided(step, origin)
        return step

    def _undecided(self, step: Step, origin: Origin) -> None:
        arguments = {"trigger": step.trigger, "reasons": ", ".join(step.blockers)}
        if step.reasons[0].kind == "outcome":
            self._find("CM504", "outcomes", origin, f"say which: `{step.trigger}: {step.blockers[0]}`", **arguments)
        else:
            self._find("CM504", "undecided", origin, **arguments)

    def _blockers(self, step: Step) -> Iterator[str]:
        for reason in step.reasons:
            yield from self._names(reason)

    def _names(self, reason: Reason) -> Iterator[str]:
        """The names of a reason in scenarios: `state`, a variable, a field's path, a rule."""
        session = self.session
        if not isinstance(reason.atom, DocumentReady) or session.document is json_value.ABSENT:
            yield reason.name if reason.kind not in ("state", "variant", "final") else reason.kind
            return
        blocked = session.judge.blocking(session.variant.name, session.document, session.account, reason.atom.status)
        self.exercised += blocked.applied
        for finding in blocked.findings:
            if finding.because is not None and finding.code != "CM408":
                self.exercised.append(finding.because)
            yield str(finding.arguments.get("rule") or _dotted(finding.location.pointer, session.document))

    def _fill(self, step: Fill) -> bool:
        filled = sessions.fill(self.session, step.patch)
        if isinstance(filled, Diagnostic):
            self.findings.append(replace(filled, location=step.origin.location))
            return False
        self.session = filled
        self.documents.append(filled.document)
        return True

    def expect(self, expected: Expectation) -> None:
        """Adds a finding for each difference between the session and the expectation."""
        if expected.state is not None:
            self._expect_state(expected.state, expected.origin)
        if expected.findings is not None:
            self._find("CM519", "findings", expected.origin)
        emitted = self.session.emitted if expected.emitted is not None else ()
        events = [event.name for event in self.session.judge.pack.events]
        unknown = [name for name in expected.emitted or () if name not in events]
        for name in unknown:
            self._find("CM505", "event", expected.origin, nearest(name, events), name=name)
        if expected.emitted is not None and expected.emitted != emitted and not unknown:
            expected_events = list(expected.emitted) or "none"
            self._find("CM501", "emitted", expected.origin, found=list(emitted) or "none", expected=expected_events)
        for name, value in expected.variables:
            self._expect_value(name, value, expected.origin)

    def _expect_state(self, expected: str, origin: Origin) -> None:
        state, states = self.session.state, [state.name for state in self.session.lifecycle.states]
        if expected not in states:
            self._find("CM505", "state", origin, nearest(expected, states), name=expected)
        elif not (state + ".").startswith(expected + "."):
            self._find("CM501", "state", origin, found=state, expected=expected)

    def _expect_value(self, name: str, value: Any, origin: Origin) -> None:
        actual = self._value(name)
        if name == "final":
            self._expect_final(value, origin)
        elif actual is json_value.ABSENT:
            variables = [name for name, _ in self.session.variables]
            conditions = [condition.name for condition in self.session.lifecycle.conditions]
            names = [*EXPECTED_KEYS, *variables, *conditions]
            self._find("CM505", "expected", origin, nearest(name, names), name=name)
        elif not any(json_value.equal(value, other) for other in self._values(name)):
            self._find("CM505", "value", origin, value_hint(value, self._values(name)), name=name, value=value)
        elif not json_value.equal(actual, value):
            self._find("CM501", "variable", origin, name=name, found=actual, expected=value)

    def _expect_final(self, outcome: Any, origin: Origin) -> None:
        """Compares the outcome of a final state; `any` stands for every outcome, null for a state that is not final."""
        lifecycle = self.session.lifecycle
        outcomes = [*dict.fromkeys(state.final for state in lifecycle.resting if state.final is not None), ANY_END]
        state = lifecycle.state(self.session.state)
        if outcome is not None and outcome not in outcomes:
            self._find("CM505", "final", origin, value_hint(outcome, outcomes), name=outcome)
        elif not (state.final is None if outcome is None else ends(state, Literal(outcome))):
            self._find("CM501", "variable", origin, name="final", found=state.final, expected=outcome)

    def _values(self, name: str) -> tuple[Any, ...]:
        """What a variable or a named condition may be."""
        variables = self.session.lifecycle.variables
        return next((variable.values for variable in variables if variable.name == name), (True, False))

    def _value(self, name: str) -> Any:
        """The value of a variable or a named condition; ABSENT for any other name."""
        if any(condition.name == name for condition in self.session.lifecycle.conditions):
            return self.session.situation.named(name)
        return dict(self.session.variables).get(name, json_value.ABSENT)

    def _entered(self) -> None:
        self.exercised.append(self.session.lifecycle.state(self.session.state).origin)

    def _find(self, code: str, form: str, origin: Origin, hint: str | None = None, **arguments: Any) -> None:
        self.findings.append(Diagnostic(code, form, arguments, origin.location, hint))


def _dotted(where: str, document: Any) -> str:
    """A JSON Pointer as a dotted path without list indices. A key of an object may consist of digits and stays."""
    names = []
    for step in json_value.path_of(document, pointer.split(where)):
        if isinstance(document, dict) or not str(step).isdigit():
            names.append(str(step))
        document = json_value.at(document, (step,))
    return dotted(names) or "document"
