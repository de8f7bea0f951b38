"""Labels as lines: what is on each, and what kind it is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from covage_model.behaviour.draw.graph import Box, DrawnMove, DrawnState, Key
from covage_model.behaviour.draw.paint import Level, PaintMark
from covage_model.behaviour.draw.palette import look

_HANGS = {"trigger": "\u00a0\u00a0\u00a0", "guard": "\u00a0", "effect": "\u00a0\u00a0", "event": "\u00a0\u00a0\u00a0"}


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line. `kind` is title, name, outcome, mark, trigger, guard, effect or event; `rank` the actor's.

    `level` is how much a painted picture lets it be seen.
    """

    kind: str
    text: str
    rank: int | None = None
    level: Level | None = None


def heading(part: DrawnState | Box, width: int) -> tuple[Line, ...]:
    """What a state is called; its own name below, small, where the title is another; how it ends."""
    found = _lines("title", [part.title], width)
    if part.name and part.name.casefold() != part.title.casefold():
        found += _lines("name", [part.name], width)
    if isinstance(part, DrawnState) and part.outcome:
        found += _lines("outcome", [f"({part.outcome})"], width)
    if part.mark is not None and part.mark.label:
        found += _lines("mark", [part.mark.label], width)
    return _leveled(found, part.mark)


def moves(said: Sequence[DrawnMove], width: int) -> tuple[Line, ...]:
    """All that stands on an arrow, or in a state: triggers with what they ask, set and emit below."""
    return tuple(line for move in said for line in _move(move, width))


def _move(move: DrawnMove, width: int) -> Iterator[Line]:
    said = _lines("trigger", [named(move)], width, rank=move.actor.rank)
    for kind, pieces in details(move):
        said += _lines(kind, pieces, width)
    yield from _leveled(said, move.mark)


def named(move: DrawnMove) -> str:
    """Who acts, by mark, and what is done; when, or how often, where that is painted."""
    said = f"{look(move.actor).mark} {move.title}"
    if move.mark is None or not move.mark.label:
        return said
    return f"{move.mark.label} {said}" if move.mark.steps else f"{said}  {move.mark.label}"


def key(said: Key, width: int) -> tuple[Line, ...]:
    """What the marks mean."""
    found = _lines("title", [said.title], width)
    for mark, text in said.entries:
        found += _leveled(_lines("name", [f"{mark.label} {text}".strip()], width), mark)
    return tuple(found)


def _leveled(said: Sequence[Line], mark: PaintMark | None) -> tuple[Line, ...]:
    return tuple(said) if mark is None else tuple(replace(line, level=mark.level) for line in said)


def details(move: DrawnMove) -> Iterator[tuple[str, list[str]]]:
    """The guard in brackets, the effects, the events, those that there are: a kind, and pieces joined by spaces."""
    if move.guard:
        yield "guard", _between("[", list(move.guard), "]")
    if move.effects:
        yield "effect", _between("/ ", _listed(move.effects), "")
    if move.emits:
        yield "event", _between("→ ", _listed(move.emits), "")


def _listed(texts: Sequence[str]) -> list[str]:
    return [f"{text}," for text in texts[:-1]] + [texts[-1]]


def _between(opening: str, pieces: list[str], closing: str) -> list[str]:
    pieces[0] = opening + pieces[0]
    pieces[-1] += closing
    return pieces


def _lines(kind: str, pieces: Sequence[str], width: int, *, rank: int | None = None) -> list[Line]:
    """As many pieces on a line as fit; one that is too long by itself is broken between words."""
    found: list[str] = []
    for piece in pieces:
        if found and len(found[-1]) + 1 + len(piece) <= width:
            found[-1] += f" {piece}"
        else:
            found += textwrap.wrap(piece, width, break_on_hyphens=False) or [" "]
    hang = _HANGS.get(kind, "")
    return [Line(kind, text if number == 0 else hang + text, rank) for number, text in enumerate(found)]
