"""Invalid orders with one defect: generated, with their expected findings, and written."""

import io
import json
from itertools import islice
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from covage_model import generate_defects, load_pack
from covage_model.cli.main import main
from covage_model.documents.make.defects.defect import Invalid, Unmade

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = str(ROOT / "tests" / "packs" / "library")
SCHEMA = json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8"))


def run(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(list(argv), out, err), out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def terminations() -> list[Invalid | Unmade]:
    return list(generate_defects(load_pack("covage"), "terminate-copper"))


def test_each_statement_of_the_pack_is_broken_alone_or_listed_as_unmade(terminations: list[Invalid | Unmade]) -> None:
    made = [one for one in terminations if isinstance(one, Invalid)]
    kinds = {one.defect.kind for one in made}
    assert kinds >= {"type", "missing", "read-only", "unknown-key", "status", "account-rule", "choice", "pattern"}
    assert sum(one.alone for one in made) > 0.9 * len(made) > 25
    assert all(one.lines for one in terminations if isinstance(one, Unmade) and one.why == "hidden")


def test_an_account_rule_is_broken_by_the_account_or_by_the_order(terminations: list[Invalid | Unmade]) -> None:
    rules = {
        one.defect.detail: one for one in terminations if isinstance(one, Invalid) and one.defect.kind == "account-rule"
    }
    assert set(rules) == {
        "contact-is-known",
        "service-is-known",
        "service-is-active",
        "service-is-copper",
        "enterprise-needs-enni",
    }
    for one in rules.values():
        assert one.needs_account
        assert [(e.code, e.severity) for e in one.expected] == [("CM407", "error")]


def test_a_misspelt_word_is_near_what_is_legal(terminations: list[Invalid | Unmade]) -> None:
    typo = next(one for one in terminations if isinstance(one, Invalid) and one.defect.kind == "choice")
    assert typo.document["type"] == "terminat"


def test_every_line_is_what_the_report_schema_says_and_the_same_seed_gives_the_same() -> None:
    argv = ("generate", "--pack", LIBRARY, "renewal", "--defects", "--count", "12", "--seed", "3")
    code, said, told = run(*argv)
    assert (code, told) == (0, "")
    line = Draft202012Validator({**SCHEMA["$defs"]["invalid"], "$defs": SCHEMA["$defs"]})
    lines = [json.loads(one) for one in said.splitlines()]
    assert len(lines) == 12
    for one in lines:
        line.validate(one)
    assert run(*argv)[1] == said
    assert run(*argv[:-1], "4")[1] != said
    code, said, told = run(*argv, "--format", "json")
    assert (code, told) == (0, "")
    Draft202012Validator(SCHEMA).validate(json.loads(said))
    assert json.loads(said)["orders"] == lines


def test_a_defect_names_its_spec_file_as_manifests_do_wherever_the_pack_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for form in ("ndjson", "json"):
        code, said, told = run("generate", "terminate-copper", "--defects", "--format", form)
        assert code == 0
        assert str(ROOT) not in said + told
        assert '"covage/orders/terminate-copper.yaml"' in said
        assert '"covage/types/references.yaml"' in said


def test_a_larger_count_gives_other_orders_with_the_same_defects() -> None:
    pack = load_pack(str(ROOT / "tests" / "golden" / "CM518-defects"))
    found = [one for one in islice(generate_defects(pack, count=20), 20) if isinstance(one, Invalid)]
    assert len(found) == 20
    assert len({json.dumps(one.document) for one in found}) > 12


def test_records_and_drafts_are_asked_for() -> None:
    pack = load_pack(LIBRARY)
    for role in ("request", "record"):
        found = list(generate_defects(pack, "renewal", role=role, count=5))
        assert {one.target.role.value for one in found if isinstance(one, Invalid)} == {role}


def test_what_makes_no_sense_is_a_usage_error() -> None:
    assert run("generate", "--defects", "--format", "yaml")[0] == 2
    assert run("generate", "--defects", "--account", "a.json")[0] == 2
    with pytest.raises(KeyError, match="terminate-copper"):
        generate_defects(load_pack("covage"), "terminate-coper")


def test_a_document_of_another_type_is_no_list_for_a_file_with_a_list_is_read_as_the_orders_in_it() -> None:
    wrong = [one for one in generate_defects(load_pack(), "terminate-copper", seed=1) if isinstance(one, Invalid)]
    whole = [one.document for one in wrong if one.defect.kind == "type" and not one.defect.path]
    assert whole == [None]


def test_a_rule_over_what_only_later_statuses_have_is_broken_in_one_of_them(tmp_path: Path) -> None:
    files = {
        "pack": "pack: line\nformat: 1\nactors: {us: Us}\nrecord: {id: {present: true}}\n",
        "life": "lifecycle: life\nstatus: state\nstates: {a: {initial: true}, b: {}, c: {}, d: {}, open: {}}\n"
        "transitions:\n  ab: {by: us, from: a, to: b}\n  bc: {by: us, from: b, to: c}\n  cd: {by: us, from: c, to: d}\n"
        "  open: {by: us, from: d, to: open}\n",
        "order": "order: line\nfollows: life\nfields:\n  id: {type: string, read_only: true}\n  state: {read_only: true}\n"
        "  wanted: {type: integer}\n  got: {type: integer, read_only: true, forbidden: {before: open}}\n"
        "rules:\n  enough: {when: {wanted: {present: true}, got: {present: true}}, then: {got: {min: {at: wanted}}}}\n",
    }
    for name, content in files.items():
        (tmp_path / f"{name}.yaml").write_text(content, encoding="utf-8")
    (broken,) = [one for one in generate_defects(load_pack(tmp_path)) if one.defect.kind == "rule"]
    assert isinstance(broken, Invalid)
    assert (broken.alone, broken.target.status) == (True, "open")
