"""`describe --transitions`: who may do what, from where to where, in every format and both languages."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from covage_model import load_pack, transition_tables
from covage_model.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
PACKS = ROOT / "tests" / "packs"


def said(*argv: str, expected: int = 0) -> str:
    out = io.StringIO()
    assert main(["describe", "--transitions", *argv], out, out) == expected, out.getvalue()
    return out.getvalue()


def table(pack: str, *argv: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(said(*argv, "--pack", str(PACKS / pack), "--format", "csv"))))


def test_a_row_says_who_from_where_to_where_and_what_then() -> None:
    head, *rows = table("library", "lending", "--lang", "en")
    assert head == ["of", "trigger", "who", "from", "to", "guard", "effect", "events", "source", "standing"]
    by_trigger = {row[1]: row[2:] for row in rows}
    assert by_trigger["refuse"] == ["Librarian", "submitted", "refused", "", "", "declined", "", "inferred"]
    asked = [
        "Librarian",
        "submitted",
        "(stays)",
        "remote and parcel = unpacked",
        "parcel := packed",
        "",
        "S6",
        "stated",
    ]
    assert by_trigger["Pack"] == asked
    assert by_trigger["Edit the document"][:3] == ["Reader", "draft", "(stays)"]


def test_outcomes_deadlines_several_actors_and_sums_are_there() -> None:
    rows = {row[1]: row[2:] for row in table("session", "--lang", "en")[1:]}
    assert rows["sign_in.refused"][3:5] == ["tries ≤ 1", "tries := tries + 1"]
    assert rows["time_out (after 8 h)"][:3] == ["Clock", "open", "closed"]  # `open` stands for all its steps
    assert rows["refresh"][0] == "Client or Server"


def test_history_entry_and_exit_are_there() -> None:
    rows = table("microwave", "--lang", "en") + table("task", "--lang", "en")
    assert any("the step left last" in row[4] for row in rows)
    assert {"on entry", "on exit"} & {row[1] for row in rows}


def test_a_variant_leaves_out_what_cannot_happen_to_it() -> None:
    pack = load_pack(str(PACKS / "library"))
    (whole,), (narrow,) = transition_tables(pack, "lending"), transition_tables(pack, "loan/home")
    assert (whole.variant, narrow.variant and narrow.variant.name) == (None, "loan/home")
    guards = {row[1]: row[5] for row in table("library", "loan/home", "--lang", "en")[1:]}
    assert guards["lend"] == ""  # its guard asks for a variant, and for a parcel that remote loans alone need
    assert [each.name for each in transition_tables(pack)] == [each.name for each in pack.spec.lifecycles]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_json_conforms_to_its_schema(language: str) -> None:
    schema = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))
    for pack in ("session", "microwave", "task"):
        data: Any = json.loads(said("--pack", str(PACKS / pack), "--format", "json", "--lang", language))
        schema.validate(data)
        for row in data["lifecycles"][0]["transitions"]:
            assert row["because"]["line"] >= 1
    assert not schema.is_valid({**data, "lifecycles": [{"name": "x"}]})


def test_it_is_said_in_french_and_as_pages() -> None:
    assert "| déclencheur | qui |" in said("terminate", "--lang", "fr", "--format", "markdown")
    assert "<th>déclencheur</th>" in said("terminate", "--lang", "fr", "--format", "html")
    assert "supposé" in said("activate-fiber/create", "--lang", "fr")


def test_wrong_calls_say_what_to_type() -> None:
    assert "use one of: activate, terminate" in said("nothing", "--lang", "en", expected=2)
    assert "leave out --state" in said("terminate", "--state", "draft", "--lang", "en", expected=2)
