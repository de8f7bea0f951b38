"""What a transition may say of its moves, from the YAML to every reading: who may make them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from covage_model.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
PAYMENT = ROOT / "tests" / "packs" / "payment"
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def told(capsys: pytest.CaptureFixture[str], *arguments: str, pack: Path = PAYMENT, code: int = 0) -> str:
    """What a command prints."""
    assert main([*arguments, "--pack", str(pack)]) == code
    return capsys.readouterr().out


def written(tmp_path: Path, lifecycle: str, **files: str) -> Path:
    """A pack of one lifecycle and an order."""
    folder = tmp_path / "pack"
    folder.mkdir(exist_ok=True)
    actors = "{asker: Asker, keeper: {fr: Gardien, en: Keeper}}"
    (folder / "pack.yaml").write_text(f"pack: small\nformat: 1\nlanguages: [fr, en]\nactors: {actors}\n")
    (folder / "order.yaml").write_text("order: thing\nstanding: inferred\nfollows: life\nmatch: {what: thing}\n")
    for name, text in {"life": lifecycle, **files}.items():
        (folder / f"{name}.yaml").write_text(text)
    return folder


TWO = """
lifecycle: life
standing: inferred
states: {a: {initial: true}, b: {final: success}}
transitions: {go: {by: [asker, keeper], from: a, to: b}, stay: {by: asker, from: a}}
properties:
  both: {only: {when: {state: a}, by: [keeper, asker]}}
  askers: {only: {when: {state: a}, by: [asker]}}
"""


def test_only_needs_all_of_a_list_of_actors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "verify", pack=written(tmp_path, TWO), code=1)
    assert "holds        both" in said
    assert "BROKEN       askers" in said
    assert "thing allows asker or keeper to fire go, after: nothing" in said
    assert "go by Asker or Keeper -> b" in said


def test_any_of_several_actors_is_drawn_and_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = written(tmp_path, TWO)
    assert "▲ Asker ou Gardien" in told(capsys, "draw", "life", "--format", "mermaid", "--lang", "fr", pack=pack)
    scenario = tmp_path / "s.yaml"
    scenario.write_text("scenario: s\ngiven: {order: thing}\nsteps: [stay, go]\nexpect: {state: b}\n")
    report = json.loads(told(capsys, "run", str(scenario), "--format", "json", pack=pack))
    REPORTS.validate(report)
    (played,) = report["scenarios"]
    assert [moment["actor"] for moment in played["trace"]] == [None, "asker", ["asker", "keeper"]]


@pytest.mark.parametrize(
    ("by", "finding"), [("[]", "CM107"), ("[asker, keper]", "did you mean 'keeper'"), ("7", "CM103")]
)
def test_a_list_of_actors_names_actors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], by: str, finding: str
) -> None:
    assert finding in told(capsys, "check", pack=written(tmp_path, TWO.replace("[asker, keeper]", by, 1)), code=1)
