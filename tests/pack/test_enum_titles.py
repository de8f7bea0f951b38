"""Members of an `enum` may have titles: described and printed, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from covage_model import Pack, generate_orders, judge, load_pack, mutate_pack, order_schema
from covage_model.cli.main import main

FILES = {
    "pack.yaml": "pack: titled\nformat: 1\nlanguages: [fr, en]\nactors: {me: Me}\n",
    "life.yaml": "lifecycle: life\nstates: {open: {initial: true}}\ntransitions: {touch: {by: me, from: open}}\n",
    "order.yaml": """
order: item
follows: life
match: {kind: item}
fields:
  action: {enum: [add, {value: modify, title: {fr: Modifier, en: Change it}}, 1, {value: true, title: Right}], required: true}
  size: {enum: [{value: big, title: {fr: Grand, en: Big}}, small]}
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def pack(folder: Path) -> Pack:
    return load_pack(str(folder))


def test_members_with_and_without_titles_are_legal_alike(pack: Pack) -> None:
    schema = Draft202012Validator(order_schema(pack, "item", language="fr"))
    for value in ("add", "modify", 1, True, "Modifier", 0, False, {"value": "modify"}):
        document = {"kind": "item", "action": value}
        clean = value in ("add", "modify") or (not isinstance(value, dict) and value == 1)
        assert (judge(pack, document).findings == ()) is clean
        assert schema.is_valid(document) is clean


def test_the_schema_and_the_description_show_titles_in_the_language(
    folder: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    said = order_schema(pack, "item", language="fr")["properties"]["action"]
    assert said["enum"] == ["add", "modify", 1, True]
    assert said["anyOf"] == [
        {"const": "add"},
        {"const": "modify", "title": "Modifier"},
        {"const": 1},
        {"const": True, "title": "Right"},
    ]
    assert main(["describe", "item", "--pack", str(folder), "--lang", "en", "--format", "csv"]) == 0
    described = capsys.readouterr().out
    assert "add | modify (Change it) | 1 | true (Right)" in described
    assert ",big | small," in described  # the title is the value


def test_they_are_made_and_mutated_as_values(pack: Pack) -> None:
    values = [each["action"] for each in generate_orders(pack, count=40)]
    assert {"add", "modify"} <= {value for value in values if isinstance(value, str)}
    assert mutate_pack(pack, operators=["enum-shrink", "enum-widen"]).tried


@pytest.mark.parametrize(
    "member", ["{value: x}", "{title: X}", "{value: [x], title: X}", "{value: x, title: {de: X}}", "[x]"]
)
def test_what_is_no_member_is_found(folder: Path, member: str) -> None:
    order = FILES["order.yaml"].replace("[add,", f"[{member}, add,")
    (folder / "order.yaml").write_text(order, encoding="utf-8")
    assert main(["check", "--pack", str(folder)]) == 1
