"""A field along its lifecycle: where a requirement starts, and where a join or a way back ends it."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
import yaml
from random_packs import Packs
from test_checks import compiled

from covage_model.api import packs
from covage_model.cli.main import main
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.judge import judged_as_if
from covage_model.documents.judge.verdict import Judge, judge_of
from covage_model.documents.presence import statuses
from covage_model.documents.presence.endings import Ending, Entry, endings
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.slots import slot_at
from covage_model.documents.tables.along import StatusMark
from covage_model.documents.tables.table import table
from covage_model.ground import json_value, pointer
from covage_model.pack.model.conditions import In, Literal, Starts
from covage_model.pack.model.pack import SpecPack

ROOT = Path(__file__).resolve().parents[2]
PACK = "pack: mine\nformat: 1\nlanguages: [fr, en]\nactors: {client: Client, clerk: Clerk}\n"
LIFE = """
lifecycle: life
status: status
states:
  draft: {initial: true, editable: client}
  submitted: {}
  working: {states: {one: {initial: true}, two: {}}}
  closed: {final: over}
  dropped: {final: gone, shown_as: null}
transitions:
  submit: {by: client, from: draft, to: submitted}
  reopen: {by: client, from: [submitted, working], to: draft}
  work: {by: clerk, from: submitted, to: working}
  go_on: {by: clerk, from: working.one, to: working.two}
  end: {by: clerk, from: working.two, to: closed}
  drop: {by: client, from: draft, to: closed}
  erase: {by: client, from: [draft, submitted], to: dropped}
"""
ORDER = """
order: thing
follows: life
match: {kind: thing}
fields:
  status: {read_only: true, required: true}
  size: {type: integer, required: submitted}
  box.weight: {type: integer, required: {from: working, when: {size: {min: 3}}}}
  ticket: {type: string, read_only: true, required: working, forbidden: {before: working}}
  note: {type: string, forbidden: closed}
  kept: {type: string, required: {from: draft, before: closed}}
"""


def ends_from(status: str, life: str = LIFE) -> tuple[Ending, ...]:
    pack, found = compiled(PACK, life)
    assert not found
    lifecycle = pack.lifecycle("life")
    return endings(statuses.from_status(lifecycle, status), lifecycle)


def test_a_way_back_and_a_join_end_what_holds_from_a_status_on() -> None:
    assert ends_from("submitted") == (
        Ending("draft", True, (Entry("reopen", "submitted"), Entry("reopen", "working")), ()),
        Ending("closed", False, (Entry("end", "working"),), (Entry("drop", "draft"),)),
    )


def test_what_holds_from_the_start_never_ends() -> None:
    assert ends_from("draft") == ()
    assert ends_from("closed") == ()


def test_without_the_way_around_there_is_no_join() -> None:
    life = LIFE.replace("  drop: {by: client, from: draft, to: closed}\n", "")
    assert [one.status for one in ends_from("submitted", life)] == ["draft"]
    assert [one.status for one in ends_from("submitted", life.replace(", to: draft}", ", to: dropped}"))] == []


def test_a_transition_from_an_unreachable_state_does_not_count() -> None:
    life = LIFE.replace("from: draft, to: closed", "from: lost, to: closed").replace("  draft:", "  lost: {}\n  draft:")
    assert [one.status for one in ends_from("submitted", life)] == ["draft"]


# --- what is printed


@pytest.fixture
def mine(tmp_path: Path) -> str:
    for name, text in (("pack", PACK), ("life", LIFE), ("order", ORDER)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(tmp_path)


def describe(folder: str, *argv: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    assert main(["describe", "thing", "--pack", folder, *argv], out, err) == 0, err.getvalue()
    return out.getvalue()


def test_each_field_shows_what_each_status_says_of_it(mine: str) -> None:
    lines = {line.split()[0]: line for line in describe(mine).splitlines() if line}
    signs = {name: next(word for word in line.split() if set(word) <= set("●◐○×")) for name, line in lines.items()
             if name in ("size", "box.weight", "ticket", "note", "kept", "kind")}  # fmt: skip
    assert signs == {
        "size": "○●●○", "box.weight": "○○◐○", "ticket": "××●×", "note": "○○○×", "kept": "●●●○", "kind": "●●●●",
    }  # fmt: skip
    assert "life: draft, submitted, working, closed (● required" in describe(mine)


def test_where_a_requirement_ends_is_said_with_the_triggers(mine: str) -> None:
    out = " ".join(describe(mine).split())
    assert "submitted; ends in draft, closed ○●●○" in out
    assert (
        "what is required from submitted: ends in draft: orders go back there (reopen from submitted, working); "
        "ends in closed: orders also get there another way (drop from draft)" in out
    )
    french = " ".join(describe(mine, "--lang", "fr").split())
    assert "submitted ; cesse en draft, closed ○●●○" in french
    assert "cesse en closed, où les commandes viennent aussi par ailleurs (drop depuis draft)" in french
    assert "cesse en draft, où les commandes reviennent (reopen depuis submitted, working) ;" in french


def test_what_its_author_ends_needs_no_reason(mine: str) -> None:
    (line,) = [line for line in describe(mine).splitlines() if line.startswith("kept ")]
    assert "ends" not in line
    assert "before closed" in line


def test_a_lifecycle_without_joins_says_nothing_of_ends() -> None:
    out, err = io.StringIO(), io.StringIO()
    assert main(["describe", "terminate-copper"], out, err) == 0
    assert "ends in" not in out.getvalue()
    assert "completed, rejected (● required" in out.getvalue()


def test_for_one_status_the_lifecycle_is_not_shown(mine: str) -> None:
    out = describe(mine, "--state", "submitted")
    assert "●" not in out
    assert "ends in" not in out


def test_the_formats_say_the_same(mine: str) -> None:
    markdown = describe(mine, "--format", "markdown")
    assert "| size |  | submitted; ends in draft, closed | ○●●○ |" in markdown
    assert "\nwhat is required from submitted: ends in draft" in markdown
    assert ',size,,"submitted; ends in draft, closed",○●●○,' in describe(mine, "--format", "csv")
    (variant,) = json.loads(describe(mine, "--format", "json"))["leaves"]
    size = next(one for one in variant["fields"] if one["path"] == "size")
    assert size["along"] == {"draft": "allowed", "submitted": "required", "working": "required", "closed": "allowed"}
    assert size["asked"][0]["ends"][1] == {
        "status": "closed",
        "by": "join",
        "left_by": [{"trigger": "end", "from": "working"}],
        "around": [{"trigger": "drop", "from": "draft"}],
    }


# --- marks against the interpreter


@pytest.mark.hard
@pytest.mark.parametrize("name", ["specs/covage", "tests/packs/library"])
def test_marks_are_what_the_interpreter_says(name: str) -> None:
    pack = packs.load([str(ROOT / name)]).pack
    assert pack is not None
    assert _agree(pack) > 200


@pytest.mark.hard
def test_marks_of_random_packs_are_what_the_interpreter_says() -> None:
    compared = 0
    for seed in range(25):
        texts = [yaml.safe_dump(file, allow_unicode=True) for file in Packs(Random(seed)).pack().values()]
        pack, found = compiled(*texts)
        compared += 0 if found else _agree(pack)
    assert compared > 200


def _agree(pack: SpecPack) -> int:
    """
    In a record with its `match` values and the missing fields put in: what was missing is required, and conversely.
    """
    judge, compared = judge_of(pack), 0
    for variant in pack.variants:
        sheet = judge.sheet(variant.name)
        given = [entry.path for entry in variant.match] + ([sheet.status_path] if sheet.status_path else [])
        for row in table(variant, sheet, pack.lifecycle(variant.order.follows)).rows:
            path = row.slot.path
            if "[" in row.path or any(one[: len(path)] == path for one in given):
                continue
            for status, mark in row.along:
                where = pointer.join(path)
                asked = any(
                    one == where or one.startswith(f"{where}/") for one in _missing(judge, variant.name, status)
                )
                told = (variant.name, status, row.path, mark)
                if mark is not StatusMark.FORBIDDEN:  # what is both is CM306
                    assert not asked or mark in (StatusMark.REQUIRED, StatusMark.DEPENDS), told
                    assert asked or mark is not StatusMark.REQUIRED, told
                compared += 1
    return compared


_KNOWN: dict[tuple[int, str, str], tuple[Judge, list[str]]] = {}


def _missing(judge: Judge, variant: str, status: str) -> list[str]:
    """Every place reported as missing, while missing places are filled with empty values until none is left."""
    key = (id(judge), variant, status)
    if key not in _KNOWN:
        _KNOWN[key] = (judge, _found_missing(judge, variant, status))
    return _KNOWN[key][1]


def _found_missing(judge: Judge, variant: str, status: str) -> list[str]:
    sheet, data, all_missing = judge.sheet(variant), {}, []
    for entry in sheet.match:
        match entry.test:
            case Literal(value) | In((value, *_)) | Starts((value, *_)):
                _put(data, entry.path, value)
    if sheet.status_path is not None and json_value.at(data, sheet.status_path) is json_value.ABSENT:
        _put(data, sheet.status_path, status)
    for _ in range(8):
        found = judged_as_if(sheet, data, JudgeContext("", status, Role.RECORD)).findings
        missing = [one.location.pointer for one in found if one.code == "CM403"]
        all_missing += missing
        for where in missing:
            steps = pointer.split(where)
            slot = slot_at(sheet.root, steps)
            _put(data, steps, {} if slot.properties is not None else [] if slot.items is not None else "?")
    return all_missing


def _put(data: dict, steps: Sequence[str], value: object) -> None:
    for name in steps[:-1]:
        data = data.setdefault(name, {})
    data[steps[-1]] = value
