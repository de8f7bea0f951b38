"""A lifecycle as a picture's graph: what is drawn once, what is left out, and where everything is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from covage_model.behaviour.draw import narrow, painting
from covage_model.behaviour.draw.graph import ANYWHERE, Box, DrawnActor, DrawnMove, DrawnState, Edge, Graph, Note
from covage_model.behaviour.draw.paint import MoveKey, Paint
from covage_model.behaviour.draw.speak import DiagramNames
from covage_model.behaviour.draw.texts import clean, text
from covage_model.behaviour.space.explore import StateSpace
from covage_model.pack.model.lifecycle import Lifecycle, State

_MANY = 4  # states from which "any state" is said instead of naming each


def graph_of(
    lifecycle: Lifecycle,
    *,
    language: str,
    actors: Mapping[str, str],
    space: StateSpace | None = None,
    title: str | None = None,
    paint: Paint | None = None,
) -> Graph:
    """
    The picture of `lifecycle`, in spec order; `actors` are titles by name, in the pack's order.

    With the `space` of an order and variant, what cannot happen to these is left out, and so is
    what their conditions no longer ask. Its `title` is then theirs, unless one is given. `paint`
    adds marks, and moves nothing.
    """
    possible = narrow.Possible(lifecycle, space)
    speaker = DiagramNames(lifecycle, language, _actors(lifecycle, actors), space)
    sorted_out = _Sorted(lifecycle, possible.states, _ids(lifecycle))
    for place, target, move in _moves(possible, speaker, sorted_out):
        sorted_out.add(place, target, move)
    notes = sorted_out.take_notes(language)
    edges = sorted_out.edges()
    everything = [move for moves in sorted_out.inside.values() for move in moves]
    everything += [move for edge in edges for move in edge.moves]
    everything += [move for note in notes for move in note.moves]
    used = {move.actor for move in everything}
    graph = Graph(
        name=clean(lifecycle.name),
        title=clean(title or speaker.whole()),
        language=language,
        initial=sorted_out.ids[lifecycle.initial.name],
        parts=(*sorted_out.pseudo(language), *sorted_out.parts(speaker)),
        edges=edges,
        actors=tuple(sorted(used, key=lambda actor: actor.rank)),
        notes=notes,
        legend=text("legend", language),
        syntax=_syntax(everything, language),
    )
    return graph if paint is None else painting.painted(graph, paint, sorted_out.ids)


def _actors(lifecycle: Lifecycle, titles: Mapping[str, str]) -> dict[str, DrawnActor]:
    """Everybody by name. The rank is the place in the pack, so that a colour means the same in all its pictures."""
    pulling = [transition.by for transition in lifecycle.transitions]
    editing = [state.editable for state in lifecycle.states if state.editable is not None]
    names = dict.fromkeys([*titles, *pulling, *editing])
    return {name: DrawnActor(name, clean(titles.get(name, name)), rank) for rank, name in enumerate(names)}


def _ids(lifecycle: Lifecycle) -> dict[str, str]:
    """Ids that are safe in every format; of names that differ in marks alone, the later ones are numbered."""
    found: dict[str, str] = {}
    for state in lifecycle.states:
        plain = "s_" + re.sub(r"[^A-Za-z0-9]+", "_", state.name)
        taken = set(found.values())
        number = 1
        while (wanted := plain if number == 1 else f"{plain}__{number}") in taken:
            number += 1
        found[state.name] = wanted
    return found


def _moves(
    possible: narrow.Possible, speaker: DiagramNames, into: _Sorted
) -> Iterator[tuple[str, str | None, DrawnMove]]:
    """Where each move is drawn from, where it leads (None: it stays), and what it says."""
    for move, target, keys in (*_edits(possible, speaker), *_fired(possible, speaker)):
        for place, below in into.places([key.source for key in keys], target).items():
            yield place, target, replace(move, keys=tuple(key for key in keys if key.source in below))


def _edits(possible: narrow.Possible, speaker: DiagramNames) -> Iterator[tuple[DrawnMove, None, list[MoveKey]]]:
    editors: dict[str, list[MoveKey]] = {}
    for state in possible.states:
        if state.editable is not None:
            editors.setdefault(state.editable, []).append(MoveKey("", state.name, None))
    for editor, keys in editors.items():
        yield speaker.edit(editor), None, keys


def _fired(possible: narrow.Possible, speaker: DiagramNames) -> Iterator[tuple[DrawnMove, str | None, list[MoveKey]]]:
    """Each transition's outcomes; those that say the same, in whatever states, are one."""
    for transition in possible.lifecycle.transitions:
        found: dict[tuple[DrawnMove, str | None], list[MoveKey]] = {}
        for number, case in enumerate(transition.cases):
            for state in possible.states:
                if state.name in case.source and possible.happens(case, state):
                    move = speaker.move(transition, case, possible.guard(case, state), possible.effects(case))
                    key = MoveKey(transition.name, state.name, number)
                    found.setdefault((move, case.target), []).append(key)
        for (move, target), keys in found.items():
            yield move, target, keys


@dataclass(slots=True)
class _Sorted:
    """Moves by the place that shows them; filled in spec order."""

    lifecycle: Lifecycle
    states: tuple[State, ...]
    ids: dict[str, str]
    inside: dict[str, list[DrawnMove]] = field(default_factory=dict)
    between: dict[tuple[str, str, DrawnActor], list[DrawnMove]] = field(default_factory=dict)

    def add(self, place: str, target: str | None, move: DrawnMove) -> None:
        if target is None:
            self.inside.setdefault(place, []).append(move)
        else:
            self.between.setdefault((place, target, move.actor), []).append(move)

    def places(self, sources: Iterable[str], target: str | None) -> dict[str, set[str]]:
        """
        The fewest places that stand for `sources`, with the states that each stands for.

        Everywhere, boxes that do not hold the target, states.
        """
        left = set(sources)
        if len(left) >= _MANY and left == {state.name for state in self.states if state.final is None}:
            return {ANYWHERE: left}
        found = {}
        for state in self.lifecycle.states:  # a parent comes before its steps
            below = self._below(state)
            if (
                below
                and below <= left
                and (len(below) > 1 or below == {state.name})
                and target not in below - {state.name}
            ):
                found[state.name] = below
                left = left - below
        return found

    def _below(self, state: State) -> set[str]:
        prefix = f"{state.name}."
        return {each.name for each in self.states if each.name == state.name or each.name.startswith(prefix)}

    def take_notes(self, language: str) -> tuple[Note, ...]:
        """What stays in several places, said once; there only its name is left."""
        by_trigger: dict[str, dict[str, tuple[DrawnMove, ...]]] = {}
        for place, moves in self.inside.items():
            for move in moves:
                places = by_trigger.setdefault(move.trigger, {})
                places[place] = (*places.get(place, ()), move)
        anywhere = tuple(self.inside.pop(ANYWHERE, ()))
        shared: list[DrawnMove] = []
        for trigger, places in by_trigger.items():
            said = set(places.values())
            if len(said) == 1 and len(places) > 1 and any(map(_has_details, *said)):
                shared.extend(_once(move for moves in places.values() for move in moves))
                self._shorten(trigger)
        notes = (Note(text("anywhere", language), anywhere), Note(text("shared", language), tuple(shared)))
        return tuple(note for note in notes if note.moves)

    def _shorten(self, trigger: str) -> None:
        for place, moves in self.inside.items():
            short = (_without_details(move) if move.trigger == trigger else move for move in moves)
            self.inside[place] = _once(short)

    def edges(self) -> tuple[Edge, ...]:
        return tuple(
            Edge(self.ids.get(source, source), self.ids[target], tuple(moves))
            for (source, target, _), moves in self.between.items()
        )

    def pseudo(self, language: str) -> tuple[DrawnState, ...]:
        """The node that stands for every state, if an arrow starts there."""
        wanted = any(source == ANYWHERE for source, _, _ in self.between)
        return (DrawnState(ANYWHERE, "", text("anywhere", language), kind="anywhere"),) if wanted else ()

    def parts(self, speaker: DiagramNames) -> tuple[DrawnState | Box, ...]:
        return tuple(self._parts(speaker, None))

    def _parts(self, speaker: DiagramNames, parent: str | None) -> Iterator[DrawnState | Box]:
        for state in self.lifecycle.states:
            if state.parent == parent and self._below(state):
                moves = tuple(self.inside.get(state.name, ()))
                if state.steps:
                    inner = tuple(self._parts(speaker, state.name))
                    yield Box(self.ids[state.name], clean(state.name), speaker.state(state), inner, moves)
                else:
                    kind, outcome = speaker.end(state)
                    name, title = clean(state.name), speaker.state(state)
                    yield DrawnState(self.ids[state.name], name, title, kind, outcome, moves)


def _once(moves: Iterable[DrawnMove]) -> list[DrawnMove]:
    """Moves that say the same as one, which stands for all that these stand for."""
    found: dict[DrawnMove, DrawnMove] = {}
    for move in moves:
        before = found.get(move)
        found[move] = move if before is None else replace(before, keys=(*before.keys, *move.keys))
    return list(found.values())


def _has_details(move: DrawnMove) -> bool:
    return bool(move.guard or move.effects or move.emits)


def _without_details(move: DrawnMove) -> DrawnMove:
    return replace(move, guard=(), effects=(), emits=())


def _syntax(moves: Sequence[DrawnMove], language: str) -> str:
    """How what stands under a trigger's name is to be read: the parts that occur here."""
    parts = (
        ("[{}]", "condition", any(move.guard for move in moves)),
        ("/ {}", "effect", any(move.effects for move in moves)),
        ("→ {}", "event", any(move.emits for move in moves)),
    )
    return " ".join(form.format(text(name, language)) for form, name, occurs in parts if occurs)
