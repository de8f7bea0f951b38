"""The log of many orders: what is printed in full, what is only counted, and the sums at the end."""

from __future__ import annotations

import csv
import io
import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from covage_model.cli.main import main
from covage_model.ground.processes.interruption import Interruptible
from covage_model.report.subjects import finding_log

LIBRARY = str(Path(__file__).resolve().parents[1] / "packs" / "library")
BASE = str(Path(__file__).resolve().parents[1] / "golden" / "base")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def validate(*argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(["validate", "--pack", BASE, *argv], out, err, io.BytesIO(stdin)), out.getvalue(), err.getvalue()


def parcels(*orders: object, name: str = "orders.ndjson") -> str:
    Path(name).write_text("".join(json.dumps(order) + "\n" for order in orders))
    return name


GOOD = {"kind": "parcel", "tariff": "P1", "speed": "economy", "address": {"street": "Rue Haute"}, "weight": 2}


def test_the_same_message_is_printed_three_times_and_then_counted() -> None:
    code, out, _ = validate(parcels(*[GOOD, {**GOOD, "weight": "much"}] * 10))
    assert code == 1
    lines = out.splitlines()
    told = [line for line in lines if ": error CM404 'much'" in line]
    assert [line.split(":")[1] for line in told] == ["2", "4", "6", "8"]
    more = lines[lines.index(told[3]) + 1]
    assert more.startswith("    6 more like it in this run, first at orders.ndjson:10:")
    assert more.endswith(", …")
    assert "    CM404  wrong value  10" in lines
    assert lines[-1].startswith("20 documents, 10 clean: 10 errors")


def test_a_kind_of_finding_is_printed_at_most_twenty_times() -> None:
    out = validate(parcels(*({**GOOD, "weight": f"w{number}"} for number in range(30))))[1]
    assert sum(line.startswith("orders.ndjson:") for line in out.splitlines()) == finding_log.LIKE + 1
    assert "    9 more like it in this run" in out


def test_a_clean_run_counts_orders_by_variant_and_lists_none() -> None:
    code, out, _ = validate(parcels(*[GOOD] * 7, {**GOOD, "speed": "express", "phone": "1"}))
    assert code == 0
    assert out.splitlines() == [
        "judged as",
        "    parcel/economy  request  accepted  7",
        "    parcel/express  request  accepted  1",
        "8 documents, 8 clean",
    ]


def test_rules_not_checked_are_printed_once_with_count_and_first_place() -> None:
    orders = [GOOD, {**GOOD, "depot": "d1"}, {**GOOD, "depot": "d2"}]
    out = validate(parcels(*orders))[1]
    assert out.count("CM408") == 1
    assert "    depot-is-known: in 2, first in orders.ndjson:2\n" in out
    assert out.splitlines()[-1].endswith("1 rule not checked")


@pytest.mark.parametrize("most", [0, 2])
def test_at_most_so_many_findings_are_listed_in_each_format(most: int) -> None:
    name = parcels(*({**GOOD, f"extra{number}": 1} for number in range(5)))
    code, out, _ = validate(name, "--max-findings", str(most))
    assert code == 1
    assert out.count(" | ") == most
    assert "5 errors" in out
    whole = json.loads(validate(name, "--max-findings", str(most), "--format", "json")[1])
    assert len(whole["documents"]) == 5
    found = sum(len(one["findings"]) for one in whole["documents"])
    every = sum(len(one["findings"]) for one in json.loads(validate(name, "--format", "json")[1])["documents"])
    assert (found, whole["findings_left_out"]) == (most, every - most)
    rows = list(csv.reader(io.StringIO(validate(name, "--max-findings", str(most), "--format", "csv")[1])))
    assert len(rows) == most + 1


def test_quiet_leaves_the_totals_out() -> None:
    assert validate(parcels(GOOD), "--quiet")[:2] == (0, "")
    code, out, _ = validate(parcels({**GOOD, "colour": 1}), "--quiet")
    assert code == 1
    assert out.startswith("orders.ndjson:1:")
    assert "document" not in out
    assert "CM408" not in out


def test_an_unending_kind_of_finding_ends_as_two_lines() -> None:
    count = 400
    out = validate("-", "--stdin-filename", "a.yaml", stdin=b"--- a\n" * count)[1]
    assert len(out.splitlines()) < 60
    assert f"{count} documents, 0 clean: {count} errors" in out


def test_files_are_added_up_where_there_are_several() -> None:
    bad = {**GOOD, "weight": "much"}
    parcels(bad, bad, name="a.ndjson")
    parcels(GOOD, bad, name="b.ndjson")
    lines = validate("a.ndjson", "b.ndjson")[1].splitlines()
    start = lines.index("errors and warnings by file")
    assert lines[start + 1 : start + 3] == ["    a.ndjson  2", "    b.ndjson  1"]


def test_what_cannot_be_read_is_shown() -> None:
    Path("a.ndjson").write_text('{"kind": "parcel", "weight": 1}\n{"kind": parcel}\n')
    code, out, _ = validate("a.ndjson")
    assert code == 4
    assert '    2 | {"kind": parcel}\n                 ^\n' in out


def test_after_an_interrupt_the_report_says_what_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    name = parcels(*[GOOD] * 5)
    from covage_model.api import order_run

    whole = order_run.judge_run

    def interrupted(*given: object, **more: object) -> Iterator[object]:
        for number, each in enumerate(whole(*given, **more)):  # type: ignore[arg-type]
            if number == 3:
                signal.raise_signal(signal.SIGINT)
            yield each

    monkeypatch.setattr(order_run, "judge_run", interrupted)
    for format_ in ("text", "json"):
        out = io.StringIO()
        with pytest.raises(KeyboardInterrupt):
            main(["validate", "--pack", BASE, name, "--format", format_], out, io.StringIO())
        assert "CM416" in out.getvalue()
        if format_ == "text":
            assert "orders.ndjson:3:1: error CM416" in out.getvalue()
            assert "\n3 documents" in out.getvalue()
        else:
            assert len(json.loads(out.getvalue())["documents"]) == 4


def test_work_with_an_item_is_finished_at_the_first_interrupt_and_not_at_the_second() -> None:
    before = signal.getsignal(signal.SIGINT)
    seen = []
    run = Interruptible(range(9))
    for item in run:
        if item == 4:
            signal.raise_signal(signal.SIGINT)
        seen.append(item)
    assert seen == [0, 1, 2, 3, 4]
    assert run.interrupted
    impatient = (signal.raise_signal(signal.SIGINT) for _ in Interruptible(range(9)) for _ in range(2))
    with pytest.raises(KeyboardInterrupt):
        list(impatient)
    assert signal.getsignal(signal.SIGINT) is before
