"""The account on the command line: an example, one made of orders, its table and its schema."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from mixed import english

from covage_model.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))
WITHOUT = str(ROOT / "tests" / "golden" / "ok" / "no-status")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = main(list(argv), out, err, io.BytesIO(stdin))
    return code, out.getvalue(), err.getvalue()


def test_an_example_order_passes_with_the_example_account() -> None:
    assert run("examples", "terminate-copper", "--out", "order.json") == (0, "", "")
    assert run("examples", "account", "--format", "yaml", "--out", "account.yaml") == (0, "", "")
    code, out, _ = run("validate", "--strict", "--account", "account.yaml", "order.json")
    assert (code, out.splitlines()[-1]) == (0, "1 document, 1 clean")


def test_generated_orders_suit_the_example_account() -> None:
    assert run("examples", "account", "--out", "account.json")[0] == 0
    assert run("generate", "--count", "8", "--account", "account.json", "--out", "orders.ndjson")[0] == 0
    assert run("validate", "--strict", "--account", "account.json", "orders.ndjson")[0] == 0


def test_an_account_is_made_of_orders_in_files_and_from_stdin() -> None:
    run("generate", "terminate-copper", "--count", "5", "--out", "orders.ndjson")
    code, _, err = run("examples", "account", "--from", "orders.ndjson", "--out", "account.json")
    assert (code, err.splitlines()[0]) == (0, "made for 5 orders")
    assert "services[].status (" in err
    assert run("validate", "--strict", "--account", "account.json", "orders.ndjson")[0] == 0
    lines = Path("orders.ndjson").read_bytes()
    code, out, _ = run("examples", "account", "--from", "-", stdin=lines)
    assert (code, json.loads(out)) == (0, json.loads(Path("account.json").read_text(encoding="utf-8")))


def test_an_order_that_is_wrong_itself_is_told_and_fails() -> None:
    Path("wrong.json").write_text('{"type": "terminate", "service_ref": 1}', encoding="utf-8")
    code, out, err = run("examples", "account", "--from", "wrong.json")
    assert (code, json.loads(out)["services"]) == (1, [])
    assert err == "made for 0 orders\n1 order has errors of its own: `validate` names them\n"


def test_a_file_that_is_not_there_gives_no_account() -> None:
    code, out, err = run("examples", "account", "--from", "nope.json")
    assert (code, out) == (4, "")
    assert "nope.json: error CM008" in err


def test_it_is_told_in_french() -> None:
    Path("wrong.json").write_text('{"type": "terminate", "service_ref": 1}', encoding="utf-8")
    run("generate", "terminate-copper", "--count", "2", "--out", "orders.ndjson")
    _, _, err = run("examples", "account", "--from", "wrong.json", "--from", "orders.ndjson", "--lang", "fr")
    assert "fait pour 2\u202f" in err or "fait pour 2 commandes" in err
    assert not [line for line in err.splitlines() if english(line.partition(" : ")[0].partition("`")[0])]


def test_the_table_of_an_account_says_what_it_may_hold_and_which_rules_read_it() -> None:
    code, out, _ = run("describe", "account", "--format", "json")
    report = json.loads(out)
    REPORTS.validate(report)
    (told,) = report["leaves"]
    assert (code, told["name"], told["matches"], told["statuses"]) == (0, "account", None, [])
    fields = {field["path"]: field for field in told["fields"]}
    assert fields["services[].reference"]["asked"][0]["presence"] == "required"
    assert fields["contacts[].first_name"]["personal"]
    rules = [rule["name"] for rule in told["rules"]]
    assert {"contact-is-known", "service-is-active", "construction-line-is-active"} <= set(rules)
    for name in ("text", "markdown", "csv"):
        assert "service-is-active" in run("describe", "account", "--format", name)[1]


def test_the_schema_of_an_account_accepts_the_example_and_has_an_origin_for_each_keyword() -> None:
    schema = json.loads(run("schema", "account")[1])
    Draft202012Validator.check_schema(schema)
    account = json.loads(run("examples", "account")[1])
    assert Draft202012Validator(schema).is_valid(account)
    assert not Draft202012Validator(schema).is_valid({**account, "services": None})
    assert schema["$id"] == "urn:spec-pack:covage:account"
    assert json.loads(run("schema", "account", "--lang", "fr")[1])["title"] == "Compte de l'opérateur"
    origins = json.loads(run("schema", "account", "--format", "origins")[1])
    assert origins["/properties/services"]["file"].endswith("account.yaml")


@pytest.mark.parametrize("command", ["examples", "describe", "schema"])
def test_a_pack_without_accounts_says_so(command: str) -> None:
    code, _, err = run(command, "account", "--pack", WITHOUT)
    assert code == 2
    assert "the pack gives accounts no type: its rules read none" in err


@pytest.mark.parametrize("argv", [
    ("schema", "account", "--state", "draft"),
    ("schema", "account", "--role", "record"),
    ("describe", "account", "--role", "record"),
    ("examples", "terminate-copper", "--from", "x.json"),
])  # fmt: skip
def test_what_an_account_has_not_is_a_wrong_call(argv: tuple[str, ...]) -> None:
    assert run(*argv)[0] == 2


def test_an_order_type_of_that_name_comes_first() -> None:
    os.makedirs("pack/orders")
    Path("pack/pack.yaml").write_text("pack: bank\nformat: 1\nactors: {us: Us}\naccount: holder\n", encoding="utf-8")
    Path("pack/types.yaml").write_text("types:\n  holder: {fields: {full_name: {type: string}}}\n", encoding="utf-8")
    Path("pack/life.yaml").write_text(
        "lifecycle: life\nstates: {open: {initial: true}, shut: {final: success}}\n"
        "transitions: {shut: {by: us, from: open, to: shut}}\n",
        encoding="utf-8",
    )
    Path("pack/orders/account.yaml").write_text(
        "order: account\nfollows: life\nmatch: {type: account}\nfields: {iban: {type: string}}\n", encoding="utf-8"
    )
    code, out, err = run("describe", "account", "--pack", "pack")
    assert (code, "iban" in out, "full_name" in out) == (0, True, False), err
