"""Where in a lifecycle a statement that holds in some statuses stops holding, and why."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.documents.presence.state_graph import closure, edges
from covage_model.ground.classes import dataclass
from covage_model.pack.model.lifecycle import Lifecycle, State


@dataclass(frozen=True, slots=True)
class Entry:
    """A transition into a status: the trigger, and the status that it leaves (or the state's name)."""

    trigger: str
    source: str


@dataclass(frozen=True, slots=True)
class Ending:
    """
    A status outside of a set of statuses that is entered from one of them (by `left_by`).

    There the statement stops holding, for one of two reasons. `is_back`: orders can come back from it into the set.
    Otherwise it is a join: orders also enter it from outside of the set, by `around` (empty if none do).
    """

    status: str
    is_back: bool
    left_by: tuple[Entry, ...]
    around: tuple[Entry, ...]


def endings(shown: frozenset[str], lifecycle: Lifecycle) -> tuple[Ending, ...]:
    """The statuses by which orders leave the set `shown`, in spec order. Guards are ignored."""
    within = frozenset(status for status in shown if status)
    steps = list(_steps(lifecycle))
    nexts: dict[str, set[str]] = {}
    for step in steps:
        nexts.setdefault(step.source.name, set()).add(step.target.name)
    result = []
    for status in lifecycle.statuses:
        into = [step for step in steps if step.target.status == status != step.source.status]
        left = [step for step in into if step.source.status in within]
        if status not in within and left:
            later = closure({step.target.name for step in left}, nexts)
            is_back = any(state.status in within for state in lifecycle.resting if state.name in later)
            around = [] if is_back else [step for step in into if step not in left]
            result.append(Ending(status, is_back, _entries(left), _entries(around)))
    return tuple(result)


@dataclass(frozen=True, slots=True)
class _StatusStep:
    trigger: str
    source: State
    target: State


def _steps(lifecycle: Lifecycle) -> Iterator[_StatusStep]:
    """Each transition between two states that are reachable in the state graph."""
    states = {state.name: state for state in lifecycle.resting}
    reached = closure({lifecycle.initial.name}, edges(lifecycle))
    for transition in lifecycle.transitions:
        for case in transition.cases:
            targets = lifecycle.targets(case)
            for source in case.source:
                if source in reached:
                    yield from (_StatusStep(transition.name, states[source], states[target]) for target in targets)


def _entries(steps: list[_StatusStep]) -> tuple[Entry, ...]:
    return tuple(dict.fromkeys(Entry(step.trigger, step.source.status or step.source.name) for step in steps))
