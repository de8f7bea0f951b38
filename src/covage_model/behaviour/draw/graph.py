"""What a state diagram shows, before any format: plain texts in the chosen language, safe ids, spec order."""

from __future__ import annotations

from dataclasses import dataclass, field

from covage_model.behaviour.draw.marks import MoveKey, PaintMark

ANYWHERE = "anywhere"  # the id that stands for every state that is not final
START = "start"


@dataclass(frozen=True, slots=True)
class DrawnActor:
    """Somebody who acts in this picture. `rank` is the place among all actors of the pack: it picks the colour."""

    name: str
    title: str
    rank: int


@dataclass(frozen=True, slots=True)
class DrawnMove:
    """
    What an arrow, or a line inside a state, says; () where nothing is said.

    `guard` is one phrase, in pieces to be joined by spaces: between them a line may end. `keys` are
    the moves of the lifecycle that it stands for; they, and the mark, make no two moves differ.
    """

    trigger: str
    title: str
    actor: DrawnActor
    guard: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    emits: tuple[str, ...] = ()
    keys: tuple[MoveKey, ...] = field(default=(), compare=False)
    mark: PaintMark | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class DrawnState:
    """
    A state that an order rests in. `moves` stay in it.

    `kind` is `state`, `anywhere`, or how it ends: `success`, `failure`, `end`; `outcome` says that in words.
    """

    id: str
    name: str
    title: str
    kind: str = "state"
    outcome: str = ""
    moves: tuple[DrawnMove, ...] = ()
    mark: PaintMark | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A state with steps; `moves` stay in whichever step it is."""

    id: str
    name: str
    title: str
    parts: tuple[DrawnState | Box, ...]
    moves: tuple[DrawnMove, ...] = ()
    mark: PaintMark | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """All that one actor can do between two places; `source` may be a box, or ANYWHERE."""

    source: str
    target: str
    moves: tuple[DrawnMove, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What stays in several states, said in full once; the states list the names."""

    title: str
    moves: tuple[DrawnMove, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What the marks of a painted picture mean: a heading, and a text for each example of a mark."""

    title: str
    entries: tuple[tuple[PaintMark, str], ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """
    One picture. `legend` is its heading; `syntax` explains how arrows are to be read, "" where they are bare.

    `key` is there where marks are painted on it.
    """

    name: str
    title: str
    language: str
    initial: str
    parts: tuple[DrawnState | Box, ...]
    edges: tuple[Edge, ...]
    actors: tuple[DrawnActor, ...]
    notes: tuple[Note, ...]
    legend: str
    syntax: str
    key: Key | None = None


def resting(part: DrawnState | Box) -> tuple[DrawnState, ...]:
    """The nodes of a part, those of boxes inside it included, in order."""
    if isinstance(part, DrawnState):
        return (part,)
    return tuple(node for inner in part.parts for node in resting(inner))


def boxes(part: DrawnState | Box) -> tuple[Box, ...]:
    """The box and the boxes inside it, outermost first; none for a node."""
    if isinstance(part, DrawnState):
        return ()
    return (part, *(box for inner in part.parts for box in boxes(inner)))
