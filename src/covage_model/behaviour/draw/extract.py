"""Turns a lifecycle, alone or for one variant, into the graph of its diagram."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from covage_model.behaviour.draw.citing import cited
from covage_model.behaviour.draw.graph import DrawnActor, DrawnMove, Graph
from covage_model.behaviour.draw.legend import with_legend
from covage_model.behaviour.draw.marking import painted
from covage_model.behaviour.draw.marks import MoveKey, Paint
from covage_model.behaviour.draw.names import DiagramNames
from covage_model.behaviour.draw.placement import Placement, history_of_state
from covage_model.behaviour.draw.possible import Possible
from covage_model.behaviour.draw.texts import clean
from covage_model.behaviour.space.memory import is_within
from covage_model.behaviour.space.space import StateSpace
from covage_model.pack.model.lifecycle import Case, Lifecycle, State
from covage_model.pack.model.text import any_of


def graph_of(
    lifecycle: Lifecycle,
    *,
    language: str,
    actors: Mapping[str, str],
    events: Mapping[str, str] | None = None,
    sources: Mapping[str, str] | None = None,
    space: StateSpace | None = None,
    paint: Paint | None = None,
) -> Graph:
    """
    The graph of `lifecycle`, in spec order; `actors`, `events` and `sources` are titles by name, in the pack's order.

    With the `space` of an order and variant, states, moves and conditions that cannot occur there are
    left out, and the title is that of the order and variant. `paint` adds marks and changes nothing else.
    """
    possible = Possible(lifecycle, space)
    names = diagram_names(lifecycle, language, actors, events, space)
    placement = Placement(lifecycle, possible.states, _ids(lifecycle))
    for place, target, move in _moves(possible, names, placement):
        placement.add(place, target, move)
    notes = placement.take_notes(language)
    graph = Graph(
        name=clean(lifecycle.name),
        title=clean(names.whole()),
        language=language,
        initial=placement.ids[lifecycle.initial.name],
        parts=placement.parts(names),
        edges=placement.edges(),
        notes=notes,
        sources=tuple((clean(name), clean(title)) for name, title in (sources or {}).items()),
    )
    graph = with_legend(cited(graph, lifecycle, placement.ids))
    return graph if paint is None else painted(graph, paint, placement.ids)


def diagram_names(
    lifecycle: Lifecycle,
    language: str,
    actors: Mapping[str, str],
    events: Mapping[str, str] | None,
    space: StateSpace | None,
) -> DiagramNames:
    """The titles of a lifecycle's parts; `actors` and `events` are titles by name, in the pack's order."""
    return DiagramNames(lifecycle, language, _actors(lifecycle, actors, language), space, events or {})


def _actors(lifecycle: Lifecycle, titles: Mapping[str, str], language: str) -> dict[tuple[str, ...], DrawnActor]:
    """
    All actors, and all groups of which any may act, by names.

    The rank is the position in the pack, so that an actor has one colour in all diagrams; groups come after.
    """
    firing = [transition.by for transition in lifecycle.transitions]
    editing = [(state.editable,) for state in lifecycle.states if state.editable is not None]
    alone = [names for names in (*firing, *editing) if len(names) == 1]
    groups = dict.fromkeys([*((name,) for name in titles), *alone, *firing])
    return {
        names: DrawnActor(" or ".join(names), clean(any_of(names, titles, language)), rank)
        for rank, names in enumerate(groups)
    }


def _ids(lifecycle: Lifecycle) -> dict[str, str]:
    """An id for each state that is safe in every format; a number is added to ids that occur twice."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    for state in lifecycle.states:
        plain = wanted = "s_" + re.sub(r"[^A-Za-z0-9]+", "_", state.name)
        while wanted in taken:
            numbers[plain] = numbers.get(plain, 1) + 1
            wanted = f"{plain}__{numbers[plain]}"
        ids[state.name] = wanted
        taken.add(wanted)
    for state in lifecycle.states:
        if state.steps:
            ids[history_of_state(state.name)] = f"h_{ids[state.name]}"
    return ids


def _moves(
    possible: Possible, names: DiagramNames, placement: Placement
) -> Iterator[tuple[str, str | None, DrawnMove]]:
    """Each move as (the place where it starts, its target or None if it stays, the move)."""
    for move, target, keys in (*_edits(possible, names), *_fired(possible, names)):
        by_source: dict[str, list[tuple[int, MoveKey]]] = {}
        for number, key in enumerate(keys):
            by_source.setdefault(key.source, []).append((number, key))
        for place, below in placement.places(by_source, target).items():
            stood_for = sorted((each for source in below for each in by_source[source]), key=lambda each: each[0])
            yield place, target, replace(move, keys=tuple(key for _, key in stood_for))


def _edits(possible: Possible, names: DiagramNames) -> Iterator[tuple[DrawnMove, None, list[MoveKey]]]:
    editors: dict[str, list[MoveKey]] = {}
    for state in possible.states:
        if state.editable is not None:
            editors.setdefault(state.editable, []).append(MoveKey("", state.name, None))
    for editor, keys in editors.items():
        yield names.edit(editor), None, keys


def _fired(possible: Possible, names: DiagramNames) -> Iterator[tuple[DrawnMove, str | None, list[MoveKey]]]:
    """The moves of each transition. Equal moves from several states are one."""
    order = {state.name: (number, state) for number, state in enumerate(possible.states)}
    for transition in possible.lifecycle.transitions:
        keys_of: dict[tuple[DrawnMove, str | None], list[MoveKey]] = {}
        for number, case in enumerate(transition.cases):
            for _, state in sorted((order[name] for name in set(case.source) if name in order), key=lambda at: at[0]):
                if possible.happens(case, state):
                    move = names.move(transition, case, possible.guard(case, state), possible.effects(case))
                    key = MoveKey(transition.name, state.name, number)
                    keys_of.setdefault((move, _target(possible.lifecycle, case, state)), []).append(key)
        for (move, target), keys in keys_of.items():
            yield move, target, keys


def _target(lifecycle: Lifecycle, case: Case, state: State) -> str | None:
    """Where the arrow of a case ends: a resting state, the history of a state with steps, or None if it stays."""
    if not case.history or case.to is None or not lifecycle.state(case.to).steps:
        return case.target
    return state.name if is_within(state.name, case.to) else history_of_state(case.to)
