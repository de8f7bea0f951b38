"""Accounts given in several files, on stdin, in large files, and in files with orders."""

from __future__ import annotations

import io
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from covage_model import judge, judge_files, load_pack, mutate_pack
from covage_model.api import accounts
from covage_model.cli.main import main
from covage_model.documents.judge.compiled.plain import is_sound_account
from covage_model.ground.files import plain_json
from covage_model.ground.files.joined import joined
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.read import read_documents

BASE = str(Path(__file__).resolve().parents[1] / "golden" / "base")
ORDER = {
    "kind": "parcel", "tariff": "P1", "speed": "economy", "address": {"street": "Rue Haute"}, "weight": 2,
    "depot": "south",
}  # fmt: skip


@pytest.fixture(scope="module")
def pack():
    return load_pack(BASE)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "order.json").write_text(json.dumps(ORDER), encoding="utf-8")
    return tmp_path


def written(name: str, value: Any) -> str:
    Path(name).write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return name


def call(*argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = main([*argv, "--pack", BASE], out, err, io.BytesIO(stdin))
    return code, out.getvalue(), err.getvalue()


def found(paths: list[str], judge_: Any, **more: Any) -> list[tuple[str, str, int, str]]:
    _, findings = accounts.read_accounts(paths, judge_, **more)
    return [(one.code, one.location.file, one.location.line, one.location.pointer) for one in findings]


# --- several files


def test_lists_join_and_objects_have_all_members(here: Path, pack: Any) -> None:
    one = written("one.yaml", "depots: [north]\ncredit: 1\n")
    two = written("two.json", {"depots": ["south"], "nick": "n", "credit": 1.0})
    account, findings = accounts.read_accounts([one, two], pack.judge)
    assert findings == ()
    assert account is not None
    assert account.data == {"depots": ["north", "south"], "credit": 1, "nick": "n"}


def test_what_one_file_lacks_another_may_have(here: Path, pack: Any) -> None:
    depots, credit = written("a.json", {"depots": ["south"]}), written("b.json", {"credit": 2})
    assert found([credit], pack.judge) == [("CM403", "b.json", 1, "/depots")]
    assert found([credit, depots], pack.judge) == []
    assert call("validate", "order.json", "--account", credit, "--account", depots)[0] == 0


def test_a_contradiction_names_both_places_and_its_part_is_not_read(here: Path, pack: Any) -> None:
    one = written("one.yaml", "depots: [south]\ncredit: 1\n")
    two = written("two.yaml", "credit: 2\n")
    account, (finding,) = accounts.read_accounts([one, two], pack.judge)
    assert account is not None
    assert (finding.code, finding.location.file, finding.location.line) == ("CM417", "two.yaml", 1)
    assert finding.arguments == {"path": "credit", "file": "one.yaml", "line": 2}
    assert (account.data["credit"], account.unsound) == (1, frozenset({"credit"}))
    code, out, _ = call("validate", "order.json", "--account", one, "--account", two)
    assert (code, out.splitlines()[0]) == (1, "two.yaml:1:9: error CM417 credit differs from one.yaml, line 2")


@pytest.mark.parametrize("other", [[], {}, 7, None, {"depots": {}}, {"depots": None}])
def test_a_list_an_object_and_a_value_contradict_each_other(here: Path, pack: Any, other: Any) -> None:
    paths = [written("one.json", {"depots": ["south"]}), written("two.json", other)]
    codes = [code for code, *_ in found(paths, pack.judge)]
    assert codes == ([] if other == {} else ["CM417"])


def test_a_conflict_names_the_first_file_with_a_value(here: Path, pack: Any) -> None:
    paths = [written("a.json", {"depots": ["so"]}), written("b.json", {"nick": "b"}), written("c.json", {"nick": "c"})]
    _, (finding,) = accounts.read_accounts(paths, pack.judge)
    assert (finding.location.file, finding.arguments["file"]) == ("c.json", "b.json")


def test_findings_keep_the_places_of_their_files(here: Path, pack: Any) -> None:
    one = written("one.yaml", "depots:\n- north\n- x\n")
    two = written("two.json", '{\n"credit": "1",\n"depots": ["south",\n"y"],\n"more": 1}')
    assert found([one, two], pack.judge) == [
        ("CM404", "one.yaml", 3, "/depots/1"),
        ("CM404", "two.json", 2, "/credit"),
        ("CM404", "two.json", 4, "/depots/1"),
        ("CM406", "two.json", 5, "/more"),
    ]


def test_one_file_by_two_names_is_read_once(here: Path, pack: Any) -> None:
    written("one.json", {"depots": ["south"]})
    account, (finding,) = accounts.read_accounts(["one.json", "./one.json"], pack.judge)
    assert account is not None
    assert (finding.code, finding.severity.value, account.data) == ("CM009", "note", {"depots": ["south"]})


@pytest.mark.parametrize("text", ["", "{", '{"depots": ["south"]}{}', "depots: [south]\n---\n{}\n"])
def test_a_file_that_cannot_be_read_leaves_the_rules_unchecked(here: Path, pack: Any, text: str) -> None:
    good, bad = written("good.json", {"depots": ["south"]}), written("bad.yaml", text)
    account, findings = accounts.read_accounts([good, bad], pack.judge)
    assert account is None
    assert {one.location.file for one in findings} == {"bad.yaml"}
    code, out, _ = call("validate", "order.json", "--account", good, "--account", bad)
    assert code == (4 if text in ("", "{") else code)
    assert "not-checked CM408" in out


def test_joining_twice_is_joining_all(here: Path) -> None:
    """A finding about the whole is located in the file that has the value, wherever list items come from."""
    random = Random(3)

    def value(depth: int) -> Any:
        if depth == 0:
            return 1
        if random.random() < 0.5:
            return [value(depth - 1) for _ in range(random.randrange(4))]
        return {name: value(depth - 1) for name in "abc" if random.random() < 0.7}

    for _ in range(200):
        texts = [json.dumps(value(3)) for _ in range(3)]
        documents = [read_documents(text.encode(), f"{number}.json")[0][0] for number, text in enumerate(texts)]
        whole = joined(documents)
        for pointer, inner in _places(whole.data, ""):
            at = whole.at(pointer)
            said = _at(documents[int(at.file[0])].data, at.pointer)
            if not isinstance(inner, dict | list) and not whole.contradictions:
                assert said == inner
            assert type(said) is type(inner)


def _places(value: Any, here: str) -> list[tuple[str, Any]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(here, value), *(one for step, inner in steps for one in _places(inner, f"{here}/{step}"))]


def _at(value: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


# --- stdin


def test_an_account_comes_from_stdin(here: Path) -> None:
    code, out, _ = call("validate", "order.json", "--account", "-", stdin=b'{"depots": ["south"]}')
    assert code == 0
    assert "1 document, 1 clean\n" in out
    more = written("more.json", {"credit": 1})
    assert call("validate", "order.json", "--account", "-", "--account", more, stdin=b'{"depots": ["south"]}')[0] == 0
    code, out, _ = call("validate", "order.json", "--account", "-", stdin=b'{"depots": ["x"]}')
    assert (code, out.splitlines()[0]) == (1, "-:1:13: error CM404 'x' is shorter than 2 characters")


@pytest.mark.parametrize(
    "argv",
    [
        ("validate", "-", "--account", "-"),
        ("validate", "order.json", "--account", "-", "--account", "-"),
        ("why", "accept", "--document", "-", "--account", "-"),
        ("mutate", "--account", "-", "--account", "-"),
        ("generate", "--account", "-", "--account", "-"),
        ("step", "parcel/economy", "--account", "-"),
    ],
)
def test_stdin_is_read_once(here: Path, argv: tuple[str, ...]) -> None:
    code, out, err = call(*argv, stdin=b'{"depots": ["south"]}')
    assert (code, out) == (2, "")
    assert "stdin" in err


def test_every_command_takes_an_account_in_parts(here: Path, pack: Any) -> None:
    parts = (
        "--account",
        written("a.json", {"depots": ["north"]}),
        "--account",
        written("b.json", {"depots": ["south"]}),
    )
    assert call("why", "accept", "--document", "order.json", *parts)[0] == 0
    assert call("step", "parcel/economy", "--document", "order.json", *parts, stdin=b"accept\n")[0] == 0
    code, out, err = call("generate", "parcel/economy", "--count", "3", *parts)
    assert (code, err, out.count("\n")) == (0, "", 3)
    assert call("generate", "parcel/economy", "--account", "-", stdin=b'{"depots": ["south"]}')[0] == 0
    code, out, _ = call(
        "mutate", "parcel/economy", "--corpus", "order.json", *parts, "--sample", "1", "--format", "json"
    )
    assert (code, json.loads(out)["items"]) == (0, 2)


def test_the_library_takes_a_path_or_several(here: Path, pack: Any) -> None:
    a, b = written("a.json", {"depots": ["north"]}), written("b.json", {"depots": ["x"]})
    assert [one.file for one in judge_files(pack, ["order.json"], account=[a, b])] == ["b.json", "order.json"]
    assert [one.file for one in judge_files(pack, ["order.json"], account=a)] == ["order.json"]
    assert mutate_pack(pack, "order.json", account=[a, b], sample=1).items == 2


# --- an account among the orders


def test_an_account_among_the_orders_is_said_to_be_one(here: Path) -> None:
    account = written("account.json", {"depots": ["south"]})
    code, out, _ = call("validate", account, "order.json")
    assert code == 1
    assert "account.json:1:1: error CM418 this is an account, not an order: it was not judged\n" in out
    assert "hint: give it as --account FILE\n" in out
    assert out.count("error") == 2  # one finding, and the total


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"$schema": "x"},
        {"depots": ["x"]},
        {"credit": 1},
        {"depots": ["south"], "kind": "parsel"},
        {"kind": "parsel"},
        {**ORDER, "depots": ["south"]},
        [],
    ],
)
def test_what_does_not_fit_the_type_of_an_account_is_not_one(pack: Any, document: Any) -> None:
    assert all(finding.code != "CM418" for finding in judge(pack, document).findings)


# --- large ones


def account_of(size: int) -> dict[str, Any]:
    return {"depots": [f"depot {number}" for number in range(size)], "credit": 1}


def test_a_large_account_is_accepted_without_a_careful_look(
    here: Path, pack: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written("large.json", account_of(30_000))
    monkeypatch.setattr(accounts.read, "read_documents", None)
    monkeypatch.setattr(type(pack.judge), "account", None)
    account, findings = accounts.read_accounts([path], pack.judge)
    assert findings == ()
    assert account is not None
    assert len(account.data["depots"]) == 30_000


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda text: text.replace('"depot 29999"', '"x"'), ("CM404", 30_000, "/depots/29999")),
        (lambda text: text.replace('"credit"', '"credits"'), ("CM406", 30_001, "/credits")),
        (lambda text: text.replace('"credit"', '"depots": [],\n"credit"'), ("CM002", 30_001, "/depots")),
    ],
)
def test_findings_of_a_large_account_have_their_lines(here: Path, pack: Any, change: Any, expected: Any) -> None:
    text = json.dumps(account_of(30_000)).replace(", ", ",\n").replace('["depot 0', '["depot 0')
    path = written("large.json", change(text))
    _, findings = accounts.read_accounts([path], pack.judge)
    assert [(one.code, one.location.line, one.location.pointer) for one in findings] == [expected]


def test_the_compiled_judge_of_accounts_says_yes_where_the_interpreter_finds_nothing(pack: Any) -> None:
    covage = load_pack("covage")
    folder = Path(covage.folders[0]) / "accounts"
    values: list[Any] = [None, 1, 1.5, "", "x", [], {}, True, "S310421_00007", "active"]
    random = Random(5)
    agreed = 0
    for path in sorted(folder.rglob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        for _ in range(15):
            changed = json.loads(json.dumps(data))
            holders = [one for _, one in _places(changed, "") if isinstance(one, dict | list) and one]
            for holder in random.sample(holders, min(len(holders), random.randrange(2))):
                name = random.choice([*holder] if isinstance(holder, dict) else range(len(holder)))
                if random.random() < 0.4:
                    del holder[name]
                else:
                    holder[name] = random.choice(values)
            sound = not covage.judge.account(changed, "").findings
            accepted = is_sound_account(covage.judge, changed)
            assert accepted <= sound
            agreed += accepted
    assert agreed > 12


def test_a_long_text_keeps_every_limit() -> None:
    limits = Limits(depth=3, nodes=10_000, scalar=100_000, paths=10**6, bytes=10**7)
    pad = {"pad": "p" * 70_000}
    assert plain_json.whole(json.dumps({"a": {"b": [1]}, **pad}).encode(), limits) == {"a": {"b": [1]}, **pad}
    for value in (
        {"a": {"b": [[]]}},
        {"a": "x" * 100_001},
        {"x" * 100_001: 1},
        {"a": [1] * 10_000},
        {"a": [[1] * 5, "x"], "b" * 60_000: {"c" * 60_000: [1] * 20}},
    ):
        with pytest.raises(plain_json.Doubt):
            plain_json.whole(json.dumps({**value, **pad}).encode(), limits)
    with pytest.raises(plain_json.Doubt):
        plain_json.whole(json.dumps(pad).encode(), Limits(bytes=70_000))


def test_a_document_without_a_field_of_the_account_is_no_account(tmp_path: Path) -> None:
    """Where the type of an account requires nothing, an empty object fits it."""
    for name, text in {
        "pack": "pack: tiny\nformat: 1\nactors: {me: Me}\naccount: purse\n",
        "order": "order: letter\nfollows: life\nmatch: {kind: letter}\nfields: {text: string}\n",
        "types": "types: {purse: {fields: {coins: integer, kind: string}}}\n",
        "life": "lifecycle: life\nstates: {draft: {initial: true}, done: {final: success}}\n"
        "transitions: {finish: {by: me, from: draft, to: done}}\n",
    }.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    pack = load_pack(str(tmp_path))
    cases = {"{}": "CM401", '{"$schema": "x"}': "CM401", '{"coins": 1}': "CM418", '{"coins": 1, "text": "x"}': "CM401"}
    for document, code in cases.items():
        assert [finding.code for finding in judge(pack, json.loads(document)).findings] == [code]
