"""
What one case does from one resting state: the states left and entered on the way, and what all of them do.

The rule is that of statecharts. Left is every state around the order, from the inner to the outer, up to the innermost
that encloses both it and what `to` names; entered is every state from there down. So a move to the state itself, or to
one around it, leaves and enters it, and a move between two steps of one parent does not leave the parent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from covage_model.behaviour.space.memory import carried, history_of, is_within, remembered
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import FALSE, All, Condition, Holds, In, Literal, Range, Ref, Scalar, Test
from covage_model.pack.model.lifecycle import Action, Case, Effects, Lifecycle, State, Sum, Variable


@dataclass(frozen=True, slots=True)
class Passage:
    """
    A case taken from one resting state.

    `condition` is its guard, and that each variable that is set can have its new value. `recall`, for a way back into
    a state, is what must be remembered; `whole` is both. `target` is the resting state after it. `effects` are those
    of the states left, of the case, and of the states entered, in this order; each reads the values before the move,
    and the last one on a variable counts. `emits` are the events in the same order.
    """

    case: Case
    source: str
    condition: Condition
    recall: Holds | None
    whole: Condition
    target: str
    effects: Effects
    emits: tuple[str, ...]


def passages(lifecycle: Lifecycle, case: Case, source: str) -> tuple[Passage, ...]:
    """What the case may do from `source`: one passage, or one for each step that it may find again."""
    made = lifecycle.once(
        ("passages", id(case), source), lambda: (case, tuple(_passages(lifecycle, case, source)))
    )  # kept with the case, so that its id stays its own
    return made[1]


def passage(lifecycle: Lifecycle, case: Case, source: str, variables: Mapping[str, Scalar]) -> Passage:
    """What the case does from `source` with these values."""
    every = passages(lifecycle, case, source)
    return next((each for each in every if each.recall is None or _recalls(each.recall, variables)), every[0])


def after(lifecycle: Lifecycle, taken: Passage, before: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """The values after a passage whose condition holds with the values `before`, in the order of `carried`."""
    new = {**before, **{name: becomes(value, before) for name, value in taken.effects}}
    return {variable.name: new[variable.name] for variable in carried(lifecycle) if variable.name in new}


def becomes(value: Scalar | Sum, before: Mapping[str, Scalar]) -> Scalar:
    """The new value of a variable, from the values before the move."""
    if not isinstance(value, Sum):
        return value
    read = before[value.at]
    return read + value.add if value.add and isinstance(read, int) else read


def _recalls(recall: Holds, variables: Mapping[str, Scalar]) -> bool:
    return truth.satisfies(recall.test, variables.get(recall.ref.names[0]))


def _passages(lifecycle: Lifecycle, case: Case, source: str) -> Iterator[Passage]:
    if not case.history or case.to is None or case.target is None:
        yield _passage(lifecycle, case, source, case.target)
    elif is_within(source, case.to):
        yield _passage(lifecycle, case, source, source)  # left from this step, and so entered at it
    else:
        history = history_of(lifecycle, case.to)
        for value in history.values:
            recall = Holds(Ref("variable", (history.name,)), Literal(value), case.origin)
            yield _passage(lifecycle, case, source, case.target if value is None else str(value), recall)


def _passage(lifecycle: Lifecycle, case: Case, source: str, target: str | None, recall: Holds | None = None) -> Passage:
    left, entered = crossed(lifecycle, case, source, target)
    done: list[Case | Action] = [
        *(state.exit for state in left if state.exit is not None),
        case,
        *(state.entry for state in entered if state.entry is not None),
    ]
    effects = tuple(effect for each in done for effect in each.effects)
    limits = tuple(_limits(lifecycle, done))
    condition = All((case.guard, *limits)) if limits else case.guard
    return Passage(
        case,
        source,
        condition,
        recall,
        condition if recall is None else All((condition, recall)),
        source if target is None else target,
        (*effects, *(() if target is None else remembered(lifecycle, source, target))),
        tuple(event for each in done for event in each.emits),
    )


def crossed(
    lifecycle: Lifecycle, case: Case, source: str, target: str | None
) -> tuple[tuple[State, ...], tuple[State, ...]]:
    """The states that a case leaves, the inner first, and those that it enters, the outer first."""
    if target is None or case.target is None:
        return (), ()
    named = target if case.to is None or not is_within(target, case.to) else case.to
    leaving, entering = _around(lifecycle, source), _around(lifecycle, target)
    kept = {state.name for state in leaving[1:]} & {state.name for state in _around(lifecycle, named)[1:]}
    return (
        tuple(state for state in leaving if state.name not in kept),
        tuple(state for state in reversed(entering) if state.name not in kept),
    )


def _around(lifecycle: Lifecycle, name: str) -> list[State]:
    """The state, and the states around it, the inner first."""
    states = [lifecycle.state(name)]
    while states[-1].parent is not None:
        states.append(lifecycle.state(states[-1].parent))
    return states


def _limits(lifecycle: Lifecycle, done: list[Case | Action]) -> Iterator[Condition]:
    """What the values before the move must be, so that each variable can have its new value."""
    variables = {variable.name: variable for variable in lifecycle.variables}
    last = {name: (value, each) for each in done for name, value in each.effects}
    for name, (value, each) in last.items():
        if isinstance(value, Sum):
            yield from _limit(variables[name], variables[value.at], value, each.origin)


def _limit(written: Variable, read: Variable, value: Sum, origin: Origin) -> Iterator[Condition]:
    """The condition on `read` under which `written` can become `value`; nothing where it always can."""
    legal: Sequence[Scalar]
    if written.whole and read.whole:
        least, most = min(_numbers(written)) - value.add, max(_numbers(written)) - value.add
        legal = [number for number in _numbers(read) if least <= number <= most]
        low, high = min(_numbers(read)) < least, max(_numbers(read)) > most
        test: Test = Range(least if low else None, most if high else None)
    else:
        legal = [each for each in read.values if any(json_value.equal(each, other) for other in written.values)]
        test = In(tuple(legal))
    if not legal:
        yield FALSE
    elif len(legal) < len(read.values):
        yield Holds(Ref("variable", (read.name,)), test, origin)


def _numbers(variable: Variable) -> list[int]:
    return [value for value in variable.values if type(value) is int]
