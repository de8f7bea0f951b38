"""One order on its way, as a value: each step gives the next value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from covage_model.behaviour.run import assumptions
from covage_model.behaviour.run.step import AtomTruths, DocumentEdit, Step, StepOutcome, edit_step
from covage_model.behaviour.run.trace import Trace
from covage_model.behaviour.space import interpreter
from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.interpreter import Accepted, Refused
from covage_model.behaviour.space.situation import Situation
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.json_value import merged
from covage_model.pack.conditions import tree
from covage_model.pack.conditions.tree import reads_account_alone
from covage_model.pack.model.conditions import Atom, Scalar
from covage_model.pack.model.lifecycle import Lifecycle, Transition
from covage_model.pack.model.orders import Variant


@dataclass(frozen=True, slots=True)
class Session:
    """
    Where one order is. `document` is ABSENT, `account` None where none was given; `given` is the document at the start.

    `last` is the last step, `before` the session before it, None at the start. `assumed` are atoms that neither
    document nor account can decide, with the truths that are assumed of them.
    """

    judge: Judge = field(repr=False, compare=False)
    variant: Variant
    document: Any
    account: Account | None
    state: str
    variables: tuple[tuple[str, Scalar], ...]
    given: Any
    assumed: AtomTruths = ()
    last: Step | None = None
    before: Session | None = field(default=None, repr=False, compare=False)

    @property
    def lifecycle(self) -> Lifecycle:
        """The lifecycle that the order follows."""
        return self.judge.pack.lifecycle(self.variant.order.follows)

    @property
    def configuration(self) -> Configuration:
        """The state and the variables; of atoms nothing is recorded."""
        return Configuration(self.state, self.variables, ())

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, in order, those that were refused too where somebody recorded them."""
        steps: list[Step] = []
        here: Session | None = self
        while here is not None:
            steps += [] if here.last is None else [here.last]
            here = here.before
        return tuple(reversed(steps))

    @property
    def trace(self) -> Trace:
        """The life so far."""
        first = self
        while first.before is not None:
            first = first.before
        return Trace(self.variant.name, first.configuration, self.steps)

    @property
    def emitted(self) -> tuple[str, ...]:
        """Every event so far."""
        return self.trace.emitted

    def assuming(self, assumed: Iterable[tuple[Atom, bool]]) -> Session:
        """The same session with more assumed."""
        return replace(self, assumed=(*self.assumed, *assumed))

    def on_another(self, document: Any) -> Session:
        """The same session on another document: what was assumed of this one is dropped."""
        kept = tuple((atom, holds) for atom, holds in self.assumed if reads_account_alone(atom))
        return replace(self, document=document, assumed=kept)

    @property
    def editor(self) -> str | None:
        """The actor who may change the document here."""
        editor = self.lifecycle.state(self.state).editable
        return editor and (self.variant.order.written_by or editor)

    def transition(self, trigger: str) -> Transition:
        """The transition of that trigger. Raises KeyError where the lifecycle has none."""
        for transition in self.lifecycle.transitions:
            if transition.name == trigger:
                return transition
        raise KeyError(trigger)

    def actor(self, transition: Transition) -> str:
        """The actor who pulls that trigger."""
        return self.variant.order.written_by or transition.by

    def truth(self, atom: Atom) -> bool | None:
        """The truth of an atom by the document and the account, else what is assumed; None is undecided."""
        known = self._observed(atom)
        if known is None:
            wanted = tree.identity(atom)
            known = next((holds for assumed, holds in self.assumed if tree.identity(assumed) == wanted), None)
        return known

    def _observed(self, atom: Atom) -> bool | None:
        if self.variant.stand_in or (self.document is json_value.ABSENT and not reads_account_alone(atom)):
            return None
        return self.judge.readiness(self.variant.name, self.document, self.account)(atom)

    @property
    def situation(self) -> Situation:
        """Where the order is, for conditions to be evaluated."""
        state = self.lifecycle.state(self.state)
        return Situation(self.lifecycle, self.variant, state, dict(self.variables), self.truth)

    def attempt(self, trigger: str) -> Step:
        """What pulling the trigger would do here. Raises KeyError for a trigger that the lifecycle does not have."""
        transition = self.transition(trigger)
        here = self.configuration
        result = interpreter.fire(self.lifecycle, self.variant, self.state, dict(self.variables), trigger, self.truth)
        if isinstance(result, Accepted):
            after = Configuration(result.state, tuple(result.variables.items()), ())
            return Step(trigger, self.actor(transition), here, after, case=result.case)
        outcome = StepOutcome.REFUSED if isinstance(result, Refused) else StepOutcome.UNDECIDED
        return Step(trigger, self.actor(transition), here, here, outcome, reasons=result.reasons)

    def attempts(self) -> Iterator[Step]:
        """What each trigger would do here, in spec order."""
        for transition in self.lifecycle.transitions:
            yield self.attempt(transition.name)

    def after(self, step: Step) -> Session:
        """The session after a step by a trigger; where nothing moved, the step is recorded."""
        return replace(self, state=step.after.state, variables=step.after.variables, last=step, before=self)


def begin(judge: Judge, name: str, document: Any = json_value.ABSENT, account: Account | None = None) -> Session:
    """An order of that variant in its initial state, or of a lifecycle that no order follows. Raises KeyError."""
    variant = judge.pack.explorable_named(name)
    lifecycle = judge.pack.lifecycle(variant.order.follows)
    return Session(judge, variant, document, account, lifecycle.initial.name, first_values(lifecycle), document)


def first_values(lifecycle: Lifecycle) -> tuple[tuple[str, Scalar], ...]:
    """The variables as an order begins with them."""
    return tuple((variable.name, variable.values[0]) for variable in lifecycle.variables)


def not_this_order(judge: Judge, names: Sequence[str], document: Any, file: str) -> tuple[Diagnostic, ...]:
    """Why a document is no order of one of these variants, located by pointer; empty where it is one."""
    choice = choose(judge.prepared.alternatives, document, file)
    if choice.findings or choice.variant in names:
        return choice.findings
    arguments = {"found": choice.variant or "nothing known", "expected": " or ".join(names)}
    return (Diagnostic("CM505", "other-order", arguments, Location(file, 0, 0)),)


def fire(session: Session, trigger: str, *, assuming: bool = False) -> Session | Step:
    """
    The session after the trigger, or the step that moved nothing. Raises KeyError for an unknown trigger.

    With `assuming`, a guard that nobody can decide is assumed to hold, and what that takes is recorded.
    """
    before, step = session, session.attempt(trigger)
    assumed: AtomTruths = ()
    if step.outcome is StepOutcome.UNDECIDED and assuming:
        here = session.state, dict(session.variables)
        assumed = assumptions.needed(session.lifecycle, session.variant, *here, trigger, session.truth)
        session = session.assuming(assumed)
        step = session.attempt(trigger)
    if not step.moved:
        return step
    return replace(session.after(replace(step, assumed=assumed)), before=before)


def fill(session: Session, patch: Any) -> Session | Diagnostic:
    """The session with its document changed by a JSON Merge Patch (RFC 7396), or why that cannot be."""
    if session.document is json_value.ABSENT:
        return _cannot("no-document")
    if session.editor is None:
        return _cannot("not-editable", state=session.state)
    document = merged(session.document, patch)
    choice = choose(session.judge.prepared.alternatives, document, "")
    if choice.findings or choice.variant != session.variant.name:
        found = choice.variant if not choice.findings else "nothing known"
        return _cannot("choice", found=found, expected=session.variant.name)
    here = session.configuration
    step = edit_step(session.editor, here, here, DocumentEdit(patch=patch))
    return replace(session.on_another(document), last=step, before=session)


def _cannot(form: str, **arguments: Any) -> Diagnostic:
    return Diagnostic("CM505", form, arguments, Location("", 0, 0))
