"""`covage-model simulate`: its formats agree, its options do what they say, and wrong questions say what to type."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from covage_model.cli.main import main

ROOT = Path(__file__).parents[2]
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))
FREE = ("--without", "hands", "--without", "calendars")
ORDER = "terminate-copper"


def call(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(["simulate", *argv], out, err), out.getvalue(), err.getvalue()


def report(*argv: str) -> Any:
    code, out, err = call(*argv, "--format", "json")
    assert err == ""
    found = json.loads(out)
    REPORTS.validate(found)
    assert (code == 1) == bool(found["findings"])
    return found


def value(found: Any, section: str, name: str | None, figure: str, variant: str | None = None) -> Any:
    (row,) = (
        row
        for row in found["figures"]
        if (row["section"], row["name"], row["figure"]) == (section, name, figure)
        and (variant is None or row["variant"] == variant)
    )
    return row


def test_json_and_csv_have_the_same_figures() -> None:
    argv = (ORDER, *FREE, "--count", "300", "--exact", "--against", "premium", "--between", "submit..complete")
    found, (_, out, _) = report(*argv), call(*argv, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == len(found["figures"]) > 40
    for row, data in zip(rows, found["figures"], strict=True):
        assert (row["section"], row["variant"], row["name"]) == (
            data["section"],
            data["variant"] or "",
            data["name"] or "",
        )
        assert float(row["value"]) == pytest.approx(data["sampled"]["value"])
        assert row["exact_low"] == "" or float(row["exact_low"]) == pytest.approx(data["exact"]["low"])
        assert (row["difference"] == "") == (data["difference"] is None)
    assert {row["section"] for row in rows} == {"end", "between", "state", "trigger", "progress"}


def test_sampled_figures_hold_the_exact_ones() -> None:
    found = report(ORDER, *FREE, "--count", "20000", "--seed", "1", "--exact")
    assert found["path"] == "walk"
    share = value(found, "end", "completed", "share")
    assert share["sampled"]["low"] < share["exact"]["low"] == share["exact"]["high"] < share["sampled"]["high"]
    median = value(found, "end", None, "p50")
    assert median["exact"]["low"] < median["sampled"]["high"]
    assert median["sampled"]["low"] < median["exact"]["high"]
    steady = value(found, "progress", None, "mean")["exact"]
    mean = value(found, "end", None, "mean")["exact"]["low"]
    assert steady["low"] == pytest.approx(120 / 86_400 * mean)  # Little's law


def test_hands_and_calendars_make_orders_wait() -> None:
    found = report(ORDER, "--until", "40d", "--set", "actors.covage.hands=1", "--exact")
    assert (found["path"], found["crews"], found["until"]) == ("events", ["covage"], 40 * 86_400)
    assert "hands" in found["not_exact"][ORDER]
    assert value(found, "crew", "covage", "utilisation")["sampled"]["value"] > 0.9
    assert found["unfinished"] > 0
    idle = report(ORDER, "--until", "40d", "--without", "hands")
    assert (
        value(idle, "end", "completed", "share")["sampled"]["value"]
        > value(found, "end", "completed", "share")["sampled"]["value"]
    )


def test_what_if_is_measured_on_the_same_numbers() -> None:
    argv = ("activate-copper/create", *FREE, "--count", "2000")
    found = report(*argv, "--against", "premium")
    more = value(found, "end", "completed", "mean")["difference"]
    assert -1.5 * 86_400 < more["low"] < more["value"] < more["high"] < 0  # the first day is two days sooner
    nothing = report(*argv, "--against", "usual")
    assert value(nothing, "end", "completed", "mean")["difference"] == {"value": 0, "low": 0, "high": 0}


def test_requirements_decide_the_exit_code() -> None:
    argv = (ORDER, *FREE, "--count", "1000", "--between", "submit..complete")
    code, out, _ = call(
        *argv, "--require", "share(success) > 50 %", "--require", "median(submit..complete, terminate-copper) < 30 d"
    )
    assert code == 0
    assert out.count("\nmet: ") == 2
    found = report(*argv, "--require", "mean(lead_time, completed) <= 1 min", "--require", "share(completed) <= 0.8")
    assert [each["outcome"] for each in found["requirements"]] == ["missed", "not decided"]
    assert [each["code"] for each in found["findings"]] == ["CM541", "CM542"]
    assert found["requirements"][1]["orders_needed"] > 1000


def test_the_number_of_orders_is_doubled_until_it_is_precise() -> None:
    found = report(ORDER, *FREE, "--count", "100", "--until-precise", "0.2")
    mean = value(found, "end", None, "mean")["sampled"]
    assert (mean["high"] - mean["low"]) / 2 <= 0.2 * mean["value"]
    assert found["orders"] > 100
    assert found["orders"] % 100 == 0


def test_settings_and_layers_change_the_numbers() -> None:
    slow = report(
        ORDER,
        *FREE,
        "--count",
        "200",
        "--set",
        "transitions.complete.waits=9 d",
        "--set",
        "transitions.reject.weight=0",
    )
    assert value(slow, "end", None, "p50")["sampled"]["value"] > 9 * 86_400
    assert {row["name"] for row in slow["figures"] if row["section"] == "end"} == {"deleted", "completed", None}
    assert [each["given_as"] for each in slow["inputs"] if each["about"] == "complete waits"] == ["9 d"]


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (("--profile", "usaul"), "did you mean 'usual'?"),
        (("--set", "transitions.submit.waits.median=soon"), "a duration such as"),
        (("--set", "transitions.submti.weight=2"), "there is no transition 'submti'"),
        (("--set", "nothing"), "has no value"),
        (("--until", "soon"), "is no duration"),
        (("--until", "0d"), "is no duration"),
        (("--between", "submit"), "is no stretch"),
        (("--between", "submit..compleet"), "did you mean 'complete'?"),
        (("--require", "fast"), "is no requirement"),
        (("--require", "speed(lead_time) <= 1 d"), "no figure 'speed'"),
        (("--require", "share(completed) >= much"), "is no share"),
        (("--require", "share(terminate-copper) >= 0.5"), "a share needs an end"),
        (("--require", "mean(lead_time) <= 5"), "is no duration"),
        (("--require", "mean(lead) <= 5 d"), "use lead_time"),
        (("--require", "mean(lead_time, x) <= 5 d"), "no end, order or variant 'x'"),
        (("--until", "5d", "--until-precise", "0.01"), "leave out --until"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_wrong_question_says_what_to_type(argv: tuple[str, ...], expected: str) -> None:
    code, out, err = call(ORDER, *FREE, "--count", "10", *argv) if "--until" not in argv else call(ORDER, *FREE, *argv)
    assert (code, out) == (2, "")
    assert expected in err


def test_a_pack_without_a_profile_says_so(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("pack: p\nformat: 1\nactors: {us: Us}\n")
    (tmp_path / "life.yaml").write_text(
        "lifecycle: life\nstates: {a: {initial: true}, b: {final: done}}\ntransitions: {go: {by: us, from: a, to: b}}\n"
    )
    code, _, err = call("--pack", str(tmp_path))
    assert code == 2
    assert "the pack has no profile" in err
    (tmp_path / "profile.yaml").write_text("profile: mine\n")
    code, _, err = call("--pack", str(tmp_path), "life", "--until", "5d")
    assert "no `arrivals`: give --count" in err
    code, out, _ = call("--pack", str(tmp_path), "life", "--inputs")
    assert code == 0
    assert "mine: 10,000 orders" in out
    (tmp_path / "other.yaml").write_text("profile: other\n")
    assert "several profiles" in call("--pack", str(tmp_path), "life")[2]


def test_other_commands_do_not_import_numpy() -> None:
    text = (
        "import io, sys\nfrom covage_model.cli.main import main\n"
        "main(['check'], io.StringIO(), io.StringIO())\n"
        "main(['simulate', '--help'], io.StringIO(), io.StringIO())\n"
        "assert 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", text], check=True, env={"PYTHONPATH": str(ROOT / "src")})
