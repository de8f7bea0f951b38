"""Why a guard has its truth: the atoms that decide it, and where they are written."""

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
    One reason why a trigger is refused or not decided.

    `kind` is state, variable, condition (a named one), variant, final, document, order or account.
    `name` is the variable, the named condition, the status, the dotted path or the variant; for
    `state` and `final` it is the state of the order. `atom` is the failing part of the guard; None if no
    part is to blame: no case leaves the state, or nothing can satisfy the guard. `holds` is the atom's
    truth: True if it holds and must not, None if it is not known.
    """

    kind: str
    name: str
    atom: Atom | None
    origin: Origin | None
    holds: bool | None = False


def elsewhere(transition: Transition, state: str) -> Reason:
    """The reason that no case of the trigger leaves `state`. It points at the only case, or at the trigger."""
    only = transition.cases[0] if len(transition.cases) == 1 else transition
    return Reason("state", state, None, only.origin)


def never(case: Case) -> Reason:
    """The reason that the guard is false whatever its atoms are."""
    return Reason("condition", "guard", None, case.origin)


def explain(here: Situation, condition: Condition, *, value: bool | None) -> Iterator[Reason]:
    """The atoms that give `condition` its truth `value` here; for a named condition, its own atoms too."""
    return _explained(here, condition, set(), value=value)


def _explained(here: Situation, condition: Condition, explained: set[str], *, value: bool | None) -> Iterator[Reason]:
    for atom, _ in tree.signed(condition, value, enter=lambda part, truth: here.evaluate(part) is truth):
        yield from _about(here, atom, explained)


def _about(here: Situation, atom: Atom, explained: set[str]) -> Iterator[Reason]:
    reason = _reason(here, atom)
    yield reason
    if reason.kind == "condition" and reason.name not in explained:
        explained.add(reason.name)  # once each: shared conditions would make the list exponentially long
        inside = named_condition(here.lifecycle, reason.name)
        yield from _explained(here, inside, explained, value=here.named(reason.name))


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
