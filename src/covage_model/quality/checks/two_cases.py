"""CM305: two cases of a trigger that are enabled at once."""

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
    """For each pair of cases that some reachable configuration enables together, where the second is written."""
    for lifecycle in ground.lifecycles:
        found: dict[_Pair, list[faults.Fault]] = {}
        for variant, space in ground.lives(lifecycle).items():
            for pair, numbers in _pairs(space).items():
                found.setdefault(pair, []).append(faults.fault(variant, space, numbers))
        for pair, ones in found.items():
            yield _finding(ground, lifecycle, pair, ones)


def _pairs(space: StateSpace) -> dict[_Pair, list[int]]:
    found: dict[_Pair, list[int]] = {}
    for number, trigger in space.ambiguous:
        row = space.cases[space.offsets[number] : space.offsets[number + 1]]
        enabled = [case for case in row if space.numbered[case][0].name == trigger]
        for pair in combinations(enabled, 2):
            found.setdefault(pair, []).append(number)
    return found


def _finding(ground: Ground, lifecycle: Lifecycle, pair: _Pair, ones: Sequence[faults.Fault]) -> Diagnostic:
    fault, variants = faults.worst(ones)
    (transition, one), (_, other) = (fault.space.numbered[number] for number in pair)
    first, second = sorted((one.origin.location, other.origin.location))
    arguments = {**fault.arguments(), "trigger": transition.name, "file": first.file, "line": first.line}
    if len(variants) < len(ground.followers(lifecycle)):
        arguments["variants"] = variants
    form = "both-if" if fault.differing else "both"
    return Diagnostic("CM305", form, arguments, second, "let the guards exclude each other")
