"""What a scenario can expect. Everything that is written in a scenario is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from covage_model import load_pack, run_scenario
from covage_model.api import packs

PACK = "pack: small\nformat: 1\nlanguages: [en]\nactors: {a: Ann}\n"
ORDER = "order: thing\nfollows: life\nstanding: inferred\nfields: {x: {type: string}}\n"
LIFE = """\
lifecycle: life
standing: inferred
variables: {v: [0, 1], w: {when: {v: 1}}}
states: {s: {initial: true}, t: {final: success}, u: {final: lost}}
transitions:
  go: {by: a, from: s, to: t, set: {v: 1.0}, emits: [done]}
  lose: {by: a, from: s, to: u}
"""
EVENTS = "events: {done: {fields: {x: {type: string}}}}\nstanding: inferred\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"pack": PACK, "order": ORDER, "life": LIFE, "events": EVENTS}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("steps: [go]\nexpect: {state: t, final: success, v: 1, w: true, emitted: [done]}", []),
        ("steps: [go]\nexpect: {final: any, v: 1.0}", []),
        ("steps: [{expect: {final: null, v: 0}}, go]", []),
        ("steps: [go]\nexpect: {final: lost}", ["CM501 variable"]),
        ("steps: [{expect: {final: any}}]", ["CM501 variable"]),
        ("steps: [go]\nexpect: {final: null}", ["CM501 variable"]),
        ("steps: [go]\nexpect: {final: succes}", ["CM505 final"]),
        ("steps: [go]\nexpect: {final: 1}", ["CM505 final"]),
        ("steps: [go]\nexpect: {state: tt}", ["CM505 state"]),
        ("steps: [go]\nexpect: {finl: success}", ["CM505 expected"]),
        ("steps: [go]\nexpect: {v: true}", ["CM505 value"]),
        ("steps: [go]\nexpect: {v: 7}", ["CM505 value"]),
        ('steps: [{expect: {v: "0"}}]', ["CM505 value"]),
        ("steps: [{expect: {w: 1}}]", ["CM505 value"]),
        ("steps: [{expect: {v: 1}}]", ["CM501 variable"]),
        ("steps: [go]\nexpect: {emitted: [doen]}", ["CM505 event"]),
        ("steps: [go]\nexpect: {emitted: [done, done]}", ["CM501 emitted"]),
        ("steps: [go]\nexpect: {findings: []}", ["CM519 findings"]),
        ("steps: [go, {expect: {findings: []}}]", ["CM519 findings"]),
        ("steps: []", ["CM519 nothing"]),
        ("", ["CM519 nothing"]),
        ("expect: {state: s}", []),
    ],
)
def test_what_is_expected_of_a_run(folder: Path, steps: str, expected: list[str]) -> None:
    path = folder / "a.scenario.yaml"
    path.write_text(f"scenario: a\ngiven: {{order: thing}}\nstanding: inferred\n{steps}\n", encoding="utf-8")
    (played,) = run_scenario(load_pack(str(folder)), str(path))
    assert [f"{finding.code} {finding.form}" for finding in played.findings] == expected


@pytest.mark.parametrize(
    ("expect", "expected"),
    [
        ("expect: {findings: []}", []),
        ("", ["CM519 nothing"]),
        ("expect: {state: s}", ["CM519 no-run"]),
        ("expect: {emitted: [], findings: []}", ["CM519 no-run"]),
        ("expect: {fidings: 1}", ["CM519 no-run"]),
    ],
)
def test_what_is_expected_of_a_document(folder: Path, expect: str, expected: list[str]) -> None:
    (folder / "d.json").write_text('{"x": "y"}', encoding="utf-8")
    path = folder / "a.scenario.yaml"
    path.write_text(f"scenario: a\ngiven: {{document: d.json}}\nstanding: inferred\n{expect}\n", encoding="utf-8")
    (played,) = run_scenario(load_pack(str(folder)), str(path))
    assert [f"{finding.code} {finding.form}" for finding in played.findings] == expected


@pytest.mark.parametrize("values", ["[1, 1.0]", "[1.0, 1]", "[0, 1, -0.0]"])
def test_a_number_is_one_value_however_it_is_written(folder: Path, values: str) -> None:
    text = LIFE.replace("[0, 1]", values).replace(", set: {v: 1.0}", "").replace(", w: {when: {v: 1}}", "")
    (folder / "life.yaml").write_text(text, encoding="utf-8")
    findings = [f"{one.code} {one.form}" for one in packs.load([str(folder)]).findings]
    assert findings[0] == "CM201 value", findings
