"""`covage-model simulate`: its formats agree, its options do what they say, and wrong questions say what to type."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from covage_model import load_pack
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
        sampled = data["sampled"] and data["sampled"]["value"]
        assert (float(row["value"]) if row["value"] else None) == pytest.approx(sampled)
        assert row["exact_low"] == "" or float(row["exact_low"]) == pytest.approx(data["exact"]["low"])
        assert (row["difference"] == "") == (data["difference"] is None)
    assert {row["section"] for row in rows} == {"end", "between", "state", "stay", "trigger", "progress"}


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


@pytest.mark.parametrize("more", [(), FREE], ids=["hands", "free"])
def test_so_many_orders_as_it_is_told_give_an_interval(more: tuple[str, ...]) -> None:
    asked = ("--require", "p90(submit..completed) <= 1 min")
    few = report(ORDER, *more, "--count", "60", *asked)
    (requirement,), (finding,) = few["requirements"], few["findings"]
    assert requirement["sampled"]["low"] is None
    assert f"{requirement['orders_needed']:,} orders would give an interval" in finding["hint"]
    many = report(ORDER, *more, "--count", str(requirement["orders_needed"]), *asked)["requirements"][0]
    assert many["sampled"]["low"] is not None
    assert many["outcome"] == "missed"


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
    assert [each["given_as"] for each in slow["inputs"] if each["about"] == "transitions.complete.waits"] == ["9 d"]
    assert slow["settings"] == {"transitions.complete.waits": "9 d", "transitions.reject.weight": "0"}


def test_how_long_a_stay_lasts_is_counted_for_json_and_hands_have_an_interval() -> None:
    found = report(ORDER, "--count", "300")
    stays = [row for row in found["figures"] if row["section"] == "stay" and row["name"] == "draft"]
    assert [row["figure"] for row in stays] == ["mean", "p50", "p90", "p95", "p99"]
    lasts = [row["sampled"]["value"] for row in stays]
    assert lasts[1:] == sorted(lasts[1:])
    assert lasts[0] == pytest.approx(
        value(found, "state", "draft", "time")["sampled"]["value"], rel=1e-9
    )  # entered once
    used = value(found, "crew", "covage", "utilisation")["sampled"]
    assert 0 <= used["low"] < used["value"] < used["high"] <= 1


def test_the_variants_of_an_order_are_told_together_too() -> None:
    found = report(ORDER, "activate-copper/activate", "activate-copper/create", *FREE, "--count", "300")
    lives = {row["variant"]: row["sampled"]["value"] for row in found["figures"] if row["figure"] == "mean" and row["section"] == "end" and not row["name"]}  # fmt: skip
    of = found["orders_by_variant"]
    both = ["activate-copper/activate", "activate-copper/create"]
    assert set(lives) == {ORDER, *both, "activate-copper", None}
    mean = sum(of[name] * lives[name] for name in both) / sum(of[name] for name in both)
    assert lives["activate-copper"] == pytest.approx(mean)
    alone = report(*both, *FREE, "--count", "20")
    assert {row["variant"] for row in alone["figures"] if row["section"] == "end"} == {*both, None}


def test_the_time_that_remains_is_exact() -> None:
    found = report(ORDER, *FREE, "--count", "20", "--exact")
    left = {row["name"]: row for row in found["figures"] if row["figure"] == "remaining"}
    assert "completed" not in left
    assert left["draft"]["sampled"] is None
    assert left["running.sent"]["exact"]["low"] > left["running.workflow"]["exact"]["low"] > 0


def test_a_change_is_told_and_the_other_profile_is_compared_with_it() -> None:
    argv = (ORDER, *FREE, "--count", "200", "--set", "transitions.complete.waits=9 d", "--against", "usual")
    found = report(*argv)
    more = value(found, "end", "completed", "mean")["difference"]
    assert more["high"] < -8 * 86_400  # the usual profile takes less time than the change
    assert (found["against"], found["difference"]) == ("usual", "against - profile with settings")
    _, out, _ = call(*argv)
    assert "\nchanged in the profile: transitions.complete.waits = 9 d\n" in out
    assert "\ndifferences are usual minus usual with --set: + is more with usual\n" in out
    assert re.search(r"difference .* −[89]\.?\d* d \[−", out)
    _, page, _ = call(*argv, "--format", "html")
    assert "transitions.complete.waits = 9 d. Dashed: Usual durations (assumed)." in page
    assert "How much longer orders take with Usual durations (assumed) than with Usual durations (assumed), tr" in page
    assert "and the difference (Usual durations (assumed) minus Usual durations (assumed), transitions.comp" in page
    assert "<code>--set transitions.complete.waits</code>" in page


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (("--profile", "usaul"), "did you mean 'usual'?"),
        (("--set", "transitions.submit.waits.median=soon"), "a duration such as"),
        (("--set", "transitions.submti.weight=2"), "there is no transition 'submti'"),
        (("--set", "nothing"), "has no value"),
        (("--count", "9" * 20), "at most 1,000,000,000 are simulated"),
        (("--until", "soon"), "is no duration"),
        (("--until", "0d"), "is no duration"),
        (("--between", "submit"), "is no stretch"),
        (("--between", "submit..compleet"), "did you mean 'complete'?"),
        (("--require", "fast"), "is no requirement"),
        (("--require", "speed(lead_time) <= 1 d"), "no figure 'speed'"),
        (("--require", "share(completed) >= much"), "is no share"),
        (("--require", "share(completed) >= nan"), "is no share"),
        (("--require", "share(completed) >= 1e400"), "is no share"),
        (("--require", "share(completed) >= 2"), "is no share"),
        (("--require", "share(terminate-copper) >= 0.5"), "a share needs an end"),
        (("--require", "mean(lead_time) <= 5"), "is no duration"),
        (("--require", "mean(lead) <= 5 d"), "use lead_time"),
        (("--require", "mean(lead_time, x) <= 5 d"), "no end, order or variant 'x'"),
        (("--until", "5d", "--until-precise", "0.01"), "remove one of them"),
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


# --- events


def events(path: Path, *argv: str) -> tuple[Any, list[dict[str, Any]]]:
    found = report(*argv, "--events", f"ndjson={path}")
    return found, [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("more", [(), FREE], ids=["hands", "free"])
def test_events_are_those_that_the_lives_emit_in_the_order_of_time(tmp_path: Path, more: tuple[str, ...]) -> None:
    argv = ("terminate-copper", "activate-fiber/create", "--count", "200", "--seed", "3", *more)
    found, log = events(tmp_path / "log.ndjson", *argv)
    assert {**found, "path": ""} == {**report(*argv), "path": ""}  # the lives are the same as without a log
    assert [event["event_date"] for event in log] == sorted(event["event_date"] for event in log)
    assert len({event["event_uuid"] for event in log}) == len(log) > 500
    by_type = Counter(event["type"] for event in log)
    for trigger, kind in (("submit", "order-submitted"), ("complete", "order-completed"), ("reject", "order-rejected")):
        assert by_type[kind] == round(200 * value(found, "trigger", trigger, "happened")["sampled"]["value"])
    assert by_type["service-activated"] + by_type["service-terminated"] == by_type["order-completed"]
    lives: dict[str, list[str]] = {}
    for event in log:
        assert event["object_type"] == event["type"].partition("-")[0]
        lives.setdefault(event["object_uuid"], []).append(event["type"].partition("-")[2])
    whole = ["submitted", "acknowledged", "running", "completed"]
    for life in lives.values():
        assert life in (["activated"], ["terminated"], whole) or (
            life[-1] == "rejected" and life[:-1] == whole[: len(life) - 1]
        )


def test_events_fit_their_definitions(tmp_path: Path) -> None:
    """Each event, judged as an account would be by the type of that name."""
    from dataclasses import replace

    from covage_model.documents.judge.verdict import judge_of

    pack = load_pack()
    _, log = events(tmp_path / "log.ndjson", "terminate-copper", "--count", "60")
    assert len({event["type"] for event in log}) == 6
    for named in pack.spec.events:
        judge = judge_of(replace(pack.spec, types=(*pack.spec.types, named), account=named.name))
        for event in log:
            assert (not judge.account(event, "event").findings) == (event["type"] == named.name)


def test_a_log_needs_a_format_and_says_so(tmp_path: Path) -> None:
    assert "as in ndjson=events.ndjson" in call(ORDER, "--events", "yaml=x")[2]
    assert "as in ndjson=events.ndjson" in call(ORDER, "--events", "xes")[2]
    assert (
        "--events means nothing with --until-precise"
        in call(ORDER, *FREE, "--events", f"ndjson={tmp_path / 'x'}", "--until-precise", "0.1")[2]
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_lives_outside_of_the_calendar_are_refused(day: str) -> None:
    code, _, err = call(ORDER, "--count", "30", "--set", f"time.starts={day}")
    assert code == 2
    assert "set time.starts" in err


def test_a_profile_without_a_log_has_plain_events(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("pack: p\nformat: 1\nactors: {us: Us}\n")
    (tmp_path / "life.yaml").write_text(
        "lifecycle: life\nstates: {a: {initial: true}, b: {final: done}}\n"
        "transitions: {go: {by: us, from: a, to: b, emits: [gone, noted]}}\n"
    )
    (tmp_path / "events.yaml").write_text("events: {gone: {type: object}, noted: {type: object}}\n")
    (tmp_path / "profile.yaml").write_text(
        'profile: mine\ntime: {starts: "2026-02-01"}\ntransitions: {go: {waits: 90 min}}\n'
    )
    _, log = events(tmp_path / "log.ndjson", "--pack", str(tmp_path), "life", "--count", "1")
    assert [event["event"] for event in log] == ["gone", "noted"]
    assert {(event["variant"], event["state"], event["time"]) for event in log} == {
        ("life", "b", "2026-02-01T01:30:00Z")
    }
    assert log[0]["order"] == log[1]["order"]


def test_documents_at_the_start_are_those_of_real_orders(tmp_path: Path) -> None:
    """Three of four documents lack what the status after the draft asks: that share of orders has to be edited."""
    good = (ROOT / "specs" / "covage" / "examples" / "valid" / "terminate-minimal.json").read_text(encoding="utf-8")
    bad = json.dumps({key: value for key, value in json.loads(good).items() if key != "service_ref"})
    file = tmp_path / "orders.ndjson"
    file.write_text("\n".join([json.dumps(json.loads(good)), bad, bad, bad]) + "\n", encoding="utf-8")
    ready = "documents.start=1"
    alone = report(ORDER, *FREE, "--count", "4000", "--set", ready)
    found = report(ORDER, *FREE, "--count", "4000", "--set", ready, "--orders", str(file))
    assert found["beginnings"] == {"orders": 4, "documents": 4}
    # of the moves from a draft, a submission is refused where the document is not ready
    refused = [value(each, "trigger", "submit", "refused")["sampled"]["value"] for each in (alone, found)]
    assert refused[0] < 0.1 < 0.75 < refused[1]
    code, _, err = call("activate-copper/create", *FREE, "--orders", str(file))
    assert (code, "none is an order that is simulated" in err) == (2, True)
    code, _, err = call(ORDER, *FREE, "--orders", str(tmp_path / "none.json"))
    assert (code, "cannot be read" in err) == (2, True)
