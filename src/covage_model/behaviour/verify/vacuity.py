"""Vacuity: parts of a lifecycle that no run uses, judged over all orders and variants that follow it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity, severity_of
from covage_model.pack.model.conditions import All, Condition, Implies
from covage_model.pack.model.lifecycle import Lifecycle, Property, Transition, Variable

SUCCESS = "success"


@dataclass(frozen=True, slots=True)
class Followers:
    """A lifecycle, and the tables of all that follow it, by variant; none of them where they were not explored."""

    lifecycle: Lifecycle
    spaces: Mapping[str, StateSpace]

    @property
    def whole(self) -> bool:
        """Whether every table is here and complete: else nothing can be called dead."""
        return bool(self.spaces) and all(space.complete for space in self.spaces.values())


def findings(lives: Sequence[Followers], variants: Sequence[str]) -> Iterator[Diagnostic]:
    """
    Premises that never hold, cases never enabled, values never taken, and ends that never come.

    `lives` are all lifecycles that were explored. What several include is judged in all of them:
    what one of them uses is no finding. Ends are judged of `variants` alone.
    """
    whole = [one for one in lives if one.whole]
    told: dict[Location, list[Diagnostic | None]] = {}
    for one in lives:
        for place, finding in _judged(one):
            told.setdefault(place, []).append(finding)
    for found in told.values():
        if found[0] is not None and None not in found:
            yield found[0]
    for one in whole:
        yield from _ends(one, variants)


def _judged(lives: Followers) -> Iterator[tuple[Location, Diagnostic | None]]:
    """Each thing that can be dead, with the finding if it is."""
    for prop in lives.lifecycle.properties:
        for form, condition in _premises(prop):
            yield _premise_place(prop, form), _premise(lives, prop, form, condition) if lives.whole else None
    fired = _fired(lives)
    for transition in lives.lifecycle.transitions:
        for number, case in enumerate(transition.cases):
            dead = lives.whole and (transition.name, number) not in fired
            yield case.origin.location, _case(lives, transition, number) if dead else None
    for variable in lives.lifecycle.variables:
        taken = _taken(lives, variable)
        for number, value in enumerate(variable.values):
            place = Location(variable.origin.location.file, variable.origin.location.line, number, "value")
            yield place, _value(lives, variable, value) if lives.whole and number not in taken else None


def _premises(prop: Property) -> Iterator[tuple[str, Condition]]:
    """What must hold for the property to say anything: the `when` of always and only, the first of a pair."""
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
    if any(1 in space.where(condition) for space in lives.spaces.values()):
        return None
    arguments = {"property": prop.name, "lifecycle": lives.lifecycle.name}
    return _warning("CM511", form, arguments, prop.origin)


def _fired(lives: Followers) -> set[tuple[str, int]]:
    """The cases that are enabled in some configuration, by trigger and place among its cases."""
    found: set[tuple[str, int]] = set()
    for space in lives.spaces.values():
        for number in set(space.cases):
            transition, case = space.numbered[number]
            found.add((transition.name, next(n for n, one in enumerate(transition.cases) if one is case)))
    return found


def _case(lives: Followers, transition: Transition, number: int) -> Diagnostic:
    case = transition.cases[number]
    arguments = {"trigger": transition.name, "number": number + 1, "lifecycle": lives.lifecycle.name}
    arguments["states"] = list(case.source)
    return _warning("CM512", "case" if len(transition.cases) > 1 else "trigger", arguments, case.origin)


def _taken(lives: Followers, variable: Variable) -> set[int]:
    """The places of the values that the variable has in some configuration."""
    found: set[int] = set()
    for space in lives.spaces.values():
        digit = space.layout.digits[variable.name]
        found.update(code >> digit.shift for code in {code & digit.mask for code in space.codes})
    return found


def _value(lives: Followers, variable: Variable, value: object) -> Diagnostic:
    arguments = {"value": value, "variable": variable.name, "lifecycle": lives.lifecycle.name}
    return _warning("CM513", "value", arguments, variable.origin)


def _warning(code: str, form: str, arguments: Mapping[str, object], origin: Origin) -> Diagnostic:
    return Diagnostic(code, form, dict(arguments), origin.location, severity=Severity.WARNING, because=origin)


def _ends(lives: Followers, variants: Sequence[str]) -> Iterator[Diagnostic]:
    """
    The ends that an order and variant never comes to, and ought to.

    `success`, where the lifecycle has that word; else each word that all others come to.
    """
    met = {variant: _outcomes(space) for variant, space in lives.spaces.items()}
    words = {state.final for state in lives.lifecycle.resting if state.final is not None}
    for variant, own in met.items():
        others = [outcomes for other, outcomes in met.items() if other != variant]
        shared = set.intersection(*others) if others else set()
        form, wanted = ("success", {SUCCESS}) if SUCCESS in words else ("outcome", shared)
        if variant in variants:
            for word in sorted(wanted - own):
                yield _end(lives.spaces[variant], form, word, own)


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
