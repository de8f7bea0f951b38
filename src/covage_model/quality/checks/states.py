"""CM302: a state in which no order ever rests."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.documents.presence.state_graph import closure, edges
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.model.lifecycle import Lifecycle, State
from covage_model.quality.checks.ground import Ground


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    States in which no reachable configuration of any variant rests.

    For a lifecycle that is only included: states that the state graph, without guards, does not reach. A state with
    steps is reported instead of its steps if none of them is reached.
    """
    for lifecycle in ground.lifecycles:
        explored = bool(ground.followers(lifecycle) or ground.lives(lifecycle))
        if explored and not ground.wholly_explored(lifecycle):
            continue
        reached = rested_in(ground, lifecycle) if explored else _in_graph(lifecycle)
        missed = [state for state in lifecycle.states if not _is_reached(lifecycle, state, reached)]
        names = {state.name for state in missed}
        for state in missed:
            if state.parent not in names:
                yield _finding(lifecycle, state, reached)


def rested_in(ground: Ground, lifecycle: Lifecycle) -> set[str]:
    """The resting states in which an order of some variant is."""
    names: set[str] = set()
    for space in ground.lives(lifecycle).values():
        shift = space.layout.state_shift
        names.update(space.layout.states[number].name for number in {code >> shift for code in space.codes})
    return names


def _in_graph(lifecycle: Lifecycle) -> set[str]:
    return closure({lifecycle.initial.name}, edges(lifecycle))


def _is_reached(lifecycle: Lifecycle, state: State, reached: set[str]) -> bool:
    return state.name in reached or any(_is_reached(lifecycle, lifecycle.state(step), reached) for step in state.steps)


def _finding(lifecycle: Lifecycle, state: State, reached: set[str]) -> Diagnostic:
    """The reason: no transition leads there, none from a reachable state does, or guards prevent it."""
    sources = list(dict.fromkeys(_sources(lifecycle, state)))
    open_sources = [source for source in sources if source in reached]
    arguments = {"state": state.name, "lifecycle": lifecycle.name}
    if not sources:
        hint = f"add a transition `to: {state.name}`, or remove the state"
        return Diagnostic("CM302", "no-way", arguments, state.origin.location, hint)
    form = "guarded" if open_sources else "unreached"
    return Diagnostic("CM302", form, {**arguments, "sources": open_sources or sources}, state.origin.location)


def _sources(lifecycle: Lifecycle, state: State) -> Iterator[str]:
    """The states outside of a state with transitions into it, in spec order."""
    inside = state.name + "."
    for transition in lifecycle.transitions:
        for case in transition.cases:
            if any((target + ".").startswith(inside) for target in lifecycle.targets(case)):
                yield from (source for source in case.source if not (source + ".").startswith(inside))
