"""A canary in orders, accounts, scenarios and stdin is looked for in what every command that reads them prints."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from covage_model.cli.main import main
from covage_model.report import printing

PACK = {
    "pack.yaml": "pack: p\nformat: 1\nlanguages: [en]\nactors: {us: Us}\naccount: known\ndocuments: [d]\n",
    "life.yaml": "lifecycle: life\nstatus: state\nrequests: open\n"
    "states: {new: {initial: true, editable: us}, open: {}, shut: {final: success}}\n"
    "transitions:\n  go: {by: us, from: new, to: open, guard: {document: open}, emits: opened}\n"
    "  shut: {by: us, from: open, to: shut, guard: {account.blocked: {present: false}}, emits: closed}\n",
    "events.yaml": "events: {opened: {type: object}, closed: {type: object}}\n",
    "order.yaml": "order: note\nfollows: life\nmatch: {kind: note}\nkey: [who.mail]\nunique: [who.mail]\nfields:\n"
    "  kind: {type: string}\n  state: {type: string, read_only: true}\n"
    "  size: {type: string, enum: [big, small], required: open}\n"
    "  who:\n    fields:\n"
    "      mail: {type: string, format: email, personal: true}\n"
    "      phone: {type: string, pattern: '^[0-9]{4}$', personal: true}\n"
    "  free: {type: string, maxLength: 2}\n"
    "rules:\n  known: {when: {who.mail: {present: true}}, then: {account.people: {some: {mail: {among: order.who.mail}}}}}\n",
    "usual.yaml": "profile: usual\ntransitions: {go: {waits: 1 d}}\n",
    "known.yaml": "types:\n  known:\n    fields:\n      blocked: {type: string, maxLength: 2}\n"
    "      people: {type: array, items: person, required: true}\n"
    "  person:\n    fields:\n      mail: {type: string, format: email, personal: true, required: true}\n"
    "      age: {type: integer, personal: true}\n",
}
BAD: dict[str, Any] = {
    "kind": "note",
    "size": "wrong-size",
    "who": {"mail": "CANARY1", "phone": "CANARY2"},
    "unknown": {"deep": "CANARY3"},
    "free": "too-long",
}
GOOD = {"kind": "note", "size": "big", "who": {"mail": "CANARY4@example.org"}}
LOG = """\
{"id": 1, "order": "CANARY22@example.org", "event": "closed", "time": "2026-01-05T01:00:00Z"}
{"id": 2, "order": "CANARY23@example.org", "event": "CANARY24", "time": "2026-01-05T01:00:00Z"}
{"id": 3, "order": "o", "event": "opened", "time": "CANARY25"}
{"id": 4, "order": "o", "event": ["CANARY26"], "time": "2026-01-05T01:00:00Z"}
{"id": 5, "order": "o", "event": "opened", "time": "2026-01-05T01:00:00Z", "state": "CANARY27"}
{"id": 6, "order": "o", "event": "opened", "time": "2026-01-05T01:00:00Z", "variant": "CANARY28"}
{"id": 7, "event": "opened", "CANARY-a": 1}
{"id": 8, "order": "o" "CANARY30": CANARY31}
{"id": 9, "order": "o", "event": "opened", "event": "CANARY32", "time": "2026-01-05T01:00:00Z"}
{"id": "CANARY61", "order": "o", "event": "opened", "time": "2026-01-05T01:00:00Z"}
{"id": "CANARY61", "order": "o", "event": "closed", "time": "2026-01-05T02:00:00Z"}
{"id": 10, "order": {"CANARY62": 1}, "event": "opened", "time": "2026-01-05T01:00:00Z"}
["CANARY33"]
CANARY34
"""
FILES = {
    "bad.json": json.dumps(BAD),
    "good.json": json.dumps(GOOD),
    "several.json": json.dumps([GOOD, GOOD]),
    "torn.json": '{"kind": "note", "who": {"mail": "CANARY5"} "CANARY6": CANARY7}',
    "twice.json": '{"kind": "note", "size": "big", "who": {"mail": "CANARY8", "mail": "CANARY9"}}',
    "account.json": json.dumps({"people": [{"mail": "CANARY10", "age": "CANARY11"}], "odd": "CANARY12"}),
    "torn-account.json": '{"people": [{"mail": "CANARY13"} CANARY14]}',
    "other-account.json": json.dumps({"people": "CANARY15", "blocked": "too-long", "other": ["CANARY16"]}),
    "fine-account.json": json.dumps({"people": [{"mail": "CANARY17@example.org"}]}),
    "bad.scenario.yaml": "scenario: bad\ngiven: {document: bad.json, account: account.json}\nexpect: {findings: []}\n",
    "run.scenario.yaml": "scenario: run\ngiven: {document: bad.json, account: fine-account.json}\n"
    "steps:\n  - go\n  - fill: {who: {mail: CANARY18@example.org, phone: CANARY19}}\n  - go\nexpect: {state: shut}\n",
    "fill.scenario.yaml": "scenario: fill\ngiven: {document: good.json, account: fine-account.json}\n"
    "steps:\n  - fill: {kind: CANARY20}\n  - fill: {who: {mail: CANARY21@example.org}}\n  - go\n",
    "torn.scenario.yaml": "scenario: torn\ngiven: {document: torn.json}\nsteps: [go]\n",
    "twice.scenario.yaml": "scenario: twice\ngiven: {document: twice.json, account: torn-account.json}\nsteps: [go]\n",
    "log.ndjson": LOG,
    "headless.csv": "CANARY-b,CANARY-c,CANARY-b\nCANARY37,CANARY38,CANARY39\n",
    "other.xes": "<CANARY40><CANARY41/></CANARY40>",
    "broken.xes": '<log><trace><event><string key="concept:name" value="CANARY42" CANARY43/></event></trace></log>',
    "twice.xes": '<log><trace><string key="concept:name" value="CANARY63"/><event><string key="CANARY64" value="CANARY65"/>'
    '<string key="CANARY64" value="CANARY66"/></event></trace></log>',
    "torn-orders.json": '[{"kind": "note", "who": {"mail": "CANARY44"} CANARY45}]',
}
LOGS = ("log.ndjson", "headless.csv", "other.xes", "broken.xes", "twice.xes")
CALLS = {
    "validate": ["validate", "in/bad.json", "in/good.json", "in/several.json", "in/torn.json", "--account"],
    "validate-before": ["validate", "in/good.json", "in/bad.json", "--before", "in/twice.json"],
    "validate-torn": ["validate", "in/good.json", "--before", "in/torn.json"],
    "run": ["run", *(f"in/{name}" for name in FILES if name.endswith(".yaml"))],
    "why": ["why", "go", "--document", "in/bad.json", "--account"],
    "why-after": ["why", "shut", "--document", "in/good.json", "--account"],
    "why-torn": ["why", "go", "--document", "in/torn.json", "--account"],
    "why-record": ["why", "go", "--record", "in/bad.json", "--account"],
    "run-record": ["run", "--record", "in/bad.json", "--account"],
    "mutate": [
        "mutate",
        "--sample",
        "3",
        *(f"--corpus=in/{name}.json" for name in ("bad", "torn", "twice")),
        "--account",
    ],
    "generate": ["generate", "--count", "1", "--out", "made.ndjson", "--account"],
    "examples": ["examples", "account", "--from", "in/torn.json", "--from", "in/twice.json", "--out", "made.json"],
}
for _name in LOGS:
    CALLS[f"replay {_name}"] = ["replay", f"in/{_name}", "--orders", "in/torn-orders.json"]
CALLS["fit log.ndjson"] = ["fit", "in/log.ndjson"]
ACCOUNTS = ("account.json", "torn-account.json", "other-account.json", "fine-account.json")


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    for folder, texts in (("pack", PACK), ("in", FILES)):
        Path(folder).mkdir()
        for name, text in texts.items():
            Path(folder, name).write_text(text, encoding="utf-8")


def said(argv: list[str], stdin: str = "") -> str:
    out = io.StringIO()
    code = main([*argv, "--pack", "pack"], out, out, io.BytesIO(stdin.encode()))
    assert code != 5, out.getvalue()
    return out.getvalue()


def calls(name: str) -> list[list[str]]:
    argv = CALLS[name]
    return [[*argv, f"in/{each}"] for each in ACCOUNTS] if argv[-1] == "--account" else [argv]


def canaries(text: str) -> list[str]:
    return re.findall(r"[^\n]{0,80}CANARY[^\n]{0,40}", text)


@pytest.mark.parametrize("name", CALLS)
def test_no_file_of_a_command_has_the_canary(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    formats = ["json"] if name == "generate" else [] if name == "examples" else printing.names("findings")
    for argv in calls(name):
        files = [form for form in formats if form not in ("text", "concise")]
        outputs = [f"--output={form}=out.{form}" for form in files] if len(formats) > 1 else []
        said([*argv, *outputs])
        for form in files if outputs else ():
            assert canaries(Path(f"out.{form}").read_text(encoding="utf-8")) == [], (argv, form)
        monkeypatch.setenv("CI", "1")
        assert canaries(said(argv)) == [], argv
        if name == "generate":
            assert canaries(said([*argv, "--format", "json"])) == [], argv
        monkeypatch.delenv("CI")


@pytest.mark.parametrize("name", ["run", "mutate", "replay log.ndjson", "replay twice.xes", "fit log.ndjson"])
def test_no_baseline_and_no_cache_has_the_canary(name: str) -> None:
    for argv in calls(name):
        said([*argv, "--baseline", "base.json", "--update-baseline"])
        assert canaries(Path("base.json").read_text(encoding="utf-8")) == [], argv
    for path in Path("cache").rglob("*"):
        assert not path.is_file() or b"CANARY" not in path.read_bytes(), path


SCRIPT = """\
show
why go
fill {"who": {"mail": "CANARY50@example.org", "phone": "CANARY51"}, "more": ["CANARY52"]}
edit {"who": "CANARY53", "free": {"x": "CANARY54"}}
fill {"kind": "other"}
fill {"who": {"mail": "CANARY56"} CANARY57}
fill "CANARY58"
fill CANARY59
fill {"who": "CANARY60", "who": 1}
go
why shut
show
"""
WALKS = [
    ["note", "--document", "in/good.json", "--account", "in/fine-account.json"],
    ["note", "--document", "in/bad.json", "--account", "in/account.json"],
    ["note", "--document", "in/torn.json"],
    ["note", "--document", "in/twice.json", "--account", "in/torn-account.json"],
    ["--record", "in/bad.json", "--account", "in/other-account.json"],
    ["--record", "in/torn.json"],
]


@pytest.mark.parametrize("argv", WALKS, ids=lambda argv: " ".join(argv))
def test_a_walk_shows_the_canary_on_a_terminal_alone(argv: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    begins = not any("torn" in word for word in argv)
    assert (canaries(said(["step", *argv], SCRIPT)) != []) == begins
    monkeypatch.setenv("CI", "1")
    assert canaries(said(["step", *argv], SCRIPT)) == []
    assert (canaries(said(["step", *argv, "--reveal"], SCRIPT)) != []) == begins


def test_a_value_of_a_walk_has_one_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "1")
    text = said(["step", *WALKS[0]], 'fill {"who": {"phone": "CANARY51"}}\nshow\nfill {"who": {"phone": 1e77777}}\n')
    echoed = re.search('fill {"who": {"phone": "(<personal [0-9]+>)"}}', text)
    assert echoed is not None, text
    assert text.count(echoed[1]) == 3, text  # as typed, among the steps, in the document
    assert "CANARY" not in text
    assert ("is not a patch" in text, "77777" in text) == (True, False), text  # a finding quotes such a number


def record(member: str, *, order: str = "CANARY1") -> dict[str, Any]:
    return {"id": 1, member: order, "event": "closed", "time": "2026-01-05T01:00:00Z"}


@pytest.mark.parametrize(
    ("key", "event", "hidden"),
    [
        ("kind", "{type: object}", False),
        ("who.mail", "{type: object}", True),
        ("kind", "{type: object, fields: {order: {type: string, personal: true}}}", True),
        ("kind", "{type: object, fields: {other: {type: string, personal: true}}}", False),
        ("kind", "named", True),
        ("kind", "{include: [named]}", True),
        ("kind", "{type: object, personal: true}", True),
    ],
)
def test_what_names_an_order_in_a_log_is_hidden_where_the_pack_calls_it_personal(
    key: str, event: str, *, hidden: bool
) -> None:
    order = PACK["order.yaml"].replace("key: [who.mail]\nunique: [who.mail]", f"key: [{key}]")
    Path("pack", "order.yaml").write_text(order, encoding="utf-8")
    Path("pack", "events.yaml").write_text(f"events: {{opened: {{type: object}}, closed: {event}}}\n", encoding="utf-8")
    named = "types: {named: {fields: {order: {type: string, personal: true}}}}\n"
    Path("pack", "named.yaml").write_text(named, encoding="utf-8")
    Path("one.ndjson").write_text(json.dumps(record("order")), encoding="utf-8")
    text = said(["replay", "one.ndjson", "--format", "json"])
    assert ("CANARY1" not in text, text.count("<personal 1>") >= 3) == (hidden, hidden), text
    assert json.loads(text)["faults"][0]["order"] == ("<personal 1>" if hidden else "CANARY1")
    assert "CANARY1" in said(["replay", "one.ndjson", "--format", "json", "--reveal"])


def test_members_that_tell_no_event_keep_their_names_and_lose_their_values() -> None:
    from covage_model import load_pack
    from covage_model.behaviour.logs.log_finding import LogFinding
    from covage_model.ground.diagnostics import Diagnostic, Location
    from covage_model.report.masking import Mask

    arguments = {"pairs": {"kind": "CANARY1", "type": ["CANARY2"]}}
    found = Diagnostic("CM552", "other", arguments, Location("log", 1, 1), "the events are opened, closed")
    (shown,) = Mask(load_pack("pack").judge).logged([LogFinding(found)], hides_orders=False)
    assert shown.finding.arguments == {"pairs": {"kind": "<personal 1>", "type": "<personal 2>"}}
    assert shown.finding.hint == "the events are opened, closed"
