"""`key` names an order in reports; `unique` finds orders of one run with the same value."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from covage_model import generate_orders, judge, judge_files, load_pack, mutate_pack
from covage_model.api import orders, scenarios
from covage_model.api.uniqueness import Uniqueness
from covage_model.api.workspace import Pack
from covage_model.cli.main import main
from covage_model.quality.coverage.items import items_of
from covage_model.quality.coverage.recorder import record
from covage_model.quality.coverage.unreachable import unreachable

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8"))
FILES = {
    "pack": "pack: tiny\nformat: 1\nactors: {me: Me}\nrecord: {number: {present: true}}\n",
    "types": """
types:
  numbered: {fields: {number: number, "info.code": string, seal: string}, key: [number, info.code]}
  sealed: {unique: [seal], standing: assumed}
""",
    "letter": "order: letter\nfollows: life\ninclude: [numbered, sealed]\nmatch: {kind: letter}\nunique: [info.code]\n",
    "parcel": """
order: parcel
follows: life
include: [numbered, sealed]
match: {kind: parcel}
unique: [number]
variants: {small: {match: {size: small}, unique: [info.code]}, large: {match: {size: large}}}
""",
    "life": "lifecycle: life\nstates: {draft: {initial: true}, done: {final: success}}\n"
    "transitions: {finish: {by: me, from: draft, to: done}}\n",
}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("tiny")
    for name, text in FILES.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_pack(str(folder))


def letter(**more: Any) -> dict[str, Any]:
    return {"kind": "letter", **more}


def parcel(size: str = "small", **more: Any) -> dict[str, Any]:
    return {"kind": "parcel", "size": size, **more}


def written(path: Path, documents: list[Any]) -> str:
    path.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    return str(path)


def again(pack: Pack, *paths: str) -> list[tuple[str, str, int, str, str, int]]:
    """The findings: severity, location and message."""
    found = [finding for one in judge_files(pack, paths) for finding in one.findings if finding.code == "CM415"]
    return [
        (
            finding.severity.value,
            Path(finding.location.file).name,
            finding.location.line,
            finding.location.pointer,
            Path(finding.arguments["file"]).name,
            finding.arguments["line"],
        )
        for finding in found
    ]


def test_unique_in_an_order_compares_all_its_variants(pack: Pack, tmp_path: Path) -> None:
    documents = [parcel(number=1), parcel("large", number=1.0), letter(number=1), parcel(number=2), letter(number=1)]
    assert again(pack, written(tmp_path / "a.ndjson", documents)) == [
        ("error", "a.ndjson", 2, "/number", "a.ndjson", 1)
    ]


def test_unique_in_a_variant_or_an_order_compares_only_its_own_orders(pack: Pack, tmp_path: Path) -> None:
    same = {"info": {"code": "A"}}
    documents = [parcel("large", **same), parcel(**same), letter(**same), parcel("large", **same), parcel(**same)]
    found = again(pack, written(tmp_path / "a.ndjson", documents))
    assert found == [("error", "a.ndjson", 5, "/info/code", "a.ndjson", 2)]


def test_unique_in_a_type_compares_all_orders_that_include_it(pack: Pack, tmp_path: Path) -> None:
    """An assumed rule gives a warning. It names the first of all these orders, wherever that is."""
    first = written(tmp_path / "a.ndjson", [letter(seal="x"), letter()])
    second = tmp_path / "b.json"
    second.write_text(json.dumps([parcel(seal="y"), parcel(seal="x"), letter(seal="y")], indent=1), encoding="utf-8")
    third = written(tmp_path / "c.jsonl", [parcel("large", seal="x")])
    assert again(pack, first, str(second), third) == [
        ("warning", "b.json", 7, "/seal", "a.ndjson", 1),
        ("warning", "b.json", 12, "/seal", "b.json", 2),
        ("warning", "c.jsonl", 1, "/seal", "a.ndjson", 1),
    ]


def test_numbers_texts_and_nothing_are_told_apart(pack: Pack, tmp_path: Path) -> None:
    values = [1, "1", True, None, 1e0, {}, [], True, None, {}, [], 10**30, 10**30 + 1, "", -0.0, 0, ""]
    found = again(pack, written(tmp_path / "a.ndjson", [parcel(number=value) for value in values]))
    assert [line for _, _, line, _, _, _ in found] == [5, 16, 17]


def test_what_is_no_order_is_not_compared(pack: Pack, tmp_path: Path) -> None:
    documents = [parcel(number=1), {"kind": "parsel", "number": 1}, parcel("middling", number=1), 7]
    assert again(pack, written(tmp_path / "a.ndjson", documents)) == []


def test_a_document_of_a_list_or_of_yaml_starts_on_its_own_line(pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "kind: letter\nseal: x\n---\n# again\nkind: letter\nseal: x\n---\n- kind: letter\n  seal: x\n", encoding="utf-8"
    )
    lines = [line for _, _, line, *_ in again(pack, str(tmp_path / "a.yaml"))]
    assert lines == [
        one.document.first_line for one in judge_files(pack, [str(tmp_path / "a.yaml")])[1:3] if one.document
    ]


@pytest.mark.parametrize("limit", [0, 1_000, 64 * 1024 * 1024])
def test_memory_and_disk_find_what_a_dictionary_finds(pack: Pack, limit: int) -> None:
    random = Random(7)
    compared = Uniqueness(pack.judge, limit)
    firsts: dict[Any, int] = {}
    expected = []
    for line in range(1, 400):
        document = letter(seal=str(random.randrange(150)), info={"code": str(random.randrange(900))})
        compared.add("letter", compared.digests(judge(pack, document)), "f", line)
        for pointer, value in (("/seal", document["seal"]), ("/info/code", document["info"]["code"])):
            first = firsts.setdefault((pointer, value), line)
            if first != line:
                expected.append((line, pointer, first))
    found = [(one.location.line, one.location.pointer, one.arguments["line"]) for one in compared.findings()]
    assert sorted(found) == sorted(expected)
    assert [line for line, _, _ in found] == [line for line, _, _ in expected]
    assert len(expected) > 200


def test_digests_do_not_depend_on_the_process(pack: Pack) -> None:
    other = load_pack(*pack.folders)
    verdict = judge(pack, parcel(number=1, info={"code": "é"}))
    digests = Uniqueness(pack.judge).digests(verdict)
    assert digests == Uniqueness(other.judge).digests(judge(other, parcel(number=1.0, info={"code": "é"})))
    assert [len(one) for one in digests] == [0, 16, 16]  # no seal


def test_a_disk_that_is_full_is_an_error_not_a_pass(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    monkeypatch.setattr("covage_model.api.uniqueness.LIMIT", 0)
    path = written(tmp_path / "a.ndjson", [letter(seal="x"), letter(seal="y"), {"kind": "letter", "seal": 1}])
    out = io.StringIO()
    assert main(["validate", "--pack", pack.folders[0], path], out, out) == 1
    assert "a.ndjson:3:28: error CM404" in out.getvalue()
    assert "error CM415 whether values are unique was not checked" in out.getvalue()
    assert "No space left on device" in out.getvalue()


def test_the_report_says_which_are_clean_by_themselves(pack: Pack, tmp_path: Path) -> None:
    path = written(tmp_path / "a.ndjson", [parcel(number=1), parcel(number=1)])
    out = io.StringIO()
    assert main(["validate", "--pack", pack.folders[0], path], out, out) == 1
    assert out.getvalue().endswith("2 documents, 2 clean by themselves: 1 error\n")
    out = io.StringIO()
    main(["validate", "--pack", pack.folders[0], path, "--format", "json"], out, out)
    report = json.loads(out.getvalue())
    Draft202012Validator(SCHEMA).validate(report)
    assert [one["key"] for one in report["documents"]] == [{"path": "number", "value": 1}] * 2 + [None]
    (finding,) = report["documents"][-1]["findings"]
    assert (finding["code"], finding["location"]["line"], finding["arguments"]["line"]) == ("CM415", 2, 1)


# --- what names an order


@pytest.mark.parametrize(
    ("document", "key"),
    [
        (letter(number=2.5, info={"code": "A"}), (("number",), 2.5)),
        (letter(info={"code": "A"}), (("info", "code"), "A")),
        (letter(number=True, info={"code": "A"}), (("info", "code"), "A")),
        (letter(number=None), None),
        (letter(info=[]), None),
        ({"kind": "lettre", "number": 7}, (("number",), 7)),
        ([], None),
    ],
)
def test_the_first_path_with_a_text_or_a_number_names_an_order(pack: Pack, document: Any, key: Any) -> None:
    found = judge(pack, document).key
    assert (found and (found.path, found.value)) == key


def test_a_document_for_another_status_has_its_name(pack: Pack) -> None:
    found = judge(pack, letter(number=7), status="nowhere").key
    assert found is not None
    assert found.value == 7


def test_findings_name_the_order(pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"kind": "letter", "number": 12, "seal": 1, "more": 2}), encoding="utf-8")
    for format_, line in (("text", "    order: number 12\n"), ("markdown", "  - order: number 12\n")):
        out = io.StringIO()
        main(["validate", "--pack", pack.folders[0], str(path), "--format", format_], out, out)
        assert out.getvalue().count(line) == 2


def test_a_key_is_read_only_when_a_report_needs_it(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of valid orders are not read before a report needs them."""
    content = b"".join(json.dumps(letter(number=number)).encode() + b"\n" for number in range(100))
    monkeypatch.setattr("covage_model.documents.judge.verdict.Verdict.key", None)
    judged = list(orders.judge_bytes(content, "a.ndjson", pack.judge, orders.Request()))
    monkeypatch.undo()
    keys = [one.verdict.key for one in judged if one.verdict is not None]
    assert [key.value for key in keys if key is not None] == list(range(100))


# --- scenarios, mutants, coverage

SCENARIO = """
scenario: a later letter
given: {document: later.json, earlier: [first.json, many.json]}
expect: {findings: [CM415 /info/code, CM415 /seal]}
"""


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A pack with a scenario about the later of three documents."""
    for name, text in FILES.items():
        (tmp_path / f"{name}.yaml").write_text(
            text.replace("format: 1", "format: 1\ndocuments: [docs]"), encoding="utf-8"
        )
    (tmp_path / "docs").mkdir()
    for name, document in {
        "first": parcel(seal="x"),
        "many": letter(info={"code": "A"}),
        "later": letter(seal="x", info={"code": "A"}),
    }.items():
        (tmp_path / "docs" / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    text = SCENARIO.replace("later.json", "docs/later.json").replace("[first.json, many", "[docs/first.json, docs/many")
    (tmp_path / "scenario.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def played(pack: Pack) -> list[scenarios.Played]:
    return list(scenarios.play_pack(pack.judge, pack.folders))


def test_a_scenario_judges_a_document_after_others(run: Path) -> None:
    (only,) = played(load_pack(str(run)))
    assert only.findings == ()
    assert only.outcome is not None
    assert only.outcome.verdict is not None
    assert [one.arguments["file"] for one in only.outcome.verdict.findings] == [
        str(run / "docs" / "first.json"),
        str(run / "docs" / "many.json"),
    ]


def test_an_earlier_document_must_be_there_and_inside(run: Path) -> None:
    for name, code in (("docs/missing.json", "CM506"), ("../outside.json", "CM506")):
        text = (run / "scenario.yaml").read_text(encoding="utf-8").replace("docs/many.json", name)
        (run / "scenario.yaml").write_text(text, encoding="utf-8")
        (only,) = played(load_pack(str(run)))
        assert [one.code for one in only.findings] == [code]
        (run / "scenario.yaml").write_text(text.replace(name, "docs/many.json"), encoding="utf-8")


def test_a_unique_path_that_is_lost_is_noticed(run: Path) -> None:
    found = mutate_pack(load_pack(str(run)), operators=["unique-drop"])
    fates = {(one.mutant.at, one.mutant.origin.location.file.rpartition("/")[2]): one.fate.value for one in found.tried}
    assert fates == {
        ("letter.info.code", "letter.yaml"): "killed",
        ("sealed.seal", "types.yaml"): "killed",
        ("parcel.number", "parcel.yaml"): "survived",
        ("parcel/small.info.code", "parcel.yaml"): "survived",
    }


def test_a_unique_path_is_covered_by_a_value_and_broken_by_an_earlier_one(run: Path) -> None:
    pack = load_pack(str(run))
    found = record(pack.judge, [one.outcome for one in played(pack) if one.outcome is not None]).hits
    for name in ("/order/letter/unique/info.code", "/type/sealed/unique/seal"):
        assert (found[name], found[f"{name}/broken"]) == (1, 1)
    labels = {item.id: item.label for item in items_of(pack.spec).items.values() if "/unique/" in item.id}
    assert labels["/type/sealed/unique/seal/broken"] == "sealed: seal unique, broken"
    only = record(pack.judge, [judge(pack, letter(seal="x"))]).hits
    assert [name for name in only if "unique" in name] == ["/type/sealed/unique/seal"]
    assert not any("unique" in name for name in unreachable(pack.judge, items_of(pack.spec)))


def test_no_two_generated_orders_have_one_value(tmp_path: Path) -> None:
    """Of two thousand numbers some would be the same by chance."""
    for name, text in FILES.items():
        text = text.replace("seal: string", "seal: {type: string, pattern: '^[0-9]{4}$', required: true}")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    pack = load_pack(str(tmp_path))
    made = generate_orders(pack, count=600)
    documents = list(made)
    assert len({document["seal"] for document in documents}) == len(documents) == 600
    assert made.shortage() == ()
    path = written(tmp_path / "made.ndjson", documents)
    assert all(not one.findings for one in judge_files(pack, [path]))


def test_where_unique_values_run_out_there_are_fewer_orders_and_it_is_said(tmp_path: Path) -> None:
    for name, text in FILES.items():
        text = text.replace("seal: string", "seal: {type: string, enum: [a, b, c], required: true}")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    made = generate_orders(load_pack(str(tmp_path)), "letter", "parcel/large", count=50)
    assert sorted(document["seal"] for document in made) == ["a", "b", "c"]
    spent = {(one.form, one.arguments["order"], one.arguments["paths"]) for one in made.shortage()}
    assert spent == {("spent", "letter", "seal, info.code"), ("spent", "parcel/large", "seal, number")}
