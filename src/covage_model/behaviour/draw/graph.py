"""The content of a state diagram, independent of its format: texts in one language, safe ids, spec order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field, replace

from covage_model.behaviour.draw.marks import MoveKey, PaintMark, Scale
from covage_model.ground.classes import dataclass

ANYWHERE = "anywhere"  # the id that stands for every state that is not final
START = "start"
ASSUMED = "(?)"  # the mark of what no source states; in characters that every font has


@dataclass(frozen=True, slots=True)
class DrawnCitation:
    """What a drawn thing rests on: the names of the sources that it cites, and whether some of it is assumed."""

    sources: tuple[str, ...] = ()
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class DrawnActor:
    """An actor in the diagram. `rank` is its position among all actors of the pack, which decides the colour."""

    name: str
    title: str
    rank: int


@dataclass(frozen=True, slots=True)
class DrawnMove:
    """
    The text of an arrow, or of a line inside a state; parts that are empty have ().

    `guard` is one phrase, in pieces to be joined by spaces; lines may be broken between them. `actor` is None for
    what entering or leaving a state does: that is no move. `keys` are the moves of the lifecycle that it stands for.
    Keys, marks and citations are ignored in comparisons.
    """

    trigger: str
    title: str
    actor: DrawnActor | None
    guard: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    emits: tuple[str, ...] = ()
    keys: tuple[MoveKey, ...] = field(default=(), compare=False)
    mark: PaintMark | None = field(default=None, compare=False)
    cited: DrawnCitation = field(default=DrawnCitation(), compare=False)


@dataclass(frozen=True, slots=True)
class DrawnState:
    """
    A resting state, or a configuration with its `facts`: values and conditions. `moves` are those that stay in it.

    `kind` is `state`, `anywhere`, `history` (of the box around it), or for final states `success`, `failure` or
    `end`; `outcome` is its text.
    """

    id: str
    name: str
    title: str
    kind: str = "state"
    outcome: str = ""
    moves: tuple[DrawnMove, ...] = ()
    mark: PaintMark | None = None
    cited: DrawnCitation = DrawnCitation()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A state with steps. `moves` are those that stay in the current step."""

    id: str
    name: str
    title: str
    parts: tuple[DrawnState | Box, ...]
    moves: tuple[DrawnMove, ...] = ()
    mark: PaintMark | None = None
    cited: DrawnCitation = DrawnCitation()


@dataclass(frozen=True, slots=True)
class Edge:
    """All moves of one actor between two places, or none for a bare arrow; `source` may be a box, or ANYWHERE."""

    source: str
    target: str
    moves: tuple[DrawnMove, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Moves that stay in several states, written in full once. The states only list their names."""

    title: str
    moves: tuple[DrawnMove, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """The meaning of the marks: a heading, a text for each example of a mark, and the scale of amounts."""

    title: str
    entries: tuple[tuple[PaintMark, str], ...]
    scale: Scale | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """
    One diagram. `legend` is the heading of its legend; `syntax` explains the text of arrows, if they have any.

    `initial` is "" where the start is not drawn. `assumed` explains the mark ASSUMED, if it occurs. `sources` are the
    titles of what is cited, by name. `key` is given if the diagram has marks. `direction` is TB (downwards) or LR.
    """

    name: str
    title: str
    language: str
    initial: str
    parts: tuple[DrawnState | Box, ...]
    edges: tuple[Edge, ...]
    notes: tuple[Note, ...] = ()
    actors: tuple[DrawnActor, ...] = ()
    legend: str = ""
    syntax: str = ""
    assumed: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    key: Key | None = None
    direction: str = "TB"


def resting(part: DrawnState | Box) -> tuple[DrawnState, ...]:
    """The nodes of a part, including those of boxes inside it, in order."""
    if isinstance(part, DrawnState):
        return (part,)
    return tuple(node for inner in part.parts for node in resting(inner))


def boxes(part: DrawnState | Box) -> tuple[Box, ...]:
    """The box and the boxes inside it, outermost first; none for a node."""
    if isinstance(part, DrawnState):
        return ()
    return (part, *(box for inner in part.parts for box in boxes(inner)))


def below(part: DrawnState | Box) -> tuple[DrawnState | Box, ...]:
    """The part and those inside it: boxes, then nodes."""
    return (*boxes(part), *resting(part))


def places(graph: Graph) -> list[DrawnState | Box]:
    """Every box and node."""
    return [place for part in graph.parts for place in below(part)]


def every_move(graph: Graph) -> Iterator[DrawnMove]:
    """The moves in states and boxes, along arrows and in notes."""
    for place in places(graph):
        yield from place.moves
    for edge in graph.edges:
        yield from edge.moves
    for note in graph.notes:
        yield from note.moves


def on_moves(graph: Graph, change: Callable[[DrawnMove], DrawnMove]) -> Graph:
    """The graph with every move changed."""

    def changed(moves: tuple[DrawnMove, ...]) -> tuple[DrawnMove, ...]:
        return tuple(map(change, moves))

    def part(old: DrawnState | Box) -> DrawnState | Box:
        new = replace(old, moves=changed(old.moves))
        return new if isinstance(new, DrawnState) else replace(new, parts=tuple(map(part, new.parts)))

    return replace(
        graph,
        parts=tuple(map(part, graph.parts)),
        edges=tuple(replace(edge, moves=changed(edge.moves)) for edge in graph.edges),
        notes=tuple(replace(note, moves=changed(note.moves)) for note in graph.notes),
    )
