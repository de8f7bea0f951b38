"""A finding names the title and the address of its sources beside their ids, in every format that has room for them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from covage_model.cli.main import main
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity, Standing
from covage_model.report import citing, printing
from covage_model.report.citing import CitedPage
from covage_model.report.report import Report
from covage_model.report.subjects.check import finding_entries

ROOT = Path(__file__).resolve().parents[2]
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))
LOANS = CitedPage({"en": "About loans", "fr": "Des prêts"}, "https://example.org/loans?a=1&b=2")
PAGES = {"L1": LOANS, "L2": LOANS, "H": CitedPage({"en": "House rules"}, None)}


def report(*ids: str, language: str = "en") -> Report:
    origin = Origin(Location("spec.yaml", 4, 1, "/y"), ids, Standing.STATED)
    found = Diagnostic(
        "CM406", "field", {"name": "a", "legal": []}, Location("a.json", 2, 3, "/a"), None, Severity.ERROR
    )
    entries = finding_entries([Diagnostic(**{**fields(found), "because": origin})], language)
    return Report("check", entries, {"pack": None}, ("findings",), language=language, pages=lambda: PAGES)


def fields(found: Diagnostic) -> dict[str, object]:
    return {name: getattr(found, name) for name in ("code", "form", "arguments", "location", "hint", "severity")}


def printed(name: str, made: Report) -> str:
    parts: list[str] = []
    printing.deliver(made, [(name, parts.append)], 140)
    return "".join(parts)


@pytest.mark.parametrize("name", ["text", "markdown", "html", "json", "ndjson", "sarif", "junit", "tap", "ctrf"])
def test_the_title_and_the_address_stand_beside_the_id(name: str) -> None:
    text = printed(name, report("L2", "H")).replace("\\", "").replace("&amp;", "&")
    for told in ("L2", "About loans", LOANS.url, "House rules"):
        assert str(told) in text
    assert "Des prêts" in printed(name, report("L1", language="fr"))


def test_a_page_is_told_once_with_all_its_ids() -> None:
    assert [line.strip() for line in printed("text", report("L1", "H", "L2")).splitlines() if "source:" in line] == [
        "source: L1, L2 – About loans – https://example.org/loans?a=1&b=2",
        "source: H – House rules",
    ]


def test_an_id_of_no_page_is_told_as_before() -> None:
    text = printed("text", report("X9"))
    assert "because: spec.yaml:4 (X9, stated)" in text
    assert "source:" not in text
    assert json.loads(printed("json", report("X9")))["findings"][0]["because"]["pages"] == []


def test_sarif_explains_each_source_once_and_a_tool_finds_it() -> None:
    (run,) = json.loads(printed("sarif", report("L1", "H", "L2")))["runs"]
    (taxonomy,) = run["taxonomies"]
    assert [(taxon["id"], taxon.get("helpUri")) for taxon in taxonomy["taxa"]] == [
        ("L1", LOANS.url),
        ("L2", LOANS.url),
        ("H", None),
    ]
    cited = [(taxon["toolComponent"]["name"], taxon["id"]) for taxon in run["results"][0]["taxa"]]
    assert cited == [(taxonomy["name"], name) for name in ("L1", "L2", "H")]


def test_other_formats_have_the_address_where_they_have_a_place_for_it() -> None:
    (diagnostic,) = json.loads(printed("rdjson", report("H", "L1")))["diagnostics"]
    assert diagnostic["code"] == {"value": "CM406", "url": LOANS.url}
    (row,) = csv.DictReader(io.StringIO(printed("csv", report("L1", "H"))))
    assert (row["source"], row["url"]) == ("L1, H", LOANS.url)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " https://x"])
def test_no_browser_is_led_to_what_is_no_page(url: str) -> None:
    texts = []
    for name in ("html", "sarif"):
        made = report("L1")
        made.pages = lambda: {"L1": CitedPage("t", url)}
        texts.append(printed(name, made))
    assert all(url.strip() in text for text in texts)
    assert "<a " not in texts[0]
    assert "helpUri" not in texts[1]


def test_pages_are_looked_up_once_and_only_where_something_is_cited() -> None:
    looked: list[str] = []

    def pages() -> dict[str, CitedPage]:
        looked.append("up")
        return PAGES

    made = report()
    made.pages = pages
    printed("json", made)
    assert not looked
    with citing.citing(pages, "en"):
        assert [len(citing.citations(["L1", "H"])) for _ in range(3)] == [2, 2, 2]
    assert looked == ["up"]
    assert citing.citations(["L1"]) == []


@pytest.mark.parametrize("argv", [["validate", "order.json"], ["verify", "terminate-copper"]])
def test_commands_name_the_pages_of_their_pack(
    argv: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("order.json").write_text('{"type": "terminate"}', encoding="utf-8")
    out = io.StringIO()
    main([*argv, "--format", "json"], out, out)
    REPORTS.validate(json.loads(out.getvalue()))
    assert "https://doc.kosc-telecom.fr/" in out.getvalue()
