"""Pictures say what they rest on: sources and what is assumed, in characters, for every reader and every screen."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from test_draw import ACTORS, HERE, LIFE, OPEN, case, edges, lifecycle, node, state, transition, words_of

from covage_model.behaviour.draw.dark import DARK, PICTURE
from covage_model.behaviour.draw.dot import to_dot
from covage_model.behaviour.draw.extract import graph_of
from covage_model.behaviour.draw.formats import is_stale
from covage_model.behaviour.draw.graph import Graph, every_move
from covage_model.behaviour.draw.mermaid import to_mermaid
from covage_model.behaviour.draw.palette import ENDINGS, LOOKS
from covage_model.behaviour.draw.svg import to_svg
from covage_model.behaviour.draw.telling import told
from covage_model.ground.diagnostics import Origin, Standing
from covage_model.pack.model.lifecycle import Action, Case, Lifecycle

TITLES = {"S1": "A draft is sent.", "S2": "Nobody cites it."}


def origin(*sources: str, assumed: bool = False) -> Origin:
    return Origin(HERE.location, sources, Standing.ASSUMED if assumed else Standing.STATED)


def cited(life: Lifecycle, *, language: str = "en") -> Graph:
    return graph_of(life, language=language, actors=ACTORS, sources=TITLES)


def told_case(source: list[str], target: str | None = None, *sources: str, assumed: bool = False) -> Case:
    return replace(case(source, target), origin=origin(*sources, assumed=assumed))


def small() -> Lifecycle:
    states = [
        replace(state("a", initial=True, editable="operator"), origin=origin("S1")),
        replace(state("b", final="success"), origin=origin(assumed=True)),
    ]
    return lifecycle(states, [transition("go", "operator", told_case(["a"], "b", "S1", "K3", assumed=True))])


@pytest.mark.parametrize("render", [to_svg, to_dot, to_mermaid])
def test_each_format_shows_sources_and_marks_what_is_assumed(render: object) -> None:
    text = render(cited(small()))  # type: ignore[operator]  a renderer of texts
    text = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text)
    shown = text if render is not to_svg else "\n".join(words_of(text))
    assert "● go (?)" in shown
    assert "§ S1, K3" in shown
    assert "b (?)" in shown
    assert "(?) assumed: no source states it" in shown
    assert "§ source" in shown


def test_what_is_stated_has_no_mark_and_no_legend_of_it() -> None:
    graph = cited(LIFE)
    assert graph.assumed == ""
    assert "(?)" not in to_dot(graph) + to_mermaid(graph)


def test_arrows_that_are_joined_say_the_sources_of_all() -> None:
    where = ("submitted", "acknowledged", "running.sent", "running.workflow", "running.finalising")
    cases = [told_case([name], "rejected", f"S{number}", assumed=number == 2) for number, name in enumerate(where)]
    graph = cited(replace(LIFE, transitions=(transition("reject", "platform", *cases),)))
    (line,) = [line for line in to_dot(graph).splitlines() if line.strip().startswith("join_0 -> s_rejected")]
    assert "reject (?)" in line
    assert "§ S0, S1, S2, S3, S4" in line


def test_a_note_leaves_the_mark_to_the_states_that_it_stands_for() -> None:
    booking = transition("book", "operator", told_case(["draft"], assumed=True), told_case(list(OPEN)))
    guarded = replace(booking, cases=tuple(replace(each, effects=(("report", "sent"),)) for each in booking.cases))
    graph = cited(replace(LIFE, transitions=(guarded,)))
    marks = {name: node(graph, name).moves[-1].cited.is_assumed for name in ("draft", *OPEN)}
    assert marks == {"draft": True} | dict.fromkeys(OPEN, False)
    (note,) = graph.notes
    assert not note.moves[0].cited.is_assumed
    assert all(not move.cited.sources for move in node(graph, "draft").moves)  # the note has them


def test_entering_and_leaving_have_their_own_source() -> None:
    states = (replace(small().states[0], entry=Action((), ("told",), origin("S1", assumed=True))), small().states[1])
    graph = cited(replace(small(), states=states))
    (entry,) = [move for move in every_move(graph) if move.actor is None]
    assert (entry.cited.sources, entry.cited.is_assumed) == (("S1",), True)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "Start: a.",
                "a (S1): Edit the document (Operator).",
                "b (success; assumed: no source states it).",
                "a → b: go (Operator; S1, K3; assumed: no source states it).",
                "S1: A draft is sent.",
            ],
        ),
        ("fr", ["Début\u00a0: a.", "a (S1)\u00a0: Modifier le document (Operator)."]),
    ],
)
def test_a_reader_who_cannot_see_it_is_told_all_of_it(language: str, lines: list[str]) -> None:
    graph = cited(small(), language=language)
    assert told(graph).splitlines()[: len(lines)] == lines
    root = ET.fromstring(to_svg(graph))
    tags = [each.tag.rpartition("}")[2] for each in root][:3]
    assert tags == ["title", "desc", "style"]
    assert root[1].text == told(graph)
    assert "S2" not in told(graph)


def test_a_changed_title_of_a_source_makes_a_picture_stale() -> None:
    graph = cited(small())
    assert not is_stale(to_svg(graph), graph)
    assert is_stale(to_svg(graph), replace(graph, sources=(("S1", "Something else."),)))


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_colour_has_a_twin_that_is_read_in_the_dark() -> None:
    svg = to_svg(cited(LIFE))
    assert ET.fromstring(svg).get("class") == PICTURE
    body = svg.partition("</style>")[2]
    used = set(re.findall(r'(?:fill|stroke)="([^"]+)"', body)) - {"none"}
    twins = dict(re.findall(r"\[fill='([^']+)'\]\{fill:([^}]+)\}", DARK))
    assert used <= set(twins)
    ground = twins["white"]
    grounds = [ground, *(twins[ending.fill] for ending in ENDINGS.values())]
    assert contrast(twins["#1a1a1a"], ground) > 7
    for look in LOOKS:
        assert contrast(twins[look.color], ground) > 4.5, look.color
    assert all(contrast(twins[name], each) > 4.5 for each in grounds for name in ("#1a1a1a", "#555555"))
    assert DARK.startswith("@media screen and (prefers-color-scheme:dark)")  # paper stays white


def test_actors_and_ends_differ_without_colours() -> None:
    assert len({(look.style, look.mark) for look in LOOKS}) == len(LOOKS)
    assert len({(ending.shape, ending.corners) for ending in ENDINGS.values()}) == len(ENDINGS)
    assert edges(cited(LIFE), "submit")
