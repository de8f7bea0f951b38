"""The rules that nobody could check are told once for a run, in each format, and clean orders have nothing of them."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from covage_model.api import judge, orders, workspace
from covage_model.cli.main import main
from covage_model.ground.codes import message

BASE = str(Path(__file__).resolve().parents[1] / "golden" / "base")
GOOD = {"kind": "parcel", "tariff": "P1", "speed": "economy", "address": {"street": "Rue Haute"}, "weight": 2}
ORDERS = [GOOD, {**GOOD, "depot": "d1"}, {**GOOD, "depot": "d2", "colour": 1}, {**GOOD, "depot": "d3"}]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines(*ORDERS)


def lines(*documents: object) -> None:
    Path("orders.ndjson").write_text("".join(json.dumps(each) + "\n" for each in documents), encoding="utf-8")


def validate(*argv: str) -> tuple[int, str]:
    out = io.StringIO()
    return main(["validate", "--pack", BASE, "orders.ndjson", *argv], out, io.StringIO()), out.getvalue()


def report(*argv: str) -> Any:
    return json.loads(validate("--format", "json", *argv)[1])


@pytest.mark.parametrize("few", [0, 32])  # documents before the compiled judge is asked
def test_a_rule_is_one_finding_with_the_number_of_orders(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "FEW", few)
    whole = report()
    codes = [[each["code"] for each in one["findings"]] for one in whole["documents"]]
    assert codes == [[], [], ["CM406"], []]
    (rule,) = whole["not_checked"]
    assert rule["arguments"] == {"rule": "depot-is-known", "path": "depot", "orders": 3}
    assert rule["message"] == "the rule depot-is-known was not checked for 3 orders: no account was given"
    assert rule["hint"] == "give it as --account FILE"
    assert (rule["location"]["file"], rule["location"]["line"]) == ("orders.ndjson", 2)
    assert whole["totals"] == {"error": 1, "warning": 0, "not-checked": 1, "note": 0}
    lines(*ORDERS[:2], ORDERS[3], ORDERS[1])  # clean: nobody lists them one by one
    assert "was not checked for 3 orders" in validate("--format", "concise")[1]


def test_each_format_tells_it_once() -> None:
    assert len([line for line in validate("--format", "ndjson")[1].splitlines() if "CM408" in line]) == 1
    assert validate("--format", "text")[1].count("CM408") == 1
    rows = list(csv.reader(io.StringIO(validate("--format", "csv")[1])))
    assert [row[:2] for row in rows[1:]] == [["error", "CM406"], ["not-checked", "CM408"]]
    results = json.loads(validate("--format", "sarif")[1])["runs"][0]["results"]
    assert [(one["ruleId"], one.get("kind")) for one in results] == [("CM406", None), ("CM408", "open")]
    assert validate("--format", "github")[1].count("title=CM408") == 1
    suites = ET.fromstring(validate("--format", "junit")[1])
    names = {suite.get("name"): [case.get("name") for case in suite] for suite in suites}
    assert names["rule not checked"] == ["depot-is-known"]
    assert [suite.get("skipped") for suite in suites] == ["0", "1"]
    assert [len(list(case)) for case in suites[0]] == [0, 0, 1, 0]  # the orders pass, but for the wrong one


def test_it_fails_where_that_is_asked_for() -> None:
    lines(*ORDERS[:2])
    assert [validate(*argv)[0] for argv in ([], ["--strict"], ["--fail-on", "unchecked"])] == [0, 1, 1]
    assert report("--strict")["exit_code"] == 1
    lines(GOOD)
    assert validate("--strict")[0] == 0
    assert report()["not_checked"] == []


def test_no_baseline_and_no_suppression_knows_it() -> None:
    listed = '[[suppress]]\nrule = "depot-is-known"\nreason = "no account here"\nuntil = 9999-01-01\n'
    Path("known.toml").write_text(listed, encoding="utf-8")
    known = ("--baseline", "base.json", "--suppressions", "known.toml")
    assert validate(*known, "--update-baseline")[0] == 0
    assert [one["code"] for one in json.loads(Path("base.json").read_text(encoding="utf-8"))["findings"]] == ["CM406"]
    whole = report(*known, "--strict")
    assert (whole["exit_code"], len(whole["not_checked"]), whole["baseline"]["known"]) == (1, 1, 1)
    assert validate(*known)[0] == 0


def test_of_a_limited_list_it_is_counted() -> None:
    lines(*ORDERS[:2])
    whole = report("--max-findings", "0")
    assert (whole["not_checked"], whole["totals"]["not-checked"], whole["findings_left_out"]) == ([], 1, 1)


def test_a_strict_quarantine_takes_such_orders_for_bad() -> None:
    validate("--strict", "--quarantine", "q")
    assert Path("q/good/orders.ndjson").read_text(encoding="utf-8").splitlines() == [json.dumps(GOOD)]
    kept = [json.loads(line)["code"] for line in Path("q/findings.ndjson").read_text(encoding="utf-8").splitlines()]
    assert kept == ["CM406", "CM408"]


def test_the_verdict_on_one_order_still_says_it() -> None:
    pack = workspace.load_pack(BASE)
    (finding,) = judge.judge(pack, ORDERS[1]).findings
    assert message(finding) == "the rule depot-is-known was not checked: no account was given"
    (read,) = [one for one in judge.judge_files(pack, ["orders.ndjson"]) if one.document.first_line == 2]
    assert [one.code for one in read.findings] == ["CM408"]
