"""The paths of a spec can name every key that a JSON document can have, unless a path cannot write it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from covage_model.cli.main import main
from covage_model.pack.compile.grammar import PATH_PATTERN, STATE_PATTERN
from covage_model.pack.compile.published import spec_schema

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
NO_PATHS = ["", ".", "a.", ".a", "a..b", "a b", "a\u00a0b", "a\tb", "a\n", "\u2028", "\x85", "a[0]", "]", 'a"b', "\x7f"]


@pytest.mark.parametrize("path", KEYS + NO_PATHS)
def test_the_published_schema_takes_the_same_paths(path: str) -> None:
    sound = path in KEYS
    assert (re.fullmatch(PATH_PATTERN, path) is not None) == sound
    order = {"order": "thing", "follows": "life", "fields": {path: {"type": "string"}}}
    assert Draft202012Validator(spec_schema()).is_valid(order) == sound


@pytest.mark.parametrize("name", ["@draft", "été", "5", "a/b"])
def test_states_keep_their_names(name: str) -> None:
    assert re.fullmatch(STATE_PATTERN, name) is None
