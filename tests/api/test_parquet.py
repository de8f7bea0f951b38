"""Orders in Parquet: flat and nested columns, values that JSON has otherwise, places, damage."""

from __future__ import annotations

import gzip
import io
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from covage_model import generate_orders, judge_files, load_pack
from covage_model.api import orders
from covage_model.ground.files.parquet_rows import json_value_of
from covage_model.ground.files.read import readings
from covage_model.report.finding import excerpt

PACK = load_pack()
ORDER = {"type": "terminate", "service_ref": "S300601_00013", "operator_info": {"contact_uuid": "c0ntact1"}}


def written(rows: list[dict[str, Any]], **options: Any) -> bytes:
    out = io.BytesIO()
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name) for row in rows] for name in names}
    parquet.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def told(content: bytes, name: str = "a.parquet") -> list[str]:
    found = orders.judge_bytes(content, name, PACK.judge, orders.Request())
    return [
        f"{finding.code} {finding.form} {finding.location.line}:{finding.location.column}"
        for each in found
        for finding in each.findings
        if finding.code != "CM408"
    ]


def pruned(value: Any) -> Any:
    """Without empty objects, which are null in a column."""
    if isinstance(value, list):
        return [pruned(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: inner for name, inner in ((name, pruned(inner)) for name, inner in value.items()) if inner != {}}


def test_nested_columns_are_nested_values() -> None:
    made = [pruned(order) for order in generate_orders(PACK, count=40, seed=3)]
    content = written(made, row_group_size=7)
    for name in ("a.parquet", "-", "a.parquet.gz"):
        source = gzip.compress(content) if name.endswith("gz") else content
        found = list(readings(source, name))
        assert [one.document and pruned(one.document.data) for one in found] == made


def test_flat_columns_are_dotted_as_in_csv() -> None:
    row = {"type": "terminate", "service_ref": "S300601_00013", "operator_info.contact_uuid": "c0ntact1"}
    assert told(written([row] * 3)) == []
    assert told(written([{**row, "operator_info.contact_uid": "x"}] * 3)) == ["CM406 column 0:0"]


def test_a_finding_names_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(written([ORDER] * 700 + [{**ORDER, "service_ref": "bad"}, {"type": None}, ORDER]))
    found = judge_files(PACK, [str(path)])
    assert len(found) == 702
    (finding,) = [one for each in found for one in each.findings if one.code == "CM404"]
    assert (finding.location.line, finding.location.column, finding.location.pointer) == (701, 2, "/service_ref")
    document = found[700].document
    assert document
    assert document.remark(finding.location) == "row 701, column service_ref"
    assert excerpt(finding, document) == ["    row 701, column service_ref"]


VALUES: list[tuple[Any, Any]] = [
    (date(2024, 2, 29), "2024-02-29"),
    (datetime(2024, 2, 29, 8, 30, tzinfo=UTC), "2024-02-29T08:30:00Z"),
    (Decimal(12), 12),
    (Decimal("1.50"), 1.5),
    (Decimal("0.1000000000000000000000001"), "0.1000000000000000000000001"),
    (b"abc", "abc"),
    ([("a", 1), ("b", None)], {"a": 1}),
    ({"a": None, "b": [None]}, {"b": [None]}),
    ([], []),
]


@pytest.mark.parametrize(("value", "wanted"), VALUES)
def test_values_are_those_that_json_has(value: Any, wanted: Any) -> None:
    found = json_value_of(value)
    assert (type(found), found) == (type(wanted), wanted)


def test_what_json_cannot_hold_is_a_finding_and_the_rest_is_judged() -> None:
    rows = [{**ORDER, "comment": text} for text in (b"\xff", b"fine")]
    assert told(written(rows)) == ["CM011 value 1:4"]
    for number in (float("nan"), float("inf")):
        assert told(written([{**ORDER, "comment": number}, {**ORDER, "comment": None}])) == ["CM011 value 1:4"]


def test_a_damaged_table_is_a_finding() -> None:
    content = written([ORDER] * 2000, row_group_size=500, compression="gzip")
    assert told(content[:-20]) == ["CM011 parquet 0:0"]
    assert told(b"PAR1") == ["CM011 parquet 0:0"]
    assert told(b"nothing") == ["CM011 parquet 0:0"]
    assert told(b"") == ["CM001 empty 0:0"]
    assert told(written([ORDER])[:0] + written([{"name": "x"}])) == ["CM011 header 0:0"]
    assert told(parquet_without_rows()) == ["CM001 empty 0:0"]


def parquet_without_rows() -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table({"type": pa.array([], pa.string())}), out)
    return out.getvalue()


def test_without_the_library_one_finding_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    content = written([ORDER])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (reading,) = readings(content, "a.parquet")
    assert [(one.form, one.hint) for one in reading.findings] == [
        ("library", 'pip install "covage-model[parquet]", or save it as CSV')
    ]
