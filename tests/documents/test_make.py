"""Generated documents and accounts: the results of each module of the room."""

import io
import json
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from jsonschema import Draft202012Validator

from covage_model import generate_orders, load_pack
from covage_model import judge as judge_one
from covage_model.cli.main import main
from covage_model.documents.judge.values import fits
from covage_model.documents.make.valid.example_form import near
from covage_model.documents.make.valid.lived import lived
from covage_model.documents.make.valid.order import order
from covage_model.documents.make.valid.values import drawn
from covage_model.pack.model.conditions import DocumentReady, Holds, Literal, Ref

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "tests" / "packs" / "library"
READY = DocumentReady("submitted")


def test_a_number_keeps_its_beginning_and_a_reference_its_form() -> None:
    random = Random(7)
    assert all(near("0199000102", random).startswith("019900") for _ in range(50))
    assert near("RUE DE L'EXEMPLE", random) == "RUE DE L'EXEMPLE"
    assert len({near("O310314_00042", random) for _ in range(50)}) > 40


def test_a_drawn_value_fits_its_slot() -> None:
    judge = load_pack("covage").judge
    random = Random(1)
    pending = [judge.sheet(variant.name).root for variant in judge.pack.variants]
    for slot in pending:  # grows as it is read
        pending.extend((slot.properties or {}).values())
        pending.extend([slot.items] if slot.items is not None else [])
        if slot.properties is None and slot.items is None and not slot.shows_status:
            assert all(fits(slot, drawn(slot, random)) for _ in range(2))


def test_a_run_has_one_account_and_a_document_for_each_configuration() -> None:
    judge = load_pack("covage").judge
    life = lived(judge, "activate-copper/create", [((READY, False),), ((READY, True),), ((READY, False),)])
    assert life is not None
    refused, accepted, again = life.documents
    assert refused == again != accepted
    account = judge.account(life.account, "account")
    assert not judge.verdict(accepted, "accepted", account=account).findings
    assert len(judge.verdict(refused, "refused", account=account).findings) == 1


def test_atoms_of_the_account_keep_their_truth_within_a_run() -> None:
    judge = load_pack(str(LIBRARY)).judge
    blocked = Holds(Ref("account", ("blocked",)), Literal(value=False))
    assert lived(judge, "renewal", [((blocked, True),), ((blocked, False),)]) is None


def test_a_life_without_a_configuration_is_none() -> None:
    assert lived(load_pack("covage").judge, "terminate-copper", []) is None


def run(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(list(argv), out, err), out.getvalue(), err.getvalue()


def test_what_is_written_is_judged_clean_with_the_account_written_beside_it(tmp_path: Path) -> None:
    orders, account = str(tmp_path / "orders.ndjson"), str(tmp_path / "account.json")
    assert run("generate", "--count", "16", "--seed", "4", "--out", orders, "--account-out", account) == (0, "", "")
    code, said, _ = run("validate", "--strict", "--account", account, orders)
    assert code == 0
    assert said.endswith("\n16 documents, 16 clean\n")


@pytest.mark.hard
def test_orders_suit_an_account_that_is_given(tmp_path: Path) -> None:
    orders, account = str(tmp_path / "orders.ndjson"), str(ROOT / "specs" / "covage" / "accounts" / "operator.json")
    assert run("generate", "--count", "24", "--out", orders, "--account", account)[0] == 0
    assert run("validate", "--strict", "--account", account, orders)[1].endswith("\n24 documents, 24 clean\n")


@pytest.mark.hard
def test_each_format_is_read_back(tmp_path: Path) -> None:
    for form in ("json", "yaml"):
        folder = tmp_path / form
        assert (
            run("generate", "--pack", str(LIBRARY), "--role", "record", "--format", form, "--out", str(folder))[0] == 0
        )
        assert len(list(folder.iterdir())) == 38
        assert run("validate", "--pack", str(LIBRARY), "--strict", str(folder))[1].endswith(
            "\n38 documents, 38 clean\n"
        )
    code, said, _ = run("generate", "terminate-copper", "--format", "json")
    assert (code, json.loads(said)["type"]) == (0, "terminate")
    (tmp_path / "stream.yaml").write_text(run("generate", "--role", "record", "--count", "9", "--format", "yaml")[1])
    assert run("validate", "--strict", str(tmp_path / "stream.yaml"))[1].endswith("\n9 documents, 9 clean\n")
    assert run("generate", "--count", "2", "--format", "json")[0] == 2


def test_drafts_hold_no_more_than_a_draft_must() -> None:
    code, said, _ = run("generate", "activate-fiber", "--state", "draft", "--fill", "minimal")
    assert code == 0
    assert all(
        set(json.loads(line)) <= {"type", "product", "activation_type", "eligibility_ref"} for line in said.splitlines()
    )


def test_a_wrong_name_is_a_usage_error_with_the_nearest() -> None:
    for argv, hint in (
        (["activate-coper"], "activate-copper"),
        (["--state", "drat"], "draft"),
        (["--format", "json"], "ndjson"),
        (["--out", "/dev/null/x"], "cannot write"),
    ):
        code, _, said = run("generate", *argv)
        assert (code, hint in said) == (2, True), said


def test_what_could_not_be_made_is_a_finding_in_the_report_schema() -> None:
    code, said, findings = run("generate", "activate-enni", "--format", "json")
    assert (code, said) == (1, "")
    report = json.loads(findings)
    Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8"))).validate(report)
    assert [one["code"] for one in report["findings"]] == ["CM517"]


def test_the_library_yields_the_same_orders_each_time_it_is_asked() -> None:
    pack = load_pack()
    made = generate_orders(pack, "activate-copper", count=8, seed=2, fill="full")
    first = list(made)
    assert first == list(made)
    assert len(first) == 8
    assert all(not judge_one(pack, order, account=made.account).findings for order in first)
    assert len(list(islice(generate_orders(pack, "terminate-copper"), 5))) == 5
    with pytest.raises(KeyError, match="terminate-copper"):
        generate_orders(pack, "terminate-coper")
    with pytest.raises(ValueError, match="draft"):
        generate_orders(pack, status="drafty")


def test_one_order_is_built_for_an_account_that_stays_as_it_is() -> None:
    judge = load_pack("covage").judge
    account = json.loads((ROOT / "specs" / "covage" / "accounts" / "operator.json").read_text(encoding="utf-8"))
    before = json.dumps(account)
    found = order(judge, "terminate-copper", random=Random(3), account=account)
    assert found["service_ref"] in {one["reference"] for one in account["services"] if one["status"] == "active"}
    assert json.dumps(account) == before
    assert order(judge, "terminate-copper", random=Random(3), account={**account, "services": []}) is None
