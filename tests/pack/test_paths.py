"""The paths of a spec can name every key that a JSON document can have, unless a path cannot write it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import pytest
from jsonschema import Draft202012Validator

from covage_model import generate_orders, judge, load_pack, order_schema
from covage_model.cli.main import main
from covage_model.ground import dotted
from covage_model.ground.files import read
from covage_model.pack.compile.grammar import PATH_PATTERN, STATE_PATTERN
from covage_model.pack.compile.published import spec_schema
from covage_model.pack.compile.shape_check import check_file

ORDER = """
order: thing
follows: life
match: {"@type": Thing}
fields:
  "$ref.a/b~c": {type: string, required: true}
  "été": {enum: [un, deux], required: {when: {"x-y": {min: 2}}}}
  "x-y": {type: integer}
  "5.6": {type: string, required: done}
  "+": {items: item, required: true, minItems: 1}
rules:
  same: {when: {"x-y": 1}, then: {"+": {some: {"@type": {in: [t]}}}}, at: "$ref.a/b~c"}
"""
FILES = {
    "pack": "pack: keys\nformat: 1\nactors: {sender: Sender, carrier: Carrier}\n",
    "types": 'types: {item: {fields: {"@type": {type: string, required: true}}}}\n',
    "order": ORDER,
    "life": """
lifecycle: life
states: {draft: {initial: true, editable: sender}, done: {final: success}}
transitions: {finish: {by: carrier, from: draft, to: done, guard: {document: done}}}
""",
    "play": """
scenario: "a key of digits is named"
given: {document: order.json}
steps: [{refused: {finish: "5.6"}}]
""",
}
GOOD = {"@type": "Thing", "$ref": {"a/b~c": "a"}, "x-y": 1, "5": {}, "+": [{"@type": "t"}]}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "order.json").write_text(json.dumps(GOOD), encoding="utf-8")
    return tmp_path


def test_a_pack_with_such_keys_is_sound_and_its_scenarios_name_them(pack: Path) -> None:
    assert main(["check", "--pack", str(pack)]) == 0
    assert main(["run", "--pack", str(pack)]) == 0
    assert main(["validate", "--pack", str(pack), str(pack / "order.json")]) == 0


def test_findings_point_at_such_keys(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = {**GOOD, "$ref": {"a/b~c": 1}, "x-y": 2, "+": [{"@type": 5}]}
    (pack / "bad.json").write_text(json.dumps(bad), encoding="utf-8")
    assert main(["validate", "--pack", str(pack), str(pack / "bad.json"), "--format", "json"]) == 1
    findings = json.loads(capsys.readouterr().out)["documents"][0]["findings"]
    assert {(one["code"], one["location"]["pointer"]) for one in findings} == {
        ("CM404", "/$ref/a~1b~0c"),
        ("CM404", "/+/0/@type"),
        ("CM403", "/été"),
    }


def test_the_printed_schema_knows_such_keys(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "thing", "--pack", str(pack)]) == 0
    schema = Draft202012Validator(json.loads(capsys.readouterr().out))
    assert schema.is_valid(GOOD)
    assert not schema.is_valid({**GOOD, "$ref": {"a/b~c": 1}})
    assert not schema.is_valid({**GOOD, "x-y": 2})
    assert not schema.is_valid({**GOOD, "@type": "Other"})


KEYS = ["@type", "$ref", "x-y", "été", "5", "a/b", "~", "{", "'", "名", "a.@b"]
KEYS += [
    'ext["a.b"]',
    'ext["a.b"].c',
    '["a b"]["[0]"]',
    '["order"].order',
    r'["say \"hi\""]',
    r'["back\\ slash"].x',
    '["all"]',
]
NO_PATHS = ["", ".", "a.", ".a", "a..b", "a b", "a\u00a0b", "a\tb", "a\n", "\u2028", "\x85", "a[0]", "]", 'a"b', "\x7f"]
NO_PATHS += ['["plain"]', 'a["order"]', 'a.["b.c"]', '["a.b"]c', '["a.b"', r'["a.b\q"]', '["a.b\n"]', '["a.b"].']


@pytest.mark.parametrize("path", KEYS + NO_PATHS)
def test_the_published_schema_takes_the_same_paths(path: str) -> None:
    sound = path in KEYS
    assert (re.fullmatch(PATH_PATTERN, path) is not None) == sound
    order = {"order": "thing", "follows": "life", "fields": {path: {"type": "string"}}}
    assert Draft202012Validator(spec_schema()).is_valid(order) == sound


@pytest.mark.parametrize("name", ["@draft", "été", "5", "a/b"])
def test_states_keep_their_names(name: str) -> None:
    assert re.fullmatch(STATE_PATTERN, name) is None


@pytest.mark.parametrize("path", KEYS)
def test_a_path_is_written_as_it_was_read(path: str) -> None:
    assert dotted.in_condition(dotted.keys(path)) == path


def test_every_key_without_control_characters_has_one_spelling() -> None:
    random = Random(4)
    for _ in range(3000):
        names = tuple(
            "".join(random.choices('ab.[]" \\@', k=random.randint(1, 4))) for _ in range(random.randint(1, 3))
        )
        if any(name.endswith("[]") for name in names):
            continue  # that marks a list in tables
        path = dotted.dotted(names)
        if "\\" in "".join(names) and '["' not in path:
            continue
        assert re.fullmatch(PATH_PATTERN, path), path
        assert dotted.keys(path) == names


QUOTED = {
    "pack": "pack: keys\nformat: 1\nactors: {me: Me}\n",
    "order": """
order: note
follows: life
match: {'meta["x.kind"]': note}
key: ['["the id"]']
fields:
  'ext["a.b"]': {type: string, required: true}
  'ext["a.b c"].d': {type: integer}
  '["the id"]': string
  order: {fields: {size: integer}}
  'rows["[0]"]': {items: {fields: {'["say \\"hi\\""]': {type: integer, required: true}}}}
rules:
  above: {when: {'["order"].size': {min: 2}}, then: {'ext["a.b c"].d': {min: {at: '["order"].size'}}}}
  begins: {then: {'order.ext["a.b"]': {matches: "^x.*$"}}}
""",
    "life": """
lifecycle: life
states: {open: {initial: true, editable: me}, shut: {final: success}}
transitions: {close: {by: me, from: open, to: shut, guard: {'order.ext["a.b"]': x1}}}
""",
    "play": """
scenario: a key with a dot is named
given: {document: order.json}
steps: [{refused: {close: 'ext["a.b"]'}}]
""",
}
NOTE = {
    "meta": {"x.kind": "note"},
    "ext": {"a.b": "x", "a.b c": {"d": 3}},
    "order": {"size": 3},
    "rows": {"[0]": [{'say "hi"': 1}]},
}


@pytest.fixture
def quoted(tmp_path: Path) -> Path:
    for name, text in QUOTED.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "order.json").write_text(json.dumps(NOTE), encoding="utf-8")
    return tmp_path


def test_keys_in_quotes_are_checked_played_judged_described_and_made(
    quoted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--pack", str(quoted)]) == 0
    assert main(["run", "--pack", str(quoted)]) == 0
    pack = load_pack(str(quoted))
    assert judge(pack, NOTE).findings == ()
    wrong = {**NOTE, "ext": {"a.b": "y", "a.b c": {"d": 2}}, "rows": {"[0]": [{}]}}
    assert {(each.code, each.location.pointer) for each in judge(pack, wrong).findings} == {
        ("CM407", "/ext/a.b"),
        ("CM407", "/ext/a.b c/d"),
        ("CM403", '/rows/[0]/0/say "hi"'),
    }
    assert (
        str(next(each for each in judge(pack, wrong).findings if each.code == "CM403").arguments["path"])
        == r'rows["[0]"]["say \"hi\""]'
    )
    schema = Draft202012Validator(order_schema(pack, "note"))
    assert schema.is_valid(NOTE)
    assert not schema.is_valid(wrong)
    assert all(judge(pack, each).findings == () for each in generate_orders(pack, count=6))
    capsys.readouterr()
    assert main(["describe", "note", "--pack", str(quoted)]) == 0
    out = capsys.readouterr().out
    assert 'meta["x.kind"]' in out
    assert r'rows["[0]"][]["say \"hi\""]' in out


def test_a_table_has_such_columns(quoted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header = '"meta[""x.kind""]","ext[""a.b""]","ext[""a.b c""].d","order.size","rows[""[0]""][1][""say \\""hi\\""""]"'
    (quoted / "notes.csv").write_text(f"{header}\nnote,x,3,3,1\nnote,y,3,3,1\n", encoding="utf-8")
    assert main(["validate", "--pack", str(quoted), str(quoted / "notes.csv"), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    found = [each for document in report["documents"] for each in document["findings"]]
    assert [(each["code"], each["location"]["column_name"]) for each in found] == [("CM407", 'ext["a.b"]')]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ('["a"]', "write it as a"),
        ('item["@type"].b', "write it as item.@type.b"),
        ('a.["b c"]', """write it as 'a["b c"]'"""),
        ("a[0]", """write it as '["a[0]"]'"""),
        ("lines[].x", "write it as lines.x"),
    ],
)
def test_quotes_that_a_key_does_not_need_are_left_out_by_the_hint(written: str, hint: str) -> None:
    order = {"order": "thing", "follows": "life", "fields": {written: {"type": "string"}}}
    node, _ = read.read_spec(json.dumps(order).encode(), "order.yaml")
    assert node is not None
    (finding,) = check_file(node)[2]
    assert (finding.code, finding.hint) == ("CM106", hint)
