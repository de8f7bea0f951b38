"""A session: one order in its life, as a value. Each step returns the next session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from typing import Any

from covage_model.behaviour.run import assumptions
from covage_model.behaviour.run.step import AtomTruths, DocumentEdit, Step, StepOutcome, edit_step
from covage_model.behaviour.run.trace import Trace
from covage_model.behaviour.space import interpreter
from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.interpreter import Accepted, Refused
from covage_model.behaviour.space.memory import carried
from covage_model.behaviour.space.situation import Situation
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
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
    One order in its life. `document` is ABSENT and `account` None if none was given. `given` is the first document.

    `last` is the last step, `before` the session before it; both are None at the start. `assumed` has atoms that
    neither the document nor the account decides, with their assumed truths.
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
        """The configuration: state and variables, without atoms."""
        return Configuration(self.state, self.variables, ())

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in order, with refused ones if they were recorded."""
        steps: list[Step] = []
        session: Session | None = self
        while session is not None:
            steps += [] if session.last is None else [session.last]
            session = session.before
        return tuple(reversed(steps))

    @property
    def trace(self) -> Trace:
        """The trace so far."""
        first = self
        while first.before is not None:
            first = first.before
        return Trace(self.variant.name, first.configuration, self.steps)

    @property
    def emitted(self) -> tuple[str, ...]:
        """Every event so far."""
        return self.trace.emitted

    def assuming(self, assumed: Iterable[tuple[Atom, bool]]) -> Session:
        """The session with more assumed truths."""
        return replace(self, assumed=(*self.assumed, *assumed))

    def on_another(self, document: Any) -> Session:
        """The session on another document. Assumed truths of the old document are dropped."""
        kept = tuple((atom, holds) for atom, holds in self.assumed if reads_account_alone(atom))
        return replace(self, document=document, assumed=kept)

    @property
    def editor(self) -> str | None:
        """The actor who may edit the document in this state, or None."""
        editor = self.lifecycle.state(self.state).editable
        return editor and (self.variant.order.written_by or editor)

    def transition(self, trigger: str) -> Transition:
        """The transition of a trigger, the first of several outcomes. Raises KeyError for an unknown trigger."""
        return self.lifecycle.triggered(trigger)[0]

    def actors(self, transition: Transition) -> tuple[str, ...]:
        """The actors of whom any may fire the trigger."""
        return self.variant.order.acting(transition.by)

    def truth(self, atom: Atom) -> bool | None:
        """The truth of an atom that the document and the account decide, else the assumed one; None is undecided."""
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
        """The situation for evaluating conditions here."""
        state = self.lifecycle.state(self.state)
        return Situation(self.lifecycle, self.variant, state, dict(self.variables), self.truth)

    def attempt(self, trigger: str) -> Step:
        """What firing the trigger would do here. Raises KeyError for an unknown trigger."""
        transition = self.transition(trigger)
        here = self.configuration
        result = interpreter.fire(self.lifecycle, self.variant, self.state, dict(self.variables), trigger, self.truth)
        if isinstance(result, Accepted):
            after = Configuration(result.state, tuple(result.variables.items()), ())
            return Step(
                result.transition.name, self.actors(transition), here, after, case=result.case, emitted=result.emits
            )
        outcome = StepOutcome.REFUSED if isinstance(result, Refused) else StepOutcome.UNDECIDED
        return Step(trigger, self.actors(transition), here, here, outcome, obstacles=result.obstacles)

    def attempts(self) -> Iterator[Step]:
        """What each trigger would do here, in spec order."""
        for transition in self.lifecycle.transitions:
            yield self.attempt(transition.name)

    def after(self, step: Step) -> Session:
        """The session after a step by a trigger. A refused step is recorded too."""
        return replace(self, state=step.after.state, variables=step.after.variables, last=step, before=self)


def begin(judge: Judge, name: str, document: Any = json_value.ABSENT, account: Account | None = None) -> Session:
    """A session in the initial state of a variant, or of a lifecycle without orders. Raises KeyError."""
    variant = judge.pack.explorable_named(name)
    lifecycle = judge.pack.lifecycle(variant.order.follows)
    return Session(judge, variant, document, account, lifecycle.initial.name, first_values(lifecycle), document)


def first_values(lifecycle: Lifecycle) -> tuple[tuple[str, Scalar], ...]:
    """The variables with their initial values, and that nothing is remembered yet."""
    return tuple((variable.name, variable.values[0]) for variable in carried(lifecycle))


def not_this_order(judge: Judge, names: Sequence[str], document: Any, file: str) -> tuple[Diagnostic, ...]:
    """The findings that a document is no order of these variants, located by pointer; empty if it is one."""
    choice = choose(judge.prepared.alternatives, document, file)
    if choice.findings or choice.variant in names:
        return choice.findings
    arguments = {"found": choice.variant or "nothing known", "expected": " or ".join(names)}
    return (Diagnostic("CM505", "other-order", arguments, Location(file, 0, 0)),)


def fire(session: Session, trigger: str, *, assuming: bool = False) -> Session | Step:
    """
    The session after the trigger, or the refused step. Raises KeyError for an unknown trigger.

    With `assuming`, an undecided guard is assumed to hold, and the truths needed for that are recorded.
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
    """The session after an edit by a JSON Merge Patch (RFC 7396), or the finding that this is not allowed."""
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
