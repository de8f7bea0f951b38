"""`shown`: how records show the hidden variables of a lifecycle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from covage_model.api import packs
from covage_model.api.workspace import open_workspace
from covage_model.behaviour.space.explore import explore
from covage_model.behaviour.space.shown_values import reached
from covage_model.pack.definitions.walk import definitions
from covage_model.pack.model.conditions import Holds, Literal, Present, Ref
from covage_model.pack.model.pack import SpecPack

LIFE: dict[str, Any] = {
    "lifecycle": "life",
    "status": "status",
    "states": {
        "draft": {"initial": True},
        "sent": {"states": {"waiting": {"initial": True}, "asked": {}}},
        "lost": {"final": "failure", "shown_as": None},
        "done": {"final": "success"},
    },
    "transitions": {
        "send": {"by": "me", "from": "draft", "to": "sent"},
        "pay": {"by": "me", "from": "sent.waiting", "to": "sent.asked", "set": {"paid": True}},
        "try": {"by": "me", "from": "sent.asked", "guard": {"tries": {"max": 1}}, "set": {"tries": {"add": 1}}},
        "finish": {"by": "me", "from": "sent.asked", "guard": {"tries": 2}, "to": "done"},
        "lose": {"by": "me", "from": "sent", "to": "lost"},
    },
    "variables": {
        "paid": {"values": [False, True], "title": {"fr": "Payée", "en": "Paid"}, "shown": {"true": {"receipt": {"present": True}}}},
        "tries": {"min": 0, "max": 2, "shown": {"2": {"tried": {"count": {"min": 2}}}, "1": {"tried": {"count": 1}}}},
    },
}  # fmt: skip
FILES = {
    "pack": {
        "pack": "random",
        "format": 1,
        "languages": ["fr", "en"],
        "actors": {"me": "Me"},
        "record": {"number": {"present": True}},
    },
    "life": LIFE,
    "order": {
        "order": "parcel",
        "follows": "life",
        "match": {"kind": "parcel"},
        "fields": {
            "status": {"read_only": True},
            "number": {"type": "string", "read_only": True},
            "receipt": {"type": "string", "read_only": True},
            "tried": {"read_only": True, "items": "string"},
        },
    },
}


def folder(tmp_path: Path, **changed: Any) -> str:
    """The pack in a folder, with some files changed."""
    for name, content in {**FILES, **changed}.items():
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return str(tmp_path)


def compiled(tmp_path: Path, **changed: Any) -> tuple[SpecPack, list[str]]:
    """The pack, and the codes and forms of its findings."""
    loaded = packs.load([folder(tmp_path, **changed)], cache=False)
    assert loaded.pack is not None
    return loaded.pack, [f"{finding.code} {finding.form}" for finding in loaded.findings]


def test_each_key_is_the_value_that_it_spells(tmp_path: Path) -> None:
    pack, found = compiled(tmp_path)
    assert found == []
    shown = [(variable.name, each.value) for variable, each in pack.lifecycles[0].shown]
    assert shown == [("paid", True), ("tries", 2), ("tries", 1)]
    first = pack.lifecycles[0].shown[0][1]
    assert first.when == Holds(Ref("order", ("receipt",)), Present(present=True))


def test_a_text_is_preferred_to_the_value_that_json_spells_alike(tmp_path: Path) -> None:
    life = {
        **LIFE,
        "variables": {
            "paid": {"values": [True, "true", 1, "1"], "shown": {"true": {"receipt": "x"}, "1": {"receipt": "y"}}}
        },
    }
    life["transitions"] = {"finish": {"by": "me", "from": "draft", "to": "done"}}
    pack, _ = compiled(tmp_path, life=life)
    assert [each.value for _, each in pack.lifecycles[0].shown] == ["true", "1"]
    assert pack.lifecycles[0].shown[0][1].when == Holds(Ref("order", ("receipt",)), Literal("x"))


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ({"maybe": {"receipt": {"present": True}}}, "CM202 variable-value"),
        ({"true": {"account.name": "x"}}, "CM209 account"),
        ({"true": {"order": "x"}}, "CM209 root"),
        ({"true": {"receipt": {"among": "number"}}}, "CM209 among"),
        ({"true": {"recipt": {"present": True}}}, "CM206 unknown"),
        ({"true": {"tried.one": {"present": True}}}, "CM206 crosses"),
        ({"true": {"receipt": {"matches": "("}}}, "CM207 pattern"),
        ({"true": {"receipt": 7}}, "CM308 value"),
        ({}, "CM107 empty"),
    ],
)
def test_what_cannot_be_said_is_found(tmp_path: Path, shown: Any, found: str) -> None:
    life = {**LIFE, "variables": {**LIFE["variables"], "paid": {"values": [False, True], "shown": shown}}}
    loaded = packs.load([folder(tmp_path, life=life)], cache=False)
    assert found in [f"{finding.code} {finding.form}" for finding in loaded.findings]


def test_the_word_changes_no_move(tmp_path: Path) -> None:
    pack, _ = compiled(tmp_path)
    bare = {
        name: {key: said for key, said in each.items() if key != "shown"} for name, each in LIFE["variables"].items()
    }  # type: ignore[attr-defined]
    other, _ = compiled(tmp_path, life={**LIFE, "variables": bare})
    first, second = (explore(each.lifecycles[0], each.variants[0]) for each in (pack, other))
    assert list(first.codes) == list(second.codes)
    assert list(first.targets) == list(second.targets)


def test_what_the_records_of_a_status_may_show(tmp_path: Path) -> None:
    pack, _ = compiled(tmp_path)
    assert reached(explore(pack.lifecycles[0], pack.variants[0]))[1] == {
        "draft": ((False, False, False),),  # paid, tried twice, tried once
        "sent": ((False, False, False), (True, False, False), (True, False, True), (True, True, False)),
        "done": ((True, True, False),),
    }


def test_it_has_a_definition_of_its_own(tmp_path: Path) -> None:
    pack, _ = compiled(tmp_path)
    shown = [each.id for each in definitions(pack) if each.kind == "shown"]
    assert shown == [
        f"/lifecycle/life/variable/{name}" for name in ("paid/shown/true", "tries/shown/2", "tries/shown/1")
    ]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "records show Paid: true exactly where receipt present"),
        ("fr", "les réponses montrent Payée : true exactement là où receipt présent"),
    ],
)
def test_describe_says_it(tmp_path: Path, language: str, line: str) -> None:
    from covage_model.api.describe import table_of
    from covage_model.report.formats import text
    from covage_model.report.subjects import fields

    table = table_of(open_workspace([folder(tmp_path)]), "parcel")
    assert line in text.text(
        block for entry in fields.report([table], language, judged=False).entries for block in entry.blocks()
    )
