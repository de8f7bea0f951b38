"""Coverage: records counted by hand on a small pack; merged, measured, and printed."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

import covage_model
from covage_model.api import coverage, packs, scenarios
from covage_model.behaviour.draw.marks import Level, MoveKey, PaintMark
from covage_model.cli.main import main
from covage_model.documents.judge.verdict import Judge, judge_of
from covage_model.documents.presence.role import Role
from covage_model.quality.coverage import record as records
from covage_model.quality.coverage import walks
from covage_model.quality.coverage.items import KINDS, items_of
from covage_model.quality.coverage.measure import Share, measure
from covage_model.quality.coverage.painted import paint_of
from covage_model.quality.coverage.record import NoRecord, Record, merge
from covage_model.quality.coverage.recorder import Recorder, record
from covage_model.quality.coverage.unreachable import unreachable
from covage_model.report.badge import badge

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "tests" / "packs" / "library"
RECORDS = Draft202012Validator(json.loads((ROOT / "schemas" / "coverage-1.json").read_text(encoding="utf-8")))
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))
TINY = {
    "pack.yaml": """
pack: tiny
format: 1
languages: [en]
actors: {writer: Writer, post: Post}
sources: {P1: {title: Page, statements: {S1: Notes have a text., S2: They are sent., S3: "It rains."}}}
""",
    "orders.yaml": """
order: note
follows: life
match: {kind: {in: [memo, letter]}}
source: S1
fields:
  text: {type: string, required: sent}
  tone: {type: string, enum: [calm, loud]}
  reply: {type: string, required: {when: {tone: loud}}, forbidden: {before: sent}}
rules:
  calm-has-text: {when: {tone: calm}, then: {text: {present: true}}}
""",
    "life.yaml": """
lifecycle: life
requests: sent
source: S2
states:
  draft: {initial: true, editable: writer}
  sent: {}
  done: {final: success}
  lost: {final: failure}
variables: {seen: ["no", "yes"]}
transitions:
  send: {by: writer, from: draft, to: sent, guard: {document: sent}}
  read: {by: post, from: sent, guard: {seen: "no"}, set: {seen: "yes"}}
  close:
    by: post
    from: sent
    cases:
      - {to: done, guard: {seen: "yes"}}
      - {to: lost, guard: {seen: "no"}}
  never: {by: post, from: sent, to: lost, guard: {seen: "yes", state: draft}}
""",
}
SCENARIO = """
scenario: a memo
given: {document: note.json}
steps:
  - refused: {send: text}
  - fill: {text: hello}
  - send
  - read
  - close
expect: {state: done}
"""
LIFE = "/lifecycle/life"
ORDER = "/order/note"
CLOSE = f"{LIFE}/transition/close/case/"
WON = CLOSE + '{"guard":{"seen":"yes"},"to":"done","from":["sent"]}'
FAILED = CLOSE + '{"guard":{"seen":"no"},"to":"lost","from":["sent"]}'
SENT = f'{LIFE}/transition/send/guard/{{"document":"sent"}}'
READ = f'{LIFE}/transition/read/guard/{{"seen":"no"}}'
DONE = f'{WON}/guard/{{"seen":"yes"}}'
LOST = f'{FAILED}/guard/{{"seen":"no"}}'
NEVER = f'{LIFE}/transition/never/guard/{{"seen":"yes"}}'
ELSEWHERE = f'{LIFE}/transition/never/guard/{{"state":"draft"}}'
REPLY = f'{ORDER}/field/reply/required/{{"when":{{"tone":"loud"}}}}'
EARLY = f'{ORDER}/field/reply/forbidden/{{"before":"sent"}}'
TEXT = f'{ORDER}/field/text/required/"sent"'
CALM = f"{ORDER}/rule/calm-has-text"


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def tiny(tmp_path: Path) -> Judge:
    return made(tmp_path / "tiny")


def made(folder: Path, **changed: str) -> Judge:
    folder.mkdir(exist_ok=True)
    for name, text in TINY.items():
        (folder / name).write_text(changed.get(name.partition(".")[0], text), encoding="utf-8")
    pack = packs.load([str(folder)], checked=False).pack
    assert pack is not None
    return judge_of(pack)


def played(judge: Judge, steps: str, document: dict[str, Any], folder: Path, *, sound: bool = True) -> Record:
    (folder / "note.json").write_text(json.dumps(document), encoding="utf-8")
    (folder / "scenario.yaml").write_text(steps, encoding="utf-8")
    (one,) = scenarios.play_files([str(folder / "scenario.yaml")], judge, [])
    assert one.outcome is not None
    assert sound == (not one.findings), one.findings
    return record(judge, [one.outcome])


def hits_of(judge: Judge, document: Any, status: str | None = None, role: Role | None = None) -> dict[str, int]:
    return dict(record(judge, [judge.verdict(document, "x", status=status, role=role)]).hits)


@cache
def of_pack(folder: str) -> tuple[Judge, Record]:
    loaded = packs.load([folder])
    assert loaded.pack is not None
    judge = judge_of(loaded.pack)
    outcomes = [one.outcome for one in scenarios.play_pack(judge, loaded.folders) if one.outcome is not None]
    return judge, record(judge, outcomes)


def call(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(argv, out, err), out.getvalue(), err.getvalue()


# --- what there is


def test_everything_that_can_be_exercised_is_an_item_once(tiny: Judge) -> None:
    expected = {
        ORDER, f'{ORDER}/match/kind/"memo"', f'{ORDER}/match/kind/"letter"',
        f'{ORDER}/field/tone/enum/"calm"', f'{ORDER}/field/tone/enum/"loud"',
        *(f"{name}{broken}" for name in (TEXT, REPLY, EARLY, CALM) for broken in ("", "/broken")),
        *(f"{LIFE}/state/{name}" for name in ("draft", "sent", "done", "lost")),
        *(f"{LIFE}/transition/{name}" for name in ("send", "read", "close", "never")),
        WON, FAILED,
        *(f"{part}/{way}" for part in (SENT, READ, DONE, LOST, NEVER, ELSEWHERE) for way in ("true", "false")),
    }  # fmt: skip
    assert set(items_of(tiny.pack).items) == expected


def test_items_that_nothing_can_exercise_are_named_with_the_reason_and_not_counted(tiny: Judge) -> None:
    reasons = unreachable(tiny, items_of(tiny.pack))
    assert reasons == {f"{LIFE}/transition/never": "unreached", f"{ELSEWHERE}/true": "unreached"}
    told = measure(tiny, Record())
    assert told.total == Share(0, len(items_of(tiny.pack).items) - 2)


@pytest.mark.hard
def test_reasons_distinguish_event_values_choices_and_unread_conditions() -> None:
    judge, _ = of_pack("covage")
    reasons = unreachable(judge, items_of(judge.pack))
    assert Counter(reasons.values()) == {"no-document": 14, "unread": 2, "choice": 1}
    assert reasons["/type/common/field/status/required/true/broken"] == "choice"


def test_the_spans_of_one_field_are_separate_items(tmp_path: Path) -> None:
    orders = TINY["orders.yaml"].replace("required: sent}", "required: [{when: {tone: loud}}, {from: done}]}")
    judge = made(tmp_path / "spans", orders=orders)
    loud, done = (f"{ORDER}/field/text/required/{words}" for words in ('{"when":{"tone":"loud"}}', '"done"'))
    found = hits_of(judge, {"kind": "memo", "tone": "loud", "reply": "x"})
    assert {loud, f"{loud}/broken"} <= set(found)
    assert done not in found
    found = hits_of(judge, {"kind": "memo"}, status="done")
    assert {done, f"{done}/broken"} <= set(found)
    assert loud not in found


def test_what_may_not_be_in_a_request_counts_where_such_orders_are_judged_as_requests(tmp_path: Path) -> None:
    orders = TINY["orders.yaml"].replace(
        "fields:\n", "written_by: post\nfields:\n  stamp: {type: string, read_only: true}\n"
    )
    name = f"{ORDER}/field/stamp/read_only"
    asked = made(tmp_path / "asked", orders=orders)
    assert not {name, f"{name}/broken"} & unreachable(asked, items_of(asked.pack)).keys()
    found = played(asked, SCENARIO, {"kind": "memo", "tone": "calm", "stamp": "x"}, tmp_path, sound=False)
    assert {name, f"{name}/broken"} <= found.hits.keys()
    never = made(tmp_path / "never", orders=orders, life=TINY["life.yaml"].replace(", guard: {document: sent}", ""))
    reasons = unreachable(never, items_of(never.pack))
    assert reasons[name] == reasons[f"{name}/broken"] == "no-request"
    assert name not in hits_of(never, {"kind": "memo", "stamp": "x"}, role=Role.RECORD)


# --- what is counted


def test_a_run_counts_exactly_what_it_did(tiny: Judge, tmp_path: Path) -> None:
    found = played(tiny, SCENARIO, {"kind": "memo", "tone": "calm"}, tmp_path)
    assert found.hits == {
        ORDER: 3,  # the run, and its document judged for each `send`
        f'{ORDER}/match/kind/"memo"': 2,
        f'{ORDER}/field/tone/enum/"calm"': 2,
        TEXT: 2, f"{TEXT}/broken": 1, CALM: 2, f"{CALM}/broken": 1,
        f"{LIFE}/state/draft": 1, f"{LIFE}/state/sent": 1, f"{LIFE}/state/done": 1,
        f"{LIFE}/transition/send": 1, f"{LIFE}/transition/read": 1, f"{LIFE}/transition/close": 1,
        WON: 1,
        f"{SENT}/false": 1, f"{SENT}/true": 1, f"{READ}/true": 1, f"{DONE}/true": 1, f"{LOST}/false": 1,
        walks.state("note", "draft"): 1, walks.state("note", "sent"): 1, walks.state("note", "done"): 1,
        walks.edit("note", "draft"): 1,
        walks.move("note", "draft", "send", ""): 1, walks.move("note", "sent", "read", ""): 1,
        walks.move("note", "sent", "close", WON.removeprefix(CLOSE)): 1,
    }  # fmt: skip


def test_given_and_filled_values_of_a_scenario_exercise_only_their_values(tmp_path: Path) -> None:
    judge = made(tmp_path / "unasked", life=TINY["life.yaml"].replace(", guard: {document: sent}", ""))
    steps = "scenario: loud\ngiven: {document: note.json}\nsteps: [fill: {tone: loud}, send]\n"
    found = played(judge, steps, {"kind": "memo", "tone": "calm"}, tmp_path)
    of_order = {name: count for name, count in found.hits.items() if name.startswith(ORDER)}
    calm, loud = (f'{ORDER}/field/tone/enum/"{tone}"' for tone in ("calm", "loud"))
    assert of_order == {ORDER: 1, f'{ORDER}/match/kind/"memo"': 2, calm: 1, loud: 1}


def test_an_account_counts_once_wherever_one_is_given(tmp_path: Path) -> None:
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "types.yaml").write_text(
        "types:\n  client:\n    fields:\n      level: {type: string, enum: [gold, tin], required: true}\n"
    )
    judge = made(tmp_path / "client", pack=TINY["pack.yaml"] + "account: client\n")
    level = "/type/client/field/level"
    steps = SCENARIO.replace("note.json}", "note.json, account: account.json}")
    for data, more in (({"level": "tin"}, f'{level}/enum/"tin"'), ({}, f"{level}/required/true/broken")):
        write("account.json", data)
        found = played(judge, steps, {"kind": "memo", "tone": "calm"}, tmp_path, sound=bool(data))
        of_client = {name: count for name, count in found.hits.items() if name.startswith("/type/client")}
        assert of_client == {f"{level}/required/true": 1, more: 1}


def test_a_document_is_judged_where_a_named_condition_asks(tmp_path: Path) -> None:
    life = TINY["life.yaml"].replace("guard: {document: sent}", "guard: {fit: true}")
    life = life.replace(
        'variables: {seen: ["no", "yes"]}', 'variables: {seen: ["no", "yes"], fit: {when: {document: sent}}}'
    )
    judge = made(tmp_path / "named", life=life)
    found = played(judge, SCENARIO, {"kind": "memo", "tone": "calm"}, tmp_path)
    assert (found.hits[TEXT], found.hits[f"{TEXT}/broken"]) == (2, 1)


def test_a_trigger_pulled_elsewhere_asks_no_guard(tiny: Judge, tmp_path: Path) -> None:
    early = "scenario: too early\ngiven: {document: note.json}\nsteps: [{refused: {close: state}}]\n"
    found = played(tiny, early, {"kind": "memo"}, tmp_path)
    shown = f'{ORDER}/match/kind/"memo"'
    assert set(found.hits) == {ORDER, shown, f"{LIFE}/state/draft", walks.state("note", "draft")}


def test_a_document_counts_exactly_what_it_was_judged_by(tiny: Judge) -> None:
    loud = {"kind": "letter", "tone": "loud", "reply": "x"}
    same = {ORDER: 1, f'{ORDER}/match/kind/"letter"': 1, f'{ORDER}/field/tone/enum/"loud"': 1, REPLY: 1}
    assert hits_of(tiny, loud) == {**same, TEXT: 1, f"{TEXT}/broken": 1}
    assert hits_of(tiny, loud, status="draft") == {**same, EARLY: 1, f"{EARLY}/broken": 1}


def test_a_document_that_fits_no_order_exercises_nothing(tiny: Judge) -> None:
    for document in ({"kind": "memoo", "tone": "calm"}, {}, [], 1, {"tone": "loud"}):
        assert hits_of(tiny, document) == {}


def test_an_order_that_others_write_counts_as_seen_and_no_more() -> None:
    judge = judge_of(packs.load([str(ROOT / "tests" / "golden" / "base")]).pack)  # type: ignore[arg-type]  # sound
    assert hits_of(judge, {"kind": "pickup"}) == {"/order/pickup": 1}


def test_an_account_is_exercised_by_every_order_judged_with_it() -> None:
    judge = judge_of(packs.load([str(ROOT / "tests" / "golden" / "base")]).pack)  # type: ignore[arg-type]  # sound
    account = judge.account({"credit": 10, "nick": "N"}, "account")
    order = {"kind": "parcel", "tariff": "P1", "speed": "economy"}
    found = record(judge, [judge.verdict(order, "x", account=account)]).hits
    assert found["/type/customer/field/depots/required/true/broken"] == 1
    assert found['/type/customer/field/nick/forbidden/{"when":{"credit":10}}/broken'] == 1


def test_a_scenario_about_an_account_exercises_its_type() -> None:
    judge, found = of_pack("covage")
    (name,) = (one for one in found.hits if one.endswith("known_line/field/status/required/true/broken"))
    assert found.hits[name] == 1
    assert measure(judge, found).by_kind["presence-broken"].percent == 100


@pytest.mark.parametrize("name", ["covage", str(LIBRARY)])
def test_every_recorded_hit_is_a_reachable_item_or_a_step(name: str) -> None:
    judge, found = of_pack(name)
    items = items_of(judge.pack)
    reasons = unreachable(judge, items)
    assert not set(reasons) & set(found.hits)
    assert coverage.gone(found, judge.pack) == []
    assert len(found.hits) > 250
    told = measure(judge, found)
    assert told.by_kind.keys() == set(KINDS) - {"history", "range"}  # neither pack has one
    assert told.total.covered + len(told.missed) == told.total.total
    assert sum(share.total for share in told.by_file.values()) == told.total.total


COUNTING = """
lifecycle: life
requests: sent
states:
  draft: {initial: true}
  sent: {states: {first: {initial: true}, second: {}, third: {}}}
  held: {}
variables: {calls: {min: 0, max: 2}, most: {min: 7, max: 9}}
transitions:
  send: {by: writer, from: draft, to: sent}
  go: {by: post, from: sent.first, to: sent.second}
  never: {by: post, from: sent.second, to: sent.third, guard: {most: 8}}
  hold: {by: post, from: sent, to: held}
  call: {by: post, from: held, set: {calls: {add: 1}}}
  resume: {by: writer, from: held, to: {history: sent}}
"""


def test_each_step_that_is_found_again_and_each_bound_of_a_range_counts(tmp_path: Path) -> None:
    judge = made(tmp_path / "tiny", life=COUNTING)
    steps = "scenario: held\ngiven: {order: note}\nsteps: [send, go, hold, call, call, resume]\nexpect: {calls: 2}\n"
    found = played(judge, steps, {}, tmp_path)
    told = measure(judge, found, kinds=["history", "range"])
    assert {item.label: told.counts.get(item.id, 0) for item in told.items} == {
        "life: resume back to sent.first": 0,
        "life: resume back to sent.second": 1,
        "life: resume back to sent.third": 0,
        "life: calls reaches 0": 1,
        "life: calls reaches 2": 1,
        "life: most reaches 7": 1,
        "life: most reaches 9": 0,
    }
    assert [item.label for item in told.missed] == ["life: resume back to sent.first"]
    assert set(told.out_of_reach.values()) == {"unreached"}


def test_the_bundled_scenarios_leave_little_of_the_bundled_pack() -> None:
    judge, found = of_pack("covage")
    told = measure(judge, found)
    whole = {kind for kind, share in told.by_kind.items() if share.covered == share.total}
    assert {"variant", "state", "transition", "case", "presence", "rule", "rule-broken"} <= whole
    assert told.uncited == ("S30", "S31")
    assert measure(judge, found, kinds=["value"]).uncited == told.uncited
    assert told.touched == Share(29, 29)
    assert not [name for name, share in told.by_statement.items() if share.covered == 0]


# --- merged, read, written


def test_a_record_is_written_as_its_schema_says_and_read_back(tiny: Judge, tmp_path: Path) -> None:
    found = played(tiny, SCENARIO, {"kind": "memo", "tone": "calm"}, tmp_path)
    data = json.loads(records.written(found))
    RECORDS.validate(data)
    assert records.read(data) == found
    shuffled = list(found.hits.items())
    random.Random(1).shuffle(shuffled)
    assert records.written(Record(found.packs, dict(shuffled))) == records.written(found)


@pytest.mark.parametrize(
    "data",
    [
        None, 3, [], {}, {"coverage": 2, "packs": [], "hits": {}}, {"coverage": True, "packs": [], "hits": {}},
        {"coverage": 1}, {"coverage": 1, "packs": {}, "hits": {}}, {"coverage": 1, "packs": [], "hits": []},
        {"coverage": 1, "packs": [1], "hits": {}}, {"coverage": 1, "packs": [{"name": "a"}], "hits": {}},
        {"coverage": 1, "packs": [{"name": "a", "version": "b", "c": 1}], "hits": {}},
        {"coverage": 1, "packs": [{"name": ["a"], "version": "b"}], "hits": {}},
        {"coverage": 1, "packs": [], "hits": {"/a": 0}}, {"coverage": 1, "packs": [], "hits": {"/a": True}},
        {"coverage": 1, "packs": [], "hits": {"/a": 1.5}}, {"coverage": 1, "packs": [], "hits": {"/a": "1"}},
        {"coverage": 1, "packs": [], "hits": {"/a": 2**53}}, {"coverage": 1, "packs": [], "hits": {}, "more": 1},
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused_by_us_and_by_its_schema(data: Any) -> None:
    with pytest.raises(NoRecord):
        records.read(data)
    assert not RECORDS.is_valid(data)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "CM001"),
        (b"\xff\xfe\x00", "CM001"),
        (b"{", "CM001"),
        (b"[" * 5000, "CM003"),
        (b'{"coverage": 1, "coverage": 1, "packs": [], "hits": {}}', "CM002"),
        (b'{"coverage": 1, "packs": [], "hits": {"\x1b[31m": -1}}', "CM001"),
        (b'{"coverage": 1, "packs": [], "hits": {"\\u001b[31m": -1}}', "CM520"),
        (b'{"coverage": 1e0, "packs": [], "hits": {"a": 1e400}}', "CM006"),
        (b"coverage: 1\npacks: []\nhits: {}\n", "CM001"),
    ],
)
def test_a_hostile_file_is_a_finding_and_the_others_are_merged(content: bytes, code: str, tiny: Judge) -> None:
    Path("bad.json").write_bytes(content)
    Path("good.json").write_text(records.written(record(tiny, [tiny.verdict({"kind": "memo"}, "x")])))
    merged = coverage.merge_files(["bad.json", "good.json", "missing.json"], tiny.pack)
    assert {finding.code for finding in merged.findings} == {code, "CM008"}
    assert merged.record.hits[ORDER] == 1
    exit_code, out, err = call("coverage", "--pack", "tiny", "bad.json", "good.json")
    assert exit_code in (1, 4)
    assert code in out
    assert "\x1b" not in out + err


def test_a_record_of_another_version_counts_where_the_names_are_still_there(tiny: Judge, tmp_path: Path) -> None:
    before = records.written(played(tiny, SCENARIO, {"kind": "memo", "tone": "calm"}, tmp_path))
    Path("before.json").write_text(before, encoding="utf-8")
    renamed = made(tmp_path / "later", life=TINY["life.yaml"].replace("read:", "look:"))
    merged = coverage.merge_files(["before.json"], renamed.pack)
    (found,) = merged.findings
    assert (found.code, found.form, found.arguments["count"]) == ("CM521", "gone", 3)
    assert measure(renamed, merged.record).counts[f"{LIFE}/transition/send"] == 1
    reworded = made(tmp_path / "later", life=TINY["life.yaml"].replace('set: {seen: "yes"}', 'set: {seen: "no"}'))
    assert [finding.form for finding in coverage.merge_files(["before.json"], reworded.pack).findings] == ["other"]
    assert coverage.merge_files(["before.json"], tiny.pack).findings == ()


def test_a_case_keeps_its_count_wherever_it_stands(tiny: Judge, tmp_path: Path) -> None:
    Path("before.json").write_text(records.written(played(tiny, SCENARIO, {"kind": "memo"}, tmp_path)), "utf-8")
    done, lost = '      - {to: done, guard: {seen: "yes"}}\n', '      - {to: lost, guard: {seen: "no"}}\n'
    swapped = made(tmp_path / "later", life=TINY["life.yaml"].replace(done + lost, lost + done))
    merged = coverage.merge_files(["before.json"], swapped.pack)
    assert merged.findings == ()
    assert [item.label for item in measure(swapped, merged.record, kinds=["case"]).missed] == ["life: close, case 1"]
    moves = paint_of(swapped.pack, swapped.pack.lifecycle("life"), None, merged.record, "en").moves
    assert [moves[MoveKey("close", "sent", number)].count for number in (0, 1)] == [0, 1]
    more = made(
        tmp_path / "later", life=TINY["life.yaml"].replace(done + lost, lost + done.replace("yes", "no") + done)
    )
    told = measure(more, merged.record, kinds=["case"])
    assert [item.id for item in told.missed] == [FAILED, WON.replace("yes", "no")]
    again = made(tmp_path / "later", life=TINY["life.yaml"].replace(done + lost, done + done))
    assert {WON, f"{WON} (2)"} <= items_of(again.pack).items.keys()


def test_records_with_numbered_cases_differ_from_those_with_named_ones(tiny: Judge) -> None:
    old = {f"{LIFE}/transition/close/case/0": 1, "/walk/note/move/sent/close/0": 1, ORDER: 1}
    Path("old.json").write_text(records.written(Record(frozenset({("tiny", "1")}), old)), "utf-8")
    merged = coverage.merge_files(["old.json"], tiny.pack)
    assert [(one.code, one.form, one.arguments["count"]) for one in merged.findings] == [("CM521", "gone", 2)]
    assert (
        paint_of(tiny.pack, tiny.pack.lifecycle("life"), None, merged.record, "en")
        .moves[MoveKey("close", "sent", 0)]
        .count
        == 0
    )


def test_where_the_files_are_makes_no_other_version(tmp_path: Path) -> None:
    one, two = made(tmp_path / "here"), made(tmp_path / "there")
    assert items_of(one.pack).version == items_of(two.pack).version
    other = made(
        tmp_path / "other", orders=TINY["orders.yaml"].replace("then: {text: {present", "then: {tone: {present")
    )
    assert items_of(other.pack).version != items_of(one.pack).version


def test_a_record_of_another_pack_is_left_out(tiny: Judge) -> None:
    Path("other.json").write_text(records.written(Record(frozenset({("letters", "1")}), {ORDER: 5})))
    merged = coverage.merge_files(["other.json"], tiny.pack)
    assert [finding.code for finding in merged.findings] == ["CM522"]
    assert merged.record == Record()


def test_a_file_counts_once_however_it_is_given(tiny: Judge) -> None:
    Path("recs").mkdir()
    Path("recs/one.json").write_text(records.written(record(tiny, [tiny.verdict({"kind": "memo"}, "x")])))
    Path("link.json").symlink_to("recs/one.json")
    merged = coverage.merge_files(["recs", "recs/one.json", "./recs/../recs/one.json", "link.json", "recs"], tiny.pack)
    assert (merged.record.hits[ORDER], merged.findings) == (1, ())


def test_a_sum_may_stand_beside_what_it_is_the_sum_of(tiny: Judge) -> None:
    made(Path("tiny"), life=TINY["life.yaml"].rpartition("  never:")[0])
    call("validate", "--pack", "tiny", write("a.json", {"kind": "memo"}), "--save-coverage", "recs/one.json")
    counts = []
    for _ in range(3):
        assert call("coverage", "--pack", "tiny", "recs", "--save-coverage", "recs/all.json")[0] == 0
        counts.append(json.loads(Path("recs/all.json").read_text())["hits"][ORDER])
    assert counts == [1, 1, 1]
    asked = ("coverage", "--pack", "tiny", "recs/one.json", "recs/all.json", "--save-coverage", "recs/all.json")
    assert call(*asked)[0] == 0
    assert json.loads(Path("recs/all.json").read_text())["hits"][ORDER] == 2  # asked for by its name


def test_a_folder_without_records_is_an_error(tiny: Judge) -> None:
    made(Path("tiny"), life=TINY["life.yaml"].rpartition("  never:")[0])
    Path("recs").mkdir()
    code, out, _ = call("coverage", "--pack", "tiny", "recs", "--brief")
    assert (code, out.splitlines()[0]) == (1, "recs: error CM412 no coverage record was found in recs")
    Path("recs/all.json").write_text(records.written(Record()))
    assert call("coverage", "--pack", "tiny", "recs", "--brief", "--save-coverage", "recs/all.json")[0] == 1
    assert call("coverage", "--pack", "tiny", "recs", "--brief")[0] == 0


# --- the commands


def test_run_and_validate_record_and_coverage_merges(tiny: Judge, tmp_path: Path) -> None:
    order = tmp_path / "order.json"
    order.write_text(json.dumps({"kind": "letter", "tone": "loud", "text": "a"}), encoding="utf-8")
    played(tiny, SCENARIO, {"kind": "memo", "tone": "calm"}, tmp_path)
    sound = made(tmp_path / "tiny", life=TINY["life.yaml"].rpartition("  never:")[0])
    assert call("run", "--pack", "tiny", "scenario.yaml", "--save-coverage", "records/run.json")[0] == 0
    assert call("validate", "--pack", "tiny", "order.json", "--save-coverage", "records/files.json")[0] == 1
    code, out, err = call("coverage", "--pack", "tiny", "records", "--save-coverage", "all.json")
    assert (code, err) == (0, "")
    assert "orders and variants           1/1  100.0 %" in out
    assert "transitions                   3/3  100.0 %" in out
    assert 'tiny/life.yaml:18  guard  life: close, case 1: {"seen":"yes"} is false' in out
    assert "Nothing that can be exercised cites: S3" in out
    both = [coverage.read_coverage(f"records/{name}.json") for name in ("run", "files")]
    whole = coverage.read_coverage("all.json")
    assert whole == merge([one for one in both if isinstance(one, Record)])
    assert measure(sound, whole).counts[ORDER] == 4  # type: ignore[arg-type]  # just written


def test_the_report_is_as_its_schema_says_and_adds_up(tiny: Judge) -> None:
    made(Path("tiny"), life=TINY["life.yaml"].rpartition("  never:")[0])
    call("validate", "--pack", "tiny", write("a.json", {"kind": "memo"}), "--save-coverage", "r.json")
    code, out, _ = call("coverage", "--pack", "tiny", "r.json", "--format", "json")
    report = json.loads(out)
    REPORTS.validate(report)
    assert code == 0
    assert report["total"]["total"] == len(report["items"]) == sum(kind["total"] for kind in report["kinds"])
    assert report["total"]["covered"] == sum(item["count"] > 0 for item in report["items"])
    assert [one["name"] for one in report["statements"]] == ["S1", "S2"]
    assert report["uncited"] == ["S3"]


def write(name: str, data: Any) -> str:
    Path(name).write_text(json.dumps(data), encoding="utf-8")
    return name


def test_coverage_below_the_limit_fails_also_for_one_kind(tiny: Judge) -> None:
    made(Path("tiny"), life=TINY["life.yaml"].rpartition("  never:")[0])
    call("validate", "--pack", "tiny", write("a.json", {"kind": "memo", "text": "a"}), "--save-coverage", "r.json")
    code, out, err = call("coverage", "--pack", "tiny", "r.json", "--brief", "--fail-under", "50")
    assert (code, err, "error CM526 10.0 % is covered, less than 50 %\n" in out) == (1, "", True)
    assert call("coverage", "--pack", "tiny", "r.json", "--fail-under", "10")[0] == 0
    code, out, err = call("coverage", "--pack", "tiny", "r.json", "--kind", "variant", "--brief", "--fail-under", "100")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].split() == ["together", "1/1", "100.0", "%"]
    assert call("coverage", "--pack", "tiny", "r.json", "--fail-under", "101")[0] == 2
    assert call("coverage", "--pack", "tiny")[0] == 2


@pytest.mark.parametrize("percent", ["nan", "-NaN", "inf", "-1", "100.1"])
def test_a_limit_must_be_a_percentage(percent: str) -> None:
    for command in (("coverage", "r.json"), ("mutate",)):
        code, _, err = call(*command, "--fail-under", percent)
        assert code == 2
        assert "is not in the range 0<=x<=100" in err


def test_french_is_french_throughout(tiny: Judge) -> None:
    made(Path("tiny"), life=TINY["life.yaml"].rpartition("  never:")[0])
    call("validate", "--pack", "tiny", write("a.json", {"kind": "memo"}), "--save-coverage", "r.json")
    _, out, _ = call("coverage", "--pack", "tiny", "r.json", "--lang", "fr")
    assert "\nPar fichier :\n" in out
    assert "présence  note : reply exigé {" in out
    assert "présence  note : text exigé" not in out  # it was seen
    assert "règle  note : calm-has-text, non respecté\n" in out
    assert 'garde  life : close, cas 2 : {"seen":"no"} est faux\n' in out
    for word in ("required", "forbidden", "broken", "is true", "is false", "case ", "presence", ": close"):
        assert word not in out.replace(" : close", "")
    report = json.loads(call("coverage", "--pack", "tiny", "r.json", "--lang", "fr", "--format", "json")[1])
    assert 'life : send : {"document":"sent"} est vrai' in [item["label"] for item in report["items"]]


def test_only_all_of_it_is_a_hundred_percent() -> None:
    assert Share(999_999, 1_000_000).percent == 99.9
    assert Share(999_999, 1_000_000).under(100)
    assert not Share(1, 1).under(100)
    assert Share(0, 0).percent is None
    assert Share(0, 0).under(0)


def test_a_badge_is_a_small_picture_that_says_the_number() -> None:
    for share, said in (
        (Share(1, 3), "33.3 %"),
        (Share(0, 0), "rien à couvrir"),
        (Share(3, 4), "75.0 %"),
        (Share(5, 5), "100.0 %"),
    ):
        root = ET.fromstring(badge(share, "fr"))
        assert said in ["".join(each.itertext()) for each in root.iter() if each.tag.endswith("}text")]
        assert {each.tag.rpartition("}")[2] for each in root.iter()} == {"svg", "title", "rect", "path", "g", "text"}


def test_coverage_is_loaded_only_when_needed(tmp_path: Path) -> None:
    write("a.json", {"kind": "memo"})
    made(tmp_path / "tiny", life=TINY["life.yaml"].rpartition("  never:")[0])
    code = (
        "import sys; from covage_model.cli.main import main; main(['validate', '--pack', 'tiny', 'a.json']);"
        "assert not [name for name in sys.modules if name.startswith('covage_model.quality.coverage')]"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


# --- painted


def test_counts_are_painted_on_the_picture(tiny: Judge, tmp_path: Path) -> None:
    found = played(tiny, SCENARIO, {"kind": "memo", "tone": "calm"}, tmp_path)
    lifecycle, variant = tiny.pack.lifecycle("life"), tiny.pack.variant("note")
    for subject in (variant, None):
        paint = paint_of(tiny.pack, lifecycle, subject, merge([found, found]), "en")
        assert paint.states == {
            "draft": PaintMark(Level.PLAIN, 2), "sent": PaintMark(Level.PLAIN, 2), "done": PaintMark(Level.PLAIN, 2),
            "lost": PaintMark(Level.MISSED, 0),
        }  # fmt: skip
        assert paint.moves[MoveKey("close", "sent", 1)] == PaintMark(Level.MISSED, 0)
        assert paint.moves[MoveKey("never", "sent", 0)] == PaintMark(Level.FADED)
        assert paint.moves[MoveKey("", "draft", None)] == PaintMark(Level.PLAIN, 2)
    assert not any(mark.level is Level.FADED for mark, _ in paint_of(tiny.pack, lifecycle, variant, found, "fr").legend)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["×3 seen 3 times", "×3 (1/2) seen 3 times: one of the two that are drawn as one", "✗ ×0 never seen"]),
        ("fr", ["×3 vu 3 fois", "×3 (1/2) vu 3 fois : l'un des deux qui sont dessinés en un", "✗ ×0 jamais vu"]),
    ],
)
def test_the_legend_reads_its_examples_out(language: str, expected: list[str], tiny: Judge) -> None:
    paint = paint_of(tiny.pack, tiny.pack.lifecycle("life"), tiny.pack.variant("note"), Record(), language)
    assert [f"{mark.label} {said}" for mark, said in paint.legend] == expected


def test_draw_paints_a_record_if_given_one() -> None:
    made(Path("tiny"), life=TINY["life.yaml"].rpartition("  never:")[0])
    write("note.json", {"kind": "memo", "tone": "calm"})
    Path("scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    call("run", "--pack", "tiny", "scenario.yaml", "--save-coverage", "r.json")
    for form in ("mermaid", "dot"):
        code, out, err = call("draw", "--pack", "tiny", "note", "--coverage", "r.json", "--format", form)
        assert (code, err) == (0, "")
        assert "✗ ×0" in out
        assert "Exercised by scenarios" in out
    assert call("draw", "--pack", "tiny", "note", "--coverage", "r.json", "--check")[0] == 2
    code, _, err = call("draw", "--pack", "tiny", "note", "--coverage", "none.json", "--format", "dot")
    assert code == 4
    assert "CM008" in err


def test_a_recorder_can_be_read_repeatedly(tiny: Judge) -> None:
    recorder = Recorder(tiny)
    assert recorder.record.hits == {}
    recorder.add(tiny.verdict({"kind": "memo"}, "x"))
    first = recorder.record
    recorder.add(tiny.verdict({"kind": "memo"}, "x"))
    assert recorder.record == merge([first, first])


def test_programs_record_merge_measure_write_and_draw(tiny: Judge, tmp_path: Path) -> None:
    made(tmp_path / "tiny", life=TINY["life.yaml"].rpartition("  never:")[0])
    pack = covage_model.load_pack("tiny")
    write("a.json", {"kind": "memo", "tone": "calm"})
    write("note.json", {"kind": "memo", "tone": "calm"})
    Path("scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    verdict = covage_model.judge(pack, {"kind": "memo"})
    judged = covage_model.judge_files(pack, ["a.json", "missing.json"])
    lived = covage_model.run_scenario(pack, "scenario.yaml")
    whole = covage_model.record_coverage(pack, [verdict, *judged, *lived])
    apart = [covage_model.record_coverage(pack, [one]) for one in (verdict, *judged, *lived)]
    assert covage_model.merge_coverage(reversed(apart)) == whole
    assert covage_model.measure_coverage(pack, whole, kinds=["variant"]).total == Share(1, 1)
    covage_model.write_coverage(whole, "r.json")
    assert covage_model.read_coverage("r.json") == whole
    assert "✗ ×0" in str(covage_model.draw_lifecycle(pack, "note", form="mermaid", coverage=whole))


def test_a_file_of_several_records_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    record = '{"coverage": 1, "packs": [], "hits": {}}\n'
    (tmp_path / "two.json").write_text(record * 2, encoding="utf-8")
    found = coverage.read_coverage(str(tmp_path / "two.json"))
    assert isinstance(found, tuple)
    assert [(finding.code, finding.form) for finding in found] == [("CM506", "several")]
    assert call("coverage", str(tmp_path / "two.json"), "--brief")[0] == 1
