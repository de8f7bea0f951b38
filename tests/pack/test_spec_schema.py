"""The JSON Schemas in `schemas/`: the one of spec files agrees with CM1xx; the others fit our reports."""

from __future__ import annotations

import copy
import io
import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from effort import LONG, share
from jsonschema import Draft202012Validator

from covage_model.cli.main import main
from covage_model.ground.diagnostics import Location
from covage_model.ground.files.node import Node, plain
from covage_model.ground.files.read import read_spec
from covage_model.pack.compile import grammar_files
from covage_model.pack.compile.descriptions import DESCRIPTIONS
from covage_model.pack.compile.published import spec_schema
from covage_model.pack.compile.shape_check import check_file

HERE = Path(__file__).parent.parent
ROOT = HERE.parent
GOLDEN = HERE / "golden"
SPEC_SCHEMA = ROOT / "schemas" / "spec-1.json"
REPORT_SCHEMA = ROOT / "schemas" / "report-1.json"
MUTATIONS = 2_000 if LONG else 800

# --- spec files


def _keys(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each key that a mapping may have, with its schema."""
    if isinstance(schema, dict):
        if "additionalProperties" in schema:
            yield from schema.get("properties", {}).items()
        for inner in [*schema.get("properties", {}).values(), *(v for k, v in schema.items() if k != "properties")]:
            yield from _keys(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _keys(inner)


def test_every_key_has_a_description_and_an_example_that_fits() -> None:
    schema = spec_schema()
    described = list(_keys(schema))
    assert len(described) > 400
    for key, said in described:
        assert said["description"].endswith("."), key
        validator = Draft202012Validator({**said, "$defs": schema["$defs"]})
        assert any(map(validator.is_valid, said["examples"])), key
    assert {key for key, _ in described} <= set(DESCRIPTIONS)


def test_the_published_schema_is_fresh() -> None:
    """`COVAGE_GOLDEN=write pytest tests/pack/test_spec_schema.py` writes it anew."""
    text = json.dumps(spec_schema(), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("COVAGE_GOLDEN") == "write":
        SPEC_SCHEMA.write_text(text, encoding="utf-8", newline="\n")
    assert SPEC_SCHEMA.read_text(encoding="utf-8") == text


def test_both_schemas_are_schemas() -> None:
    for path in (SPEC_SCHEMA, REPORT_SCHEMA):
        Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def _spec_files(*roots: Path) -> Iterator[tuple[Path, Any]]:
    for root in roots:
        for path in sorted(path for path in root.rglob("*.yaml") if path.is_file()):
            node, _ = read_spec(path.read_bytes(), str(path))
            if node is not None:
                yield path, plain(node)


SOUND = [
    data
    for _, data in _spec_files(ROOT / "specs", HERE / "packs")
    if isinstance(data, dict) and grammar_files.FILES.keys() & data
]
BROKEN = list(_spec_files(GOLDEN))
MUTATED = [*SOUND, *(data for _, data in BROKEN if isinstance(data, dict))]
VALIDATOR = Draft202012Validator(spec_schema())


def _agree(data: Any) -> bool:
    """The schema accepts a file exactly if it has no finding about its shape. Returns whether it does."""
    _, _, found = check_file(_node(data))
    accepted = VALIDATOR.is_valid(data)
    assert accepted == (not found), (data, [(finding.code, finding.form, finding.arguments) for finding in found])
    return accepted


def _node(value: Any) -> Node:
    here = Location("spec.yaml", 1, 1)
    if isinstance(value, dict):
        return Node({key: _node(child) for key, child in value.items()}, here, here)
    return Node([_node(item) for item in value] if isinstance(value, list) else value, here, here)


def test_the_schema_accepts_the_packs() -> None:
    assert len(SOUND) > 200
    assert all(map(_agree, SOUND))


def test_the_schema_refuses_the_golden_files_that_have_a_shape_finding_and_no_others() -> None:
    accepted = Counter(_agree(data) for _, data in BROKEN)
    assert accepted[True] > 50
    assert accepted[False] > 20


# values that are right in one place and wrong in most others
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 1.5, 2.0, 10**30, "", "x", "a.b", "a b", "a/b", "x\n", "x\r", "é", "CM403 /a\rb"),
    *([], {}, ["x"], [None], [[]], {"x": "y"}, {"a": 1}, {"a\n": 1}, {"fr": "a"}, {"fr\n": "a"}, {"text": "a"}),
    *({"in": ["a"]}, {"min": 1}, {"min": 1, "max": 2}, {"present": True}, {"some": {"min": 1}}, {"count": -1}),
    *(
        {"not": {"a": 1}},
        {"when": {"a": 1}},
        {"count": {"where": {"a": 1}}},
        {"all": []},
        {"from": "a", "when": {"b": 1}},
    ),
)
WORDS = (
    "type fields rules include title source standing match when then all any not in min max from to by set cases values "
    "initial final states required forbidden items document account order pack fr zz some every where count among "
    "precedes only never refused fill expect text message at a.b"
).split()


def test_the_schema_and_the_compiler_agree_on_mutations(capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(20)
    counted = Counter(_agree(_mutated(chance)) for _ in range(MUTATIONS))
    with capsys.disabled():
        print(f"\n  {MUTATIONS} mutations: {counted[True]} accepted, {counted[False]} refused")
    assert min(counted[True], counted[False]) >= MUTATIONS // 4


def _mutated(chance: random.Random) -> Any:
    data = copy.deepcopy(chance.choice(MUTATED))
    gentle = chance.random() < 0.4
    for _ in range(chance.choice((1, 1, 1, 2))):
        spots = list(_spots(data))
        if spots:
            (_rewrite if gentle else _break)(*chance.choice(spots), chance)
    return data


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each mapping or list, with each of its keys or indices."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _spots(value[key])


def _rewrite(holder: Any, key: Any, chance: random.Random) -> None:
    """Changes something so that the file often stays valid: less, more of the same, or another text."""
    match chance.choice(("delete", "again", "text")):
        case "delete":
            del holder[key]
        case "again" if isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        case "again":
            holder[f"{key}2"] = copy.deepcopy(holder[key])
        case _ if isinstance(holder[key], str):
            holder[key] += "x"


def _break(holder: Any, key: Any, chance: random.Random) -> None:
    match chance.choice(("delete", "rename", "set", "wrap", "extra", "empty")):
        case "delete":
            del holder[key]
        case "rename" if isinstance(holder, dict):
            near = (f"{key}x", key[:-1] or "q", f"{key}\n", key.upper(), f"1{key}", f"{key}.b", chance.choice(WORDS))
            renamed = chance.choice(near)
            entries = {renamed if name == key else name: child for name, child in holder.items()}
            holder.clear()
            holder.update(entries)
        case "wrap":
            holder[key] = [holder[key]]
        case "extra" if isinstance(holder, dict):
            holder[chance.choice(WORDS)] = copy.deepcopy(chance.choice(VALUES))
        case "extra":
            holder.append(copy.deepcopy(chance.choice(VALUES)))
        case "empty" if isinstance(holder[key], dict | list):
            holder[key] = type(holder[key])()
        case _:
            holder[key] = copy.deepcopy(chance.choice(VALUES))


# --- our own reports


def _report(*argv: str) -> Any:
    out = io.StringIO()
    main([*argv, "--format", "json"], out, out)
    return json.loads(out.getvalue())


@pytest.fixture(scope="module")
def reports() -> Draft202012Validator:
    return Draft202012Validator(json.loads(REPORT_SCHEMA.read_text(encoding="utf-8")))


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.chdir(GOLDEN)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def test_every_golden_report_conforms(reports: Draft202012Validator) -> None:
    commands: Counter[str] = Counter()
    for folder in share(sorted(GOLDEN.glob("CM*"))):
        command = folder / "command.txt"
        argv = command.read_text(encoding="utf-8").split() if command.exists() else ["check", folder.name]
        if argv[0] in ("check", "validate", "run"):
            reports.validate(_report(*argv))
            commands[argv[0]] += 1
    assert min(commands.values()) > (15 if LONG else 4)


LIBRARY = str(HERE / "packs" / "library")


@pytest.mark.parametrize(
    "argv",
    [
        pytest.param(
            ("validate", str(ROOT / "specs" / "covage" / "examples"), "--pack", str(ROOT / "specs" / "covage")),
            marks=pytest.mark.long,
        ),
        ("validate", f"{LIBRARY}/examples", "--pack", LIBRARY, "--lang", "fr"),
        ("check", LIBRARY),
        ("check", "base"),
        ("run", "--pack", LIBRARY),
    ],
)
def test_every_other_report_conforms(reports: Draft202012Validator, argv: tuple[str, ...]) -> None:
    reports.validate(_report(*argv))


def test_the_report_schema_is_strict(reports: Draft202012Validator) -> None:
    whole = _report("validate", "--pack", "base", "CM407-rule/order.json")
    reports.validate(whole)
    spots = list(_spots(whole))
    holders = {id(holder): holder for holder, _ in spots if isinstance(holder, dict) and "rule" not in holder}
    for holder in holders.values():
        holder["extra"] = 1
        assert not reports.is_valid(whole)
        del holder["extra"]
    for holder, key in spots:
        if isinstance(holder, dict) and "rule" not in holder:
            kept = holder.pop(key)
            assert not reports.is_valid(whole), key
            holder[key] = kept
    reports.validate(whole)
