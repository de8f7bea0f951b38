"""The outcome of each statement of a source."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import pytest

from covage_model.api import packs, scenarios
from covage_model.cli.main import main
from covage_model.documents.judge.verdict import judge_of
from covage_model.ground.diagnostics import Standing
from covage_model.quality.citations import statement_outcomes
from covage_model.quality.citations.cited_definitions import cited_definitions

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "tests" / "packs" / "library"


@pytest.fixture(autouse=True)
def _apart(monkeypatch, tmp_path_factory):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def call(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(argv, out, err), out.getvalue(), err.getvalue()


def cited_statements(*folders: str) -> dict[str, statement_outcomes.Cited]:
    loaded = packs.load(folders)
    outcomes = [one.outcome for one in scenarios.play_pack(judge_of(loaded.pack), loaded.folders) if one.outcome]
    return {one.name: one for one in statement_outcomes.statement_outcomes(loaded.pack, outcomes).cited}


def cites(one: statement_outcomes.Cited) -> dict[str, bool]:
    return {f"{citation.element.kind} {citation.element.label}": citation.exercised for citation in one.citations}


@pytest.fixture(scope="module")
def library():
    return cited_statements(str(LIBRARY))


@pytest.fixture
def mine(tmp_path):
    folder = tmp_path / "mine"
    assert call("init", str(folder))[0] == 0
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- the bundled pack


@pytest.mark.hard
def test_every_statement_of_the_bundled_pack_is_exercised_or_says_why_not():
    code, out, err = call("sources", "--check")
    assert (code, err) == (0, "")
    assert out == "31 statements: 29 exercised, 0 not exercised, 0 not cited, 2 not modelled\n"


@pytest.mark.hard
def test_unmodelled_statements_are_listed_with_the_reason_in_the_chosen_language():
    report = call("sources", "--lang", "fr")[1]
    assert "S30  non modélisé\u00a0: " in report
    assert "      motif\u00a0: Des images aux noms périmés" in report
    assert "S4  exercé (en partie)\u00a0: " in report


# --- who cites


def test_a_definition_cites_what_it_says_itself_and_not_what_it_inherits(library):
    assert cites(library["S12"])["state lending: draft"]
    assert cites(library["S21"]) == {
        "order reservation": True,
        "lifecycle reserving": True,
        "state reserving: submitted": True,
        "transition reserving: grant": False,
    }
    assert not any("own-card" in name for name in cites(library["S1"]))  # the rule inherits from its type


def test_what_is_included_in_two_lifecycles_is_one_element_with_two_owners(library):
    assert "transition desk, reserving: withdraw" in cites(library["S12"])


@pytest.mark.hard
def test_what_an_including_lifecycle_adds_to_a_source_is_its_own():
    bundled = cited_statements()
    assert cites(bundled["S16"]) == {"transition terminate: submit": True}
    assert {"transition activate: submit", "transition terminate: submit"} <= set(cites(bundled["S18"]))


def test_every_kind_of_definition_is_found(library):
    kinds = {citation.element.kind for one in library.values() for citation in one.citations}
    assert kinds == {
        "event", "field", "lifecycle", "order", "property", "rule",
        "state", "transition", "type", "variable", "variant",
    }  # fmt: skip


def test_a_case_and_the_items_of_a_list_count_where_they_say_something_of_their_own(mine):
    change(mine / "orders" / "meal.yaml", "rules:", "  extras: {items: {type: string, source: H2}}\nrules:")
    change(
        mine / "lifecycles" / "serving.yaml",
        "to: served}",
        "cases: [{to: served, guard: {order.dish: soup}}, {to: served, guard: {order.dish: stew}, source: H2}]}",
    )
    one = cited_statements(str(mine))["H2"]
    assert cites(one) == {
        "field meal: extras[]": False,
        "rule meal: large-tables-eat-stew": True,
        "case serving: serve, case 2": False,
    }


def test_a_scenario_that_cites_is_a_definition_too(mine):
    change(mine / "scenarios" / "served.yaml", "given:", "source: H2\ngiven:")
    assert cites(cited_statements(str(mine))["H2"])["scenario un repas est servi"]


def test_the_file_of_the_pack_cites_for_itself(mine):
    change(mine / "pack.yaml", "record:", "source: House\nrecord:")
    assert cites(cited_statements(str(mine))["House"]) == {"pack mine": False}


# --- what is exercised


def test_a_rule_is_exercised_where_its_when_was_true(mine):
    assert cites(cited_statements(str(mine))["H2"]) == {"rule meal: large-tables-eat-stew": True}
    change(
        mine / "scenarios" / "served.yaml", "  - fill: {guests: 9}\n  - refused: {place: large-tables-eat-stew}\n", ""
    )
    assert cites(cited_statements(str(mine))["H2"]) == {"rule meal: large-tables-eat-stew": False}


def test_a_lifecycle_is_exercised_by_a_run_and_not_by_a_judgement(mine):
    assert cites(cited_statements(str(mine))["H1"])["lifecycle serving"]
    (mine / "scenarios" / "served.yaml").write_text(
        "scenario: judged\ngiven: {document: ../examples/meal.json}\nexpect: {findings: []}\n", encoding="utf-8"
    )
    assert cites(cited_statements(str(mine))["H1"]) == {"order meal": True, "lifecycle serving": False}


def test_a_lifecycle_is_exercised_by_a_run_whatever_it_holds_cites(mine):
    life = mine / "lifecycles" / "serving.yaml"
    for name in ("considered", "served"):
        change(life, f"  {name}: {{", f"  {name}: {{source: H2, ")
    change(life, "  placed: {}", "  placed: {source: H2}")
    for name in ("place", "serve"):
        change(life, f"  {name}: {{by", f"  {name}: {{source: H2, by")
    assert cites(cited_statements(str(mine))["H1"])["lifecycle serving"]


def test_states_variables_and_events_are_exercised_by_what_a_run_shows(library):
    assert cites(library["S9"]) == {
        "state lending: lent.overdue": True,
        "state lending: lost": False,  # no scenario loses anything
        "variable lending: fine": True,
        "transition lending: fall_due": True,
        "transition lending: remind": True,
        "transition lending: declare_lost": True,  # refused somewhere
        "property lending: no-fine-before-lending": False,
        "property lending: late-means-reminded": False,
        "event reminder": True,
    }


def test_a_variable_that_kept_its_value_is_not_exercised(mine):
    life = mine / "lifecycles" / "serving.yaml"
    change(life, "transitions:", 'variables:\n  tip: {values: ["none", given], source: H2}\ntransitions:')
    assert not cites(cited_statements(str(mine))["H2"])["variable serving: tip"]
    change(life, "to: served}", "to: served, set: {tip: given}}")
    assert cites(cited_statements(str(mine))["H2"])["variable serving: tip"]


def test_a_presence_is_exercised_where_it_decided_a_finding(library):
    assert not cites(library["S3"])["field loan: deposit"]
    assert cites(library["S10"])["field loan: damage"]


def test_a_definition_is_exercised_by_what_inherits_from_it(library):
    assert cites(library["S13"])["type desk_file"]


# --- --check


def test_check_fails_at_the_statement_that_nothing_exercises():
    code, out, _ = call("sources", "--check", "--pack", str(LIBRARY))
    assert code == 1
    line = (LIBRARY / "pack.yaml").read_text(encoding="utf-8").splitlines().index(
        "      S3: A loan with a film takes a deposit; one with a game takes it when it is handed over."
    ) + 1
    assert f"pack.yaml:{line}:7: error CM507 no scenario exercises a definition that cites S3\n" in out
    assert "hint: add a scenario that exercises field loan: deposit\n" in out
    assert out.endswith("1 not exercised, 0 not cited, 2 not modelled\n")


def test_check_fails_at_the_statement_that_nothing_cites(mine):
    assert call("sources", "--check", "--pack", str(mine))[0] == 0
    change(mine / "orders" / "meal.yaml", "    source: H2\n", "")
    code, out, _ = call("sources", "--check", "--pack", str(mine))
    assert code == 1
    assert "error CM507 no definition cites the statement H2\n" in out
    assert call("sources", "--pack", str(mine))[0] == 0  # without --check it is shown, and no failure


def test_a_statement_with_a_reason_why_it_is_not_modelled_passes(mine):
    change(mine / "orders" / "meal.yaml", "    source: H2\n", "")
    change(mine / "pack.yaml", "      H2: {", "      H2: {not_modelled: Nobody counts., text: {")
    change(mine / "pack.yaml", 'served stew."}', 'served stew."}}')
    assert call("sources", "--check", "--pack", str(mine))[0] == 0


def test_part_of_a_statement_must_still_be_exercised(mine):
    change(mine / "orders" / "meal.yaml", "    source: H2\n", "")
    change(mine / "pack.yaml", "      H2: {", "      H2: {partly: Nobody counts., text: {")
    change(mine / "pack.yaml", 'served stew."}', 'served stew."}}')
    assert call("sources", "--check", "--pack", str(mine))[0] == 1


def test_check_and_standing_do_not_go_together():
    assert call("sources", "--check", "--standing", "assumed")[0] == 2


def test_a_broken_pack_is_not_looked_at(tmp_path):
    copy = tmp_path / "library"
    shutil.copytree(LIBRARY, copy)
    change(copy / "orders" / "card.yaml", "follows: membership", "follows: members")
    assert call("sources", "--pack", str(copy))[0] == 3


# --- standing


def test_every_assumed_definition_is_listed_with_its_place_and_its_source():
    code, out, _ = call("sources", "--standing", "assumed")
    *lines, count = out.splitlines()
    assert code == 0
    assert count == f"{len(lines)} definitions"
    cells = [line.split() for line in lines]
    assert any(row[0] == "property" and "rejected-is-free" in row and "-" in row for row in cells)  # without a source
    assert any(row[0] == "type" and row[1] == "gtr_value" and "K12," in row for row in cells)
    assert all("/specs/covage/" in f"/{row[-1]}" and row[-1].rpartition(":")[2].isdigit() for row in cells)


def test_every_number_of_a_profile_has_its_sources_and_its_standing():
    out = call("sources", "--standing", "inferred")[1]
    assert re.search(r"number +premium: timers\.visit +K8 .*/premium\.yaml:\d+\n", out)
    assert "premium, usual: calendars.office" in call("sources", "--standing", "assumed")[1]  # both profiles have it
    assert re.search(r"  exercised +number +usual: timers\.visit ", call("sources")[1])  # among those that cite K8


def test_a_standing_is_inherited():
    pack = packs.load([str(LIBRARY)]).pack
    assumed = {one.label for one in statement_outcomes.of_standing(pack, Standing.ASSUMED)}
    assert {"loan-returned", "loan: few-late", "late-return: days"} <= assumed
    everything = [one for standing in Standing for one in statement_outcomes.of_standing(pack, standing)]
    assert len(everything) == len(cited_definitions(pack))


@pytest.mark.hard
def test_what_is_called_stated_and_has_no_source_is_listed():
    out = call("sources")[1]
    tail = out[out.index("Stated, and without a source (") :].splitlines()
    assert {tuple(line.split()[:2]) for line in tail[1:]} >= {("type", "common"), ("type", "label")}
    assert tail[0] == f"Stated, and without a source ({len(tail) - 1}):"


# --- formats


def test_json_says_what_text_says():
    report = json.loads(call("sources", "--format", "json", "--check", "--pack", str(LIBRARY))[1])
    assert report["command"] == "sources"
    assert [one["code"] for one in report["findings"]] == ["CM507"]
    by_name = {one["name"]: one for one in report["statements"]}
    assert by_name["S8"] | {"cited_by": []} == {
        "name": "S8",
        "source": "R1",
        "text": "A loan lasts three weeks.",
        "url": "https://reglement.valcombe.example/pret",
        "became": "not modelled",
        "partly": False,
        "reason": "Durations are for the simulation.",
        "cited_by": [],
    }
    (cited,) = by_name["S3"]["cited_by"]
    assert (cited["kind"], cited["owners"], cited["definition"], cited["exercised"]) == (
        "field",
        ["loan"],
        "deposit",
        False,
    )
    assert {one["name"] for one in report["pages"]} == {"R1", "R2", "R3"}
    assert {"kind", "owners", "definition", "because"} == set(report["unsourced"][0])
    listed = json.loads(call("sources", "--format", "json", "--standing", "assumed", "--pack", str(LIBRARY))[1])
    assert {one["because"]["standing"] for one in listed["definitions"]} == {"assumed"}


def test_markdown_is_one_row_a_statement():
    out = call("sources", "--format", "markdown", "--lang", "fr", "--pack", str(LIBRARY))[1]
    rows = [line for line in out.splitlines() if line.startswith("| S")]
    assert len(rows) == 19
    assert "| S3 | " in out
    assert "non exercé" in next(row for row in rows if row.startswith("| S3 "))
    assert "| nature | définition | source | où |" in out
    assert "| kind | definition |" in call("sources", "--format", "markdown", "--standing", "assumed")[1]


def test_out_writes_a_file(tmp_path):
    path = tmp_path / "deep" / "sources.md"
    assert call("sources", "--format", "markdown", "--out", str(path))[:2] == (0, "")
    assert path.read_text(encoding="utf-8").startswith("31 statements")


def test_the_same_input_gives_the_same_bytes():
    assert call("sources", "--pack", str(LIBRARY))[1] == call("sources", "--pack", str(LIBRARY))[1]
