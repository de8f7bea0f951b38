"""Vacuity: the parts of a lifecycle that no run uses, over all orders and variants that follow it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.verify.moved import ever
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity, severity_of
from covage_model.pack.model.conditions import All, Condition, Implies
from covage_model.pack.model.lifecycle import Lifecycle, Property, Transition, Variable

SUCCESS = "success"


@dataclass(frozen=True, slots=True)
class Followers:
    """A lifecycle, and the tables of all variants that follow it; no tables if they were not explored."""

    lifecycle: Lifecycle
    spaces: Mapping[str, StateSpace]

    @property
    def whole(self) -> bool:
        """Whether every table is known and complete. Otherwise nothing can be called dead."""
        return bool(self.spaces) and all(space.complete for space in self.spaces.values())


def findings(lives: Sequence[Followers], variants: Sequence[str]) -> Iterator[Diagnostic]:
    """
    Findings on premises that never hold, cases never enabled, values never assigned, and outcomes never reached.

    `lives` has all explored lifecycles. A part that several of them include is a finding only
    if none of them uses it. Outcomes are checked for `variants` only.
    """
    by_place: dict[Location, list[Diagnostic | None]] = {}
    for followers in lives:
        for place, finding in _judged(followers):
            by_place.setdefault(place, []).append(finding)
    for findings_there in by_place.values():
        if findings_there[0] is not None and None not in findings_there:
            yield findings_there[0]
    for followers in lives:
        if followers.whole:
            yield from _missing_outcomes(followers, variants)


def _judged(lives: Followers) -> Iterator[tuple[Location, Diagnostic | None]]:
    """Each part that can be dead, with the finding if it is."""
    for prop in lives.lifecycle.properties:
        for form, condition in _premises(prop):
            yield _premise_place(prop, form), _premise(lives, prop, form, condition) if lives.whole else None
    fired = _fired(lives)
    for transition in lives.lifecycle.transitions:
        for number, case in enumerate(transition.cases):
            dead = lives.whole and (transition.name, number) not in fired
            yield case.origin.location, _case(lives, transition, number) if dead else None
    for variable in lives.lifecycle.variables:
        assigned = _assigned(lives, variable)
        if variable.whole:
            yield variable.origin.location, _values(lives, variable, assigned) if lives.whole else None
            continue
        for number, value in enumerate(variable.values):
            place = Location(variable.origin.location.file, variable.origin.location.line, number, "value")
            yield place, _value(lives, variable, value) if lives.whole and number not in assigned else None


def _premises(prop: Property) -> Iterator[tuple[str, Condition]]:
    """The premises of a property: the `when` of `always` and `only`, the first condition of a pair."""
    if prop.kind in ("precedes", "leads_to"):
        yield "first", prop.conditions[0]
    elif prop.kind == "only":
        yield "when", prop.conditions[0]
    elif prop.kind == "always":
        (whole,) = prop.conditions
        for part in whole.parts if isinstance(whole, All) else (whole,):
            if isinstance(part, Implies):
                yield "when", part.when


def _premise_place(prop: Property, form: str) -> Location:
    at = prop.origin.location
    return Location(at.file, at.line, at.column, f"{at.pointer}#{form}")


def _premise(lives: Followers, prop: Property, form: str, condition: Condition) -> Diagnostic | None:
    if any(ever(space, condition) for space in lives.spaces.values()):
        return None
    arguments = {"property": prop.name, "lifecycle": lives.lifecycle.name}
    return _warning("CM511", form, arguments, prop.origin)


def _fired(lives: Followers) -> set[tuple[str, int]]:
    """The cases that are enabled in some configuration: the trigger, and the index of the case."""
    cases: set[tuple[str, int]] = set()
    for space in lives.spaces.values():
        for number in set(space.cases):
            transition, case = space.numbered[number]
            cases.add((transition.name, next(index for index, other in enumerate(transition.cases) if other is case)))
    return cases


def _case(lives: Followers, transition: Transition, number: int) -> Diagnostic:
    case = transition.cases[number]
    arguments = {"trigger": transition.name, "number": number + 1, "lifecycle": lives.lifecycle.name}
    arguments["states"] = list(case.source)
    return _warning("CM512", "case" if len(transition.cases) > 1 else "trigger", arguments, case.origin)


def _assigned(lives: Followers, variable: Variable) -> set[int]:
    """The indices of the values that the variable has in some configuration."""
    indices: set[int] = set()
    for space in lives.spaces.values():
        digit = space.layout.digits[variable.name]
        indices.update(code >> digit.shift for code in {code & digit.mask for code in space.codes})
    return indices


def _value(lives: Followers, variable: Variable, value: object) -> Diagnostic:
    arguments = {"value": value, "variable": variable.name, "lifecycle": lives.lifecycle.name}
    return _warning("CM513", "value", arguments, variable.origin)


def _values(lives: Followers, variable: Variable, assigned: set[int]) -> Diagnostic | None:
    """The numbers that a variable never reaches at the end of its range: a gap within is no waste."""
    missed = [number for number in range(len(variable.values)) if number > max(assigned, default=-1)]
    missed = missed or [number for number in range(len(variable.values)) if number < min(assigned, default=0)]
    if not missed:
        return None
    if len(missed) == 1:
        return _value(lives, variable, variable.values[missed[0]])
    ends = {"first": variable.values[missed[0]], "last": variable.values[missed[-1]]}
    arguments = {**ends, "variable": variable.name, "lifecycle": lives.lifecycle.name}
    return _warning("CM513", "values", arguments, variable.origin)


def _warning(code: str, form: str, arguments: Mapping[str, object], origin: Origin) -> Diagnostic:
    return Diagnostic(code, form, dict(arguments), origin.location, severity=Severity.WARNING, because=origin)


def _missing_outcomes(lives: Followers, variants: Sequence[str]) -> Iterator[Diagnostic]:
    """
    Findings on the outcomes that a variant never reaches and should.

    That is `success` if the lifecycle has it; else each outcome that all other variants reach.
    """
    reached = {variant: _outcomes(space) for variant, space in lives.spaces.items()}
    outcomes = {state.final for state in lives.lifecycle.resting if state.final is not None}
    for variant, own in reached.items():
        others = [every for other, every in reached.items() if other != variant]
        shared = set.intersection(*others) if others else set()
        form, expected = ("success", {SUCCESS}) if SUCCESS in outcomes else ("outcome", shared)
        if variant in variants:
            for outcome in sorted(expected - own):
                yield _end(lives.spaces[variant], form, outcome, own)


def _outcomes(space: StateSpace) -> set[str]:
    shift = space.layout.state_shift
    finals = {space.layout.states[number].final for number in {code >> shift for code in space.codes}}
    return {final for final in finals if final is not None}


def _end(space: StateSpace, form: str, word: str, own: set[str]) -> Diagnostic:
    order, variant = space.variant.order, space.variant.spec
    origin = order.origin if variant is None else variant.value.origin
    arguments = {"order": space.variant.name, "outcome": word, "found": sorted(own)}
    severity = severity_of(origin.standing)
    return Diagnostic("CM514", form, arguments, origin.location, severity=severity, because=origin)
