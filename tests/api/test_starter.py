"""The starting points: a skeleton of an order, and a new pack."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from effort import LONG, share
from hypothesis import given, settings
from hypothesis import strategies as st

from covage_model.api import examples, packs, starter
from covage_model.cli.main import main
from covage_model.documents.judge.verdict import judge_of
from covage_model.documents.tables.skeleton import skeleton
from covage_model.ground.files import read, yaml_writer

ROOT = Path(__file__).resolve().parents[2]
COVAGE = ROOT / "specs" / "covage"
LIBRARY = ROOT / "tests" / "packs" / "library"


@pytest.fixture(autouse=True)
def _apart(monkeypatch, tmp_path, tmp_path_factory):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def call(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(argv, out, err), out.getvalue(), err.getvalue()


def printed(*argv: str) -> str:
    code, out, _ = call(*argv)
    assert code == 0, out
    return out


# --- examples: the list


def test_without_an_order_the_clean_examples_of_each_leaf_are_listed():
    out = printed("examples", "--pack", str(LIBRARY))
    lines = out.splitlines()
    assert lines[lines.index("loan/home") + 1].split() == ["request", f"{LIBRARY}/examples/loan-home.yaml"]
    assert lines[lines.index("loan/home") + 2].split()[0] == "record"
    assert lines[lines.index("card") + 1] == "  none: it is built of the required fields"
    assert "loan-many-faults" not in out


def test_the_list_is_data_too():
    listed = json.loads(printed("examples", "--pack", str(LIBRARY), "--format", "json"))
    assert listed["card"] == []
    assert listed["renewal"] == [{"file": f"{LIBRARY}/examples/renewal.json", "role": "request"}]
    assert printed("examples", "--pack", str(LIBRARY), "--format", "yaml").startswith(
        "card: []\nloan/home:\n  - file: "
    )


def test_a_document_outside_the_pack_is_no_example(tmp_path):
    copy = tmp_path / "library"
    shutil.copytree(LIBRARY, copy)
    shutil.copy(LIBRARY / "examples" / "renewal.json", tmp_path / "renewal.json")
    (copy / "scenarios" / "judge-renewal.yaml").write_text(
        "scenario: outside\ngiven: {document: ../../renewal.json}\nexpect: {findings: []}\n", encoding="utf-8"
    )
    (copy / "scenarios" / "run-renewal.yaml").unlink()
    (copy / "scenarios" / "absent.yaml").write_text(
        "scenario: absent\ngiven: {document: nowhere.json}\n", encoding="utf-8"
    )
    assert json.loads(printed("examples", "--pack", str(copy), "--format", "json"))["renewal"] == []


# --- examples: one


@pytest.mark.hard
@pytest.mark.parametrize("pack", [COVAGE, LIBRARY], ids=["covage", "library"])
@pytest.mark.parametrize("form", share(["json", "yaml"]))
def test_every_example_is_clean_and_of_its_leaf_in_both_formats(pack, form):
    loaded = packs.load([str(pack)])
    found = examples.clean_examples(judge_of(loaded.pack), loaded.folders)
    for variant in loaded.pack.variants[:: 3 if LONG else 5]:  # each call judges the whole pack
        best = examples.best(found, variant.name)
        if best is None:
            continue
        path = Path(f"order.{form}")
        path.write_text(printed("examples", variant.name, "--pack", str(pack), "--format", form), encoding="utf-8")
        (document,), unread = read.read_documents(path.read_bytes(), str(path))
        assert (document.data, unread) == (best.data, ())
        report = json.loads(printed("validate", str(path), "--pack", str(pack), "--format", "json"))
        assert report["documents"][0]["order"] == variant.name


def test_the_smallest_request_is_printed():
    out = printed("examples", "activate-copper/create")
    valid = COVAGE / "examples" / "valid"
    minimal = json.loads((valid / "copper-create-minimal.json").read_text(encoding="utf-8"))
    assert json.loads(out).keys() == minimal.keys()
    assert len(json.dumps(json.loads(out))) == len(json.dumps(minimal))  # others of that size come first by name
    assert json.loads(out) in [json.loads(path.read_text(encoding="utf-8")) for path in valid.glob("*.json")]


def test_an_order_that_others_write_gives_a_record():
    assert json.loads(printed("examples", "activate-enni"))["uuid"]


@pytest.mark.long
@pytest.mark.hard
def test_several_variants_need_a_folder(tmp_path):
    code, _, err = call("examples", "activate-copper")
    assert code == 2
    assert "name one, or give --out DIR (activate-copper/activate, " in err
    assert printed("examples", "activate-copper", "--out", str(tmp_path / "orders")) == ""
    names = sorted(path.name for path in (tmp_path / "orders").iterdir())
    assert names == [
        f"activate-copper.{name}.json" for name in ("activate", "create", "create_nearby", "create_neighbour")
    ]
    assert printed("examples", "terminate-copper", "--out", str(tmp_path / "end.yaml"), "--format", "yaml") == ""
    assert (tmp_path / "end.yaml").read_text(encoding="utf-8").startswith("type: terminate\n")


def test_without_an_example_one_is_built_and_stderr_says_what_to_fill_in():
    code, out, err = call("examples", "loan/reading_room", "--pack", str(LIBRARY))
    assert code == 0
    built = json.loads(out)
    assert (built["place"], built["terms_read"], built["items"][0]["kind"]) == ("reading_room", True, "book")
    assert built["reader"]["card"] == "C00042"
    assert built["reader"]["email"] == "<email>"
    assert built["items"][0]["barcode"] == "<^(LIV|FLM|JEU|PAR)[0-9]{6}$>"
    assert "no clean example of loan/reading_room" in err
    assert "fill in: /reader/age, /seat, /reader/email, " in err


@pytest.mark.parametrize("pack", [COVAGE, LIBRARY], ids=["covage", "library"])
def test_a_built_order_lacks_nothing_and_what_is_wrong_is_what_stderr_names(pack):
    judge = judge_of(packs.load([str(pack)]).pack)
    for variant in judge.pack.variants:
        built = skeleton(judge.sheet(variant.name), judge.pack.record)
        verdict = judge.verdict(built.data, "built")
        assert verdict.variant == variant.name
        assert (verdict.role.value == "record") is (variant.order.written_by is not None)
        wrong = {one.location.pointer for one in verdict.findings if one.severity.value in ("error", "warning")}
        assert wrong <= set(built.gaps)
        assert not [one for one in verdict.findings if one.code == "CM403"]


# --- the YAML that is written


WORDS = "on no null ~ 0123 1e5 1.10 12:30 2031-03-04 +33612345678 ' \" &a *a !a %a @a `a { [ é 😀 true = << a,b ? -"
SPACES = ["", " a", "a ", "a: b", "a #b", "- a", "a\nb", "\t", "\x7f", "\x85", "\u2028", "\ufeff", "x" * 300]


@pytest.mark.parametrize("text", [*WORDS.split(" "), *SPACES])
def test_every_text_is_read_back_as_it_was(text):
    _same({"key": text, "list": [text], text: {"deep": [[text]]}} if text else {"key": text})


@settings(deadline=None)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**20), 10**20)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8), inner, max_size=3
            )
        ),
        max_leaves=12,
    )
)
def test_data_of_any_shape_are_read_back_as_they_were(data):
    _same({"data": data})


def _same(data) -> None:
    text = yaml_writer.written(data)
    documents, unread = read.read_documents(text.encode("utf-8"), "x.yaml")
    assert not unread, text
    assert json.dumps(documents[0].data) == json.dumps(data), text


# --- init, alone


def test_a_pack_of_ones_own_is_complete_and_silent():
    out = printed("init", "mine")
    assert [line for line in out.splitlines() if line.startswith("wrote ")] == [
        f"wrote mine/{name}"
        for name in (
            "pack.yaml",
            "orders/meal.yaml",
            "lifecycles/serving.yaml",
            "scenarios/served.yaml",
            "examples/meal.json",
        )
    ]
    assert "CM" not in printed("check", "--strict", "--pack", "mine")
    assert printed("run", "--pack", "mine").endswith("1 scenario, 0 failed\n")
    assert printed("validate", "--pack", "mine", "mine/examples/meal.json").endswith("\n1 document, 1 clean\n")
    assert printed("sources", "--check", "--pack", "mine").startswith("2 statements: 2 exercised")
    assert json.loads(printed("examples", "meal", "--pack", "mine")) == {"ask": "meal", "dish": "soup", "guests": 2}


@pytest.mark.hard
@pytest.mark.parametrize(
    "over",
    [
        pytest.param([], id="alone"),
        pytest.param(["--over", "covage"], id="covage", marks=pytest.mark.long),
        pytest.param(["--over", str(LIBRARY)], id="library", marks=pytest.mark.long),
    ],
)
def test_every_command_that_is_suggested_works(over):
    out = printed("init", "my pack", *over)
    suggested = [line.split("covage-model ")[1] for line in out.splitlines() if line.startswith("  covage-model ")]
    assert len(suggested) == 3
    assert all("'my pack" in line for line in suggested)
    assert [call(*shlex.split(line))[0] for line in suggested] == [0, 0, 0]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [("Our orders (2)", "Our-orders-2"), ("2nd", "_2nd"), ("été", "t"), ("a.b/c", "a-b-c"), ("_x", "_x"), ("--x", "x")],
)
def test_a_name_is_made_of_what_may_be_in_one(wanted, name):
    assert starter.name_of(wanted) == name


def test_a_name_that_yaml_would_misread_is_quoted():
    printed("init", "mine", "--name", "on")
    assert '\npack: "on"\n' in Path("mine/pack.yaml").read_text(encoding="utf-8")
    assert "CM" not in printed("check", "--pack", "mine")
    assert call("init", "other", "--name", "…")[0] == 2
    assert not Path("other").exists()


# --- init, over another


@pytest.mark.hard
@pytest.mark.parametrize("base", share([str(LIBRARY), "covage"]))
def test_a_rule_laid_over_a_pack_is_sound_and_judges(base):
    printed("init", "ours", "--over", base)
    assert "CM" not in printed("check", "--strict", "--pack", base, "--pack", "ours")
    assert printed("run", "--pack", base, "--pack", "ours", "ours/scenarios").endswith("1 scenario, 0 failed\n")
    (order,) = Path("ours/examples").iterdir()
    findings = json.loads(printed("validate", "--pack", base, "--pack", "ours", "--format", "json", str(order)))
    (broken,) = [one for one in findings["documents"][0]["findings"] if one["severity"] in ("error", "warning")]
    assert (broken["code"], broken["because"]["standing"]) == ("CM407", "assumed")
    assert broken["because"]["file"].startswith("ours/orders/")
    assert "80" in broken["notes"][0]
    assert "clean" in printed("validate", "--pack", base, str(order))  # the base alone takes it


def test_the_rule_is_about_an_optional_text_of_the_first_order():
    printed("init", "ours", "--over", "covage")
    text = Path("ours/orders/activate-copper.yaml").read_text(encoding="utf-8")
    assert "order: activate-copper\nrules:\n  comment-is-one-line:\n" in text
    assert 'fr: "Commentaire : une ligne' in text


@pytest.mark.parametrize("instead", ["", "  remark: {type: string, maxLength: 200, required: placed}\n"])
def test_a_base_without_an_optional_text_is_given_a_field(instead):
    printed("init", "base")
    order = Path("base/orders/meal.yaml")
    remark = "  remark: {type: string, maxLength: 200, standing: assumed}\n"
    text = order.read_text(encoding="utf-8")
    assert remark in text
    order.write_text(text.replace(remark, instead), encoding="utf-8")
    if instead:
        meal = Path("base/examples/meal.json")
        meal.write_text(json.dumps({**json.loads(meal.read_text(encoding="utf-8")), "remark": "hot"}), encoding="utf-8")
    printed("init", "ours", "--over", "base")
    assert "fields:\n  ours_note:\n" in Path("ours/orders/meal.yaml").read_text(encoding="utf-8")
    assert "CM" not in printed("check", "--strict", "--pack", "base", "--pack", "ours")
    assert "0 failed" in printed("run", "--pack", "base", "--pack", "ours", "ours/scenarios")


def test_titles_are_written_in_a_language_of_the_base():
    printed("init", "base")
    for path in Path("base").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("languages: [fr, en]", "languages: [de]").replace("fr:", "de:"), encoding="utf-8")
    for path in Path("base").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r', en: "[^"]*"', "", text), encoding="utf-8")
    assert "CM" not in printed("check", "--pack", "base")
    printed("init", "ours", "--over", "base")
    assert '    message: "' in Path("ours/orders/meal.yaml").read_text(encoding="utf-8")
    assert "CM" not in printed("check", "--strict", "--pack", "base", "--pack", "ours")


def test_a_base_without_a_clean_example_gets_no_scenario():
    printed("init", "base")
    Path("base/scenarios/served.yaml").unlink()
    out = printed("init", "ours", "--over", "base")
    assert sorted(path.name for path in Path("ours").rglob("*.*")) == ["meal.yaml", "pack.yaml"]
    assert out.splitlines()[-1].endswith("validate --pack base --pack ours order.json")


@pytest.mark.long
@pytest.mark.hard
def test_a_rule_of_that_name_is_not_said_twice():
    printed("init", "ours", "--over", "covage")
    shutil.copytree(COVAGE, "both")
    shutil.copy("ours/orders/activate-copper.yaml", "both/orders/ours.yaml")
    whole = Path("both/orders/activate-copper.yaml")
    rule = Path("both/orders/ours.yaml").read_text(encoding="utf-8").split("rules:\n")[1]
    whole.write_text(whole.read_text(encoding="utf-8").replace("\nrules:\n", f"\nrules:\n{rule}"), encoding="utf-8")
    Path("both/orders/ours.yaml").unlink()
    printed("init", "more", "--over", "both")
    assert "comment-is-one-line_:" in Path("more/orders/activate-copper.yaml").read_text(encoding="utf-8")
    assert "CM" not in printed("check", "--pack", "both", "--pack", "more")


# --- init, refusing


def test_nothing_that_is_there_is_touched():
    printed("init", "mine")
    before = {path: path.read_bytes() for path in Path("mine").rglob("*") if path.is_file()}
    code, out, err = call("init", "mine", "--over", "covage")
    assert (code, out) == (2, "")
    assert "mine is not empty: examples, lifecycles, orders, pack.yaml, scenarios" in err
    assert before == {path: path.read_bytes() for path in Path("mine").rglob("*") if path.is_file()}


def test_a_folder_with_hidden_files_alone_is_empty(tmp_path):
    (tmp_path / "mine" / ".git").mkdir(parents=True)
    printed("init", "mine")


def test_many_names_are_not_all_told(tmp_path):
    for number in range(12):
        (tmp_path / "full" / f"{number:02}").mkdir(parents=True)
    assert "06, 07 and 4 more" in call("init", "full")[2]


@pytest.mark.parametrize("over", ["nowhere", "taken"])
def test_a_base_that_is_none_is_a_usage_error(over):
    Path("taken").write_text("", encoding="utf-8")
    assert call("init", "ours", "--over", over)[0] == 2
    assert not Path("ours").exists()


def test_a_file_in_the_way_is_a_usage_error():
    Path("taken").write_text("kept", encoding="utf-8")
    assert call("init", "taken")[0] == 2
    assert call("init", "taken/below")[0] == 2
    assert Path("taken").read_text(encoding="utf-8") == "kept"


def test_a_broken_base_and_one_without_orders_are_refused():
    printed("init", "base")
    Path("base/orders/meal.yaml").write_text("order: meal\n", encoding="utf-8")
    assert call("init", "ours", "--over", "base")[0] == 3
    for name in ("orders/meal.yaml", "lifecycles/serving.yaml", "scenarios/served.yaml"):
        Path("base", name).unlink()
    code, _, err = call("init", "ours", "--over", "base")
    assert (code, "has no order" in err) == (2, True)
