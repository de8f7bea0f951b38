"""Diagrams painted with a simulation: one layout for all, the right numbers on the right states, and a legend."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from covage_model import CannotPaint, NoSuchDiagram, draw_lifecycle, draw_simulation, load_pack, simulate_pack
from covage_model.api import painted
from covage_model.behaviour.population.simulation import Simulation
from covage_model.cli.main import main

ORDER = "terminate-copper"


def life(hands: str, **given: object) -> Simulation:
    settings = {"actors.covage.hands": hands}
    return simulate_pack(load_pack(), ORDER, count=300, settings=settings, stays=True, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def slow() -> Simulation:
    return life("1")


def places(svg: str) -> list[str]:
    """Where the shapes and words of a picture are, without what is painted on it."""
    body = svg.split('<g class="amounts"')[0]
    shapes = re.findall(r'<(?:path|polygon|ellipse|polyline)[^>]* (?:d|points|cx)="[^"]+"', body)
    return [re.search(r' (?:d|points|cx)="[^"]+"', shape)[0] for shape in shapes] + re.findall(
        r">([^<>]+)</text>", body
    )  # type: ignore[index]


def plates(svg: str) -> list[str]:
    amounts = svg.split('<g class="amounts"')[1].split('<g class="scale"')[0]
    return re.findall(r">([^<>]+)</text>", amounts)


def test_all_pictures_of_a_lifecycle_have_one_layout(slow: Simulation) -> None:
    pack = load_pack()
    plain = places(str(draw_lifecycle(pack, ORDER)))
    assert len(plain) > 40
    for found, paint in ((slow, "time"), (slow, "visits"), (life("9"), "time")):
        assert places(str(draw_simulation(pack, found, ORDER, paint))) == plain, paint


def test_the_numbers_are_those_of_the_simulation(slow: Simulation) -> None:
    pack = load_pack()
    of = {(row.section, row.name, row.figure): row.sampled for row in slow.rows if row.sampled is not None}
    (subject,) = painted.painted_subjects(pack, slow)
    visits = painted.paint_of(slow, subject, "visits", "en")
    for state, mark in visits.states.items():
        assert mark.amount == pytest.approx(of["state", state, "entries"].value)
    by_trigger: dict[str, float] = {}
    for move, mark in visits.moves.items():
        by_trigger[move.trigger or "edit"] = by_trigger.get(move.trigger or "edit", 0) + (mark.amount or 0)
    for trigger, amount in by_trigger.items():
        assert amount == pytest.approx(of["trigger", trigger, "happened"].value)
    for paint, figure in (("time", "time"), ("waiting", "waiting")):
        for state, mark in painted.paint_of(slow, subject, paint, "en").states.items():
            assert mark.amount == pytest.approx(of["state", state, figure].value)
    assert f"{of['state', 'submitted', 'entries'].value:.2f}" in plates(str(draw_simulation(pack, slow, ORDER)))


def test_p95_is_of_the_stays(slow: Simulation) -> None:
    """A state that is left for one reason, after a fixed time."""
    found = simulate_pack(
        load_pack(),
        ORDER,
        count=100,
        without=["hands", "calendars"],
        stays=True,
        settings={"transitions.acknowledge.works": "2 h", "transitions.reject.weight": "0"},
    )
    (subject,) = painted.painted_subjects(load_pack(), found)
    stays = painted.paint_of(found, subject, "p95", "en").states
    assert stays["submitted"].amount == pytest.approx(2 * 3_600, rel=0.002)
    assert "completed" not in stays


def test_a_difference_says_which_way(slow: Simulation) -> None:
    pack = load_pack()
    same = str(draw_simulation(pack, life("12", against=["usual"]), ORDER, "time"))
    assert plates(same) == []
    assert same.split('<g class="scale"')[1].count("<rect") == 1  # nothing differs: one colour
    svg = str(draw_simulation(pack, life("1", against=["usual"]), ORDER, "time"))
    assert "stroke-dasharray" in svg.split('<g class="amounts"')[1]
    assert all(each[0] in "+−" for each in plates(svg))
    assert "how much more with usual" in svg
    assert "ce que usual ajoute" in str(
        draw_simulation(pack, life("1", against=["usual"]), ORDER, "time", language="fr")
    )


def test_other_formats_say_the_numbers_too(slow: Simulation) -> None:
    assert re.search(r"\d d", str(draw_simulation(load_pack(), slow, ORDER, "time", form="mermaid")))


def test_what_cannot_be_painted_says_why(slow: Simulation) -> None:
    free = simulate_pack(load_pack(), ORDER, count=20, without=["hands", "calendars"])
    with pytest.raises(CannotPaint, match="no hands"):
        draw_simulation(load_pack(), free, ORDER, "waiting")
    with pytest.raises(CannotPaint, match="stays=True"):
        draw_simulation(load_pack(), free, ORDER, "p95")
    with pytest.raises(NoSuchDiagram, match="activate"):
        draw_simulation(load_pack(), slow, "activate-copper")


def test_the_command_paints_into_files_and_folders(tmp_path: Path) -> None:
    def call(*argv: str) -> tuple[int, str]:
        out, err = io.StringIO(), io.StringIO()
        return main(["simulate", "--count", "50", *argv], out, err), err.getvalue()

    file, folder = tmp_path / "time.svg", tmp_path / "all"
    assert call(ORDER, "--paint", f"time={file}", "--paint", f"p95={tmp_path / 'p95.mmd'}") == (0, "")
    assert "<svg" in file.read_text(encoding="utf-8")
    assert call(ORDER, "activate-copper/create", "--paint", f"visits={folder}") == (0, "")
    assert sorted(each.name for each in folder.iterdir()) == ["activate-copper.create.svg", "terminate-copper.svg"]
    for wrong, told in (("speed=x.svg", "visits, time"), ("time=x.doc", "svg"), ("time", "PATH")):
        code, err = call(ORDER, "--paint", wrong)
        assert code == 2
        assert told in err
    code, err = call(ORDER, "--without", "hands", "--without", "calendars", "--paint", f"waiting={file}")
    assert (code, "nobody waits" in err) == (2, True)
