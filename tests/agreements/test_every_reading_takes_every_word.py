"""Random packs with every word of lifecycles are read by what checks, draws, describes, mutates and counts them."""

from __future__ import annotations

import pytest
from agreement import Record
from effort import examples
from oracle.seeded import drawn
from seeded_packs import compiled, pack_of

from covage_model.behaviour.draw.dot import to_dot
from covage_model.behaviour.draw.explored import MOST, MOST_MOVES, explored
from covage_model.behaviour.draw.extract import graph_of
from covage_model.behaviour.draw.graph import Box, Graph, places
from covage_model.behaviour.draw.mermaid import to_mermaid
from covage_model.behaviour.draw.telling import told
from covage_model.behaviour.draw.transitions import transition_rows
from covage_model.behaviour.draw.view import PARTS, DiagramView
from covage_model.behaviour.draw.views import seen
from covage_model.behaviour.space.explore import explore
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.checks.check import check
from covage_model.quality.coverage.items import items_of
from covage_model.quality.mutants import operators
from covage_model.report import finding
from covage_model.report.names import pack_names

LIFECYCLES = 24  # twenty times as many in the long profile
LIFE = {
    "lifecycle": "life",
    "status": "status",
    "requests": "a",
    "states": {"a": {"initial": True}, "b": {}, "c": {"final": "good"}},
    "variables": {"v": {"min": 0, "max": 2}, "w": {"min": 0, "max": 1}},
    "transitions": {
        "go": {"by": "asker", "from": "a", "to": "b", "set": {"v": 1}},
        "stop": {"by": "asker", "from": "b", "to": "c"},
    },
}


def views_of(graph: Graph) -> list[Graph]:
    """The overview; each state in the middle; each box closed; the bare texts."""
    known = [place for place in places(graph) if place.name]
    asked = [DiagramView("LR", overview=True), DiagramView(without=PARTS)]
    asked += [DiagramView(focus=place.name) for place in known]
    asked += [DiagramView(collapse=(place.name,)) for place in known if isinstance(place, Box)]
    return [seen(graph, view) for view in asked]


def read(pack: SpecPack, language: str) -> int:
    """Reads a pack in every way that needs no document; the number of texts that came of it."""
    texts = [finding.sentence(each, language) for each in check(pack).findings]
    life = pack.lifecycles[0]
    names = pack_names(pack, life, language)
    for variant in pack.variants:
        space = explore(life, variant)
        graph = graph_of(life, language=language, actors={}, space=space)
        viewed = [graph, *views_of(graph)]
        if space.complete and len(space) <= MOST and space.count_moves <= MOST_MOVES:
            viewed.append(explored(space, language=language, actors={}))
        for each in viewed:
            drawn_places = {place.id for place in places(each)}
            assert {end for edge in each.edges for end in (edge.source, edge.target)} <= drawn_places
            assert each.initial in {"", *drawn_places}
        texts += [
            *(write(each) for each in viewed for write in (to_mermaid, to_dot, told)),
            *(names.condition(row.guard) for row in transition_rows(life, space)),
        ]
    texts += [names.condition(condition) for prop in life.properties for condition in prop.conditions]
    texts += [operators.sentence(mutant, language) for mutant in operators.mutants(pack)]
    assert all(texts)
    return len(texts) + len(items_of(pack).items)


def test_what_is_drawn_at_random_is_read(record: Record) -> None:
    counts = {"packs": examples(LIFECYCLES), "texts": 0}
    for seed in range(examples(LIFECYCLES)):
        counts["texts"] += read(pack_of(drawn(f"read {seed}")), "fr" if seed % 2 else "en")
    record("packs with every word, read in every way", counts)
    assert counts["texts"] > 50 * counts["packs"]


@pytest.mark.parametrize(
    "transition",
    [
        {"from": "a", "to": {"history": "b"}},  # a state without steps: it has no other place to go back to
        {
            "from": "a",
            "to": "b",
            "guard": {"v": {"min": {"at": "w"}}, "w": {"above": 0}},
        },  # compared, and joined by and
    ],
)
def test_what_once_ended_a_command(transition: dict[str, object]) -> None:
    sample = drawn("any")
    life = {**LIFE, "transitions": {**LIFE["transitions"], "do": {"by": "keeper", **transition}}}  # type: ignore[dict-item]  # JSON
    files = {name: data for name, data in sample.files.items() if name != "lifecycle.yaml"}
    order = {"order": "thing", "follows": "life", "match": {"request": "thing"}, "fields": {"status": "string"}}
    assert read(compiled({**files, "order.yaml": order, "lifecycle.yaml": life}), "en")
