"""The table of transitions: a row for each way on, for a whole lifecycle or for one variant."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from covage_model.behaviour.draw.possible import Possible
from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import TRUE, Condition
from covage_model.pack.model.lifecycle import Action, Effects, Lifecycle, State, Transition
from covage_model.pack.model.orders import Variant


@dataclass(frozen=True, slots=True)
class TransitionRow:
    """
    One row. `kind` is transition, edit, entry or exit; `transition` is None for all but the first.

    `sources` are the fewest states that stand for where it may happen. `target` is the state that is entered as the
    pack writes it, None where the order stays; with `history` its step that was left last is entered.
    """

    kind: str
    transition: Transition | None
    actors: tuple[str, ...]
    sources: tuple[str, ...]
    origin: Origin
    target: str | None = None
    history: bool = False
    guard: Condition = TRUE
    effects: Effects = ()
    emits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TransitionTable:
    """The rows of a lifecycle, or of the `variant` that lives it; `name` is that of what was asked for."""

    name: str
    lifecycle: Lifecycle
    variant: Variant | None
    rows: tuple[TransitionRow, ...]


def transition_rows(lifecycle: Lifecycle, space: StateSpace | None = None) -> tuple[TransitionRow, ...]:
    """
    The rows in spec order: each outcome of each trigger, then edits, then what entering and leaving states does.

    With the `space` of an order and variant, what cannot happen there is left out, and guards lack what the variant
    decides. Where the guard that is left differs between states, there is a row for each.
    """
    possible = Possible(lifecycle, space)
    acting = space.variant.order.acting if space is not None else _as_written
    rows = [row for transition in lifecycle.transitions for row in _fired(possible, transition, acting(transition.by))]
    editors: dict[str, list[State]] = {}
    for state in possible.states:
        if state.editable is not None:
            editors.setdefault(acting((state.editable,))[0], []).append(state)
    for editor, states in editors.items():
        sources = _fewest(lifecycle, [state.name for state in states])
        rows.append(TransitionRow("edit", None, (editor,), sources, states[0].origin))
    return (*rows, *_actions(possible))


def _as_written(actors: tuple[str, ...]) -> tuple[str, ...]:
    return actors


def _fired(possible: Possible, transition: Transition, actors: tuple[str, ...]) -> Iterator[TransitionRow]:
    resting = {state.name: state for state in possible.states}
    for case in transition.cases:
        by_guard: dict[Hashable, tuple[Condition, list[str]]] = {}
        for name in dict.fromkeys(case.source):
            if name in resting and possible.happens(case, resting[name]):
                guard = possible.guard(case, resting[name])
                by_guard.setdefault(tree.identity(guard), (guard, []))[1].append(name)
        for guard, names in by_guard.values():
            yield TransitionRow(
                kind="transition",
                transition=transition,
                actors=actors,
                sources=_fewest(possible.lifecycle, names),
                target=case.to if case.target is not None else None,
                history=case.history and case.to is not None and bool(possible.lifecycle.state(case.to).steps),
                guard=guard,
                effects=possible.effects(case),
                emits=case.emits,
                origin=case.origin,
            )


def _actions(possible: Possible) -> Iterator[TransitionRow]:
    reached = {state.name for state in possible.states}
    for state in possible.lifecycle.states:
        if reached.intersection(possible.lifecycle.resting_below(state.name)):
            for kind, action in (("entry", state.entry), ("exit", state.exit)):
                if action is not None:
                    yield _action(kind, state.name, action)


def _action(kind: str, state: str, action: Action) -> TransitionRow:
    return TransitionRow(kind, None, (), (state,), action.origin, effects=action.effects, emits=action.emits)


def _fewest(lifecycle: Lifecycle, names: Sequence[str]) -> tuple[str, ...]:
    """States, in spec order; a state with steps in place of all its steps."""
    left = set(names)
    for state in lifecycle.states:  # a parent comes before its steps
        below = lifecycle.resting_below(state.name)
        if state.steps and left.issuperset(below):
            left = left.difference(below) | {state.name}
    return tuple(state.name for state in lifecycle.states if state.name in left)
