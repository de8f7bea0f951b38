"""Lives from elsewhere, from their public descriptions: the jugs of TLA+, the oven of SCXML, a task of FHIR."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from oracle import explorer

from covage_model import load_pack
from covage_model.behaviour.space.explore import StateSpace, explore
from covage_model.cli.main import main
from covage_model.ground.files import read
from covage_model.ground.files.node import plain

PACKS = Path(__file__).resolve().parents[1] / "packs"
LIVES = {  # the files of a lifecycle and of an order by pack, and the variant
    "jugs": ("water", "order", "jugs"),
    "microwave": ("oven", "order", "oven"),
    "task": ("task", "order", "task"),
    "session": ("line", "lines", "line"),
}


@pytest.fixture(autouse=True)
def _apart(monkeypatch, tmp_path_factory):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def call(*argv: str) -> tuple[int, str]:
    out = io.StringIO()
    return main(argv, out, out), out.getvalue()


def table(name: str) -> StateSpace:
    pack = load_pack(str(PACKS / name)).spec
    return explore(pack.lifecycles[0], pack.variants[0])


def data(name: str, file: str) -> dict:
    node, findings = read.read_spec((PACKS / name / f"{file}.yaml").read_bytes(), file)
    assert (node is not None, findings) == (True, ())
    return plain(node)


@pytest.mark.parametrize("name", LIVES)
def test_they_have_no_finding_and_equal_the_second_explorer(name):
    assert call("check", str(PACKS / name))[0] == 0
    life, order, variant = LIVES[name]
    lifecycle = data(name, life)
    expected = explorer.explore({lifecycle["lifecycle"]: lifecycle}, data(name, order), None)
    pack = load_pack(PACKS / name).spec
    space = explore(pack.lifecycle(lifecycle["lifecycle"]), pack.variant(variant))
    assert len(space) == len(expected.configurations)
    assert space.count_moves == len(expected.moves)
    assert space.variant.name == variant


def test_the_jugs_have_the_published_states_and_four_gallons_in_six_moves():
    assert len(table("jugs")) == 16
    code, out = call("verify", "--pack", str(PACKS / "jugs"))
    assert code == 1
    assert "after: fill-big, big-to-small, empty-small, big-to-small, fill-big, big-to-small\n" in out


def test_the_oven_counts_up_to_the_time_that_was_chosen():
    space = table("microwave")
    timers = {dict(space.configuration(number).variables)["timer"] for number in range(len(space))}
    assert timers == {0, 1, 2, 3, 4, 5}
    assert call("verify", "--pack", str(PACKS / "microwave"))[0] == 0


def test_a_task_shows_the_twelve_statuses_and_goes_on_where_it_was_held():
    space = table("task")
    assert len(space.lifecycle.statuses) == 12
    held = [dict(space.configuration(n).variables) for n in range(len(space)) if space.state(n) == "on-hold"]
    assert [here["history of active"] for here in held] == [None, "active.in-progress"]


def test_readings_go_back_to_the_step_that_was_left(tmp_path):
    pack = str(PACKS / "task")
    scenario = tmp_path / "held.scenario.yaml"
    scenario.write_text(
        "scenario: held while in progress\ngiven: {order: task}\n"
        "steps: [request, accept, prepare, start, hold, resume, {expect: {state: active.in-progress}}, complete]\n"
        "expect: {state: completed, emitted: [begun, at-rest, begun, at-rest]}\n"
    )
    code, out = call("run", "--pack", pack, str(scenario))
    assert code == 0, out
    picture = call("draw", "--pack", pack, "--format", "mermaid", "task")[1]
    assert "--> h_s_active" in picture
    assert "the step left last" in picture
    assert "on entry" in picture
    code, out = call("suites", "--pack", pack, "--out", str(tmp_path / "suite"))
    assert code == 0, out
    assert call("run", "--pack", pack, *map(str, sorted((tmp_path / "suite").rglob("*.yaml"))))[0] == 0
    code, out = call(
        "mutate", "--pack", pack, "--corpus", str(tmp_path / "suite"), "--operators", "history-drop,event-drop"
    )
    assert "3 mutants: 3 killed" in out


def test_why_reads_a_range_and_a_history(tmp_path):
    code, out = call("why", "--pack", str(PACKS / "task"), "--order", "task", "complete")
    assert "request" in out
    assert "start" in out
    code, out = call("why", "--pack", str(PACKS / "microwave"), "--order", "oven", "done", "--after", "turn-on,start")
    assert out.count("tick") >= 5
