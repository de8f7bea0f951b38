"""Why a guard has its truth: the atoms that decide it, and where they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from covage_model.behaviour.space.passage import Passage
from covage_model.behaviour.space.situation import Situation, is_named, named_condition
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import Atom, Condition, DocumentReady, Holds
from covage_model.pack.model.lifecycle import Case, Transition


@dataclass(frozen=True, slots=True)
class Reason:
    """
    One reason why a trigger is refused or not decided.

    `kind` is state, variable, condition (a named one), variant, final, document, order, account, or outcome (several
    are possible, and none was said).
    `name` is the variable, the named condition, the status, the dotted path or the variant; for
    `state` and `final` it is the state of the order. `atom` is the failing part of the guard; None if no
    part is to blame: no case leaves the state, or nothing can satisfy the guard. `holds` is the atom's
    truth: True if it holds and must not, None if it is not known. `states` are those that cases leave, if the
    state is to blame.
    """

    kind: str
    name: str
    atom: Atom | None
    origin: Origin | None
    holds: bool | None = False
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Obstacles:
    """
    What stands between an order and a trigger: reasons, and groups of them, in the order written.

    With `either`, one of the parts is enough: where it no longer says no, the whole no longer does. Else all of them
    must change. Where a `named` condition says no, the parts are the tests that make it so.
    """

    either: bool
    parts: tuple[Obstacles | Reason, ...]
    named: Reason | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All reasons, each once, in order."""
        return tuple(dict.fromkeys(_every(self)))


def _every(part: Obstacles | Reason) -> Iterator[Reason]:
    if isinstance(part, Reason):
        yield part
        return
    if part.named is not None:
        yield part.named
    for inner in part.parts:
        yield from _every(inner)


def of_cases(here: Situation, cases: Sequence[Case | Passage], *, value: bool | None) -> Obstacles:
    """What makes these guards (of passages, their conditions) false, or None: what one of the cases needs is enough."""
    branches = [_conjuncts(_of_case(here, case, value=value)) for case in cases]
    common = [part for part in branches[0] if all(part in branch for branch in branches)]  # as what stands by `cases`
    others = [tuple(part for part in branch if part not in common) for branch in branches]
    if len(cases) == 1 or not all(others):
        return Obstacles(either=False, parts=tuple(common))
    choices = tuple(one[0] if len(one) == 1 else Obstacles(either=False, parts=one) for one in others)
    choice = Obstacles(either=True, parts=choices)
    return Obstacles(either=False, parts=(*common, choice)) if common else choice


def of_states(here: Situation, transition: Transition) -> Obstacles:
    """What a trigger needs of which no case is for the state: another state, and that no guard is false there."""
    shut = [case for case in transition.cases if here.evaluate(case.guard) is False]
    others = [case for case in transition.cases if case not in shut]
    choices: list[Obstacles | Reason] = [_elsewhere(here, transition, others)] if others else []
    if shut:
        parts = (_elsewhere(here, transition, shut), *_conjuncts(of_cases(here, shut, value=False)))
        choices.append(Obstacles(either=False, parts=parts))
    return Obstacles(either=len(choices) > 1, parts=tuple(choices) if len(choices) > 1 else _conjuncts(choices[0]))


def _conjuncts(needed: Obstacles | Reason) -> tuple[Obstacles | Reason, ...]:
    """What must change, one by one."""
    together = isinstance(needed, Obstacles) and not needed.either and needed.named is None
    return needed.parts if together and isinstance(needed, Obstacles) else (needed,)


def _elsewhere(here: Situation, transition: Transition, cases: Sequence[Case]) -> Reason:
    """No case of the trigger is written for the state; points at the only case, or at the trigger."""
    sources = tuple(dict.fromkeys(state for case in cases for state in case.source))
    name = "" if here.state is None else here.state.name
    origin = cases[0].origin if len(transition.cases) == 1 else transition.origin
    return Reason("state", name, None, origin, states=sources)


def _of_case(here: Situation, way: Case | Passage, *, value: bool | None) -> Obstacles | Reason:
    case, condition = (way.case, way.condition) if isinstance(way, Passage) else (way, way.guard)
    never = Reason("condition", "guard", None, case.origin)  # no part of the guard can change that it is false
    return _Explained(here, never, set()).of(condition, wanted=True, decided=value is not None)


@dataclass(frozen=True, slots=True)
class _Explained:
    """Changes of conditions as obstacles; `told` are the named conditions whose parts were told."""

    here: Situation
    never: Reason
    told: set[str]

    def of(self, condition: Condition, *, wanted: bool, decided: bool) -> Obstacles | Reason:
        def enter(part: Condition, *, wanted: bool) -> bool:
            return self.here.evaluate(part) is (not wanted if decided else None)

        return self._group(tree.changes(condition, wanted=wanted, enter=enter))

    def _group(self, group: tree.ChangeGroup) -> Obstacles | Reason:
        if not group.changes:
            return self.never
        parts = tuple(
            self._group(change) if isinstance(change, tree.ChangeGroup) else self._atom(change)
            for change in group.changes
        )
        return parts[0] if len(parts) == 1 else Obstacles(either=group.either, parts=parts)

    def _atom(self, change: tuple[Atom, bool]) -> Obstacles | Reason:
        atom, wanted = change
        reason = _reason(self.here, atom)
        if reason.kind != "condition" or reason.name in self.told:
            return reason
        self.told.add(reason.name)  # told once: conditions that share conditions would be told without end
        inside = named_condition(self.here.lifecycle, reason.name)
        asks_that_it_holds = isinstance(atom, Holds) and truth.satisfies(atom.test, value=True)
        known = self.here.named(reason.name)
        found = self.of(inside, wanted=asks_that_it_holds is wanted, decided=known is not None)
        if found == self.never:
            return reason
        if isinstance(found, Reason) or found.named is not None:
            return Obstacles(either=False, parts=(found,), named=reason)
        return replace(found, named=reason)


def _reason(here: Situation, atom: Atom) -> Reason:
    holds = here.truth(atom)
    if isinstance(atom, DocumentReady):
        return Reason("document", atom.status, atom, atom.origin, holds)
    kind, name = atom.ref.root, dotted(atom.ref.names)
    if kind == "variable" and is_named(here.lifecycle, name):
        kind = "condition"
    if kind in ("state", "final") and here.state is not None:
        name = here.state.name
    if kind == "variant":
        name = here.variant.name
    return Reason(kind, name, atom, atom.origin, holds)
