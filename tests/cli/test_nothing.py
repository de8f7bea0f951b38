"""A command that found nothing to look at does not report success."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from covage_model.cli.main import main

RECORD = {"coverage": 1, "packs": [], "hits": {}}
LIFE = """\
lifecycle: life
states: {open: {initial: true}}
"""
ORDER = """\
order: note
follows: life
match: {kind: note}
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "record.json").write_text(json.dumps(RECORD))
    for name in ("empty", "still"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(f"pack: {name}\nformat: 1\nactors: {{clerk: Clerk}}\n")
    (tmp_path / "still" / "life.yaml").write_text(LIFE)
    (tmp_path / "still" / "order.yaml").write_text(ORDER)


def call(*argv: str) -> tuple[int, str]:
    printed = io.StringIO()
    code = main([*argv], printed, printed, io.BytesIO(b""))
    return code, printed.getvalue()


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("verify --pack empty", 1, "error CM515 nothing was verified: the pack has no order and no lifecycle"),
        ("run --pack empty", 1, "error CM412 no scenario was found in empty"),
        ("run --pack still", 1, "error CM412 no scenario was found in still"),
        ("coverage record.json --pack empty", 1, "error CM412 nothing can be covered: the pack empty has no order"),
        ("coverage record.json --pack empty --fail-under 0", 1, "nothing is covered, less than 0 %"),
        (
            "coverage record.json --pack still --kind rule --kind case --fail-under 100",
            1,
            "error CM412 nothing can be covered: the pack still has no rule, case",
        ),
        ("mutate --pack empty", 1, "error CM412 no mutant was tried: the pack empty has nothing that these operators"),
        ("mutate --pack empty --fail-under 0", 1, "0 mutants"),
        ("mutate --pack still --operators rule-drop", 1, "error CM412 no mutant was tried"),
        ("suites --pack empty", 1, "0 runs for transitions; the pack has no order"),
        ("generate --pack empty", 1, "error CM516 the pack empty has no order"),
        ("generate --defects --pack empty", 1, "error CM516 the pack empty has no order"),
        ("generate --defects --format json --pack empty", 1, '"form": "no-order"'),
        ("generate --suite --out made --pack empty", 1, "error CM516 the pack empty has no order"),
        ("sources --check --pack empty", 1, "error CM507 the sources of the pack empty have no statement"),
        ("draw --pack empty --out made --check", 2, "there is nothing to draw"),
        ("validate -", 4, "error CM001"),
        ("validate still", 1, "CM4"),
    ],
)
def test_nothing_is_no_success(command: str, code: int, message: str) -> None:
    found, printed = call(*command.split())
    assert message in printed
    assert found == code
    assert "100.0 %" not in printed
    assert not Path("made").exists()


def test_json_says_that_there_is_no_share() -> None:
    report = json.loads(call("coverage", "record.json", "--pack", "empty", "--format", "json")[1])
    assert report["total"] == {"covered": 0, "total": 0, "percent": None}


def test_a_score_of_no_mutant_that_counts_is_under_any() -> None:
    """The only mutant is refused by `check`: none is killed, and none survives."""
    Path("still", "life.yaml").write_text(
        "lifecycle: life\nstates: {open: {initial: true}, done: {final: success}}\n"
        "transitions: {close: {by: clerk, from: open, to: done}}\n"
    )
    Path("still", "s.yaml").write_text("scenario: it is open\ngiven: {order: note}\nexpect: {state: open}\n")
    asked = ("mutate", "--pack", "still", "--operators", "transition-drop")
    code, printed = call(*asked)
    assert (code, printed.splitlines()[-1]) == (0, "1 mutant: 1 refused by check")
    assert call(*asked, "--fail-under", "0")[0] == 1


@pytest.mark.parametrize(
    "argv", ["replay log --fail-under nan", "fit log --holdout nan", "simulate --until-precise nan"]
)
def test_a_gate_that_no_number_can_pass_or_fail_is_refused(argv: str) -> None:
    code, printed = call(*argv.split())
    assert code == 2
    assert "nan is not in the range" in printed


def test_an_encoding_that_encodes_nothing_is_refused() -> None:
    code, printed = call("validate", "a.csv", "--encoding", "undefined")
    assert code == 2
    assert "no encoding is called 'undefined'" in printed
