"""Orders in CSV: dotted columns, lists, numbers where they are asked for, places, and what is wrong with a table."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from covage_model import generate_orders, load_pack
from covage_model.api import orders
from covage_model.documents.judge.judged_document import JudgedDocument
from covage_model.documents.judge.table_guide import PackColumns
from covage_model.ground.diagnostics import Location
from covage_model.ground.files.columns import AnyTable
from covage_model.ground.files.read import readings
from covage_model.report import printing
from covage_model.report.subjects import documents

PACK = load_pack()
ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))
HEAD = "type,service_ref,operator_info.contact_uuid"
ROW = "terminate,S300601_00013,c0ntact1"


def judged(content: str | bytes, name: str = "a.csv", **request: Any) -> list[JudgedDocument]:
    content = content.encode() if isinstance(content, str) else content
    return list(orders.judge_bytes(content, name, PACK.judge, orders.Request(**request)))


def told(content: str | bytes, name: str = "a.csv", **request: Any) -> list[str]:
    """Code, form and place of each finding, less rules that were not checked."""
    return [
        f"{finding.code} {finding.form} {finding.location.line}:{finding.location.column}"
        for each in judged(content, name, **request)
        for finding in each.findings
        if finding.code != "CM408"
    ]


def data(content: str, guide: Any = None) -> list[Any]:
    guide = guide or PackColumns(PACK.judge)
    return [one.document.data for one in readings(content.encode(), "a.csv", guide=lambda: guide) if one.document]


# --- what the cells become


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_orders(delimiter: str, end: str) -> None:
    content = f"\ufeff{HEAD}\n{ROW}\n\n{ROW}".replace(",", delimiter).replace("\n", end)
    found = judged(content)
    assert [one.verdict and one.verdict.variant for one in found] == ["terminate-copper"] * 2
    assert told(content) == []
    for name in ("-", "a.txt", "a.csv.gz"):
        assert told(gzip.compress(content.encode()), name) == []
        assert len(judged(content, name)) == 2
    assert told(content.encode("utf-16"), encoding="utf-16") == []
    assert told(f"sep={delimiter}{end}{content[1:]}") == []


def test_dotted_names_are_nested_and_steps_through_lists_make_items() -> None:
    head = (
        "bounds.endpoints.reference,bounds.endpoints.type,bounds[2].endpoints[2].type,bounds[3].site,end_customer.name"
    )
    assert data(f"{head}\n1,line,x,s,n\n1,,,,\n,,,s,n\n,,,,\n") == [
        {
            "bounds": [{"endpoints": [{"reference": "1", "type": "line"}]}, {"endpoints": [{"type": "x"}]}],
            "end_customer": {"name": "n"},
        },
        {"bounds": [{"endpoints": [{"reference": "1"}]}]},
        {"end_customer": {"name": "n"}},
    ]


class Guide(AnyTable):
    """Some names are lists."""

    def is_list(self, path: tuple[str, ...]) -> bool:
        return path in (("n",), ("tags",))


def test_items_are_counted_from_1_and_empty_ones_are_left_out() -> None:
    head = "n[3].x,n.x,n[2].x,tags[2],tags,o.p.q"
    assert data(f"{head}\nc,a,b,t,s,1\nc,a,,t,,\n,,,,,1", Guide()) == [
        {"n": [{"x": "a"}, {"x": "b"}, {"x": "c"}], "tags": ["s", "t"], "o": {"p": {"q": "1"}}},
        {"n": [{"x": "a"}, {"x": "c"}], "tags": ["t"]},
        {"o": {"p": {"q": "1"}}},
    ]


BASE = load_pack("tests/golden/base")
PARCEL = {"kind": "parcel", "tariff": "P1", "speed": "economy"}
TYPED: dict[str, tuple[str, str, Any]] = {
    "a number": ("weight", "12.50", 12.5),
    "a whole number": ("weight", "12", 12),
    "an exponent": ("weight", "1e1", 10.0),
    "a leading zero": ("weight", "012", "012"),
    "a sign": ("weight", "+12", "+12"),
    "a decimal comma": ("weight", '"12,5"', "12,5"),
    "blanks": ("weight", " 12", " 12"),
    "digits of elsewhere": ("weight", "١٢", "١٢"),
    "too large": ("weight", "1e999", "1e999"),
    "too small": ("weight", "1e-999", "1e-999"),
    "true": ("fragile", "true", True),
    "false": ("fragile", "false", False),
    "a French yes": ("fragile", "oui", "oui"),
    "another case": ("fragile", "TRUE", "TRUE"),
    "a number for a boolean": ("fragile", "1", "1"),
    "a boolean for a number": ("weight", "true", "true"),
    "digits in a text": ("depot", "01000", "01000"),
    "a number in a text": ("depot", "12", "12"),
    "a word in a text": ("depot", "true", "true"),
    "null": ("depot", "null", "null"),
    "a telephone number": ("depot", "+33612345678", "+33612345678"),
    "on": ("depot", "on", "on"),
    "a constant": ("terms", "true", True),
    "items": ("labels[2]", "7", ["7"]),
}


@pytest.mark.parametrize("kind", TYPED)
def test_only_exact_spellings_become_numbers_and_booleans_where_they_are_asked_for(kind: str) -> None:
    column, cell, wanted = TYPED[kind]
    head, row = ",".join([*PARCEL, column]), ",".join([*PARCEL.values(), cell])
    (found,) = data(f"{head}\n{row}\n", PackColumns(BASE.judge))
    value = found[column.partition("[")[0]]
    assert (type(value), value) == (type(wanted), wanted)


def test_generated_orders_are_the_same_from_a_table() -> None:
    """Flattened into columns and read again: the same documents, and so the same verdicts."""
    made = list(generate_orders(PACK, "activate-copper/create", "terminate-copper", count=60, seed=5))
    flat = [dict(flattened(order)) for order in made]
    columns = sorted({name for row in flat for name in row})
    lines = [columns, *([row.get(name, "") for name in columns] for row in flat)]
    content = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    assert sum(1 for _ in readings(content.encode(), "a.csv", guide=lambda: PackColumns(PACK.judge))) == len(made)
    assert data(content) == [pruned(order) for order in made]
    assert len(columns) > 25


def pruned(value: Any) -> Any:
    """Without empty objects, which no cell can show."""
    if isinstance(value, list):
        return [pruned(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: inner for name, inner in ((name, pruned(inner)) for name, inner in value.items()) if inner != {}}


def flattened(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flattened(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from flattened(item, f"{name}[{number}]" if number > 1 else name)
    else:
        yield name, value if isinstance(value, str) else json.dumps(value)


# --- places


def test_a_finding_names_row_column_line_and_place() -> None:
    head = f"{HEAD},comment,bounds.site"
    content = f'{head}\n{ROW},"a ""b"";\nc",\n{ROW},,\n"terminate","bad,1",c0ntact1,,\n'
    (*_, last) = judged(content)
    (finding,) = [one for one in last.findings if one.code == "CM404"]
    assert (finding.location.line, finding.location.column) == (5, 13)
    assert last.document
    assert last.document.remark(Location("", 0, 0, "/service_ref")) == "row 4, column service_ref"
    assert last.document.remark(Location("", 0, 0, "/nothing")) == "row 4"
    assert last.document.line(5) == '"terminate","bad,1",c0ntact1,,'


def test_the_json_report_has_row_and_column_name() -> None:
    content = f"{HEAD},serviceref\n{ROW},\nterminate,bad,c0ntact1,\nterminate\n".encode()
    parts: list[str] = []
    report = documents.report(judged(content), PACK.judge)
    printing.deliver(report, [("json", parts.append)], 140)
    value = json.loads("".join(parts))
    SCHEMA.validate(value | {"pack": "covage", "digest": "sha256:" + 64 * "0"})  # the command line says these
    found = [one for each in value["documents"] for one in each["findings"] if one["severity"] == "error"]
    places = [(one["code"], one["location"]["row"], one["location"]["column_name"]) for one in found]
    assert places == [("CM406", 1, None), ("CM404", 3, "service_ref"), ("CM011", 4, None)]
    parts.clear()
    report = documents.report(judged('{"type": "terminate", "service_ref": "bad"}', "a.json"), PACK.judge)
    printing.deliver(report, [("json", parts.append)], 140)
    assert "CM404" in "".join(parts)
    assert "column_name" not in "".join(parts)


# --- what is wrong

WRONG: dict[str, tuple[str | bytes, list[str]]] = {
    "nothing": ("", ["CM001 empty 0:0"]),
    "blank lines": ("\n \n", ["CM001 empty 0:0"]),
    "a header alone": (HEAD + "\n", ["CM001 empty 0:0"]),
    "rows without cells": (HEAD + "\n,,\n\n,,\n", ["CM001 empty 0:0"]),
    "no header": (f"{ROW}\n{ROW}\n", ["CM011 header 1:1"]),
    "an unknown column, twice as many rows": (f"{HEAD},serviceref\n" + f"{ROW},x\n" * 9, ["CM406 column 1:45"]),
    "an unknown step": (f"{HEAD},operator_info.x.y\n{ROW},\n", ["CM406 column 1:45"]),
    "a column twice": (f"{HEAD},service_ref\n{ROW},y\n", ["CM011 twice 1:45"]),
    "a column within another": (f"{HEAD},operator_info\n{ROW},y\n", ["CM011 twice 1:45"]),
    "an item twice": (
        f"bounds[1].endpoints.type,bounds.endpoints[1].type,{HEAD}\n,,{ROW}", ["CM011 twice 1:26"],
    ),
    "an item 0": (f"{HEAD},bounds[0].site\n{ROW},y\n", ["CM011 name 1:45"]),
    "no name": (f"{HEAD},a..b\n{ROW},\n", ["CM011 name 1:45"]),
    "a column without a name": (f"{HEAD},\n{ROW},\n{ROW},x\n", ["CM011 nameless 3:1"]),
    "a short row": (f"{HEAD}\n{ROW}\nterminate\n{ROW}\n", ["CM011 ragged 3:1"]),
    "a long row": (f"{HEAD}\n{ROW},\n{ROW}\n", ["CM011 ragged 2:1"]),
    "text after a quote": (f'{HEAD}\n"terminate"x,y,z\n{ROW}\n', ["CM011 quote 2:1"]),
    "an open quote": (f'{HEAD}\n{ROW}\n"terminate,y,z\n{ROW}\n', ["CM011 open 3:1"]),
    "an open quote, far from the end": (f'{HEAD}\n{ROW}\n"terminate,y,z\n' + f"{ROW}\n" * 60_000, ["CM011 open 3:1"]),
    "another encoding": (f"{HEAD},comment\n{ROW},x\n{ROW},é\n{ROW},x\n".encode("cp1252"), ["CM011 encoding 3:34"]),
    "UTF-16": (f"{HEAD}\n{ROW}\n".encode("utf-16"), ["CM001 unicode 1:1"]),
    "a spreadsheet": (b"PK\x03\x04..xl/", ["CM001 kind 0:0"]),
    "a long cell": (f"{HEAD},comment\n{ROW},{'x' * 140_000}\n{ROW},\n", ["CM003 scalar 2:1"]),
    "a line without end": (f"{HEAD}\n{ROW}\n{'x' * 2**21}", ["CM003 endless 3:1"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_with_a_table_is_told_once(kind: str) -> None:
    content, wanted = WRONG[kind]
    assert told(content) == wanted


def test_rows_beside_a_wrong_one_are_judged() -> None:
    for kind in ("a short row", "a long row", "text after a quote", "another encoding", "a column without a name"):
        content, _ = WRONG[kind]
        assert any(one.verdict is not None for one in judged(content)), kind


def test_columns_have_hints_and_weigh_less_in_records() -> None:
    (first, *_) = judged(f"{HEAD},operator_info.contact_uid\n{ROW},\n")
    assert first.findings[0].hint == "did you mean 'contact_uuid'?"
    (first, *_) = judged(f"{HEAD},extra\n{ROW},\n", role=orders.Role.RECORD)
    assert first.findings[0].severity.value == "note"


def test_the_encoding_that_is_given_is_used() -> None:
    content = f"{HEAD},comment\n{ROW},é\n".encode("cp1252")
    (found,) = judged(content, encoding="cp1252")
    assert found.document
    assert found.document.data["comment"] == "é"
    assert told(b"\x81" + content, encoding="cp1252") == ["CM011 recode 1:1"]


def test_a_pointer_into_a_table_leads_nowhere() -> None:
    assert told(f"{HEAD}\n{ROW}\n", at="/orders") == ["CM001 at 0:0"]


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(n: int) -> int:
        chunks = ((HEAD + "\n" if not number else f"{ROW}\n" * 200).encode() for number in range(n))
        tracemalloc.start()
        try:
            for _ in readings(chunks, "a.csv", guide=lambda: PackColumns(PACK.judge)):
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)
    assert peak(24) < 1.5 * peak(6) + 100_000
