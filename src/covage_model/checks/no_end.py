"""CM304: a place from which orders go on, and never come to an end."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.checks import faults
from covage_model.checks.dead_ends import dead_ends, finding, has_end
from covage_model.checks.ground import Ground
from covage_model.diagnostics import Diagnostic
from covage_model.statespace import reach
from covage_model.statespace.explore import StateSpace


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    For each state with a reachable configuration from which no final one can be reached.

    Where a dead end can be reached, that is the finding (CM303), and this one is not made. Tables
    that are not whole are not judged.
    """
    for lifecycle in ground.lifecycles:
        if has_end(lifecycle):
            whole = {leaf: space for leaf, space in ground.lives(lifecycle).items() if space.complete}
            found = {leaf: (space, _endless(space)) for leaf, space in whole.items()}
            for _, fault, leaves in faults.per_state(found):
                form = "no-end-if" if fault.differing else "no-end"
                yield finding(ground, lifecycle, fault, leaves, "CM304", form, None)


def _endless(space: StateSpace) -> list[int]:
    """The configurations, ascending, from which neither an end nor a dead end can be reached."""
    shift = space.layout.state_shift
    final = [state.final is not None for state in space.layout.states]
    goals = reach.mask(space, dead_ends(space))
    for number, code in enumerate(space.codes):
        goals[number] |= final[code >> shift]
    return [number for number, reaches in enumerate(reach.backward(space, goals)) if not reaches]
