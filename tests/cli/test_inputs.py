"""What a call reads is not written over, nor one file for two options; what a hint offers is an option of the command that gives it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from covage_model.cli.main import main

ORDER = '{"type": "terminate", "service_ref": "S300601_00013", "operator_info": {"contact_uuid": "c0ntact1"}}'


def call(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(list(argv), out, err), out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    "argv",
    [
        ("validate", "a.json", "--out", "a.json"),
        ("validate", "a.json", "--output", "json=a.json"),
        ("validate", "a.json", "--output", "json=folder/../link.json"),
        ("validate", "*.json", "--output", "json=a.json"),
        ("validate", "@list.txt", "--output", "json=a.json"),
        ("validate", ".", "--output", "json=a.json"),
        ("validate", "folder/b.json", "--account", "a.json", "--out", "a.json"),
        ("validate", "folder/b.json", "--before", "a.json", "--out", "a.json"),
        ("validate", "a.json", "--save-coverage", "a.json"),
        ("validate", "a.json", "--baseline", "a.json", "--update-baseline"),
        ("run", "--record", "a.json", "--out", "a.json"),
        ("coverage", "a.json", "--out", "a.json"),
        ("why", "submit", "--record", "a.json", "--out", "a.json"),
        ("examples", "account", "--from", "a.json", "--out", "a.json"),
        ("replay", "a.json", "--out", "a.json"),
        ("replay", "log.csv", "--orders", "a.json", "--output", "html=a.json"),
        ("simulate", "terminate-copper", "--count", "1", "--orders", "a.json", "--events", "csv=a.json"),
    ],
)
def test_what_is_read_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    for name in ("a.json", "folder/b.json"):
        Path(name).write_text(ORDER)
    Path("link.json").symlink_to("a.json")
    Path("list.txt").write_text("a.json\n")
    Path("log.csv").write_text("Case,Activity,At\n")
    code, _, err = call(*argv)
    assert code == 2
    assert "is read by this command: write to another file" in err
    assert Path("a.json").read_text() == ORDER


@pytest.mark.parametrize(
    "argv",
    [
        ("simulate", "terminate-copper", "--count", "1", "--events", "csv=x", "--events", "ndjson=./x"),
        ("simulate", "terminate-copper", "--count", "1", "--events", "csv=x", "--output", "json=x"),
        ("simulate", "terminate-copper", "--count", "1", "--paint", "visits=x.svg", "--out", "x.svg"),
        ("validate", "a.json", "--save-coverage", "x", "--out", "x"),
    ],
)
def test_no_file_is_written_for_two_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text(ORDER)
    code, _, err = call(*argv)
    assert (code, "give each a file of its own" in err) == (2, True)


def test_another_file_in_the_same_folder_may_be_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(ORDER)
    (tmp_path / "report.txt").write_text("old")
    code, _, _ = call("validate", str(tmp_path), "--output", f"text={tmp_path / 'report.txt'}")
    assert code == 0
    assert "1 document" in (tmp_path / "report.txt").read_text()


def test_orders_beside_a_log_are_read_where_and_as_the_hints_say(tmp_path: Path) -> None:
    log, packed, table = tmp_path / "log.csv", tmp_path / "packed.json", tmp_path / "orders.csv"
    log.write_bytes(b"Case,Activity,At\n\xe9,order-submitted,2026-01-05T09:00:00Z\n")
    packed.write_text(f'{{"orders": [{ORDER}]}}')
    table.write_bytes(b"type,service_ref,operator_info.contact_uuid,comment\nterminate,S300601_00013,c0ntact1,\xe9\n")
    columns = ("--case", "Case", "--columns", "name=Activity", "--columns", "time=At")
    code, out, _ = call("replay", str(log), *columns)
    assert (code, "--encoding cp1252" in out) == (1, True)
    again = ("replay", str(log), *columns, "--encoding", "cp1252")
    assert call(*again)[0] == 0
    code, out, _ = call(*again, "--orders", str(packed))
    assert (code, "give `--at /orders`" in out) == (1, True)
    assert call(*again, "--orders", str(packed), "--at", "/orders")[0] == 0
    assert call(*again, "--orders", str(table))[0] == 0
    code, out, _ = call("run", "--record", str(table))
    assert "--encoding cp1252" in out
    assert "CM011" not in call("run", "--record", str(table), "--encoding", "cp1252")[1]
