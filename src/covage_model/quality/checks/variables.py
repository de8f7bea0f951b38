"""CM308 for tests of states, variants and variables that never hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.behaviour.space.situation import ANY_END
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic, Location, Origin
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import Holds
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.quality.checks import reads
from covage_model.quality.checks.ground import Ground


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """Each such test. A part that several lifecycles include is no finding if it can hold in one of them."""
    by_place: dict[Location, list[dict[str, Diagnostic]]] = {}
    if len(ground.known) < len(ground.pack.lifecycles):
        return  # an unknown lifecycle may include the same part
    for lifecycle in ground.lifecycles:
        variants = [variant.name for variant in ground.followers(lifecycle)]
        for test, origin in _tests(lifecycle):
            judged = _judged(test, origin.location, lifecycle, variants)
            by_place.setdefault(origin.location, []).append(
                {repr(finding.arguments.get("value")): finding for finding in judged}
            )
    for everywhere in by_place.values():
        for key, finding in everywhere[0].items():
            if all(key in other for other in everywhere):
                yield finding


def _tests(lifecycle: Lifecycle) -> Iterator[tuple[Holds, Origin]]:
    for condition in reads.of_lifecycle(lifecycle):
        for atom in tree.atoms(condition):
            if isinstance(atom, Holds) and atom.origin is not None:
                yield atom, atom.origin


def _judged(atom: Holds, place: Location, lifecycle: Lifecycle, variants: list[str]) -> Iterator[Diagnostic]:
    """Unknown words are reported by the compiler. Only a variant can exist and still be of another lifecycle."""
    root = atom.ref.root
    if tree.other_side(atom.test) is not None:
        return
    listed = truth.listed(atom.test)
    if root == "variant" and variants and listed is not None:
        for value in listed:
            if value not in variants:
                yield Diagnostic("CM308", "variant", {"value": value, "legal": variants}, place)
        return
    legal = _legal(atom, lifecycle, variants)
    absent = root == "final" and truth.satisfies(atom.test, json_value.ABSENT)
    if listed is None and legal and not absent and not any(truth.satisfies(atom.test, value) for value in legal):
        name = dotted(atom.ref.names) or root
        yield Diagnostic("CM308", "variable", {"name": name, "legal": legal}, place)


def _legal(atom: Holds, lifecycle: Lifecycle, variants: list[str]) -> list[Any]:
    """All values that the tested word can have."""
    match atom.ref.root:
        case "state":
            return [state.name for state in lifecycle.states]
        case "variant":
            return variants
        case "final":
            words = [state.final for state in lifecycle.states if state.final is not None]
            return [*words, ANY_END]
        case "variable":
            name = atom.ref.names[0]
            known = {variable.name: list(variable.values) for variable in lifecycle.variables}
            return known.get(name, [True, False])
        case _:
            return []
