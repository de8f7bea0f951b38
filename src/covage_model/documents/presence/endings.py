"""Where along a lifecycle something that holds in some statuses stops holding, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from covage_model.pack.model.lifecycle import Lifecycle, State


@dataclass(frozen=True, slots=True)
class Entry:
    """One way into a status: the trigger, and the status that it leaves (the state's name where none is shown)."""

    trigger: str
    source: str


@dataclass(frozen=True, slots=True)
class Ending:
    """
    A status outside of some, entered from one of them (`left_by`).

    It ends what holds in those either as a way back (`is_back`: they come again after it), or as a
    join: orders come to it `around` them too, none where they never do.
    """

    status: str
    is_back: bool
    left_by: tuple[Entry, ...]
    around: tuple[Entry, ...]


def endings(shown: frozenset[str], lifecycle: Lifecycle) -> tuple[Ending, ...]:
    """Where orders leave the statuses `shown`, in spec order; guards aside, and only what documents show."""
    within = frozenset(status for status in shown if status)
    steps = list(_steps(lifecycle))
    nexts: dict[str, set[str]] = {}
    for step in steps:
        nexts.setdefault(step.source.name, set()).add(step.target.name)
    found = []
    for status in lifecycle.statuses:
        into = [step for step in steps if step.target.status == status != step.source.status]
        left = [step for step in into if step.source.status in within]
        if status not in within and left:
            later = closure({step.target.name for step in left}, nexts)
            is_back = any(state.status in within for state in lifecycle.resting if state.name in later)
            around = [] if is_back else [step for step in into if step not in left]
            found.append(Ending(status, is_back, _entries(left), _entries(around)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _StatusStep:
    trigger: str
    source: State
    target: State


def _steps(lifecycle: Lifecycle) -> Iterator[_StatusStep]:
    """Each way between two states that an order may come to."""
    states = {state.name: state for state in lifecycle.resting}
    reached = closure({lifecycle.initial.name}, edges(lifecycle))
    for transition in lifecycle.transitions:
        for case in transition.cases:
            for source in case.source if case.target is not None else ():
                if source in reached:
                    yield _StatusStep(transition.name, states[source], states[case.target or ""])


def _entries(steps: list[_StatusStep]) -> tuple[Entry, ...]:
    return tuple(dict.fromkeys(Entry(step.trigger, step.source.status or step.source.name) for step in steps))


def edges(lifecycle: Lifecycle) -> dict[str, set[str]]:
    """The state graph, guards aside: the resting states that lead to others, and these."""
    found: dict[str, set[str]] = {}
    for transition in lifecycle.transitions:
        for case in transition.cases:
            for source in case.source if case.target is not None else ():
                found.setdefault(source, set()).add(case.target or "")
    return found


def closure(starts: Iterable[str], nexts: Mapping[str, Iterable[str]]) -> set[str]:
    """All that `nexts` leads to from `starts`, these too."""
    found = set(starts)
    pending = list(found)
    while pending:
        new = set(nexts.get(pending.pop(), ())) - found
        found |= new
        pending.extend(new)
    return found
