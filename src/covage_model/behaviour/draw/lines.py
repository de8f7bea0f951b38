"""Labels as lines of text, shared by all formats."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from covage_model.behaviour.draw.graph import ASSUMED, Box, DrawnCitation, DrawnMove, DrawnState, Key
from covage_model.behaviour.draw.marks import Level, PaintMark
from covage_model.behaviour.draw.palette import look
from covage_model.behaviour.draw.text_width import NBSP
from covage_model.behaviour.draw.texts import directed
from covage_model.ground.classes import dataclass

_HANGS = {"trigger": 3 * NBSP, "guard": NBSP, "effect": 2 * NBSP, "event": 3 * NBSP, "source": 2 * NBSP}
_LONGEST_WORD = 80  # characters: a longer word is broken anywhere
_SEPARATORS = r"_./:;|-"
_WIDE = "\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef"  # scripts without spaces between words
_EXTENDING = "\u0300-\u036f\u200c\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff"
_PIECE = re.compile(f"[{_WIDE}][{_EXTENDING}]*|[^{_WIDE}{_SEPARATORS}]*[{_SEPARATORS}]+|[^{_WIDE}{_SEPARATORS}]+")
_PART = re.compile(f".{{1,{_LONGEST_WORD}}}(?<!\u200d)(?![{_EXTENDING}])|.")


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line. `kind` is title, name, outcome, mark, trigger, guard, effect, event or source; `rank` the actor's.

    `level` is that of the mark painted on it.
    """

    kind: str
    text: str
    rank: int | None = None
    level: Level | None = None


def heading(part: DrawnState | Box, width: int) -> tuple[Line, ...]:
    """The title of a state, its name if that differs, its facts, its outcome, its sources, and its mark."""
    text_lines = _lines("title", [_marked(part.title, part.cited)], width)
    if part.name and part.name.casefold() != part.title.casefold():
        text_lines += _lines("name", [part.name], width)
    if isinstance(part, DrawnState) and part.facts:
        text_lines += _lines("name", _listed(part.facts), width)
    if isinstance(part, DrawnState) and part.outcome:
        text_lines += _lines("outcome", [f"({part.outcome})"], width)
    if part.cited.sources:
        text_lines += _lines("source", _between("§ ", _listed(part.cited.sources), ""), width)
    if part.mark is not None and part.mark.label:
        text_lines += _lines("mark", [part.mark.label], width)
    return _leveled(text_lines, part.mark)


def moves(drawn: Sequence[DrawnMove], width: int) -> tuple[Line, ...]:
    """The lines of an arrow, or inside a state: each trigger, with its guard, effects and events below it."""
    return tuple(line for move in drawn for line in _move(move, width))


def _move(move: DrawnMove, width: int) -> Iterator[Line]:
    rank = None if move.actor is None else move.actor.rank
    text_lines = _lines("trigger", [named(move)], width, rank=rank)
    for kind, pieces in details(move):
        text_lines += _lines(kind, pieces, width)
    yield from _leveled(text_lines, move.mark)


def named(move: DrawnMove) -> str:
    """The actor's symbol and the trigger's title, with the mark on the move."""
    title = _marked(move.title, move.cited)
    if move.actor is None:
        return title or (move.mark.label if move.mark is not None else "")
    plain = f"{look(move.actor).mark} {title}"
    if move.mark is None or not move.mark.label:
        return plain
    return f"{move.mark.label} {plain}" if move.mark.steps else f"{plain}  {move.mark.label}"


def _marked(title: str, cited: DrawnCitation) -> str:
    return f"{title} {ASSUMED}" if cited.is_assumed else title


def key(marks: Key, width: int) -> tuple[Line, ...]:
    """The lines that explain the marks."""
    text_lines = _lines("title", [marks.title], width)
    for mark, text in marks.entries:
        text_lines += _leveled(_lines("name", [f"{mark.label} {text}".strip()], width), mark)
    return tuple(text_lines)


def _leveled(lines: Sequence[Line], mark: PaintMark | None) -> tuple[Line, ...]:
    return tuple(lines) if mark is None else tuple(replace(line, level=mark.level) for line in lines)


def details(move: DrawnMove) -> Iterator[tuple[str, list[str]]]:
    """The guard in brackets, effects, events and sources, if there are any, as (kind, pieces to join by spaces)."""
    if move.guard:
        yield "guard", _between("[", list(move.guard), "]")
    if move.effects:
        yield "effect", _between("/ ", _listed(move.effects), "")
    if move.emits:
        yield "event", _between("→ ", _listed(move.emits), "")
    if move.cited.sources:
        yield "source", _between("§ ", _listed(move.cited.sources), "")


def _listed(texts: Sequence[str]) -> list[str]:
    return [f"{text}," for text in texts[:-1]] + [texts[-1]]


def _between(opening: str, pieces: list[str], closing: str) -> list[str]:
    pieces[0] = opening + pieces[0]
    pieces[-1] += closing
    return pieces


def _lines(kind: str, pieces: Sequence[str], width: int, *, rank: int | None = None) -> list[Line]:
    """Fills lines with pieces; a piece that is too long for a line is broken between words."""
    filled: list[str] = []
    for piece in pieces:
        if filled and _columns(filled[-1]) + 1 + _columns(piece) <= width:
            filled[-1] += f" {piece}"
        else:
            filled += wrapped(piece, width) or [" "]
    hang = _HANGS.get(kind, "")
    return [Line(kind, (hang if number else "") + directed(text), rank) for number, text in enumerate(filled)]


def wrapped(text: str, width: int) -> list[str]:
    """
    `text` in lines of `width` columns, broken between words; long words are broken after separators.

    A word without separators is kept whole, even beyond `width`.

    >>> wrapped("hand the parcel over", 9), wrapped("wait_for_the_carrier", 9), wrapped("unbreakable", 9)
    (['hand the', 'parcel', 'over'], ['wait_for_', 'the_', 'carrier'], ['unbreakable'])
    """
    wrapped_lines: list[str] = []
    for word in text.split():
        for number, piece in enumerate(_pieces(word) if _columns(word) > width else [word]):
            joined = f"{wrapped_lines[-1]}{'' if number else ' '}{piece}" if wrapped_lines else piece
            if wrapped_lines and _columns(joined) <= width:
                wrapped_lines[-1] = joined
            else:
                wrapped_lines.append(piece)
    return wrapped_lines


def _pieces(word: str) -> Iterator[str]:
    for piece in _PIECE.findall(word):
        yield from [piece] if len(piece) <= _LONGEST_WORD else _PART.findall(piece)


def _columns(text: str) -> int:
    return len(text) + sum(unicodedata.east_asian_width(each) in "WF" for each in text if not each.isascii())
