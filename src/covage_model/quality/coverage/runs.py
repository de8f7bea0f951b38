"""What a run exercised: where it was, which moves it made, and what each part of each guard asked was."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.behaviour.space.situation import Situation, is_named, named_condition
from covage_model.ground import pointer
from covage_model.pack.conditions import tree
from covage_model.pack.definitions import texts
from covage_model.pack.definitions.walk import cases_of
from covage_model.pack.model.conditions import Atom, Condition, DocumentReady, Holds
from covage_model.pack.model.lifecycle import Case, Lifecycle, Transition

_WAYS = {True: "true", False: "false"}


def state_id(lifecycle: Lifecycle, state: str) -> str:
    """The id of being in a state."""
    return pointer.join(("lifecycle", lifecycle.name, "state", state))


def fired(lifecycle: Lifecycle, transition: Transition, case: Case) -> Iterator[str]:
    """A trigger accepted: the transition, and the case where there are several."""
    here = ("lifecycle", lifecycle.name, "transition", transition.name)
    yield pointer.join(here)
    if len(transition.cases) > 1:
        yield pointer.join((*here, *_case(name_of(transition, case))))


def _case(name: str) -> tuple[str, ...]:
    return ("case", name) if name else ()


def name_of(transition: Transition, case: Case) -> str:
    """The name of a case of the transition."""
    return next(name for name, one in cases_of(transition) if one is case)


def asked(here: Situation, transition: Transition) -> Iterator[str]:
    """Each part of each guard that stands for the state, with the truth that it has; once each."""
    return iter(dict.fromkeys(_asked(here, transition)))


def _asked(here: Situation, transition: Transition) -> Iterator[str]:
    if here.state is not None:
        for place, variant in _read(here.lifecycle, here.state.name, transition):
            way = here.truth(variant)
            if way is not None:
                yield part_id(place, variant, way=way)


def _read(lifecycle: Lifecycle, state: str, transition: Transition) -> Iterator[tuple[tuple[str, ...], Atom]]:
    """Each part of each guard that stands for the state, and of named conditions that these read, with its place."""
    told: set[str] = set()
    for name, case in cases_of(transition):
        if state in case.source:
            yield from _parts(lifecycle, guard_of(lifecycle, transition, name), case.guard, told)


def _parts(
    lifecycle: Lifecycle, place: tuple[str, ...], condition: Condition, told: set[str]
) -> Iterator[tuple[tuple[str, ...], Atom]]:
    for atom in tree.atoms(condition):
        yield place, atom
        name = named_by(lifecycle, atom)
        if name is not None and name not in told:
            told.add(name)
            yield from _parts(lifecycle, inside_of(lifecycle, name), named_condition(lifecycle, name), told)


def guard_of(lifecycle: Lifecycle, transition: Transition, case: str) -> tuple[str, ...]:
    """Where the parts of the guard of the case with that name have their ids."""
    return ("lifecycle", lifecycle.name, "transition", transition.name, *_case(case), "guard")


def inside_of(lifecycle: Lifecycle, name: str) -> tuple[str, ...]:
    """Where the parts of a named condition have their ids."""
    return ("lifecycle", lifecycle.name, "condition", name)


def part_id(place: tuple[str, ...], atom: Atom, *, way: bool) -> str:
    """The id of a part of a guard being true, or false."""
    return pointer.join((*place, texts.condition(atom), _WAYS[way]))


def named_by(lifecycle: Lifecycle, atom: Atom) -> str | None:
    """The named condition that a part reads, or None."""
    if not isinstance(atom, Holds) or atom.ref.root != "variable":
        return None
    return atom.ref.names[0] if is_named(lifecycle, atom.ref.names[0]) else None


def statuses_asked(lifecycle: Lifecycle, state: str, transition: Transition) -> Iterator[str]:
    """The statuses that a document must be ready for, by the guards that stand for the state and what they read."""
    variants = (variant for _, variant in _read(lifecycle, state, transition))
    yield from dict.fromkeys(variant.status for variant in variants if isinstance(variant, DocumentReady))
