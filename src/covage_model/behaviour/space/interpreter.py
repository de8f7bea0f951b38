"""One step of one order: what firing a trigger does in a configuration, or why it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from covage_model.behaviour.space import reasons
from covage_model.behaviour.space.passage import after, passage
from covage_model.behaviour.space.reasons import Obstacles, Reason
from covage_model.behaviour.space.situation import Situation
from covage_model.ground.classes import dataclass
from covage_model.pack.model.conditions import Atom, Scalar
from covage_model.pack.model.lifecycle import Case, Lifecycle, Transition
from covage_model.pack.model.orders import Variant

Truth = Callable[[Atom], bool | None]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The transition and case that are taken, state and variables (in spec order) after it, the events in order."""

    transition: Transition
    case: Case
    state: str
    variables: Mapping[str, Scalar]
    emits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The trigger is refused. An obstacle is a failing part of a guard, or that no case leaves the state."""

    obstacles: Obstacles

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Each obstacle once, however they belong together."""
        return self.obstacles.reasons


@dataclass(frozen=True, slots=True)
class Undecided:
    """It is not known whether the trigger is accepted. The obstacles are the atoms whose truth is missing."""

    obstacles: Obstacles

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Each obstacle once, however they belong together."""
        return self.obstacles.reasons


def fire(
    lifecycle: Lifecycle,
    variant: Variant,
    state: str,
    variables: Mapping[str, Scalar],
    trigger: str,
    truth: Truth,
) -> Accepted | Refused | Undecided:
    """
    What happens if `trigger` is fired in `state`; `truth` gives the truth of an atom, None if it is unknown.

    A trigger without its outcome takes the only outcome that is possible; if several are, it is undecided. If several
    cases are enabled, the first in spec order is taken (`check` rejects such packs). Raises KeyError for
    an unknown trigger or state.
    """
    options = lifecycle.triggered(trigger)
    results = [_fired(lifecycle, variant, state, variables, option, truth) for option in options]
    if len(options) == 1:
        return results[0]
    possible = [number for number, result in enumerate(results) if not isinstance(result, Refused)]
    if len(possible) == 1:
        return results[possible[0]]
    if possible:
        outcomes = [options[number] for number in possible]
        parts = tuple(Reason("outcome", each.outcome or "", None, each.origin, None) for each in outcomes)
        return Undecided(Obstacles(either=True, parts=parts))
    return Refused(Obstacles(either=True, parts=tuple(each.obstacles for each in results if isinstance(each, Refused))))


def _fired(
    lifecycle: Lifecycle,
    variant: Variant,
    state: str,
    variables: Mapping[str, Scalar],
    transition: Transition,
    truth: Truth,
) -> Accepted | Refused | Undecided:
    """What happens if one transition is fired."""
    here = Situation(lifecycle, variant, lifecycle.state(state), variables, truth)
    ways = [passage(lifecycle, case, state, variables) for case in transition.cases if state in case.source]
    candidates = [(way, here.evaluate(way.condition)) for way in ways]
    for way, enabled in candidates:
        if enabled:
            return Accepted(transition, way.case, way.target, after(lifecycle, way, variables), way.emits)
    if not candidates:
        return Refused(reasons.of_states(here, transition))
    undecided = [way for way, enabled in candidates if enabled is None]
    if undecided:
        return Undecided(reasons.of_cases(here, undecided, value=None))
    return Refused(reasons.of_cases(here, ways, value=False))


def enabled(
    lifecycle: Lifecycle, variant: Variant, state: str, variables: Mapping[str, Scalar], truth: Truth
) -> tuple[str, ...]:
    """The triggers that would be accepted, in spec order. Raises KeyError for an unknown state."""
    here = Situation(lifecycle, variant, lifecycle.state(state), variables, truth)
    return tuple(
        transition.name
        for transition in lifecycle.transitions
        if any(
            state in case.source and here.evaluate(passage(lifecycle, case, state, variables).condition)
            for case in transition.cases
        )
    )
