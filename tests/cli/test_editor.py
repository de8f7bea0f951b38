"""What editors are told: one schema for any order, and which files it is for."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from jsonschema import Draft202012Validator

from covage_model.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "tests" / "packs" / "library"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.chdir(tmp_path)


def any_schema(pack: Path, *more: str) -> Draft202012Validator:
    out = io.StringIO()
    assert main(["schema", "--any", "--pack", str(pack), *more], out, out) == 0
    schema = json.loads(out.getvalue())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def orders(pack: Path) -> list[tuple[str, Any]]:
    texts = [
        (path.name, path.read_text(encoding="utf-8"))
        for path in sorted((pack / "examples").rglob("*.*"))
        if path.suffix in (".json", ".yaml")
    ]
    return [(name, json.loads(text) if name.endswith("json") else yaml.safe_load(text)) for name, text in texts]


@pytest.mark.parametrize("pack", [LIBRARY, ROOT / "specs" / "covage"], ids=["library", "covage"])
def test_the_schema_of_any_order_says_what_the_judge_says(pack: Path) -> None:
    """A request that is clean by itself, with and without one of its fields, or with another."""
    validator, tried = any_schema(pack), 0
    for name, order in orders(pack)[::7][:6]:
        if not isinstance(order, dict):
            continue
        for changed in (order, {**order, "unknown_field": 1}, *(_without(order, key) for key in order)):
            Path("order.json").write_text(json.dumps(changed), encoding="utf-8")
            argv = ["validate", "order.json", "--pack", str(pack), "--role", "request", "--fail-on", "warning"]
            clean = main(argv, io.StringIO(), io.StringIO()) == 0
            assert validator.is_valid(changed) == clean, (name, changed)
            tried += 1
    assert tried > 10


def _without(order: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in order.items() if name != key}


def test_an_error_is_that_of_the_variant_that_matches() -> None:
    """Not one for each other variant: that is what editors show of an `anyOf`."""
    validator = any_schema(LIBRARY)
    order = dict(orders(LIBRARY))["loan-home.yaml"]
    errors = list(validator.iter_errors({**order, "unknown_field": 1}))
    assert len(errors) == 1
    assert "unknown_field" in errors[0].message


def test_the_files_of_each_editor_name_the_schemas() -> None:
    out = io.StringIO()
    argv = ["editor", "--pack", str(LIBRARY), "--orders", "in/*.json", "--orders", "more/**", "--specs", "p/**"]
    assert main(argv, out, out) == 0
    assert ".vscode/settings.json" in out.getvalue()
    folder = Path(".covage")
    settings = json.loads((folder / "vscode.settings.json").read_text(encoding="utf-8"))
    assert settings["json.schemas"][0] == {"fileMatch": ["in/*.json", "more/**"], "url": "./.covage/orders.schema.json"}
    assert settings["yaml.schemas"]["./.covage/spec-1.json"] == ["p/**"]
    server = json.loads((folder / "yaml-language-server.json").read_text(encoding="utf-8"))
    assert server["yaml"]["schemas"] == settings["yaml.schemas"]
    idea = ET.parse(folder / "jetbrains.jsonSchemas.xml")
    said = {option.attrib["name"]: option.attrib.get("value") for option in idea.iter("option")}
    assert said["relativePathToSchema"] == ".covage/spec-1.json"
    for name in ("orders.schema.json", "spec-1.json"):
        Draft202012Validator.check_schema(json.loads((folder / name).read_text(encoding="utf-8")))
    assert (folder / "spec-1.json").read_text(encoding="utf-8").strip().startswith("{")


def test_one_editor_alone() -> None:
    assert main(["editor", "vscode", "--pack", str(LIBRARY), "--out", "e"], io.StringIO(), io.StringIO()) == 0
    assert sorted(path.name for path in Path("e").iterdir()) == [
        "orders.schema.json", "spec-1.json", "vscode.settings.json",
    ]  # fmt: skip
    assert main(["schema", "loan", "--any", "--pack", str(LIBRARY)], io.StringIO(), io.StringIO()) == 2


def test_an_editor_marks_nothing_in_examples_that_are_valid() -> None:
    """Requests and records stand in one folder; what is wrong with a request is still marked."""
    assert main(["editor", "vscode"], io.StringIO(), io.StringIO()) == 0
    validator = Draft202012Validator(json.loads(Path(".covage/orders.schema.json").read_text(encoding="utf-8")))
    paths = (ROOT / "specs" / "covage" / "examples" / "valid").glob("*.json")
    good = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(paths)]
    assert sum("uuid" in order for order in good) > 3
    assert [order for order in good if not validator.is_valid(order)] == []
    request = next(order for order in good if "uuid" not in order)
    assert not validator.is_valid({**request, "unknown_field": 1})


@pytest.mark.parametrize(
    ("order", "place", "told"),
    [
        ({"type": "terminte"}, "$.type", "is not one of ['activate', 'terminate']"),
        ({}, "$", "'type' is a required property"),
        ({"type": "activate", "product": {"code": "AM01"}}, "$", "'activation_type' is a required property"),
        ({"type": "activate", "product": {"code": "XM01"}, "activation_type": "create"}, "$.product.code", "^(?:A"),
        (
            {"type": "activate", "product": {"code": "FP01"}, "activation_type": "create_nearby"},
            "$.product.code",
            "^(?:A|S|M)'",
        ),
        (
            {"type": "activate", "product": {"code": "AM01"}, "activation_type": "creat"},
            "$.activation_type",
            "'create'",
        ),
    ],
)
def test_what_matches_nothing_is_told_at_the_field_that_decides(order: dict[str, Any], place: str, told: str) -> None:
    errors = list(any_schema(ROOT / "specs" / "covage").iter_errors(order))
    assert [(error.json_path, told in error.message) for error in errors] == [(place, True)], errors
