"""CM304: a state from which no final state can be reached, although orders can go on."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.behaviour.space import reach
from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.diagnostics import Diagnostic
from covage_model.quality.checks import faults
from covage_model.quality.checks.dead_ends import dead_ends, finding, has_end
from covage_model.quality.checks.ground import Ground


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    A finding for each state with a reachable configuration from which no final one is reachable.

    If a dead end is reachable from it, that is the finding instead (CM303). Incomplete tables
    are skipped.
    """
    for lifecycle in ground.lifecycles:
        if has_end(lifecycle):
            whole = {variant: space for variant, space in ground.lives(lifecycle).items() if space.complete}
            by_variant = {variant: (space, _endless(space)) for variant, space in whole.items()}
            for _, fault, variants in faults.per_state(by_variant):
                form = "no-end-if" if fault.differing else "no-end"
                yield finding(ground, lifecycle, fault, variants, "CM304", form, None)


def _endless(space: StateSpace) -> list[int]:
    """The configurations, ascending, from which neither a final state nor a dead end is reachable."""
    shift = space.layout.state_shift
    final = [state.final is not None for state in space.layout.states]
    goals = reach.mask(space, dead_ends(space))
    for number, code in enumerate(space.codes):
        goals[number] |= final[code >> shift]
    return [number for number, reaches in enumerate(reach.backward(space, goals)) if not reaches]
