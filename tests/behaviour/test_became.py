"""Whether one record can have become another: in files, from Python, and within a linear cost."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from covage_model import load_pack, record_became
from covage_model.behaviour.run.became import Becoming
from covage_model.behaviour.space.explore import explore
from covage_model.cli.main import main

PACK = load_pack()
CREATE = "activate-copper/create"
RECORD: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[2] / "specs/covage/examples/valid/record-copper-running.json").read_text()
)
SHOWN = {"service_ref": "S310421_00007"}


def told(old: Path, new: Path, *more: str) -> list[tuple[str, str, int]]:
    """Of each document: the code and form as the message begins, its severity, and its line."""
    out = io.StringIO()
    main(["validate", "--before", str(old), str(new), "--format", "json", "--reveal", *more], out, out)
    findings = [each for document in json.loads(out.getvalue())["documents"] for each in document["findings"]]
    return [
        (each["message"], each["severity"], each["location"]["line"]) for each in findings if each["code"] == "CM420"
    ]


def lines(path: Path, *records: dict[str, Any]) -> Path:
    """A file with a record on each line."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def record(status: str, number: int, **more: Any) -> dict[str, Any]:
    """The record of an order of that number."""
    return {**RECORD, "status": status, "uuid": f"ba8ce684-1b0d-5ee6-8a81-ead520cc{number:04d}", **more}


def test_each_record_is_compared_with_the_one_of_its_name(tmp_path: Path) -> None:
    old = lines(tmp_path / "old.ndjson", record("submitted", 1), record("running", 2, **SHOWN), record("rejected", 3))
    new = lines(
        tmp_path / "new.ndjson", record("running", 3), record("running", 1), record("rejected", 2), record("draft", 4)
    )
    assert told(old, new) == [
        ("it was 'rejected', and no way leads from there to this; the nearest: rejected, service_reference ≠ assigned", "error", 1),
        ("it was 'submitted', and can have become 'running' by: acknowledge (covage), send (covage)", "note", 2),
        ("it was 'running', and no way leads from there to this; the nearest: running, service_reference = assigned", "error", 3),
        ("no record before has its name: it is not compared", "note", 4),
    ]  # fmt: skip


def test_records_without_a_name_are_compared_where_there_is_one(tmp_path: Path) -> None:
    names = ("uuid", "reference", "operator_order_ref")
    nameless = {key: value for key, value in RECORD.items() if key not in names}
    old = lines(tmp_path / "old.ndjson", {**nameless, "status": "submitted"})
    new = lines(tmp_path / "new.ndjson", nameless)
    assert [severity for _, severity, _ in told(old, new, "--role", "record")] == ["note"]
    two = lines(tmp_path / "two.ndjson", {**nameless, "status": "rejected"}, nameless)
    assert "is not compared" in told(two, new, "--role", "record")[0][0]


def test_what_cannot_be_read_of_the_records_before_is_found(tmp_path: Path) -> None:
    out = io.StringIO()
    assert (
        main(["validate", "--before", str(tmp_path / "no.json"), str(lines(tmp_path / "new.json", RECORD))], out, out)
        == 4
    )
    assert "no.json: error CM008" in out.getvalue()


@pytest.mark.parametrize(
    "argv", [("--before", "-"), ("--before", "x.json", "--engine", "dask", "--scheduler", "tcp://x:1")]
)
def test_what_does_not_go_together_is_a_complaint(argv: tuple[str, ...]) -> None:
    out = io.StringIO()
    assert main(["validate", "x.json", *argv], out, out) == 2
    assert "--before" in out.getvalue()


def test_moves_lead_from_a_place_of_the_one_to_a_place_of_the_other() -> None:
    answer = record_became(PACK, {**RECORD, "status": "acknowledged"}, {**RECORD, **SHOWN, "status": "completed"})
    assert answer.moves is not None
    assert [answer.moves[0].trigger, answer.moves[-1].trigger] == ["send", "complete"]
    assert answer.moves[-1].actors == ("covage",)
    space = PACK.table(CREATE)
    assert all(move in space.moves(move.source) for move in answer.moves)


def test_what_the_client_wrote_is_changed_where_somebody_may_edit_it() -> None:
    answer = record_became(PACK, {**RECORD, "status": "draft"}, {**RECORD, "status": "submitted", "comment": "x"})
    assert answer.moves is not None
    assert [move.trigger for move in answer.moves] == ["edit", "submit"]
    assert record_became(PACK, {**RECORD, "status": "draft"}, {**RECORD, "status": "draft", "comment": "x"}).moves
    changed = {**RECORD, "status": "running", "comment": "x"}
    assert record_became(PACK, {**RECORD, "status": "submitted"}, changed).why == "edited"


def test_records_of_two_kinds_are_not_compared() -> None:
    with pytest.raises(ValueError, match="no records of one order"):
        record_became(PACK, RECORD, {"type": "terminate", "uuid": "x", "status": "draft"})


def test_of_a_table_that_is_cut_nothing_is_decided() -> None:
    cut = explore(PACK.spec.lifecycle("activate"), PACK.spec.variant(CREATE), limit=3)
    answer = Becoming(PACK.judge, cut, None).became(
        {**RECORD, "status": "draft"}, {**RECORD, "status": "completed", **SHOWN}
    )
    assert (answer.moves, answer.complete) == (None, False)


def test_records_that_tell_the_same_are_answered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    answer = Becoming._answer
    monkeypatch.setattr(Becoming, "_answer", lambda *given, **more: asked.append(1) or answer(*given, **more))
    becoming = Becoming(PACK.judge, PACK.table(CREATE), None)
    for number in range(50):
        becoming.became(record("submitted", number), record("running", number))
        becoming.became(record("running", number), record("rejected", number))
    assert len(asked) == 2
