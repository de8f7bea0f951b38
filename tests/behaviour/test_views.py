"""What of a picture is shown: overview, focus, collapsed states, less text; the explored table; sheets of paper."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from test_draw import ACTORS, LIFE, case, drawn, lifecycle, node, state, transition, variant

from covage_model import load_pack, print_lifecycle
from covage_model.behaviour.draw.dot import to_dot
from covage_model.behaviour.draw.explored import MOST, explored
from covage_model.behaviour.draw.extract import graph_of
from covage_model.behaviour.draw.graph import ANYWHERE, Box, Graph, every_move, places, resting
from covage_model.behaviour.draw.marks import Level, MoveKey, Paint, PaintMark
from covage_model.behaviour.draw.mermaid import to_mermaid
from covage_model.behaviour.draw.paper import LEGIBLE, MARGIN, Laid, sheets, svg_sheets
from covage_model.behaviour.draw.svg import to_svg
from covage_model.behaviour.draw.svg_labels import Frame
from covage_model.behaviour.draw.telling import told
from covage_model.behaviour.draw.view import PAPERS, DiagramView, NoSuchState, TooLarge
from covage_model.behaviour.draw.views import seen
from covage_model.behaviour.space.explore import explore
from covage_model.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
PACKS = ROOT / "tests" / "packs"


def names(graph: Graph) -> set[str]:
    return {place.name for place in places(graph) if place.name}


def ways(graph: Graph) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in graph.edges}


def test_an_overview_is_states_and_arrows_alone() -> None:
    graph = seen(drawn(), DiagramView(overview=True))
    assert names(graph) == names(drawn())
    assert ways(graph) == ways(drawn())
    assert len(graph.edges) == len(ways(graph))
    assert list(every_move(graph)) == []
    assert (graph.notes, graph.actors, graph.syntax) == ((), (), "")
    assert "s_draft --> s_submitted\n" in to_mermaid(graph)
    assert 'label=""' in next(line for line in to_dot(graph).splitlines() if "s_draft -> s_submitted" in line)


def test_an_overview_keeps_what_is_painted() -> None:
    seen_twice = {MoveKey("submit", "draft", 0): PaintMark(Level.PLAIN, 2)}
    paint = Paint("seen", {}, seen_twice, rest=PaintMark(Level.MISSED, 0))
    painted = graph_of(LIFE, language="en", actors=ACTORS, paint=paint)
    graph = seen(painted, DiagramView(overview=True))
    assert "s_draft --> s_submitted : ×2\n" in to_mermaid(graph)
    assert "s_draft --> s_deleted : ✗ ×0\n" in to_mermaid(graph)
    assert "Draft → Submitted: (×2)." in told(graph)


def test_a_focus_is_a_state_with_its_neighbours() -> None:
    graph = seen(drawn(), DiagramView(focus="submitted"))
    assert names(graph) == {"draft", "submitted", "acknowledged", "rejected"}
    assert ways(graph) == {("s_draft", "s_submitted"), ("s_submitted", "s_acknowledged"), ("s_submitted", "s_rejected")}
    assert node(graph, "draft").moves == ()  # what happens there is not the question
    assert [move.title for move in node(graph, "submitted").moves] == ["Book"]
    assert (graph.initial, len(graph.notes)) == ("", 1)
    assert [actor.name for actor in graph.actors] == ["operator", "platform"]
    assert seen(drawn(), DiagramView(focus="draft")).initial == "s_draft"


def test_a_focus_on_an_end_or_on_a_box_has_what_leads_there() -> None:
    ended = seen(drawn(), DiagramView(focus="completed"))
    assert ways(ended) == {("s_running_finalising", "s_completed")}
    assert names(ended) == {"running", "running.finalising", "completed"}
    whole = seen(drawn(), DiagramView(focus="running"))
    assert {"running.sent", "running.workflow", "running.finalising", "acknowledged", "completed"} <= names(whole)
    assert "draft" not in names(whole)


def test_a_focus_on_a_step_keeps_what_starts_at_its_box() -> None:
    left = transition("stop", "platform", case(["running.sent", "running.workflow", "running.finalising"], "rejected"))
    graph = seen(drawn(replace(LIFE, transitions=(left,))), DiagramView(focus="running.sent"))
    assert ways(graph) == {("s_running", "s_rejected")}
    assert names(graph) == {"running", "running.sent", "rejected"}


def test_a_focus_keeps_what_can_happen_anywhere() -> None:
    everywhere = [each.name for each in LIFE.resting if each.final is None]
    move = replace(LIFE.transitions[0], cases=(replace(LIFE.transitions[0].cases[0], source=tuple(everywhere)),))
    graph = graph_of_everywhere = seen(drawn(replace(LIFE, transitions=(move,))), DiagramView(focus="acknowledged"))
    assert (ANYWHERE, "s_submitted") in ways(graph_of_everywhere)
    assert any(place.id == ANYWHERE for place in places(graph))


def test_a_collapsed_state_is_one_node_and_its_arrows_are_joined() -> None:
    graph = seen(drawn(), DiagramView(collapse=("running",)))
    box = node(graph, "running")
    assert (box.kind, box.outcome) == ("state", "3 steps")
    assert not any(isinstance(place, Box) for place in places(graph))
    assert ("s_acknowledged", "s_running") in ways(graph)
    (rejected,) = [edge for edge in graph.edges if (edge.source, edge.target) == ("s_running", "s_rejected")]
    assert [move.trigger for move in rejected.moves] == ["reject"]  # of two steps, said once
    assert len(rejected.moves[0].keys) == 2
    assert ("s_running", "s_running") not in ways(graph)
    steps = (state("a", steps=("a.x", "a.y"), initial=True), state("a.x", initial=True), state("a.y"))
    assert seen(drawn(lifecycle(steps, [])), DiagramView(collapse=("a",))).initial == "s_a"


@pytest.mark.parametrize(
    ("part", "gone", "kept"),
    [
        ("guards", "[document valid for", "order-submitted"),
        ("effects", "/ Appointment", "[document valid for"),
        ("events", "→ order-submitted", "/ Appointment"),
    ],
)
def test_texts_are_left_out(part: str, gone: str, kept: str) -> None:
    assert gone in to_dot(drawn())
    less = to_dot(seen(drawn(), DiagramView(without=(part,))))
    assert gone not in less
    assert kept in less


def test_without_all_texts_no_note_repeats_the_names() -> None:
    graph = seen(drawn(), DiagramView(without=("guards", "effects", "events", "sources")))
    assert graph.notes == ()
    assert graph.syntax == ""
    assert [move.title for move in node(graph, "submitted").moves] == ["Book"]


def test_a_direction_is_that_of_every_format() -> None:
    graph = seen(drawn(), DiagramView("LR"))
    assert "rankdir=LR" in to_dot(graph)
    assert "direction LR" in to_mermaid(graph)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (DiagramView(focus="draftt"), "no state is called 'draftt'; did you mean 'draft'?"),
        (DiagramView(collapse=("draft",)), "no state with steps is called 'draft'; use one of: running"),
        (DiagramView(collapse=("running",), focus="running.sent"), "no state is called 'running.sent'"),
    ],
)
def test_an_unknown_state_is_told_with_the_nearest(view: DiagramView, said: str) -> None:
    with pytest.raises(NoSuchState, match=re.escape(said)):
        seen(drawn(), view)


def test_the_explored_table_is_a_node_for_each_configuration() -> None:
    space = explore(LIFE, variant("create"))
    graph = explored(space, language="en", actors=ACTORS)
    nodes = [each for part in graph.parts for each in resting(part)]
    assert len(nodes) == len(space)
    arrows = {(number, move.target) for number in range(len(space)) for move in space.moves(number)}
    assert ways(graph) == {(f"c_{a}", f"c_{b}") for a, b in arrows if a != b}
    titles = {each.title: each.facts for each in nodes}
    assert "Appointment = booked" in {fact for facts in titles.values() for fact in facts}
    assert all(each.title.startswith(f"{number}. ") for number, each in enumerate(nodes, 1))
    for render in (to_dot, to_mermaid, to_svg):
        assert "1. Draft" in str(render(graph)).replace("#46;", ".")  # type: ignore[operator]  renderers of texts


def test_a_large_or_unfinished_table_is_no_picture() -> None:
    states = [state(f"s{n}", initial=n == 0) for n in range(MOST + 1)]
    moves = [transition("go", "operator", *(_on(n) for n in range(MOST)))]
    with pytest.raises(TooLarge, match=f"{MOST + 1} configurations .* at most {MOST}"):
        explored(explore(lifecycle(states, moves), variant(None)), language="en", actors=ACTORS)
    with pytest.raises(TooLarge, match="not finished"):
        explored(explore(LIFE, variant("create"), limit=2), language="en", actors=ACTORS)


def _on(number: int):  # type: ignore[no-untyped-def]  a case of the chain
    return case([f"s{number}"], f"s{number + 1}")


def laid(width: float, height: float, *whole: Frame, smallest: float = 9) -> Laid:
    return Laid(width, height, smallest, whole, (), (0, 0))


def test_what_fits_is_one_sheet_and_never_larger_than_drawn() -> None:
    one = sheets(laid(200, 300), "A4")
    assert (one.scale, one.frames, one.is_landscape) == (1.0, (Frame(0, 0, 200, 300),), False)
    wide = sheets(laid(780, 300), "A4")
    assert (wide.is_landscape, len(wide.frames)) == (True, 1)


def test_what_is_not_legible_on_one_sheet_is_cut_between_states() -> None:
    states = [Frame(50, top, 350, top + 90) for top in range(0, 3000, 100)]
    how = sheets(laid(400, 3000, *states), "A4")
    assert how.smallest >= LEGIBLE
    assert len(how.frames) == 3
    for frame in how.frames:
        for box in states:
            assert not box.top < frame.bottom < box.bottom or frame.bottom == 3000
        assert (frame.right - frame.left) * how.scale <= how.width - 2 * MARGIN + 0.01
        assert (frame.bottom - frame.top) * how.scale <= how.height - 2 * MARGIN + 0.01
    assert [frame.top for frame in how.frames[1:]] == [frame.bottom for frame in how.frames[:-1]]
    assert {(frame.left, frame.right) for frame in how.frames} == {(0, 400)}  # arrows go on where they left the sheet


def test_rows_are_cut_each_for_itself() -> None:
    below = [Frame(left, 900, left + 190, 990) for left in range(0, 1000, 200)]
    how = sheets(laid(1000, 1000, Frame(0, 0, 100, 800), *below), "A4")
    assert how.smallest >= LEGIBLE
    assert all(frame.right > frame.left and frame.bottom > frame.top for frame in how.frames)


def test_a_sheet_has_the_size_of_its_paper_and_its_number() -> None:
    svg = str(to_svg(drawn()))
    how = replace(sheets(Laid.of(svg, titled=False), "A4"), frames=(Frame(0, 0, 300, 300), Frame(0, 300, 300, 600)))
    first, second = svg_sheets(svg, how)
    root = ET.fromstring(second)
    assert (float(root.get("width", "")[:-2]), float(root.get("height", "")[:-2])) == PAPERS["A4"]
    assert "Life of an activation – 2/2" in second
    assert "desc" in {each.tag.rpartition("}")[2] for each in root}
    assert first.splitlines()[0] == svg.splitlines()[0]  # the mark of what it was drawn from
    assert "@page{size:595.28pt 841.89pt;margin:0}" in first


def test_nothing_that_is_printed_is_too_small_to_be_read() -> None:
    made = print_lifecycle(load_pack(str(PACKS / "task")), "task", language="fr")
    assert made.sheets.smallest >= LEGIBLE
    assert len(made.pages) == len(made.sheets.frames)


def said(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(["draw", *argv], out, err), out.getvalue(), err.getvalue()


def test_the_command_has_every_view(tmp_path: Path) -> None:
    base = ("terminate", "--format", "mermaid", "--lang", "en")
    assert "■ Acknowledge" not in said(*base, "--overview")[1]
    assert "Acknowledged" not in said(*base, "--focus", "running.finalising")[1]
    assert "3 steps" in said(*base, "--collapse", "running")[1]
    assert "#91;" not in said(*base, "--without", "guards", "--without", "sources")[1].partition("Legend")[0]
    assert "direction LR" in said(*base, "--direction", "LR")[1]
    assert "1#46; Draft" in said("activate-enni", *base[1:], "--explored")[1]
    code, _, err = said("terminate", "--page", "A4", "--out", str(tmp_path / "life.svg"), "--lang", "fr")
    assert code == 0
    assert re.fullmatch(r"terminate\u00a0: A4 debout, \d feuilles?\u202f; le plus petit texte fait \d,\d pt\n", err), (
        err
    )
    assert list(tmp_path.glob("life*.svg"))


def test_check_compares_the_picture_that_was_asked_for(tmp_path: Path) -> None:
    given = ("terminate", "--format", "mermaid", "--overview")
    assert said(*given, "--out", str(tmp_path / "terminate.mmd"))[0] == 0
    assert said(*given, "--check", "--out", str(tmp_path))[0] == 0
    assert said(*given[:3], "--check", "--out", str(tmp_path))[0] == 1


@pytest.mark.parametrize(("form", "titles"), [
    ("mermaid", ("→ Commande soumise<br/>", "→ Commande terminée, Service activé<br/>")),
    ("dot", ("→ Commande soumise", "Service activé")),
    ("svg", ("→ Commande soumise", "→ Commande terminée, Service activé")),
])  # fmt: skip
def test_events_have_the_titles_of_their_types(form: str, titles: tuple[str, ...]) -> None:
    picture = said("activate", "--format", form, "--lang", "fr")[1].replace("\u00a0", " ")
    assert [title for title in titles if title not in picture] == []
    assert "order-submitted" not in picture
    table = said("activate-enni", "--explored", "--format", "mermaid", "--lang", "fr")[1]
    assert "→ Commande terminée, Service activé" in table


def test_of_all_explored_tables_only_those_that_are_too_large_are_not_drawn(tmp_path: Path) -> None:
    call = ("--explored", "--pack", str(PACKS / "library"), "--format", "mermaid", "--out", str(tmp_path))
    code, _, err = said(*call, "--lang", "en")
    assert (code, sorted(path.name for path in tmp_path.iterdir())) == (0, ["card.mmd", "renewal.mmd"])
    assert err.count("not drawn: the explored table of ") == 5
    assert "not drawn: the explored table of loan/home has 117 configurations and 151 moves; a picture shows" in err
    assert said(*call, "--check", "--lang", "en")[:2] == (0, "2 diagrams, 0 to draw again\n")
    assert said("loan", *call)[0] == 2


@pytest.mark.parametrize(
    ("argv", "complaint"),
    [
        (("terminate", "--focus", "nothing"), "no state is called 'nothing'"),
        (("terminate", "--explored"), "terminate is a lifecycle"),
        (("terminate", "--page", "A4", "--format", "dot"), "dot has no size; a page is for svg, png, pdf"),
        (("terminate", "--page", "A4", "--check"), "--page means nothing with --check"),
    ],
)
def test_wrong_calls_say_what_to_type(argv: tuple[str, ...], complaint: str) -> None:
    code, _, err = said(*argv, "--lang", "en")
    assert code in (1, 2)
    assert complaint in err
