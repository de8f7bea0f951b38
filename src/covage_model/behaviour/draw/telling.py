"""A diagram in sentences, for those who cannot see it: the `<desc>` of its SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from covage_model.behaviour.draw import lines
from covage_model.behaviour.draw.graph import Box, DrawnCitation, DrawnMove, DrawnState, Graph, places
from covage_model.behaviour.draw.texts import text


def told(graph: Graph) -> str:
    """A line for the start, for each state, each move between states, each note, and each source that is cited."""
    titles = {place.id: place.title for place in places(graph)}
    return "\n".join(_lines(graph, titles))


def _lines(graph: Graph, titles: Mapping[str, str]) -> Iterator[str]:
    colon = _colon(graph.language)
    if graph.initial:
        yield f"{text('start', graph.language)}{colon}{titles[graph.initial]}."
    for part in graph.parts:
        yield from _part(part, graph.language)
    for edge in graph.edges:
        yield f"{titles[edge.source]} → {titles[edge.target]}{_moves(edge.moves, graph.language)}"
    for note in graph.notes:
        yield note.title + _moves(note.moves, graph.language)
    yield from (f"{name}{colon}{title}" for name, title in graph.sources)


def _part(part: DrawnState | Box, language: str) -> Iterator[str]:
    inside = part.parts if isinstance(part, Box) else ()
    steps = ", ".join(inner.title for inner in inside)
    about = [f"{text('steps', language)}{_colon(language)}{steps}"] if steps else []
    about += part.facts if isinstance(part, DrawnState) else ()
    about += [part.outcome] if isinstance(part, DrawnState) and part.outcome else []
    about += _cited(part.cited, language)
    about += [part.mark.label] if part.mark is not None and part.mark.label else []
    yield (f"{part.title} ({'; '.join(about)})" if about else part.title) + _moves(part.moves, language)
    for inner in inside:
        yield from _part(inner, language)


def _moves(moves: tuple[DrawnMove, ...], language: str) -> str:
    """What follows a name: its moves, if there are any, and the full stop."""
    return f"{_colon(language) if moves else ''}{'; '.join(_move(move, language) for move in moves)}."


def _colon(language: str) -> str:
    return "\u00a0: " if language == "fr" else ": "


def _move(move: DrawnMove, language: str) -> str:
    """`Submit (Operator; S18) [guard] / effect → event`."""
    about = [*([move.actor.title] if move.actor is not None else []), *_cited(move.cited, language)]
    about += [move.mark.label] if move.mark is not None and move.mark.label else []
    pieces = [piece for kind, pieces in lines.details(move) if kind != "source" for piece in pieces]
    return " ".join([*filter(None, [move.title]), *([f"({'; '.join(about)})"] if about else []), *pieces])


def _cited(cited: DrawnCitation, language: str) -> list[str]:
    named = [", ".join(cited.sources)] if cited.sources else []
    return [*named, *([text("assumed", language)] if cited.is_assumed else [])]
