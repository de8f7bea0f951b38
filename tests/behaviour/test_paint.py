"""Marks on state diagrams: each shows its text at the moves it belongs to, and moves no part of the diagram."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from test_draw import ACTORS, HOSTILE, LIFE, OPEN, TRANSITIONS, case, edges, node, transition, variant, words_of

from covage_model.api import packs
from covage_model.behaviour.draw.dot import to_dot
from covage_model.behaviour.draw.extract import graph_of
from covage_model.behaviour.draw.graph import DrawnMove, Graph, boxes, resting
from covage_model.behaviour.draw.marks import Level, MoveKey, Paint, PaintMark, joined, key_of
from covage_model.behaviour.draw.mermaid import to_mermaid
from covage_model.behaviour.draw.svg import to_svg
from covage_model.behaviour.space.explore import explore
from covage_model.pack.model.lifecycle import Lifecycle

PACKS = ("covage", str(Path(__file__).parent.parent / "packs" / "library"))
SEEN, MISSED, FADED = PaintMark(Level.PLAIN, 3), PaintMark(Level.MISSED, 0), PaintMark(Level.FADED)


def painted(paint: Paint | None, life: Lifecycle = LIFE, *, of: str | None = None) -> Graph:
    space = None if of is None else explore(life, variant(of))
    return graph_of(life, language="en", actors=ACTORS, space=space, paint=paint)


def moves_of(graph: Graph) -> list[DrawnMove]:
    found = [move for edge in graph.edges for move in edge.moves]
    for part in graph.parts:
        found += [move for each in (*resting(part), *boxes(part)) for move in each.moves]
    return found


def test_paint_moves_nothing() -> None:
    bare = painted(None)
    graph = painted(Paint("seen", {"draft": SEEN}, {MoveKey("submit", "draft", 0): SEEN}, rest=MISSED))
    assert graph.edges == bare.edges
    assert graph.notes == bare.notes
    assert [each.id for part in graph.parts for each in resting(part)] == [
        each.id for part in bare.parts for each in resting(part)
    ]


def test_a_state_and_a_move_say_their_marks_in_every_format() -> None:
    paint = Paint("Seen", {"draft": SEEN}, {MoveKey("submit", "draft", 0): PaintMark(Level.STRONG, steps=(2, 7))})
    graph = painted(paint)
    assert node(graph, "draft").mark == SEEN
    shown = words_of(to_svg(graph))
    assert "×3" in shown
    assert "2. 7. ● submit" in shown
    assert "Seen" in shown
    dot = to_dot(graph)
    assert "×3" in dot
    assert "2. 7. ● submit" in dot
    assert "penwidth=3.5" in dot
    mermaid = to_mermaid(graph)
    assert "Draft – ×3" in mermaid
    assert "2#46; 7#46; ● submit" in mermaid
    assert 'state "Seen" as paint' in mermaid


def test_missed_elements_are_marked_with_characters_too() -> None:
    graph = painted(Paint("Seen", {"draft": SEEN}, rest=MISSED, legend=((MISSED, "never"),)))
    assert "✗ ×0 never" in " ".join(words_of(to_svg(graph)))
    assert "✗ ×0 never" in to_mermaid(graph)
    for name in ("submitted", "completed"):
        assert node(graph, name).mark == MISSED
    assert "● submit ✗ ×0" in words_of(to_svg(graph))
    assert "class s_submitted missedPaint" in to_mermaid(graph)
    assert "class s_draft missedPaint" not in to_mermaid(graph)


def test_what_is_faded_is_thin_and_pale() -> None:
    bare, graph = to_dot(painted(None)), to_dot(painted(Paint("path", rest=FADED)))
    assert "penwidth=0.8" not in bare
    assert graph.count("penwidth=0.8") >= len(LIFE.resting)
    svg = to_svg(painted(Paint("path", rest=FADED)))
    assert {
        each.get("fill") for each in ET.fromstring(svg).iter() if "".join(each.itertext()).strip() == "● submit"
    } & {"#767676"}


def test_arrows_drawn_as_one_add_up_and_each_line_says_its_own() -> None:
    paint = Paint("seen", {}, {MoveKey("reject", "submitted", 0): SEEN, MoveKey("reject", OPEN[3], 0): SEEN}, MISSED)
    graph = painted(paint)
    assert [edge.moves[0].mark for edge in edges(graph, "reject")] == [SEEN, MISSED, MISSED, SEEN]
    shown = Counter(words_of(to_svg(graph)))
    assert shown["■ reject ×6 (2/4)"] == 1
    assert shown["×3"] == 2
    assert shown["✗ ×0"] >= 2


def test_a_note_stands_for_all_its_states() -> None:
    graph = painted(Paint("seen", {}, {MoveKey("book", "draft", 0): SEEN, MoveKey("book", "submitted", 1): SEEN}))
    (note,) = graph.notes
    assert note.moves[0].mark == PaintMark(Level.PLAIN, 6)
    assert len(note.moves[0].keys) == 1 + len(OPEN)
    assert [move.mark for move in node(graph, "draft").moves if move.trigger == "book"] == [SEEN]


def test_what_is_drawn_at_a_box_or_anywhere_stands_for_each_state() -> None:
    steps = ["running.sent", "running.workflow", "running.finalising"]
    everywhere = ["draft", *OPEN, "running.finalising"]
    more = (
        transition("leave", "platform", case(steps, "completed")),
        transition("wait", "platform", case(steps)),
        transition("lose", "platform", case(everywhere, "rejected")),
    )
    keys = {MoveKey(name, "running.workflow", 0): SEEN for name in ("leave", "wait", "lose")}
    graph = painted(Paint("seen", {}, keys, MISSED), replace(LIFE, transitions=(*TRANSITIONS, *more)))
    found = {move.trigger: move.mark for move in moves_of(graph) if move.trigger in ("leave", "wait", "lose")}
    assert found["leave"] == found["wait"] == PaintMark(Level.PLAIN, 3, share=(1, 3))
    assert found["lose"] == PaintMark(Level.PLAIN, 3, share=(1, 6))


def test_joining_keeps_the_strongest_and_every_step() -> None:
    assert joined([]) is None
    assert joined([FADED, PaintMark(Level.STRONG, steps=(4,)), PaintMark(Level.STRONG, steps=(2,))]) == PaintMark(
        Level.STRONG, steps=(2, 4)
    )
    assert joined([MISSED, MISSED]) == MISSED
    assert joined([MISSED, SEEN]) == PaintMark(Level.PLAIN, 3, share=(1, 2))


@pytest.mark.parametrize("name", PACKS)
def test_what_is_drawn_stands_for_exactly_the_moves_of_the_explored_table(name: str) -> None:
    pack = packs.load([name]).pack
    assert pack is not None
    for each in pack.variants:
        life = pack.lifecycle(each.order.follows)
        space = explore(life, each)
        moves = (move for number in range(len(space)) for move in space.moves(number))
        done = {key_of(life, space.state(move.source), move.trigger, move.case) for move in moves}
        drawn = [key for move in moves_of(graph_of(life, language="en", actors={}, space=space)) for key in move.keys]
        edits = {MoveKey("", state.name, None) for state in life.resting if state.editable}
        assert len(drawn) == len(set(drawn))
        assert set(drawn) - edits == done - edits
        assert done & edits <= set(drawn)


@pytest.mark.parametrize("evil", HOSTILE)
def test_nothing_hostile_in_a_legend_breaks_out(evil: str) -> None:
    graph = painted(Paint(evil, {}, {}, MISSED, ((SEEN, evil),)))
    assert {each.tag.rpartition("}")[2] for each in ET.fromstring(to_svg(graph)).iter()} == {
        each.tag.rpartition("}")[2] for each in ET.fromstring(to_svg(painted(None))).iter()
    }
    before = len(to_mermaid(painted(Paint("x", {}, {}, MISSED, ((SEEN, "x"),)))).splitlines())
    assert len(to_mermaid(graph).splitlines()) == before
