"""The table of fields."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from covage_model.api import packs
from covage_model.cli.main import main
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.judge import judged_as_if
from covage_model.documents.judge.verdict import judge_of
from covage_model.documents.presence import statuses
from covage_model.documents.presence.role import Role
from covage_model.documents.tables.examples import example_of
from covage_model.documents.tables.period import Period, period
from covage_model.documents.tables.table import table
from covage_model.report.layout import csv_row, markdown_table, text_table

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "tests" / "packs" / "library"


@pytest.fixture(autouse=True)
def _apart(monkeypatch, tmp_path_factory):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def call(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(argv, out, err), out.getvalue(), err.getvalue()


def library(*argv: str) -> str:
    code, out, err = call("describe", *argv, "--pack", str(LIBRARY))
    assert (code, err) == (0, "")
    return out


def rows(*argv: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(library(*argv, "--format", "csv"))))


def fields(*argv: str) -> dict[str, dict[str, str]]:
    return {row["field"]: row for row in reversed(rows(*argv)) if row["what"] == "field"}


def requirement_rows(name: str, *argv: str, column: str = "required from") -> list[tuple[str, str]]:
    """The requirement of each field with its condition: one row each."""
    return [(row[column], row["if"]) for row in rows(*argv) if (row["what"], row["field"]) == ("field", name)]


# --- the list


def test_without_an_order_the_variants_are_listed_with_their_match():
    out = library()
    assert "loan/home" in out
    assert "request = loan and place = home" in out
    assert "Loan, At home" in out
    assert "librarian" in next(line for line in out.splitlines() if line.startswith("card "))
    french = library("--lang", "fr")
    assert "Prêt, À domicile" in french
    assert "request = loan et place = home" in french


def test_the_list_has_the_same_formats():
    assert json.loads(library("--format", "json"))["leaves"][0]["written_by"] == "librarian"
    assert library("--format", "markdown").splitlines()[0] == "| order | title | matches | lifecycle | written by |"
    assert library("--format", "csv").startswith("order,title,matches,lifecycle,written by\ncard,")


def test_a_filter_without_an_order_is_refused():
    assert call("describe", "--state", "draft")[0] == 2
    assert call("describe", "--role", "record")[0] == 2


# --- periods


def test_a_demand_in_every_status_is_always():
    assert requirement_rows("reader.card", "loan/home") == [("always", "")]


def test_a_demand_from_a_status_on_names_that_status():
    assert requirement_rows("terms_read", "loan/home") == [("submitted", "")]
    assert requirement_rows("reader.age", "loan/home") == [("submitted", "")]


def test_a_demand_that_ends_names_both_ends():
    assert requirement_rows("guarantor.name", "loan/home") == [("submitted, before closed", "reader.age ≤ 15")]


def test_several_demands_are_several_rows():
    assert requirement_rows("deposit", "loan/home") == [
        ("submitted (stated)", "an item of items: kind = film"),
        ("lent (stated)", "an item of items: kind = game"),
    ]


def test_read_only_and_forbidden_are_said():
    assert requirement_rows("due_on", "loan/home") == [
        ("read-only, lent (stated)", ""),
        ("forbidden before lent (stated)", ""),
    ]
    assert requirement_rows("ticket", "loan/home") == [("read-only", "")]
    assert requirement_rows("pickup", "loan/reading_room") == [("forbidden (stated)", "")]
    assert requirement_rows("pickup", "loan/remote")[1] == ("forbidden from lent (stated)", "place = post")


@pytest.mark.parametrize("pack", [ROOT / "specs" / "covage", LIBRARY], ids=["covage", "library"])
def test_a_period_means_the_statuses_that_it_was_made_of(pack):
    """`from X on` and `before X`, read again, give the statuses of every demand and every rule."""
    judge = judge_of(packs.load([str(pack)]).pack)
    seen = set()
    for variant in judge.pack.variants:
        sheet, lifecycle = judge.sheet(variant.name), judge.pack.lifecycle(variant.order.follows)
        for shown in {one.statuses for one in (*sheet.required, *sheet.forbidden, *sheet.rules)}:
            said = period(shown, lifecycle)
            seen.add((said.start is None, said.before is None, bool(said.named)))
            assert _read_again(said, lifecycle) == shown & set(lifecycle.statuses)
    assert len(seen) >= 2


def _read_again(said: Period, lifecycle) -> set[str]:
    if said.named:
        return set(said.named)
    found = set(lifecycle.statuses)
    if said.start is not None:
        found &= statuses.from_status(lifecycle, said.start)
    if said.before is not None:
        found -= statuses.from_status(lifecycle, said.before)
    return found


def test_statuses_that_no_period_says_are_named():
    judge = judge_of(packs.load([str(LIBRARY)]).pack)
    lifecycle = judge.pack.lifecycle("lending")
    assert period(frozenset({"draft", "lost"}), lifecycle) == Period(named=("draft", "lost"))


# --- conditions


def test_a_condition_inside_a_list_has_its_path_from_the_root():
    assert requirement_rows("items[].volume", "loan/home") == [("always", "items[].kind = book and whole_set = true")]
    assert requirement_rows("items[].minutes", "loan/home") == [("forbidden", "items[].kind ≠ film")]


def test_what_an_optional_object_requires_is_required_where_it_is_there(tmp_path):
    assert requirement_rows("reader.address.town", "loan/remote") == [("always", "reader.address present")]
    out = call("describe", "activate-copper/create", "--format", "csv")[1]
    found = {row["field"]: row for row in csv.DictReader(io.StringIO(out))}
    assert found["end_customer.name"]["if"] == ""  # the customer is required as long as the name is
    assert found["options.internal_cabling.internal_cabling_length"]["if"] == "options.internal_cabling.enabled = true"


def test_what_a_list_requires_of_its_items_needs_no_condition(tmp_path):
    assert requirement_rows("items[].barcode", "loan/home") == [("always (stated)", "")]
    extra = "extras: {items: {fields: {name: {type: string, required: true}}}}"
    assert _with_field(tmp_path, extra)["extras[].name"] == ("always", "")


def test_what_is_required_inside_something_optional_is_not_surely_there(tmp_path):
    extra = "party: {fields: {host: {required: true, fields: {name: {type: string, required: true}}}}}"
    found = _with_field(tmp_path, extra)
    assert found["party.host"] == ("always", "party present")
    assert found["party.host.name"] == ("always", "party.host present")


def _with_field(tmp_path: Path, line: str) -> dict[str, tuple[str, str]]:
    """The requirements on the fields of an order that has one more field."""
    folder = tmp_path / "mine"
    assert call("init", str(folder))[0] == 0
    order = folder / "orders" / "meal.yaml"
    order.write_text(order.read_text(encoding="utf-8").replace("\nrules:", f"\n  {line}\nrules:"), encoding="utf-8")
    code, out, err = call("describe", "meal", "--pack", str(folder), "--format", "csv")
    assert (code, err) == (0, "")
    return {row["field"]: (row["required from"], row["if"]) for row in csv.DictReader(io.StringIO(out))}


# --- cells


def test_types_are_said_in_short():
    found = fields("loan/remote")
    assert found["items"]["type"] == "list (1–5, distinct): object"
    assert found["items[].barcode"]["type"] == "text, ^(LIV|FLM|JEU|PAR)[0-9]{6}$, 9 characters"
    assert found["items[].kind"]["type"] == "book | film | game | score"
    assert found["items[].minutes"]["type"] == "number, ≥ 1, ≤ 600"
    assert found["deposit"]["type"] == "number, > 0, < 500"
    assert found["keywords"]["type"] == "list (≤ 4, distinct): text, 2 to 20 characters"
    assert found["remark"]["type"] == "text, at most 200 characters"
    assert found["guarantor.name"]["type"] == "text, at least 2 characters"
    assert found["place"]["type"] == "post | courier"
    assert found["whole_set"]["type"] == "true or false"
    assert found["terms_read"]["type"] == "true"
    assert found["due_on"]["type"] == "text, date"
    assert found["extras"]["type"] == "object"
    assert found["status"]["type"] == "draft | submitted | lent | back | closed | lost | refused"
    assert fields("reservation/copy")["work.shelf_mark"]["type"].startswith("text, starts with R or S, ")


def test_examples_are_those_of_the_pack_and_fit():
    found = fields("loan/remote")
    assert found["reader.badge"]["example"] == '"0712345678"'  # a number to some readers of YAML
    assert found["deposit"]["example"] == "12.5"
    assert found["items[].kind"]["example"] == "book"
    assert found["ticket"]["example"] == "7d0c6f0e-52a1-4c53-9a51-2f8b3f1f9f10"
    assert found["remark"]["example"] == ""
    assert fields("reservation/copy")["work.shelf_mark"]["example"] == "R841 FER"
    fiber = call("describe", "activate-fiber/create", "--format", "csv")[1]
    by_name = {row["field"]: row for row in csv.DictReader(io.StringIO(fiber))}
    assert by_name["product.code"]["example"] == "FP02"  # not AM02, which is copper's


@pytest.mark.parametrize("pack", [ROOT / "specs" / "covage", LIBRARY], ids=["covage", "library"])
def test_every_example_may_stand_where_it_is_shown(pack):
    judge = judge_of(packs.load([str(pack)]).pack)
    tried = 0
    for variant in judge.pack.variants:
        sheet = judge.sheet(variant.name)
        for row in table(variant, sheet, judge.pack.lifecycle(variant.order.follows)).rows:
            value = example_of(row.slot)
            if repr(value) == "ABSENT" or "[]" in row.path:
                continue
            tried += 1
            data = value
            for name in reversed(row.path.split(".")):
                data = {name: data}
            findings = judged_as_if(sheet, data, JudgeContext("", sheet.initial, Role.RECORD)).findings
            where = "/" + row.path.replace(".", "/")
            assert not [f for f in findings if f.code == "CM404" and f.location.pointer.startswith(where)], row.path
    assert tried > 20


def test_sources_of_a_field_are_all_of_them_and_its_standing_the_weakest():
    found = fields("loan/home")
    assert (found["deposit"]["source"], found["deposit"]["standing"]) == ("S3, S13", "inferred")
    assert (found["reader.age"]["source"], found["reader.age"]["standing"]) == ("S4", "stated")
    assert "déduit" in library("loan/home", "--lang", "fr")


def test_rules_stand_below_in_words_or_by_their_message():
    rules = {row["field"]: row for row in rows("loan/home") if row["what"] == "rule"}
    assert rules["damage-is-explained"]["title"] == "say what happened"
    assert rules["damage-is-explained"]["required from"] == "back"
    assert rules["adults-lend-freely"]["title"] == "if reader.age ≥ 16 then guarantor.name absent"
    assert rules["film-barcode"]["title"] == "if items[].kind = film then items[].barcode starts with FLM"
    assert rules["not-blocked"]["title"] == "account.blocked = false (reads the account)"
    assert rules["few-late"]["standing"] == "assumed"
    french = library("loan/home", "--lang", "fr")
    assert "dites ce qui est arrivé" in french
    assert "(lit le compte)" in french


# --- one status, one role


def test_for_one_status_only_what_holds_there_is_shown():
    assert requirement_rows("back_on", "loan/home", "--state", "draft", column="presence") == [
        ("read-only, forbidden (stated)", "")
    ]
    assert requirement_rows("back_on", "loan/home", "--state", "back", column="presence") == [
        ("read-only, required (stated)", "")
    ]
    assert requirement_rows("terms_read", "loan/home", "--state", "draft", column="presence") == [("", "")]
    assert requirement_rows("terms_read", "loan/home", "--state", "lent", column="presence") == [("required", "")]
    assert "damage-is-explained" not in library("loan/home", "--state", "lent")
    assert "damage-is-explained" in library("loan/home", "--state", "back")


def test_a_request_has_no_fields_of_the_platform_and_a_record_has_no_rules_over_the_account():
    request, record = fields("loan/home", "--role", "request"), fields("loan/home", "--role", "record")
    assert "number" not in request
    assert record["number"]["required from"] == "submitted (stated)"
    assert "not-blocked" in library("loan/home", "--role", "request")
    assert "not-blocked" not in library("loan/home", "--role", "record")


def test_a_status_that_the_order_does_not_have_is_a_usage_error():
    code, _, err = call("describe", "loan/home", "--state", "posted", "--pack", str(LIBRARY))
    assert code == 2
    assert "loan/home has no status 'posted'; use one of: draft, submitted, lent" in err
    assert call("describe", "loans", "--pack", str(LIBRARY))[0] == 2


# --- formats


def test_an_order_is_all_its_variants():
    out = library("loan")
    assert [line.split(":")[0] for line in out.splitlines() if line.startswith("loan/")] == [
        "loan/home", "loan/reading_room", "loan/remote",
    ]  # fmt: skip
    assert {row["order"] for row in rows("loan")} == {"loan/home", "loan/reading_room", "loan/remote"}
    assert library("loan", "--format", "markdown").count("\n## ") == 2


def test_the_text_fits_the_width_of_a_terminal():
    for argv in (("loan",), ("loan", "--lang", "fr")):
        assert max(map(len, library(*argv).splitlines())) <= 140
    out = call("describe", "activate-copper")[1]
    table_lines = [line for line in out.splitlines() if not line.startswith("activate-copper/")]
    assert max(map(len, table_lines)) <= 140


def test_json_has_every_demand_with_its_place():
    (variant,) = json.loads(library("loan/home", "--format", "json"))["leaves"]
    assert (variant["name"], variant["title"], variant["matches"]) == (
        "loan/home",
        "Loan, At home",
        "request = loan and place = home",
    )
    by_path = {one["path"]: one for one in variant["fields"]}
    first, second = by_path["deposit"]["asked"]
    assert (first["presence"], first["from"], first["when"]) == (
        "required",
        "submitted",
        "an item of items: kind = film",
    )
    assert first["because"]["file"].endswith("loan.yaml")
    assert second["from"] == "lent"
    assert by_path["reader.badge"]["example"] == "0712345678"
    assert by_path["remark"]["example"] is None
    assert by_path["due_on"]["asked"][0]["records_only"] is False or by_path["due_on"]["read_only"]
    rule = next(one for one in variant["rules"] if one["name"] == "damage-is-explained")
    assert (rule["from"], rule["at"], rule["message"]) == ("back", "remark", "say what happened")


def test_an_order_without_rules_says_so(tmp_path):
    folder = tmp_path / "mine"
    assert call("init", str(folder))[0] == 0
    order = folder / "orders" / "meal.yaml"
    text = order.read_text(encoding="utf-8")
    order.write_text(text[: text.index("rules:")], encoding="utf-8")
    assert call("describe", "meal", "--pack", str(folder))[1].endswith("\nno rules\n")
    assert (
        "aucune règle\n" in call("describe", "meal", "--pack", str(folder), "--lang", "fr", "--format", "markdown")[1]
    )


def test_on_a_terminal_the_table_takes_its_width(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "100")
    out = Terminal()
    assert main(["describe", "loan/home", "--pack", str(LIBRARY)], out, io.StringIO()) == 0
    assert 90 < max(map(len, out.getvalue().splitlines())) <= 100


# --- tables


def test_a_word_that_is_too_long_is_cut_after_a_sign():
    out = text_table(["path", "why"], [["first.second.third", "x" * 30]], 24)
    assert max(map(len, out.splitlines())) <= 24
    assert "first." in out
    assert "second." in out


def test_a_table_that_cannot_be_narrow_stays_readable():
    assert max(map(len, text_table(["a"] * 4, [["x" * 20] * 4], 10).splitlines())) == 4 * 8 + 3 * 2


def test_markdown_cells_cannot_become_markup():
    out = markdown_table(["a"], [["<b>|*x*`\n[y](z)\\"]])
    assert out.splitlines()[2] == r"| \<b\>\|\*x\*\`<br>\[y\](z)\\ |"


def test_csv_cells_cannot_become_formulas():
    rows = [csv_row([cell]) for cell in ("=1+1", "-2", "@x", "+33", "fine")]
    assert rows == ["'=1+1\n", "'-2\n", "'@x\n", "'+33\n", "fine\n"]
