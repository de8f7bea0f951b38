"""CM308 in lifecycles: a test that no state, variant or value of a variable passes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.behaviour.space.situation import ANY_END
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic, Location, Origin
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import Holds, In, Literal
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.quality.checks import reads
from covage_model.quality.checks.ground import Ground


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """A part that several lifecycles include is judged in all of them: what can hold in one is no finding."""
    told: dict[Location, list[dict[str, Diagnostic]]] = {}
    if len(ground.known) < len(ground.pack.lifecycles):
        return  # what is not here may include the same part
    for lifecycle in ground.lifecycles:
        variants = [variant.name for variant in ground.followers(lifecycle)]
        for test, origin in _tests(lifecycle):
            found = {
                repr(one.arguments.get("value")): one for one in _judged(test, origin.location, lifecycle, variants)
            }
            told.setdefault(origin.location, []).append(found)
    for here in told.values():
        for key, finding in here[0].items():
            if all(key in other for other in here):
                yield finding


def _tests(lifecycle: Lifecycle) -> Iterator[tuple[Holds, Origin]]:
    for condition in reads.of_lifecycle(lifecycle):
        for atom in tree.atoms(condition):
            if isinstance(atom, Holds) and atom.origin is not None:
                yield atom, atom.origin


def _judged(asked: Holds, place: Location, lifecycle: Lifecycle, variants: list[str]) -> Iterator[Diagnostic]:
    """Words that are none at all are the compiler's to find: only variants may be real and out of place."""
    root = asked.ref.root
    listed = _listed(asked)
    if root == "variant" and variants and listed is not None:
        for value in listed:
            if value not in variants:
                yield Diagnostic("CM308", "variant", {"value": value, "legal": variants}, place)
        return
    legal = _legal(asked, lifecycle, variants)
    absent = root == "final" and truth.satisfies(asked.test, json_value.ABSENT)
    if listed is None and legal and not absent and not any(truth.satisfies(asked.test, value) for value in legal):
        name = ".".join(asked.ref.names) or root
        yield Diagnostic("CM308", "variable", {"name": name, "legal": legal}, place)


def _listed(asked: Holds) -> tuple[Any, ...] | None:
    match asked.test:
        case Literal(value):
            return (value,)
        case In(values):
            return values
        case _:
            return None


def _legal(asked: Holds, lifecycle: Lifecycle, variants: list[str]) -> list[Any]:
    """Everything that the word can be."""
    match asked.ref.root:
        case "state":
            return [state.name for state in lifecycle.states]
        case "variant":
            return variants
        case "final":
            words = [state.final for state in lifecycle.states if state.final is not None]
            return [*words, ANY_END]
        case "variable":
            name = asked.ref.names[0]
            known = {variable.name: list(variable.values) for variable in lifecycle.variables}
            return known.get(name, [True, False])
        case _:
            return []
