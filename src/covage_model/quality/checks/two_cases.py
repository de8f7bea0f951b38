"""CM305: two cases of a trigger that are enabled in the same configuration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.quality.checks import faults
from covage_model.quality.checks.ground import Ground

_Pair = tuple[int, int]


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """A finding for each such pair, located at the case that is written second."""
    for lifecycle in ground.lifecycles:
        by_pair: dict[_Pair, list[faults.Fault]] = {}
        for variant, space in ground.lives(lifecycle).items():
            for pair, numbers in _pairs(space).items():
                by_pair.setdefault(pair, []).append(faults.fault(variant, space, numbers))
        for pair, of_pair in by_pair.items():
            yield _finding(ground, lifecycle, pair, of_pair)


def _pairs(space: StateSpace) -> dict[_Pair, list[int]]:
    by_pair: dict[_Pair, list[int]] = {}
    for number, trigger in space.ambiguous:
        enabled = [case for case in space.enabled(number) if space.numbered[case][0].name == trigger]
        for pair in combinations(enabled, 2):
            by_pair.setdefault(pair, []).append(number)
    return by_pair


def _finding(ground: Ground, lifecycle: Lifecycle, pair: _Pair, of_pair: Sequence[faults.Fault]) -> Diagnostic:
    fault, variants = faults.worst(of_pair)
    (transition, case), (_, second_case) = (fault.space.numbered[number] for number in pair)
    first, second = sorted((case.origin.location, second_case.origin.location))
    arguments = {**fault.arguments(), "trigger": transition.name, "file": first.file, "line": first.line}
    if len(variants) < len(ground.followers(lifecycle)):
        arguments["variants"] = variants
    form = "both-if" if fault.differing else "both"
    return Diagnostic("CM305", form, arguments, second, "let the guards exclude each other")
