"""CM303: a state that is not final and that orders cannot leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.quality.checks import faults
from covage_model.quality.checks.ground import Ground


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """A finding for each state with a reachable dead end; only a warning if it depends on the document."""
    for lifecycle in ground.lifecycles:
        if has_end(lifecycle):
            by_variant = {variant: (space, dead_ends(space)) for variant, space in ground.lives(lifecycle).items()}
            for state, fault, variants in faults.per_state(by_variant):
                form = "dead-end-if" if fault.differing else "dead-end"
                hint = f"add a transition `from: {state}`, or say `final` of it"
                yield finding(ground, lifecycle, fault, variants, "CM303", form, hint)


def finding(
    ground: Ground,
    lifecycle: Lifecycle,
    fault: faults.Fault,
    variants: Sequence[str],
    code: str,
    form: str,
    hint: str | None,
) -> Diagnostic:
    """A finding about a state, located at the state."""
    arguments = fault.arguments()
    if len(variants) < len(ground.followers(lifecycle)):
        arguments["variants"] = list(variants)
    severity = Severity.WARNING if fault.differing else Severity.ERROR
    place = lifecycle.state(arguments["state"]).origin.location
    return Diagnostic(code, form, arguments, place, hint, severity)


def has_end(lifecycle: Lifecycle) -> bool:
    """Whether some state is final: without one, a run may stop anywhere."""
    return any(state.final is not None for state in lifecycle.resting)


def dead_ends(space: StateSpace) -> list[int]:
    """The expanded configurations, ascending, that are not final and have no move to another configuration."""
    shift, offsets, targets = space.layout.state_shift, space.offsets, space.targets
    ends = [state.final is not None for state in space.layout.states]
    return [
        number
        for number in range(space.expanded)
        if not ends[space.codes[number] >> shift]
        and all(targets[n] == number for n in range(offsets[number], offsets[number + 1]))
        and not (space.editor(number) and len(space.peers(number)) > 1)
    ]
