"""CM318: a move that a variable's range forbids. CM319: a move that sets one variable to two values."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.behaviour.space.guards import Guard
from covage_model.behaviour.space.passage import Passage, passages
from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.pack.conditions.tree import identity
from covage_model.pack.model.conditions import All, Not
from covage_model.pack.model.lifecycle import Case, Lifecycle, Transition
from covage_model.quality.checks import faults
from covage_model.quality.checks.ground import Ground


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """For each case: the nearest configuration where only a range says no, and the variables set twice."""
    for lifecycle in ground.lifecycles:
        yield from _conflicts(lifecycle)
        stopped: dict[int, list[faults.Fault]] = {}
        for variant, space in ground.lives(lifecycle).items():
            for number in range(len(space.numbered)):
                where = _stopped(space, space.numbered[number][1])
                if where:
                    stopped.setdefault(number, []).append(faults.fault(variant, space, where))
        for number, of_case in sorted(stopped.items()):
            yield _leaves(ground, lifecycle, number, of_case)


def _stopped(space: StateSpace, case: Case) -> list[int]:
    """The configurations where the guard of the case holds, and a variable could not have its new value."""
    layout, guards = space.layout, dict[int, list[Guard]]()
    for source in case.source:
        for way in passages(space.lifecycle, case, source):
            if way.condition is not case.guard:
                guards.setdefault(layout.numbers[source], []).append(space.guards.guard(_only_ranges(way)))
    codes = enumerate(space.codes if guards else ())
    return [
        number
        for number, code in codes
        if any(guard.holds(code) for guard in guards.get(code >> layout.state_shift, ()))
    ]


def _only_ranges(way: Passage) -> All:
    recalled = () if way.recall is None else (way.recall,)
    return All((way.case.guard, *recalled, Not(way.condition)))


def _leaves(ground: Ground, lifecycle: Lifecycle, number: int, of_case: list[faults.Fault]) -> Diagnostic:
    fault, variants = faults.worst(of_case)
    transition, case = fault.space.numbered[number]
    arguments = {**fault.arguments(), "trigger": transition.name}
    if len(variants) < len(ground.followers(lifecycle)):
        arguments["variants"] = variants
    form = "range-if" if fault.differing else "range"
    hint = "say in its guard up to where it is possible, or widen the range"
    return Diagnostic("CM318", form, arguments, case.origin.location, hint, severity=Severity.WARNING)


def _conflicts(lifecycle: Lifecycle) -> Iterator[Diagnostic]:
    """The first variable of each case to which leaving, moving and entering give different values."""
    for transition in lifecycle.transitions:
        for case in transition.cases:
            conflict = next(_conflicts_of(lifecycle, transition, case), None)
            if conflict is not None:
                yield conflict


def _conflicts_of(lifecycle: Lifecycle, transition: Transition, case: Case) -> Iterator[Diagnostic]:
    for source in case.source:
        for way in passages(lifecycle, case, source):
            values: dict[str, set[object]] = {}
            for name, value in way.effects:
                values.setdefault(name, set()).add(identity(value))
                if len(values[name]) > 1:
                    arguments = {"trigger": transition.name, "name": name, "state": source, "target": way.target}
                    hint = f"set {name} in one of them"
                    yield Diagnostic("CM319", "twice", arguments, case.origin.location, hint)
