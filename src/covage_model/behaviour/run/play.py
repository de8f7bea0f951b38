"""A scenario with steps, played on a real document and account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from covage_model.behaviour.run.judged import shown
from covage_model.behaviour.run.outcome import Moment, Pull, ScenarioOutcome
from covage_model.behaviour.space import step as stepping
from covage_model.behaviour.space.reasons import Reason
from covage_model.behaviour.space.situation import Situation
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.ground import json_value, pointer
from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.ground.json_value import merged
from covage_model.pack.model.conditions import DocumentReady, Scalar
from covage_model.pack.model.lifecycle import Lifecycle, Transition
from covage_model.pack.model.orders import Variant
from covage_model.pack.model.scenario import Expectation, ExpectRefusal, Fill, Fire, Scenario, Step


def played(scenario: Scenario, judge: Judge, *, document: Any, account: Account | None) -> ScenarioOutcome:
    """A scenario with steps, on a document (ABSENT where only an order is given)."""
    player = _Player.start(scenario, judge, document, account)
    if isinstance(player, Diagnostic):
        return ScenarioOutcome(scenario, None, (), (player,))
    for one in scenario.steps:
        if not player.take(one):
            break
    else:
        if scenario.expect is not None:
            player.expect(scenario.expect)
    return player.outcome()


@dataclass(slots=True)
class _Player:
    """Where a run is. The one thing here that changes."""

    scenario: Scenario
    judge: Judge
    variant: Variant
    lifecycle: Lifecycle
    document: Any
    account: Account | None
    state: str
    variables: dict[str, Scalar]
    emitted: list[str] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    exercised: list[Origin] = field(default_factory=list)
    pulls: list[Pull] = field(default_factory=list)
    documents: list[Any] = field(default_factory=list)

    @classmethod
    def start(cls, scenario: Scenario, judge: Judge, document: Any, account: Account | None) -> _Player | Diagnostic:
        """A player at the beginning, or the reason why there is none."""
        name = scenario.given.order
        if name is None:
            choice = choose(judge.prepared.alternatives, document, scenario.given.document or "")
            if choice.findings or choice.variant is None:
                arguments = {"found": [shown(finding) for finding in choice.findings]}
                return Diagnostic("CM505", "choice-none", arguments, scenario.origin.location)
            name = choice.variant
        variant = judge.pack.variant(name)
        lifecycle = judge.pack.lifecycle(variant.order.follows)
        variables = {variable.name: variable.values[0] for variable in lifecycle.variables}
        player = cls(scenario, judge, variant, lifecycle, document, account, lifecycle.initial.name, variables)
        player.exercised += [
            scenario.origin,
            variant.order.origin,
            *([variant.spec.value.origin] if variant.spec else []),
        ]
        player.documents += [document] if document is not json_value.ABSENT else []
        player._entered()
        player._note("start", "", None)
        return player

    def outcome(self) -> ScenarioOutcome:
        """What has happened so far."""
        exercised = tuple(dict.fromkeys(self.exercised))
        return ScenarioOutcome(
            self.scenario,
            self.variant.name,
            tuple(self.moments),
            tuple(self.findings),
            exercised,
            pulls=tuple(self.pulls),
            account=self.account,
            documents=tuple(self.documents),
        )

    def take(self, one: Step) -> bool:
        """Play one step; False where the run cannot go on."""
        match one:
            case Fire(trigger, origin):
                return self._fire(trigger, origin)
            case ExpectRefusal():
                return self._refuse(one)
            case Fill():
                return self._fill(one)
            case Expectation():
                self.expect(one)
                return True

    def _fire(self, trigger: str, origin: Origin) -> bool:
        result = self._pull(trigger, origin)
        match result:
            case None:
                return False
            case stepping.Accepted():
                transition = self._transition(trigger)
                self.state, self.variables = result.state, dict(result.variables)
                self.emitted.extend(result.emits)
                self.exercised += [transition.origin, result.case.origin]
                self._entered()
                self._note("fired", trigger, self._actor(transition), emitted=result.emits)
                return True
            case stepping.Refused(reasons):
                self._refused(trigger, reasons)
                names = ", ".join(self._names(reasons))
                self._find("CM502", "refused", origin, trigger=trigger, reasons=names)
            case stepping.Undecided(reasons):
                self._find("CM504", "undecided", origin, trigger=trigger, reasons=", ".join(self._names(reasons)))
        return False

    def _refuse(self, one: ExpectRefusal) -> bool:
        result = self._pull(one.trigger, one.origin)
        match result:
            case None:
                return False
            case stepping.Accepted():
                self._find("CM503", "accepted", one.origin, trigger=one.trigger)
                return False
            case stepping.Undecided(reasons):
                unknown = ", ".join(self._names(reasons))
                self._find("CM504", "undecided", one.origin, trigger=one.trigger, reasons=unknown)
                return False
            case stepping.Refused(reasons):
                self._refused(one.trigger, reasons)
                names = self._names(reasons)
                for expected in one.reasons:
                    if expected not in names:
                        arguments = {"trigger": one.trigger, "found": ", ".join(names), "expected": expected}
                        self._find("CM503", "reason", one.origin, **arguments)
        return True

    def _pull(self, trigger: str, origin: Origin) -> stepping.Accepted | stepping.Refused | stepping.Undecided | None:
        if all(transition.name != trigger for transition in self.lifecycle.transitions):
            self._find("CM505", "trigger", origin, name=trigger)
            return None
        ready = self._truth()
        result = stepping.fire(self.lifecycle, self.variant, self.state, self.variables, trigger, ready)
        case = result.case if isinstance(result, stepping.Accepted) else None
        self.pulls.append(Pull(trigger, self.state, self.variables, self.document, self.account, case))
        return result

    def _truth(self) -> stepping.Truth:
        if self.document is json_value.ABSENT:
            return lambda _: None
        return self.judge.readiness(self.variant.name, self.document, self.account)

    def _refused(self, trigger: str, reasons: tuple[Reason, ...]) -> None:
        transition = self._transition(trigger)
        self.exercised += [transition.origin, *(reason.origin for reason in reasons if reason.origin is not None)]
        self._note("refused", trigger, self._actor(transition), reasons=tuple(self._names(reasons)))

    def _names(self, reasons: tuple[Reason, ...]) -> list[str]:
        return list(dict.fromkeys(name for reason in reasons for name in self._named(reason)))

    def _named(self, reason: Reason) -> Iterator[str]:
        """What said no, as scenarios spell it: the state, a variable, a field's path, a rule."""
        if not isinstance(reason.variant, DocumentReady) or self.document is json_value.ABSENT:
            yield reason.name if reason.kind not in ("state", "variant", "final") else reason.kind
            return
        blocked = self.judge.blocking(self.variant.name, self.document, self.account, reason.variant.status)
        self.exercised += blocked.applied
        for finding in blocked.findings:
            if finding.because is not None and finding.code != "CM408":
                self.exercised.append(finding.because)
            yield str(finding.arguments.get("rule") or _dotted(finding.location.pointer))

    def _fill(self, one: Fill) -> bool:
        state = self.lifecycle.state(self.state)
        if self.document is json_value.ABSENT:
            self._find("CM505", "no-document", one.origin)
            return False
        if state.editable is None:
            self._find("CM505", "not-editable", one.origin, state=self.state)
            return False
        changed = merged(self.document, one.patch)
        choice = choose(self.judge.prepared.alternatives, changed, "")
        if choice.findings or choice.variant != self.variant.name:
            found = choice.variant if not choice.findings else "nothing known"
            self._find("CM505", "choice", one.origin, found=found, expected=self.variant.name)
            return False
        self.document = changed
        self.documents.append(changed)
        self._note("filled", "fill", self.variant.order.written_by or state.editable)
        return True

    def expect(self, expected: Expectation) -> None:
        """Report each difference between what is and what should be."""
        if expected.state is not None and not (self.state + ".").startswith(expected.state + "."):
            self._find("CM501", "state", expected.origin, found=self.state, expected=expected.state)
        if expected.emitted is not None and expected.emitted != tuple(self.emitted):
            arguments = {"found": list(self.emitted) or "none", "expected": list(expected.emitted) or "none"}
            self._find("CM501", "emitted", expected.origin, **arguments)
        for name, value in expected.variables:
            found = self._value(name)
            if found is json_value.ABSENT:
                self._find("CM505", "expected", expected.origin, name=name)
            elif not json_value.equal(found, value):
                self._find("CM501", "variable", expected.origin, name=name, found=found, expected=value)

    def _value(self, name: str) -> Any:
        if name in self.variables:
            return self.variables[name]
        for condition in self.lifecycle.conditions:
            if condition.name == name:
                state = self.lifecycle.state(self.state)
                here = Situation(self.lifecycle, self.variant, state, self.variables, self._truth())
                return here.evaluate(condition.when)
        return json_value.ABSENT

    def _transition(self, trigger: str) -> Transition:
        return next(transition for transition in self.lifecycle.transitions if transition.name == trigger)

    def _actor(self, transition: Transition) -> str:
        return self.variant.order.written_by or transition.by

    def _entered(self) -> None:
        self.exercised.append(self.lifecycle.state(self.state).origin)

    def _note(
        self,
        kind: str,
        what: str,
        actor: str | None,
        emitted: tuple[str, ...] = (),
        reasons: tuple[str, ...] = (),
    ) -> None:
        variables = tuple(self.variables.items())
        self.moments.append(Moment(kind, what, actor, self.state, variables, emitted, reasons))

    def _find(self, code: str, form: str, origin: Origin, **arguments: Any) -> None:
        self.findings.append(Diagnostic(code, form, arguments, origin.location))


def _dotted(where: str) -> str:
    """A pointer as a path: list steps unmarked, as the language writes paths."""
    return ".".join(part for part in pointer.split(where) if not part.isdigit()) or "document"
