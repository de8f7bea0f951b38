"""Files as people have them: what a list, a stream, a merge key, a lost zero are read as. And nothing unseen passes."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from covage_model import judge, load_pack
from covage_model.cli.main import main
from covage_model.ground import json_value, pointer

CASES = Path(__file__).parent / "reading_cases"
PACK = load_pack()
ORDER = {"type": "terminate", "service_ref": "S300601_00013", "operator_info": {"contact_uuid": "c0ntact1"}}
LINE = json.dumps(ORDER) + "\n"


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(CASES, tmp_path / "cases")
    monkeypatch.chdir(tmp_path)


def validate(*names: str, stdin: bytes = b"") -> tuple[int, list[dict[str, Any]], int]:
    """The exit code, the findings that are errors, and the number of documents judged."""
    out = io.StringIO()
    code = main(["validate", *names, "--format", "json"], out, out, io.BytesIO(stdin))
    documents = json.loads(out.getvalue())["documents"]
    errors = [one for each in documents for one in each["findings"] if one["severity"] == "error"]
    return code, errors, sum(each["order"] is not None for each in documents)


def brief(errors: list[dict[str, Any]]) -> list[str]:
    return [f"{one['code']} {one['form']} {one['location']['line']}" for one in errors]


def test_a_list_of_orders_in_one_file() -> None:
    code, errors, judged = validate("cases/01-array.json")
    assert (code, brief(errors), judged) == (1, ["CM406 field 15"], 3)


def test_a_key_written_twice_in_a_stream() -> None:
    code, errors, judged = validate("cases/03-duplicate-key.ndjson")
    assert (code, brief(errors), judged) == (4, ["CM002 key 2"], 3) or (code, brief(errors)) == (1, ["CM002 key 2"])


def test_a_schema_named_for_the_editor() -> None:
    code, errors, judged = validate("cases/10-schema-key.json")
    assert (code, errors, judged) == (0, [], 1)


def test_indented_json_under_the_name_of_ndjson() -> None:
    code, errors, judged = validate("cases/12-pretty.ndjson")
    assert (code, brief(errors), judged) == (4, ["CM001 indented 1"], 0)
    assert "one line" in errors[0]["hint"]


def test_hints_about_lost_zeros_are_accepted_when_they_are_typed() -> None:
    code, errors, judged = validate("--reveal", "cases/14-lost-zero.json")
    assert (code, judged) == (1, 1)
    order = json.loads(Path("cases/14-lost-zero.json").read_text(encoding="utf-8"))
    (error,) = [one for one in errors if "phone_number" in one["location"]["pointer"]]
    typed = json.loads(error["hint"].rpartition(": ")[2].removeprefix("write "))
    path = json_value.path_of(order, pointer.split(error["location"]["pointer"]))
    mended = judge(PACK, json_value.with_value(order, path, typed)).findings
    assert not [one for one in mended if one.location.pointer == error["location"]["pointer"]]


def test_merge_keys_are_never_judged() -> None:
    code, errors, judged = validate("cases/17-merge-key.yaml")
    assert (code, judged) == (4, 0)
    assert {one["code"] for one in errors} == {"CM005"}
    assert len(errors) == 2


def test_what_follows_a_broken_document_is_judged() -> None:
    code, errors, judged = validate("cases/31-stream.yaml")
    assert (code, judged) == (4, 2)
    assert [each.rpartition(" ")[0] for each in brief(errors)] == ["CM001 yaml", "CM404 pattern"]
    assert errors[-1]["location"]["line"] == 9


# --- nothing is passed that was not looked at


def _write(name: str, content: bytes) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(content)
    return name


UNSEEN: dict[str, Callable[[], list[str]]] = {
    "an empty file": lambda: [_write("a.json", b"")],
    "a blank file": lambda: [_write("a.ndjson", b"\n \n\n")],
    "comments alone": lambda: [_write("a.yaml", b"# nothing\n---\n")],
    "an empty folder": lambda: [os.fspath(Path("empty").mkdir() or "empty")],
    "a folder without orders": lambda: [os.path.dirname(_write("docs/readme.md", b"# Hello"))],
    "a folder of hidden orders": lambda: [os.path.dirname(_write("hid/.a.json", LINE.encode()))],
    "all excluded": lambda: [_write("a.json", LINE.encode()), "--exclude", "*.json"],
    "all of a folder excluded": lambda: [os.path.dirname(_write("in/a.json", LINE.encode())), "--exclude", "a.*"],
    "a glob that matches nothing": lambda: ["*.jsn"],
    "a file that is missing": lambda: ["gone.json"],
    "a list with a file that is missing": lambda: [
        "@" + _write("list.txt", b"a.json\ngone.json\n"), _write("a.json", LINE.encode()),
    ],
    "a list that is missing": lambda: ["@gone.txt"],
    "a list without files": lambda: ["@" + _write("list.txt", b"# none\n")],
    "a list of orders without orders": lambda: [_write("a.json", b"[]")],
    "a list without orders in YAML": lambda: [_write("a.yaml", b"[]")],
    "an envelope without orders": lambda: [_write("a.json", b'{"orders": []}'), "--at", "/orders"],
    "an envelope without --at": lambda: [_write("a.json", b'{"orders": [%s]}' % LINE.encode())],
    "a pointer that leads nowhere": lambda: [_write("a.json", LINE.encode()), "--at", "/orders"],
    "a pointer that leads nowhere on a line": lambda: [
        _write("a.ndjson", b'{"o": %s}\n{"p": {}}\n' % LINE.strip().encode()), "--at", "/o",
    ],
    "a pointer into a table": lambda: [_write("a.csv", b"type\nterminate\n"), "--at", "/orders"],
    "a header alone": lambda: [_write("a.csv", b"type,service_ref\n")],
    "a table of another thing": lambda: [_write("a.csv", b"name,size\nx,1\n")],
    "a column that is not read": lambda: [
        _write("a.csv", b"type,service_ref,operator_info.contact_uuid,x\nterminate,S300601_00013,c0ntact1,1\n")
    ],
    "an archive that is cut": lambda: [_write("a.ndjson.gz", gzip.compress(LINE.encode() * 99)[:-9])],
    "an archive of nothing": lambda: [_write("a.ndjson.gz", gzip.compress(b""))],
    "an archive that is no archive": lambda: [_write("a.ndjson.gz", b"\x1f\x8b nonsense")],
    "a spreadsheet": lambda: [_write("a.xlsx", b"PK\x03\x04..xl/workbook.xml")],
    "no table": lambda: [_write("a.parquet", b"PAR1 nonsense")],
    "an empty table": lambda: [_write("a.parquet", b"")],
    "null": lambda: [_write("a.json", b"null")],
    "a record that is cut": lambda: [_write("a.ndjson", LINE.encode() + LINE.encode()[:-9])],
    "a list that is cut": lambda: [_write("a.json", b"[" + LINE.encode() + b",")],
    "more after the order": lambda: [_write("a.json", json.dumps(ORDER, indent=1).encode() + b"\n{}")],
    "an empty stdin": lambda: ["-"],
    "stdin beside a file": lambda: [_write("a.json", LINE.encode()), "-"],
    "zeros": lambda: [_write("a.json", b"\0" * 999)],
    "a folder that is not listed": lambda: ["shut"],
}  # fmt: skip


@pytest.mark.parametrize("kind", UNSEEN)
def test_nothing_is_passed_that_was_not_looked_at(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = UNSEEN[kind]()
    if kind == "a folder that is not listed":
        _write("shut/a.json", LINE.encode())
        scandir = os.scandir

        def refuses(path: str) -> Any:
            if path == "shut":
                raise PermissionError(13, "Permission denied", path)
            return scandir(path)

        monkeypatch.setattr(os, "scandir", refuses)
    code, errors, _ = validate(*arguments)
    assert code in (1, 4)
    assert errors
    assert all(one["location"]["file"] for one in errors)


def test_an_order_that_was_looked_at_passes() -> None:
    _write("in/a.json", LINE.encode())
    assert validate("in") == (0, [], 1)
