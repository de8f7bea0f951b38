"""CM305: two cases of a trigger that are enabled at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from covage_model.checks import faults
from covage_model.checks.ground import Ground
from covage_model.diagnostics import Diagnostic
from covage_model.model.lifecycle import Lifecycle
from covage_model.statespace.explore import StateSpace

_Pair = tuple[int, int]


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """For each pair of cases that some reachable configuration enables together, where the second is written."""
    for lifecycle in ground.lifecycles:
        found: dict[_Pair, list[faults.Fault]] = {}
        for leaf, space in ground.lives(lifecycle).items():
            for pair, numbers in _pairs(space).items():
                found.setdefault(pair, []).append(faults.fault(leaf, space, numbers))
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
    fault, leaves = faults.worst(ones)
    (transition, one), (_, other) = (fault.space.numbered[number] for number in pair)
    first, second = sorted((one.origin.location, other.origin.location))
    arguments = {**fault.arguments(), "trigger": transition.name, "file": first.file, "line": first.line}
    if len(leaves) < len(ground.followers(lifecycle)):
        arguments["leaves"] = leaves
    form = "both-if" if fault.differing else "both"
    return Diagnostic("CM305", form, arguments, second, "let the guards exclude each other")
