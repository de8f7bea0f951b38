"""The coverage ids that a run exercises: states, moves, bounds, parts of guards being true or false."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from covage_model.behaviour.space.situation import Situation, is_named, named_condition
from covage_model.ground import pointer
from covage_model.pack.conditions import tree
from covage_model.pack.definitions import texts
from covage_model.pack.definitions.walk import cases_of
from covage_model.pack.model.conditions import Atom, Condition, DocumentReady, Holds, Scalar
from covage_model.pack.model.lifecycle import Case, Lifecycle, Transition

_WAYS = {True: "true", False: "false"}


def state_id(lifecycle: Lifecycle, state: str) -> str:
    """The id of a state's item."""
    return pointer.join(("lifecycle", lifecycle.name, "state", state))


def fired(lifecycle: Lifecycle, transition: Transition, case: Case, entered: str) -> Iterator[str]:
    """The ids for an accepted trigger: of the transition, of the case if there are several, of the step found again."""
    here, name = ("lifecycle", lifecycle.name, "transition", transition.name), name_of(transition, case)
    yield pointer.join(here)
    if len(transition.cases) > 1:
        yield pointer.join((*here, *_case(name)))
    if case.history and len(lifecycle.targets(case)) > 1:
        yield pointer.join((*here, "history", name, entered))


def at_bounds(lifecycle: Lifecycle, variables: Iterable[tuple[str, Scalar]]) -> Iterator[str]:
    """The ids of the bounds of ranges at which variables with these values are."""
    bounds = {variable.name: variable.bounds for variable in lifecycle.variables if variable.whole}
    for name, value in variables:
        if value in bounds.get(name, ()):
            yield pointer.join(("lifecycle", lifecycle.name, "variable", name, "range", texts.scalar(value)))


def _case(name: str) -> tuple[str, ...]:
    return ("case", name) if name else ()


def name_of(transition: Transition, case: Case) -> str:
    """The name of a case of the transition."""
    return next(name for name, other in cases_of(transition) if other is case)


def asked(here: Situation, transition: Transition) -> Iterator[str]:
    """The ids of the guard parts that are evaluated in the state, each with its truth, each once."""
    return iter(dict.fromkeys(_asked(here, transition)))


def _asked(here: Situation, transition: Transition) -> Iterator[str]:
    if here.state is not None:
        for place, atom in _read(here.lifecycle, here.state.name, transition):
            way = here.truth(atom)
            if way is not None:
                yield part_id(place, atom, way=way)


def _read(lifecycle: Lifecycle, state: str, transition: Transition) -> Iterator[tuple[tuple[str, ...], Atom]]:
    """Each part of each guard evaluated in the state, and of the named conditions in them, with its place."""
    entered: set[str] = set()
    for name, case in cases_of(transition):
        if state in case.source:
            yield from _parts(lifecycle, guard_of(lifecycle, transition, name), case.guard, entered)


def _parts(
    lifecycle: Lifecycle, place: tuple[str, ...], condition: Condition, entered: set[str]
) -> Iterator[tuple[tuple[str, ...], Atom]]:
    for atom in tree.atoms(condition):
        yield place, atom
        name = named_by(lifecycle, atom)
        if name is not None and name not in entered:
            entered.add(name)
            yield from _parts(lifecycle, inside_of(lifecycle, name), named_condition(lifecycle, name), entered)


def guard_of(lifecycle: Lifecycle, transition: Transition, case: str) -> tuple[str, ...]:
    """The prefix of the ids of a guard's parts; `case` is the name of the case."""
    return ("lifecycle", lifecycle.name, "transition", transition.name, *_case(case), "guard")


def inside_of(lifecycle: Lifecycle, name: str) -> tuple[str, ...]:
    """The prefix of the ids of a named condition's parts."""
    return ("lifecycle", lifecycle.name, "condition", name)


def part_id(place: tuple[str, ...], atom: Atom, *, way: bool) -> str:
    """The id for a part of a guard being true or false."""
    return pointer.join((*place, texts.condition(atom), _WAYS[way]))


def named_by(lifecycle: Lifecycle, atom: Atom) -> str | None:
    """The named condition that a part reads, or None."""
    if not isinstance(atom, Holds) or atom.ref.root != "variable":
        return None
    return atom.ref.names[0] if is_named(lifecycle, atom.ref.names[0]) else None


def statuses_asked(lifecycle: Lifecycle, state: str, transition: Transition) -> Iterator[str]:
    """The statuses for which the guards evaluated in the state check that the document is ready."""
    atoms = (atom for _, atom in _read(lifecycle, state, transition))
    yield from dict.fromkeys(atom.status for atom in atoms if isinstance(atom, DocumentReady))
