"""Suites of order files: none is needless; and the check of other validators against them."""

import io
import json
import shutil
import sys
from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from effort import LONG, share
from jsonschema import Draft202012Validator

from covage_model import NoCommand, NoSuite, build_order_suite, conform_command, load_pack
from covage_model.api import order_suites
from covage_model.api.mutation import read_corpus
from covage_model.api.order_suites import OrderSuite
from covage_model.cli.main import main
from covage_model.pack.model.conditions import (
    All,
    AnyOf,
    Condition,
    Count,
    Every,
    Holds,
    Literal,
    Present,
    Ref,
    Some,
)
from covage_model.quality.order_suites.cover import cover
from covage_model.quality.order_suites.implied import holds_without
from covage_model.quality.order_suites.missed import heavy
from covage_model.report.formats import text as printed_text
from covage_model.report.subjects import order_suite

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = str(ROOT / "tests" / "packs" / "library")


def run(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(list(argv), out, err), out.getvalue(), err.getvalue()


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def renewals() -> OrderSuite:
    return order_suites.build(load_pack(LIBRARY).judge, ["renewal"])


@pytest.fixture(scope="module")
def folder(renewals: OrderSuite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("suite") / "files"
    order_suites.FOLDER.write(str(where), renewals.texts())
    return where


@pytest.fixture(scope="module")
def cards() -> OrderSuite:
    """A suite that is small and quick to build, for tests that do not depend on its content."""
    return order_suites.build(load_pack(LIBRARY).judge, ["card"])


@pytest.fixture(scope="module")
def small(cards: OrderSuite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("small") / "files"
    order_suites.FOLDER.write(str(where), cards.texts())
    return where


def test_a_cover_shows_all_and_none_of_it_can_be_dropped() -> None:
    random = Random(1)
    for _ in range(60):
        shown: list[set[Hashable]] = [{random.randrange(12) for _ in range(random.randrange(5))} for _ in range(9)]
        taken = cover(shown)
        assert set().union(*(shown[one] for one in taken)) == set().union(*shown)
        for one in taken:
            assert shown[one] - set().union(*(shown[other] for other in taken if other != one))
    assert cover([]) == []


@pytest.mark.hard
def test_every_file_of_a_suite_gets_the_expected_verdict(renewals: OrderSuite) -> None:
    judge = load_pack(LIBRARY).judge
    for one in renewals.files:
        found = {(f.code, f.location.pointer, f.severity.value) for f in heavy(judge, one)}
        assert found == {(e.code, e.pointer, e.severity) for e in one.expected}


@pytest.mark.hard
def test_without_any_file_of_a_suite_something_is_shown_no_more(renewals: OrderSuite) -> None:
    assert len(renewals.files) > 30
    for number, one in enumerate(renewals.files):
        others = set().union(*(other.shows for other in renewals.files if other is not one))
        assert renewals.own[number] == one.shows - others != set()


@pytest.mark.hard
def test_a_suite_shows_each_value_branch_and_status_and_breaks_each_definition(renewals: OrderSuite) -> None:
    kinds = {said.kind for one in renewals.files for said in one.shows}
    assert kinds >= {
        "variant",
        "status",
        "field",
        "required",
        "rule",
        "part",
        "missing",
        "type",
        "unknown-key",
        "choice",
    }
    sheet = load_pack(LIBRARY).judge.sheet("renewal")
    shown = {said.detail for one in renewals.files for said in one.shows if said.kind == "status"}
    assert shown >= {f"record {status}" for status in sheet.statuses}
    for rule in sheet.rules:
        said = [said for one in renewals.files for said in one.shows if said.line == rule.origin.location.line]
        assert {said.kind for said in said} >= {"rule", "account-rule" if rule.reads_account else "rule"}


def test_every_value_of_an_enum_and_of_a_choice_stands_in_a_valid_file_or_is_named(tmp_path: Path) -> None:
    texts = {
        "pack": "pack: tiny\nformat: 1\nlanguages: [en]\nactors: {us: Us}\n",
        "life": "lifecycle: life\nstates: {s: {initial: true}}\n",
        "order": "order: item\nfollows: life\nmatch: {kind: {in: [k1, k2, k3]}}\nfields:\n"
        "  size: {type: string, enum: [a, b, cc, d, e, gone]}\n"
        "  parts: {type: array, items: {fields: {tone: {type: integer, enum: [1, 2, 3, 4, 5]}}}}\n"
        "rules:\n  none-gone: {then: {size: {in: [a, b, cc, d, e]}}}\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    built = build_order_suite(load_pack(str(tmp_path)))
    valid = [one.document for one in built.files if not one.expected]
    assert {one["kind"] for one in valid} == {"k1", "k2", "k3"}
    assert {one.get("size") for one in valid} >= {"a", "b", "cc", "d", "e"}
    assert {part["tone"] for one in valid for part in one.get("parts", ()) if "tone" in part} == {1, 2, 3, 4, 5}
    assert [(one.kind, one.line, one.detail) for one in built.unshown] == [("value", 5, "gone")]
    assert "order.yaml:5: gone" in printed_text.text(order_suite.blocks(built, "out", "en"))
    for name, text in built.texts().items():
        (tmp_path / "suite" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "suite" / name).write_text(text, encoding="utf-8")
    code, _, said = run("conform", str(tmp_path / "suite"), "--", "true", "--account", "{account}", "{file}")
    assert (code, "no file of this suite has an account" in said) == (2, True)


@pytest.mark.hard
@pytest.mark.parametrize(("pack", "variant"), share([(LIBRARY, "renewal"), ("covage", "terminate-copper")]))
def test_a_suite_notices_each_removed_definition_unless_another_implies_it(
    pack: str, variant: str, renewals: OrderSuite
) -> None:
    loaded = load_pack(pack)
    short = renewals if pack == LIBRARY else None
    suite = (
        order_suites.build(loaded.judge, loaded.names) if LONG else short or order_suites.build(loaded.judge, [variant])
    )
    assert suite.watched > 30
    assert {one.why for one in suite.missed} <= {"same", "redundant"}
    assert all(one.lines for one in suite.missed if one.why == "redundant")


@pytest.mark.hard
def test_the_manifest_is_what_its_schema_says(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    schema("suite-1.json").validate(manifest)
    for one in manifest["files"]:
        assert (folder / one["file"]).is_file()
        assert (folder / one["account"]).is_file()
        assert (one["verdict"] == "invalid") is bool(one["codes"])


@pytest.mark.hard
def test_our_own_command_agrees_with_a_suite(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    ours = ("validate", "--pack", LIBRARY, "--strict", "--state")
    for one in manifest["files"]:
        code, *_ = run(*ours, one["status"], "--account", str(folder / one["account"]), str(folder / one["file"]))
        assert (code == 0) is (one["verdict"] == "valid"), one["file"]


SCRIPT = """
import json, sys
kind, path = sys.argv[1], sys.argv[2]
if kind == "slow":
    import time; time.sleep(9)
entries = json.load(open(path.rpartition("/")[0] + "/../manifest.json"))["files"]
entry = next(one for one in entries if path.endswith(one["file"]))
if kind == "right":
    print(json.dumps({"errors": [{"pointer": one} for one in entry["pointers"]]}))
if kind == "elsewhere":
    print(json.dumps(["/elsewhere"]))
sys.exit(0 if kind == "lenient" else entry["verdict"] == "invalid")
"""


def conform(folder: Path, script: Path, kind: str, *options: str) -> tuple[int, dict[str, dict[str, object]]]:
    command = [sys.executable, str(script), kind, "{file}", "{account} {status}"]
    code, said, told = run("conform", str(folder), "--format", "json", *options, "--", *command)
    assert told == ""
    report = json.loads(said)
    schema("report-1.json").validate(report)
    return code, {one["file"]: one for one in report["files"]}


@pytest.fixture
def script(tmp_path: Path) -> Path:
    (tmp_path / "validator.py").write_text(SCRIPT, encoding="utf-8")
    return tmp_path / "validator.py"


@pytest.fixture
def few(small: Path, tmp_path: Path) -> Path:
    """The same files with a manifest of four of them: a process for each takes time."""
    manifest = json.loads((small / "manifest.json").read_text(encoding="utf-8"))
    kinds = {
        one["verdict"]: [one2 for one2 in manifest["files"] if one2["verdict"] == one["verdict"]]
        for one in manifest["files"]
    }
    manifest["files"] = [*kinds["valid"][:2], *[one for one in kinds["invalid"] if one["severity"] == "error"][:2]]
    where = tmp_path / "few"
    where.mkdir()
    for name in ("valid", "invalid", "accounts"):
        shutil.copytree(small / name, where / name)
    (where / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return where


def test_a_validator_that_is_right_conforms_and_one_that_takes_all_does_not(few: Path, script: Path) -> None:
    code, said = conform(few, script, "right", "--pointers")
    assert (code, {one["agrees"] for one in said.values()}) == (0, {True})
    code, said = conform(few, script, "lenient", "--jobs", "1")
    assert code == 1
    assert all(one["agrees"] is (one["verdict"] == "valid") for one in said.values())


def test_a_command_can_be_held_against_a_suite_from_python(few: Path, script: Path) -> None:
    command = [sys.executable, str(script), "right", "{file}", "{account} {status}"]
    found = list(conform_command(str(few), command, pointers=True))
    assert found
    assert all(one.agrees for one in found)
    with pytest.raises(NoSuite):
        list(conform_command(str(script.parent / "none"), ["true"]))
    with pytest.raises(NoCommand):
        list(conform_command(str(few), ["no-such-command"]))
    with pytest.raises(KeyError, match="nothing"):
        build_order_suite(load_pack(LIBRARY), "nothing")


def test_a_validator_that_points_elsewhere_or_never_ends_does_not_conform(few: Path, script: Path) -> None:
    code, said = conform(few, script, "elsewhere", "--pointers")
    assert code == 1
    assert {one["agrees"] for one in said.values() if one["verdict"] == "invalid"} == {False}
    code, said = conform(few, script, "slow", "--timeout", "0.1")
    assert (code, {one["said"] for one in said.values()}) == (1, {"timeout"})


@pytest.mark.hard
def test_a_validator_without_account_and_status_gets_no_files_that_need_them(folder: Path) -> None:
    code, said, _ = run("conform", str(folder), "--format", "json", "--", sys.executable, "-c", "")
    assert code == 1
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    known = {one["file"]: one for one in json.loads(said)["files"]}
    for one in files:
        asked = one["usual"] and not one["needs_account"] and one["severity"] != "warning"
        assert (known[one["file"]]["said"] is not None) is asked


def test_what_is_no_suite_and_what_is_no_command_are_usage_errors(small: Path, tmp_path: Path) -> None:
    assert "holds no suite" in run("conform", str(tmp_path), "--", "true")[2]
    (tmp_path / "manifest.json").write_text('{"format": 1, "files": [{"file": "../x", "verdict": "valid"}]}')
    assert "not the manifest of a suite" in run("conform", str(tmp_path), "--", "true")[2]
    code, _, said = run("conform", str(small), "--", "no-such-command; true")
    assert (code, "cannot run" in said) == (2, True)


def replaced(folder: Path, tmp_path: Path) -> Path:
    """A copy of a suite, to be changed."""
    shutil.copytree(folder, tmp_path / "copy")
    return tmp_path / "copy"


ALTERED = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_text(""),
    "changed": lambda path: path.write_text("{}"),
    "unreadable": lambda path: (path.unlink(), path.mkdir()),
    "additional": lambda path: path.with_name("more.json").write_text("{}"),
}


@pytest.mark.hard
@pytest.mark.parametrize(
    ("folder", "form"),
    share(
        [("invalid", form) for form in ALTERED] + [("valid", "missing"), ("valid", "changed"), ("accounts", "empty")]
    ),
)
def test_a_changed_file_is_never_as_expected(form: str, folder: str, small: Path, tmp_path: Path, script: Path) -> None:
    copy = replaced(small, tmp_path)
    target = min((copy / folder).iterdir())
    ALTERED[form](target)
    code, said = conform(copy, script, "right", "--pointers")
    assert code == 1
    report = json.loads(run("conform", str(copy), "--format", "json", "--", "true")[1])
    assert [one["form"] for one in report["findings"]] == [form]
    name = str(target.relative_to(copy))
    entries = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))["files"]
    touched = {one["file"] for one in entries if name in (one["file"], one["account"]) and form != "additional"}
    assert bool(touched) is (form != "additional")
    assert {name for name, one in said.items() if not one["agrees"]} == touched
    assert all(said[name]["said"] is None for name in touched)


@pytest.mark.hard
def test_a_manifest_without_digests_gives_a_warning(small: Path, tmp_path: Path, script: Path) -> None:
    copy = replaced(small, tmp_path)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    del manifest["digests"]
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    schema("suite-1.json").validate(manifest)
    code, _ = conform(copy, script, "right", "--pointers")
    assert code == 1
    next((copy / "invalid").iterdir()).write_text("")
    code, said, _ = run("conform", str(copy), "--", "true")
    assert (code, "error CM531 the manifest has no digests" in said) == (1, True)


@pytest.mark.parametrize(
    "change",
    [
        {"format": True},
        {"format": 2},
        {"files": []},
        {"files": {}},
        {"files": [1]},
        {"digests": {"../x": "sha256:" + "0" * 64}},
        {"digests": {"x": "md5:0"}},
        {"digests": []},
        *(
            {"files": [{name: value}]}
            for name, values in {
                "file": ["../x", "/etc/passwd", "a/../../x", "", "a\0b", "C:\\x", 3, "a//b"],
                "account": ["../x", "/etc/passwd", 3, ["x"], "a\0b"],
                "order": [None, 3],
                "role": [{}],
                "status": [None],
                "verdict": ["maybe", ["valid"], {}],
                "severity": ["note", ["error"], {}],
                "usual": [1],
                "needs_account": ["no"],
                "pointers": [None, [["x"]], [{}], "x"],
                "findings": [{}, [1], [{"code": "x"}]],
                "own": ["x", [1], [{"kind": 1}]],
            }.items()
            for value in values
        ),
    ],
    ids=repr,
)
def test_a_malformed_manifest_is_a_finding(change: dict[str, Any], small: Path, tmp_path: Path) -> None:
    manifest = json.loads((small / "manifest.json").read_text(encoding="utf-8"))
    if isinstance(change.get("files"), list) and change["files"] and isinstance(change["files"][0], dict):
        change = {"files": [{**manifest["files"][0], **change["files"][0]}]}
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, **change}), encoding="utf-8")
    for form in ("text", "json"):
        code, out, err = run("conform", str(tmp_path), "--format", form, "--", "true")
        assert code == 4, err
        assert "CM530" in out + err
        assert "true" not in json.loads(out)["files"] if form == "json" else "manifest of a suite" in err
    _, found = read_corpus(load_pack(LIBRARY).spec, (), [str(tmp_path)])
    assert [one.code for one in found] == ["CM530"]


def test_a_corpus_that_is_a_malformed_suite_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    code, _, err = run("mutate", "--pack", LIBRARY, "card", "--corpus", str(tmp_path), "--operators", "rule-drop")
    assert code == 4, err


def test_a_file_that_is_listed_twice_is_a_finding(small: Path, tmp_path: Path) -> None:
    copy = replaced(small, tmp_path)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"].append({**manifest["files"][0], "verdict": "invalid"})
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    code, _, err = run("conform", str(copy), "--", "true")
    assert (code, "CM530" in err, "twice" in err) == (4, True, True)


@pytest.mark.parametrize("name", ["valid", "accounts", "account"])
def test_a_link_out_of_the_folder_of_a_suite_is_refused(name: str, small: Path, tmp_path: Path) -> None:
    copy = replaced(small, tmp_path)
    target = min((copy / "accounts").iterdir()) if name == "account" else copy / name
    target.rename(tmp_path / "elsewhere")
    target.symlink_to(tmp_path / "elsewhere")
    code, _, err = run("conform", str(copy), "--", "true")
    assert (code, "CM530" in err, "out of the suite's folder" in err) == (4, True, True)
    target.unlink()
    (tmp_path / "elsewhere").rename(copy / "inside")
    target.symlink_to(copy / "inside")
    assert run("conform", str(copy), "--", "true")[0] == 1
    (tmp_path / "linked").symlink_to(copy)
    assert run("conform", str(tmp_path / "linked"), "--", "true")[0] == 1


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 1, "format": 1}', '{"format": NaN}', "\x00"])
def test_what_is_no_json_is_no_manifest(text: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(text)
    code, _, err = run("conform", str(tmp_path), "--", "true")
    assert code == 4
    assert err.strip()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import os; os.kill(os.getpid(), 9)", "crashed"),
        ("import os; os.abort()", "crashed"),
        ("import sys; sys.exit(127)", "crashed"),
        ("import sys; sys.exit(139)", "crashed"),
        ("import sys; sys.exit(125)", "invalid"),
        ("import sys; sys.exit(2)", "invalid"),
        ("pass", "valid"),
    ],
)
def test_a_crash_is_no_verdict(source: str, said: str, few: Path) -> None:
    code, out, _ = run("conform", str(few), "--format", "json", "--", sys.executable, "-c", source, "{file} {account}")
    report = json.loads(out)
    schema("report-1.json").validate(report)
    assert code == 1
    assert {one["said"] for one in report["files"]} == {said}
    assert all(one["agrees"] is (one["verdict"] == said) for one in report["files"])


def test_without_any_file_to_run_the_result_is_unknown(small: Path, tmp_path: Path) -> None:
    copy = replaced(small, tmp_path)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"] = [{**one, "usual": False} for one in manifest["files"]]
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    code, out, _ = run("conform", str(copy), "--", "true")
    assert (code, "nothing is known of it" in out) == (1, True)


@pytest.mark.long
@pytest.mark.hard
def test_no_manifest_holds_a_place_of_this_machine(cards: OrderSuite) -> None:
    built = order_suites.build(load_pack("covage").judge, ["terminate-copper"])
    for suite, folder in ((built, "covage/"), (cards, "library/")):
        text = json.dumps(suite.manifest()) + printed_text.text(order_suite.blocks(suite, "out", "en"))
        assert str(ROOT) not in text
        assert all(said["file"].startswith(folder) for one in suite.manifest()["files"] for said in one["shows"])


def test_a_suite_is_written_into_a_folder_of_its_own(tmp_path: Path, cards: OrderSuite) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    code, _, said = run("generate", "--suite", "--out", str(tmp_path))
    assert (code, "name another folder" in said) == (2, True)
    assert run("generate", "--suite")[0] == 2
    assert run("generate", "--suite", "--out", str(tmp_path / "new"), "--count", "3")[0] == 2
    where = tmp_path / "twice"
    for _ in range(2):
        order_suites.FOLDER.write(str(where), cards.texts())
    assert len(list((where / "valid").iterdir())) + len(list((where / "invalid").iterdir())) == len(cards.files)
    (where / "valid" / "mine.json").write_text("mine")
    order_suites.FOLDER.write(str(where), replace(cards, files=cards.files[:1]).texts())
    assert len([one for one in where.rglob("*.json") if one.read_text() != "mine"]) <= 3
    assert (where / "valid" / "mine.json").exists()


def test_the_command_writes_the_suite_that_was_built(tmp_path: Path, small: Path) -> None:
    code, *_ = run("generate", "--suite", "--pack", LIBRARY, "card", "--out", str(tmp_path / "new"))
    assert code == 0
    assert contents(tmp_path / "new") == contents(small)


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.*")}


def test_a_suite_is_a_corpus_for_mutants(folder: Path) -> None:
    code, said, _ = run(
        "mutate", "--pack", LIBRARY, "renewal", "--corpus", str(folder), "--jobs", "1", "--format", "json",
        "--operators", "required-drop,rule-drop,read-only-drop", "--notice", "strict",
    )  # fmt: skip
    assert code == 0
    report = json.loads(said)
    schema("report-1.json").validate(report)
    assert report["items"] == len(list((folder / "valid").iterdir())) + len(list((folder / "invalid").iterdir()))
    assert report["score"] > 90


TWO_SPANS = {
    "pack": "pack: tiny\nformat: 1\nlanguages: [en]\nactors: {us: Us}\nrecord: {id: {present: true}}\naccount: who\n",
    "types": "types: {who: {fields: {owns: {items: {fields: {tag: {type: string, required: true}, old: {type: boolean}}}}}}}",
    "life": "lifecycle: life\nstatus: state\nstates: {s: {initial: true}, t: {}}\ntransitions: {go: {by: us, from: s, to: t}}\n",
    "any": "order: any\nfollows: life\nmatch: {kind: any}\nfields:\n  id: {type: string, read_only: true}\n"
    "  state: {read_only: true}\n  items: {items: {type: string, enum: [a, b]}}\n"
    "  paid:\n    type: boolean\n    required:\n      - {from: s, when: {items: {some: {in: [a]}}}}\n"
    "      - {from: t, when: {items: {some: {in: [b]}}}}\n"
    "rules:\n  few: {when: {items: {some: {in: [a]}}}, then: {items: {count: {max: 2, where: {in: [a]}}}}}\n"
    "  many-old: {then: {account.owns: {some: {old: true}}}}\n",
    "old": "order: new\nfollows: life\nmatch: {kind: new}\nfields: {id: {type: string, read_only: true}, state: {read_only: true}}\n"
    "rules:\n  none-old: {then: {account.owns: {every: {any: [{old: false}, {old: {present: false}}]}}}}\n",
    "ours": "order: ours\nfollows: life\nwritten_by: us\nmatch: {kind: ours}\n"
    "fields: {id: {type: string, read_only: true, required: true}, state: {read_only: true}}\n",
}


def test_two_spans_of_a_field_are_broken_apart_and_orders_whose_accounts_differ_are_both_shown(tmp_path: Path) -> None:
    for name, text in TWO_SPANS.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    built = build_order_suite(load_pack(str(tmp_path)))
    assert {one.why for one in built.missed} <= {"same", "redundant"}
    assert all(one.lines for one in built.missed if one.why == "redundant")
    redundant = {(one.mutant.operator, one.mutant.at) for one in built.missed if one.why == "redundant"}
    assert {("read-only-drop", "ours.id"), ("rule-when-drop", "few")} <= redundant
    orders = {one.target.variant for one in built.files if not one.expected}
    assert orders == {"any", "new", "ours"}


@pytest.mark.parametrize(
    ("when", "then", "expected"),
    [
        ({"a": {"present": True}}, {"a": {"every": {"some": "x"}}}, True),
        ({"a": {"present": True}}, {"a": {"count": {"max": 2}}}, True),
        ({"a": {"present": True}}, {"a": {"count": {"min": 1}}}, False),
        ({"a": {"present": True}}, {"b": {"count": {"max": 2}}}, False),
        ({"a": {"some": "x"}}, {"a": {"count": {"max": 2, "where": "x"}}}, True),
        ({"a": {"some": "x"}}, {"a": {"count": {"max": 2, "where": "y"}}}, False),
        ({"a": {"some": "x"}}, {"a": {"count": {"max": 2}}}, False),
        ({"a": {"some": "x"}}, {"all": [{"a": {"count": {"max": 2, "where": "x"}}}, {"b": 1}]}, False),
        ({"a": {"some": "x"}}, {"any": [{"a": {"count": {"max": 2, "where": "x"}}}, {"b": 1}]}, True),
        ({"a": 1}, {"a": 1}, False),
    ],
)
def test_a_rule_may_say_the_same_without_its_when(when: Any, then: Any, expected: bool) -> None:
    assert holds_without(condition(then), condition(when)) is expected


def condition(said: Any) -> Condition:
    """A condition in short form: `some`, `every` and `where` test that an item is that text."""
    ((key, test),) = said.items()
    if key in ("all", "any"):
        parts = tuple(map(condition, test))
        return All(parts) if key == "all" else AnyOf(parts)
    if not isinstance(test, dict):
        return Holds(Ref("here", (key,)), Literal(test))
    item = lambda text: Holds(Ref("item", ()), Literal(text))  # noqa: E731  short
    ((word, inner),) = test.items()
    tests: dict[str, Any] = {
        "present": lambda: Present(inner),
        "some": lambda: Some(item(inner)),
        "every": lambda: Every(item(str(inner))),
        "count": lambda: Count(
            inner.get("min", 0), inner.get("max"), item(inner["where"]) if "where" in inner else None
        ),
    }
    return Holds(Ref("here", (key,)), tests[word]())
