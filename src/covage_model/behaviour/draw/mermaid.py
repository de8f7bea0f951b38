"""Mermaid's `stateDiagram-v2`, which GitHub and GitLab draw where Markdown holds it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from covage_model.behaviour.draw import lines
from covage_model.behaviour.draw.graph import Box, DrawnMove, DrawnState, Edge, Graph, Note, resting
from covage_model.behaviour.draw.marks import Level
from covage_model.behaviour.draw.palette import ENDINGS, INK, SHADES, look
from covage_model.behaviour.draw.texts import directed

_STEP = "    "
_BREAK, _BESIDE = "<br/>", " – "
_NO_WIDTH = 10**6  # Mermaid breaks lines itself
_SAFE = re.compile(r"[^\w \u00a0.,()/=≤≥≠←→…§●■▲▼○□×✗'’–«»-]|(?<=-)-|-(?=>)|(?<=\d)\.|^-|(?<![^\W_])_|_(?![^\W_])")
_LOOKALIKES = str.maketrans("<>", "‹›")
_MARKDOWN = re.compile(r"[\\*`]|(?<![^\W_])_|_(?![^\W_])")  # what would format a state that is a title and no more


def to_mermaid(graph: Graph) -> str:
    """
    The picture as a Mermaid text: the same for the same graph.

    Arrows have no colours there, so marks alone say who acts.
    """
    written = ["---", f"title: {quoted(graph.title)}", "---", "stateDiagram-v2", f"{_STEP}direction {graph.direction}"]
    written += [_STEP + line for line in _body(graph)]
    return "\n".join(written) + "\n"


RENDERERS = {"mermaid": to_mermaid}
_PAINTED = {
    Level.STRONG: "stroke-width:4px",
    Level.MISSED: f"fill:#ffffff,color:{INK},stroke:{SHADES[Level.MISSED].color},stroke-width:2px,stroke-dasharray:5 4",
    Level.FADED: f"fill:#ffffff,stroke:{SHADES[Level.FADED].color},color:{SHADES[Level.FADED].color},stroke-width:1px",
}


def _body(graph: Graph) -> Iterator[str]:
    for part in graph.parts:
        yield from _declared(part)
    if graph.initial:
        yield f"[*] --> {graph.initial}"
    for edge in graph.edges:
        yield from _arrow(edge)
    nodes = [node for part in graph.parts for node in resting(part)]
    for node in nodes:
        if node.kind in ENDINGS:
            yield f"{node.id} --> [*]"
    yield from _legend(graph)
    yield from _looks(nodes)


def _declared(part: DrawnState | Box) -> Iterator[str]:
    said = [spelled(line.text) for line in lines.heading(part, _NO_WIDTH)]
    inside = _listed(part.moves, part.id)
    if isinstance(part, DrawnState) and not part.moves:
        bare = (spelled(_MARKDOWN.sub(r"\\\g<0>", line.text)) for line in lines.heading(part, _NO_WIDTH))
        yield f'state "{_BREAK.join(bare)}" as {part.id}'
        return
    if isinstance(part, DrawnState):  # a title above a list is one line, or it is drawn askew
        yield f'state "{_BESIDE.join(said)}" as {part.id}'
        yield from inside
        return
    yield f'state "{_BESIDE.join(said)}" as {part.id} {{'
    for inner in part.parts:
        yield from (_STEP + line for line in _declared(inner))
    if part.moves:  # boxes cannot hold lines: a state in it, which nothing leads to, does
        yield f'{_STEP}state "{said[0]}" as in_{part.id}'
        yield from (_STEP + line for line in _listed(part.moves, f"in_{part.id}"))
    yield "}"


def _listed(moves: Sequence[DrawnMove], name: str) -> Iterator[str]:
    return (f"{name} : {line}" for line in _said(moves))


def _arrow(edge: Edge) -> Iterator[str]:
    text = _BREAK.join(_said(edge.moves))
    yield f"{edge.source} --> {edge.target}" + (f" : {text}" if text else "")


def _said(moves: Sequence[DrawnMove]) -> Iterator[str]:
    """A line for each trigger, and one for each thing that is said of it."""
    for move in moves:
        yield spelled(lines.named(move))
        for _, pieces in lines.details(move):
            yield spelled(" ".join(pieces))


def _legend(graph: Graph) -> Iterator[str]:
    """A state of its own, which nothing leads to, says whose marks these are."""
    if graph.actors or graph.assumed:
        yield f'state "{spelled(graph.legend)}" as legend'
        for actor in graph.actors:
            yield f"legend : {look(actor).mark} {spelled(actor.title)}"
        for said in filter(None, (graph.syntax, graph.assumed)):
            yield f"legend : {spelled(said)}"
    for number, note in enumerate(graph.notes):
        yield from _note(note, f"note_{number}")
    if graph.key is not None:
        title, *entries = (spelled(line.text) for line in lines.key(graph.key, _NO_WIDTH))
        yield f'state "{title}" as paint'
        yield from (f"paint : {entry}" for entry in entries)


def _note(note: Note, name: str) -> Iterator[str]:
    yield f'state "{spelled(note.title)}" as {name}'
    yield from _listed(note.moves, name)


def _looks(nodes: Iterable[DrawnState]) -> Iterator[str]:
    """The colours of ends; their outcome stands in them too."""
    ends = [node for node in nodes if node.kind in ENDINGS]
    for kind, ending in ENDINGS.items():
        of_kind = [node.id for node in ends if node.kind == kind]
        if of_kind:
            yield f"classDef {kind}Ending fill:{ending.fill},stroke:{ending.color},stroke-width:3px,color:{INK}"
            yield from (f"class {name} {kind}Ending" for name in of_kind)
    yield from _shades(nodes)


def _shades(nodes: Iterable[DrawnState]) -> Iterator[str]:
    """The rims of painted states; arrows have none there, and say their marks in words alone."""
    marked = [(node.id, node.mark.level) for node in nodes if node.mark is not None]
    for level, looks in _PAINTED.items():
        of_level = [name for name, each in marked if each is level]
        if of_level:
            yield f"classDef {level.value}Paint {looks}"
            yield from (f"class {name} {level.value}Paint" for name in of_level)


def spelled(text: str) -> str:
    """A text with whatever could mean something to Mermaid, Markdown or HTML as `#number;`."""
    return _SAFE.sub(lambda found: f"#{ord(found[0])};", directed(text))


def quoted(title: str) -> str:
    """
    A title as a YAML string in which nothing looks like a directive or an end, or like a command of a CI system.

    Mermaid takes whatever is in angle brackets out of a title and knows no escape: they become single
    quotation marks of the same shape.
    """
    string = json.dumps(title.translate(_LOOKALIKES), ensure_ascii=False)
    return re.sub(r"[%{}&-]|#(?=#)", lambda found: f"\\u{ord(found[0]):04x}", string)


FILE_ENDINGS = {"mermaid": "mmd"}
