"""Why a guard says what it says: the variants that make it so, and where they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from covage_model.behaviour.space.situation import Situation, is_named, named_condition
from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Atom, Condition, DocumentReady
from covage_model.pack.model.lifecycle import Case, Transition


@dataclass(frozen=True, slots=True)
class Reason:
    """
    One thing that says no.

    `kind` is state, variable, condition (a named one), variant, final, document, order or account.
    `name` is the variable, the named condition, the status, the dotted path, the variant; the
    state the order is in for `state` and `final`. `variant` is the failing part, None where none is
    to blame: no case leaves the state, or a guard that nothing satisfies. `holds` is the variant's
    truth: True where it holds and must not.
    """

    kind: str
    name: str
    variant: Atom | None
    origin: Origin | None
    holds: bool | None = False


def elsewhere(transition: Transition, state: str) -> Reason:
    """No case of the trigger is written for `state`; points at the only case, or at the trigger."""
    only = transition.cases[0] if len(transition.cases) == 1 else transition
    return Reason("state", state, None, only.origin)


def never(case: Case) -> Reason:
    """The guard is false, and no variant of it can change that."""
    return Reason("condition", "guard", None, case.origin)


def explain(here: Situation, condition: Condition, *, value: bool | None) -> Iterator[Reason]:
    """The tests that give `condition` the truth `value` it has here; of a named condition, its own tests too."""
    return _explained(here, condition, set(), value=value)


def _explained(here: Situation, condition: Condition, told: set[str], *, value: bool | None) -> Iterator[Reason]:
    for atom, _ in tree.signed(condition, value, enter=lambda part, truth: here.evaluate(part) is truth):
        yield from _about(here, atom, told)


def _about(here: Situation, atom: Atom, told: set[str]) -> Iterator[Reason]:
    reason = _reason(here, atom)
    yield reason
    if reason.kind == "condition" and reason.name not in told:
        told.add(reason.name)  # told once: conditions that share conditions would be told without end
        inside = named_condition(here.lifecycle, reason.name)
        yield from _explained(here, inside, told, value=here.named(reason.name))


def _reason(here: Situation, atom: Atom) -> Reason:
    holds = here.truth(atom)
    if isinstance(atom, DocumentReady):
        return Reason("document", atom.status, atom, atom.origin, holds)
    kind, name = atom.ref.root, ".".join(atom.ref.names)
    if kind == "variable" and is_named(here.lifecycle, name):
        kind = "condition"
    if kind in ("state", "final") and here.state is not None:
        name = here.state.name
    if kind == "variant":
        name = here.variant.name
    return Reason(kind, name, atom, atom.origin, holds)
