"""A lifecycle that no order follows and none includes is explored alone, under its own name."""

from __future__ import annotations

from pathlib import Path

import pytest

import covage_model
from covage_model.api import packs
from covage_model.behaviour.run import session as sessions
from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import StepOutcome
from covage_model.behaviour.verify.judge import PropertyOutcome
from covage_model.cli.main import main

PACK = "pack: small\nformat: 1\nlanguages: [en]\nactors: {a: Ann, b: Bob}\n"
ORDER = "order: life\nfollows: other\nstanding: inferred\nfields: {x: {type: string}}\n"
OTHER = """\
lifecycle: other
standing: inferred
states: {s: {initial: true}, t: {final: success}}
transitions: {go: {by: a, from: s, to: t}}
properties: {ends: {sometimes: {state: t}}}
"""
INCLUDES = """\
lifecycle: other
include: [life]
standing: inferred
properties: {ends: {sometimes: {state: t}}}
"""
LIFE = """\
lifecycle: life
standing: inferred
states: {s: {initial: true, editable: a}, mid: {}, t: {final: success}}
transitions:
  go: {by: a, from: s, to: t, guard: {document: t}}
  fall: {by: a, from: s, to: mid, guard: {order.x: q}}
  back: {by: b, from: mid, to: t}
properties:
  wrong: {never: {state: mid}}
  possible: {always_possible: {state: t}}
"""
DEAD = LIFE.replace("  back: {by: b, from: mid, to: t}\n", "")
GUARDED = LIFE.replace("properties:", "  jump: {by: a, from: s, to: t, guard: {variant: life}}\nproperties:")


def written(folder: Path, **files: str) -> str:
    folder.mkdir(exist_ok=True)
    for name, text in {"pack": PACK, **files}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(folder)


def codes(folder: str) -> list[str]:
    return [finding.code for finding in packs.load([folder]).findings if finding.severity.value == "error"]


def test_check_finds_its_dead_end(tmp_path: Path) -> None:
    assert codes(written(tmp_path, life=DEAD)) == ["CM303"]
    assert list(packs.load([written(tmp_path / "sound", life=LIFE)]).spaces) == ["life"]


def test_verify_finds_its_false_property_with_every_truth_of_its_document(tmp_path: Path) -> None:
    pack = covage_model.load_pack(written(tmp_path, life=LIFE))
    found = covage_model.verify_pack(pack)
    assert [(one.prop.name, one.outcome) for one in found.examined] == [
        ("wrong", PropertyOutcome.BROKEN),
        ("possible", PropertyOutcome.HOLDS),
    ]
    (finding,) = [one for one in found.findings if one.code == "CM508"]
    assert finding.arguments["order"] == "life"
    assert finding.arguments["trace"] == ["fall"]
    assert covage_model.verify_pack(pack, "life").findings == found.findings


@pytest.mark.parametrize("form", ["included", "followed"])
def test_what_others_include_or_orders_follow_is_not_explored_alone(tmp_path: Path, form: str) -> None:
    follows = "other" if form == "included" else "life"
    more = {"other": INCLUDES} if form == "included" else {}
    folder = written(tmp_path, life=LIFE, order=ORDER.replace("follows: other", f"follows: {follows}"), **more)
    assert packs.load([folder]).pack is not None
    assert covage_model.load_pack(folder).spec.unfollowed == ()


def test_its_variant_tests_never_hold_and_its_name_stays_unique(tmp_path: Path) -> None:
    pack = covage_model.load_pack(written(tmp_path, life=GUARDED, other=OTHER, order=ORDER))
    assert [variant.name for variant in pack.spec.unfollowed] == ["life (lifecycle)"]
    found = covage_model.verify_pack(pack)
    assert [(one.prop.name, one.outcome) for one in found.examined if one.lifecycle.name == "life"] == [
        ("wrong", PropertyOutcome.BROKEN),
        ("possible", PropertyOutcome.HOLDS),
    ]
    assert {finding.arguments["trigger"] for finding in found.findings if finding.code == "CM512"} == {"jump"}


def test_it_can_be_followed_step_by_step(tmp_path: Path) -> None:
    pack = covage_model.load_pack(written(tmp_path, life=LIFE))
    start = sessions.begin(pack.judge, "life")
    assert [step.outcome for step in start.attempts()] == [StepOutcome.UNDECIDED] * 2 + [StepOutcome.REFUSED]
    moved = sessions.fire(start, "fall", assuming=True)
    assert isinstance(moved, Session)
    assert moved.state == "mid"


def test_suites_and_coverage_name_it_for_they_show_nothing_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, record = written(tmp_path / "pack", life=LIFE), str(tmp_path / "record.json")
    assert main(["suites", "--pack", folder]) == 1
    out = capsys.readouterr().out
    assert "no order follows the lifecycle life" in out
    assert "0 runs for transitions; the pack has no order" in out
    assert main(["run", "--pack", folder, "--save-coverage", record]) == 1
    assert main(["coverage", record, "--pack", folder, "--brief"]) == 1
    assert "Does not count, for no order follows it: life" in capsys.readouterr().out
