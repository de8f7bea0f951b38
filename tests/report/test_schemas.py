"""The JSON that commands print is valid under the published schemas; the schemas are valid too."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from covage_model.cli.main import main
from covage_model.report import printing
from covage_model.report.report import Report, ReportEntry, constant, listed

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = str(ROOT / "tests" / "packs" / "library")
SCHEMAS = sorted((ROOT / "schemas").glob("*.json"))
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_published_schema_is_a_schema(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    "argv",
    [
        ("check", LIBRARY),
        ("run",),
        ("run", "--record", f"{LIBRARY}/examples/loan-lent-record.json"),
        ("why", "renew", "--record", f"{LIBRARY}/examples/loan-lent-record.json"),
        ("run", "--record", f"{LIBRARY}/examples/loan-record-unknown-status.json"),
        ("validate", f"{LIBRARY}/examples/loan-home.yaml"),
        ("describe",),
        ("describe", "loan"),
        ("describe", "loan/home", "--state", "lent", "--role", "record", "--lang", "fr"),
        ("sources",),
        ("sources", "--check", "--lang", "fr"),
        ("sources", "--standing", "assumed"),
        ("verify", "card"),
        ("why", "restore", "--order", "card"),
        ("mutate", "card", "--sample", "4", "--jobs", "1"),
        ("suites", "card", "--cover", "states"),
        ("coverage", "record.json"),
    ],
    ids=lambda argv: " ".join(map(str, argv[:2])),
)
def test_every_json_report_conforms_to_its_schema(
    argv: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.chdir(tmp_path)
    pack = () if argv[0] == "check" else ("--pack", LIBRARY)
    if argv[0] == "coverage":
        assert main(["run", *pack, "--save-coverage", "record.json"], io.StringIO(), io.StringIO()) == 0
    out = io.StringIO()
    assert main([*argv, *pack, "--format", "json"], out, io.StringIO()) in (0, 1)
    report = json.loads(out.getvalue())
    REPORTS.validate(report)
    assert report["command"] == argv[0]
    wrong = {**report, "surprise": 1}
    assert not REPORTS.is_valid(wrong)


def test_a_report_is_printed_as_it_arrives_and_in_several_formats_at_once() -> None:
    seen: list[str] = []

    def entries():  # type: ignore[no-untyped-def]  a generator that looks at what was written
        for number in range(3):
            assert f"{number - 1}\n" in "".join(seen) or not number
            yield ReportEntry(member="numbers", data=constant(f"{number}\n"))

    other: list[str] = []
    report = Report("test", entries(), {"first": [1]}, ("none", "numbers", "last"))
    tally = printing.deliver(
        report, [("json", lambda text: seen.append(text.replace("\\n", "\n"))), ("json", other.append)], 80
    )
    assert tally.entries == 3
    assert json.loads("".join(other)) | {"tool": None, "totals": None} == {
        "format": 1,
        "tool": None,
        "command": "test",
        "first": [1],
        "none": [],
        "numbers": ["0\n", "1\n", "2\n"],
        "last": [],
        "totals": None,
        "exit_code": 0,
    }


def test_json_that_streams_has_the_bytes_of_json_that_does_not() -> None:
    items = [{"a": [1, {"b": "é\n"}], "c": {}}, "x", []]
    parts: list[str] = []
    printing.deliver(Report("test", listed("items", items), lists=("items",)), [("json", parts.append)], 80)
    text = "".join(parts)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
