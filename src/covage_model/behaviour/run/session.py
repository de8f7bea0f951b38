"""One order on its way, as a value: what somebody does to it gives the next one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from covage_model.behaviour.run import granting
from covage_model.behaviour.space import atoms, step
from covage_model.behaviour.space.atoms import of_account
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.json_value import merged
from covage_model.pack.model.conditions import Atom, Scalar
from covage_model.pack.model.lifecycle import Case, Lifecycle, Transition
from covage_model.pack.model.orders import Variant

Result = step.Accepted | step.Refused | step.Undecided


@dataclass(frozen=True, slots=True)
class Done:
    """
    What was done, and where the order is after it; without a `case`, `patch` has changed the document.

    `granted` is what nobody could check and was taken for granted: the truth of atoms.
    """

    trigger: str
    actor: str
    state: str
    variables: tuple[tuple[str, Scalar], ...]
    case: Case | None = None
    patch: Any = None
    granted: tuple[tuple[Atom, bool], ...] = ()

    @property
    def emits(self) -> tuple[str, ...]:
        """The events of it, in order."""
        return () if self.case is None else self.case.emits


@dataclass(frozen=True, slots=True)
class Session:
    """
    Where one order is. `document` is ABSENT, `account` None where none was given; `given` is the document at the start.

    `last` is what was done last, `before` where it was before that, None at the start. `granted` are
    atoms that neither document nor account can decide, with the truth that they are taken to have.
    """

    judge: Judge = field(repr=False, compare=False)
    variant: Variant
    document: Any
    account: Account | None
    state: str
    variables: tuple[tuple[str, Scalar], ...]
    given: Any
    granted: tuple[tuple[Atom, bool], ...] = ()
    last: Done | None = None
    before: Session | None = field(default=None, repr=False, compare=False)

    @property
    def lifecycle(self) -> Lifecycle:
        """How the order lives."""
        return self.judge.pack.lifecycle(self.variant.order.follows)

    @property
    def done(self) -> tuple[Done, ...]:
        """All that was done, in order."""
        found: list[Done] = []
        here: Session | None = self
        while here is not None:
            found += [] if here.last is None else [here.last]
            here = here.before
        return tuple(reversed(found))

    def granting(self, granted: Iterable[tuple[Atom, bool]]) -> Session:
        """The same, with more taken for granted."""
        return replace(self, granted=(*self.granted, *granted))

    def on_another(self, document: Any) -> Session:
        """The same on another document: what was granted of this one is void."""
        kept = tuple(one for one in self.granted if of_account(one[0]))
        return replace(self, document=document, granted=kept)

    @property
    def emitted(self) -> tuple[str, ...]:
        """Every event so far."""
        return tuple(event for one in self.done for event in one.emits)

    @property
    def editor(self) -> str | None:
        """The actor who may change the document here."""
        editor = self.lifecycle.state(self.state).editable
        return editor and (self.variant.order.written_by or editor)

    def actor(self, transition: Transition) -> str:
        """Who pulls that trigger."""
        return self.variant.order.written_by or transition.by

    def truth(self, atom: Atom) -> bool | None:
        """What the document and the account say of an atom, else what was granted; None is undecided."""
        known = self._seen(atom)
        if known is None:
            wanted = atoms.identity(atom)
            known = next((holds for one, holds in self.granted if atoms.identity(one) == wanted), None)
        return known

    def _seen(self, atom: Atom) -> bool | None:
        if self.document is json_value.ABSENT and not of_account(atom):
            return None
        return self.judge.readiness(self.variant.name, self.document, self.account)(atom)

    def pull(self, trigger: str) -> Result:
        """What the trigger would do here. Raises KeyError for a trigger that the lifecycle does not have."""
        return step.fire(self.lifecycle, self.variant, self.state, dict(self.variables), trigger, self.truth)

    def offers(self) -> Iterator[tuple[Transition, Result]]:
        """Each trigger, in spec order, and what it would do here."""
        for transition in self.lifecycle.transitions:
            yield transition, self.pull(transition.name)


def begin(judge: Judge, name: str, document: Any = json_value.ABSENT, account: Account | None = None) -> Session:
    """The order of that variant where all start. Raises KeyError for a name that is none."""
    variant = judge.pack.variant(name)
    lifecycle = judge.pack.lifecycle(variant.order.follows)
    variables = tuple((variable.name, variable.values[0]) for variable in lifecycle.variables)
    return Session(judge, variant, document, account, lifecycle.initial.name, variables, document)


def not_this_order(judge: Judge, names: Sequence[str], document: Any, file: str) -> tuple[Diagnostic, ...]:
    """Why a document is no order of one of these variants: nothing where it is one. Located by pointer."""
    choice = choose(judge.prepared.alternatives, document, file)
    if choice.findings or choice.variant in names:
        return choice.findings
    arguments = {"found": choice.variant or "nothing known", "expected": " or ".join(names)}
    return (Diagnostic("CM505", "other-order", arguments, Location(file, 0, 0)),)


def fire(session: Session, trigger: str, *, granting_it: bool = False) -> Session | step.Refused | step.Undecided:
    """
    The order after the trigger, or why nothing moves. Raises KeyError for an unknown trigger.

    `granting_it`: where nobody can decide the guard, it is taken to hold, and what that takes is granted.
    """
    before, result = session, session.pull(trigger)
    granted: tuple[tuple[Atom, bool], ...] = ()
    if isinstance(result, step.Undecided) and granting_it:
        here = session.state, dict(session.variables)
        granted = granting.needed(session.lifecycle, session.variant, *here, trigger, session.truth)
        session = session.granting(granted)
        result = session.pull(trigger)
    if not isinstance(result, step.Accepted):
        return result
    transition = next(each for each in session.lifecycle.transitions if each.name == trigger)
    variables = tuple(result.variables.items())
    done = Done(trigger, session.actor(transition), result.state, variables, result.case, granted=granted)
    return replace(session, state=result.state, variables=variables, last=done, before=before)


def fill(session: Session, patch: Any) -> Session | Diagnostic:
    """The order with its document changed by a JSON Merge Patch (RFC 7396), or why that cannot be."""
    if session.document is json_value.ABSENT:
        return _cannot("no-document")
    editor = session.editor
    if editor is None:
        return _cannot("not-editable", state=session.state)
    document = merged(session.document, patch)
    choice = choose(session.judge.prepared.alternatives, document, "")
    if choice.findings or choice.variant != session.variant.name:
        found = choice.variant if not choice.findings else "nothing known"
        return _cannot("choice", found=found, expected=session.variant.name)
    done = Done("fill", editor, session.state, session.variables, patch=patch)
    return replace(session.on_another(document), last=done, before=session)


def _cannot(form: str, **arguments: Any) -> Diagnostic:
    return Diagnostic("CM505", form, arguments, Location("", 0, 0))
