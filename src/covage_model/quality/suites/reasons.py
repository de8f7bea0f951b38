"""The reason why no run shows a target."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.behaviour.space.reach import numbers
from covage_model.behaviour.space.space import StateSpace
from covage_model.pack.conditions import tree, words
from covage_model.pack.model.conditions import Condition
from covage_model.quality.suites.targets import Arrow, SuiteTarget, Targets


def missing(targets: Targets, shown: int, reachable: int) -> Iterator[tuple[SuiteTarget, str]]:
    """The targets that are not shown, in spec order, with the reason; `reachable` has the targets of the table."""
    arrows = {arrow.name: arrow for arrow in targets.arrows}
    possible = {target.name for target in targets.of(reachable) if target.kind == "transition"}
    for bit, target in enumerate(targets.found):
        if shown >> bit & 1:
            continue
        if not targets.space.complete:
            yield target, "not decided: the table is not whole"
        elif reachable >> bit & 1:
            yield target, "no document was found for it"
        else:
            yield target, _reason(targets, target, arrows, possible)


def _reason(targets: Targets, target: SuiteTarget, arrows: dict[str, Arrow], possible: set[str]) -> str:
    match target.kind:
        case "transition":
            return _of_arrow(targets, arrows[target.name])
        case "pair":
            for name in target.name.split(", then "):
                if name not in possible:
                    return f"{name} never happens"
            return "the second is never possible right after the first"
        case "guard":
            return "it is never so where the trigger is fired"
        case _:
            return "no run comes there"


def _of_arrow(targets: Targets, arrow: Arrow) -> str:
    space, inside = targets.space, list(numbers(targets.inside([arrow.source])))
    if not inside:
        return f"no run comes to {arrow.source}"
    false_parts = [text for part in tree.conjuncts(arrow.case.guard) if (text := _never(space, part, inside))]
    if false_parts:
        return f"never so in {arrow.source}: {'; '.join(false_parts)}"
    return f"its guard never holds in {arrow.source}"


def _never(space: StateSpace, part: Condition, inside: list[int]) -> str | None:
    return None if any(space.holds(number, part) for number in inside) else words.describe(part, "en")
