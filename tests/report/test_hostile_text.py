"""Hostile text in every name, title, message, value and file name is printed escaped, by every command and format."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from covage_model.cli.main import COMMANDS, main
from covage_model.ground import escape
from covage_model.ground.files import yaml_writer
from covage_model.report import printing

# ESC, OSC 8, CR, bidi, zero width, tag characters, a separator, commands of CI systems, HTML, Markdown, the end of CDATA
EVIL = (
    "::error::first \x1b[31m\x1b]8;;http://e.vil\x07\r\u202e\u2066\u200b\ufeff\U000e0041\u2028\x9b2J"
    "\n::error::forged\n##[error]forged\n##vso[task.complete]forged <img src=x onerror=1> ]]> [l](javascript:1) `|* \u3164"
)
FORMULA = f"=cmd|' /C calc'!A0 {EVIL}"  # where a cell of a table begins
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u3164\U000e0000-\U000e01ef]"
)
COMMAND = re.compile(r"^\s*::", re.MULTILINE)
ANYWHERE = re.compile(r"##(?:vso|teamcity)?\[")  # a command wherever it stands in a line, also in a text of JSON


def quoted(text: str) -> str:
    """The text as YAML writes it in double quotes."""
    return yaml.safe_dump(text, default_style='"', allow_unicode=False, width=100_000).strip()


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack, an order, an account and a scenario in which every text is hostile."""
    monkeypatch.chdir(tmp_path)
    evil, formula = quoted(EVIL), quoted(FORMULA)
    title = f"{{fr: {evil}, en: {evil}}}"
    texts = {
        "pack.yaml": f"pack: p\nformat: 1\ntitle: {title}\nlanguages: [fr, en]\n"
        f"actors: {{us: {title}, them: {title}}}\n"
        f"sources: {{Src: {{title: {title}, url: {quoted('http://x/' + EVIL)}, "
        f"statements: {{T1: {{fr: {formula}, en: {formula}}}, T2: {title}}}}}}}\n",
        "life.yaml": f"lifecycle: life\nstatus: state\nrequests: open\nsource: T1\nvariables: {{v: {{values: [{evil}, b]}}}}\n"
        f"states: {{new: {{initial: true, editable: us, title: {title}}}, open: {{title: {title}}}, "
        "shut: {final: success}}\n"
        f"transitions:\n  go: {{by: us, from: new, to: open, guard: {{document: open}}, title: {title}}}\n"
        f"  stop: {{by: them, from: open, to: shut, guard: {{v: {evil}}}}}\n"
        f"properties:\n  ends: {{sometimes: {{state: shut}}, title: {title}}}\n"
        f"  never: {{never: {{state: shut}}, title: {title}}}\n",
        "order.yaml": f"order: thing\ntitle: {title}\nfollows: life\nmatch: {{kind: thing}}\nsource: T1\nfields:\n"
        f"  kind: {{type: string}}\n  state: {{type: string, read_only: true}}\n"
        f"  size: {{type: string, title: {title}, description: {title}, enum: [{evil}, small], required: open}}\n"
        f"  note: {{type: string, examples: [{evil}], maxLength: 1000}}\n"
        f"rules:\n  r: {{when: {{note: {{present: true}}}}, then: {{size: {evil}}}, message: {title}}}\n",
        "usual.yaml": f"profile: usual\nstanding: assumed\nsource: T1\ntitle: {title}\n"
        "transitions: {go: {waits: {fixed: 1 d}}}\n",
        "s/one.yaml": f"scenario: {title}\ngiven: {{document: ../d/order.json}}\nsteps: [go, stop]\n"
        f"expect: {{state: open}}\n",
    }
    for name, text in texts.items():
        path = tmp_path / "pack" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "pack" / "d").mkdir()
    (tmp_path / "pack" / "d" / "order.json").write_text(json.dumps({"kind": "thing", "size": EVIL}))
    bad = {"kind": "thing", "size": EVIL + "!", EVIL: EVIL, "note": EVIL}
    name = EVIL.replace("/", "_")
    (tmp_path / f"{name}.json").write_text(json.dumps(bad))
    (tmp_path / f"{name}.yaml").write_text(f"scenario: {evil}\ngiven: {{document: nope}}\nsteps: [{evil}]\n")
    return tmp_path


def call(*argv: str, stdin: bytes = b"") -> tuple[int, str]:
    """Everything that is printed, on both streams."""
    out = io.StringIO()
    return main(argv, out, out, io.BytesIO(stdin)), out.getvalue()


def clean(text: str, what: Any, *, document: bool = False) -> None:
    found = FORBIDDEN.search(text)
    assert found is None, f"{what}: {found[0]!r} in {text[max(0, found.start() - 80) : found.end() + 20]!r}"
    for command in (ANYWHERE,) if document else (COMMAND, ANYWHERE):
        forged = command.search(text)
        assert forged is None, f"{what}: {text[max(0, forged.start() - 80) : forged.end() + 20]!r}"


def order_name() -> str:
    return EVIL.replace("/", "_") + ".json"


REPORTS = [
    ("check", "pack"),
    ("validate", "--pack", "pack", "{file}", "pack/d"),
    ("run", "--pack", "pack", "--trace"),
    ("run", "--pack", "pack", "{scenario}"),
    ("describe", "--pack", "pack"),
    ("describe", "--pack", "pack", "thing"),
    ("describe", "--pack", "pack", "thing", "--lang", "fr", "--state", "open"),
    ("sources", "--pack", "pack"),
    ("sources", "--pack", "pack", "--check"),
    ("sources", "--pack", "pack", "--standing", "stated"),
    ("verify", "--pack", "pack"),
    ("why", "--pack", "pack", "stop", "--order", "thing"),
    ("why", "--pack", "pack", "go", "--document", "{file}"),
    ("mutate", "--pack", "pack", "--jobs", "1"),
    ("mutate", "--pack", "pack", "--corpus", "{file}", "--jobs", "1", "--sample", "9"),
    ("simulate", "--pack", "pack", "--count", "20", "--jobs", "1"),
    ("replay", "--pack", "pack", "{file}"),
    ("fit", "--pack", "pack", "{file}"),
    ("suites", "--pack", "pack"),
    ("coverage", "--pack", "pack", "record.json"),
    ("coverage", "--pack", "pack", "{file}"),
]


@pytest.mark.parametrize("argv", REPORTS, ids=lambda argv: " ".join(argv))
def test_no_report_prints_hostile_text_raw(hostile: Path, argv: tuple[str, ...]) -> None:
    call("run", "--pack", "pack", "--save-coverage", "record.json")
    given = [
        word.format(file=order_name(), scenario=order_name().replace(".json", ".yaml")) if word[0] == "{" else word
        for word in argv
    ]
    for format_ in printing.names(*(("pictures",) if argv[0] == "verify" else ())):
        code, text = call(*given, "--format", format_)
        assert code != 5
        assert code not in (2, 3), text
        clean(text, (argv, format_), document=format_ == "json")
        if format_ == "markdown":
            outside = re.sub("^```mermaid\n.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
            assert not re.search(r"(?<!\\)(<img|\]\()", outside)


@pytest.mark.parametrize(
    "argv",
    [
        ("generate", "--pack", "pack"),
        ("generate", "--pack", "pack", "--format", "yaml"),
        ("generate", "--pack", "pack", "--defects"),
        ("generate", "--pack", "pack", "--suite", "--out", "suite"),
        ("examples", "--pack", "pack"),
        ("examples", "--pack", "pack", "thing"),
        ("examples", "--pack", "pack", "thing", "--format", "yaml"),
        ("schema", "--pack", "pack"),
        ("schema", "--pack", "pack", "--format", "origins"),
        ("draw", "--pack", "pack", "--out", "{name}"),
        ("draw", "--pack", "pack", "--check", "--out", "{name}"),
        ("draw", "--pack", "pack", "{name}"),
        ("draw", "--pack", "pack", "thing", "--format", "dot"),
        ("draw", "--pack", "pack", "thing", "--format", "svg"),
        ("describe", "--pack", "{name}"),
        ("explain", "{name}"),
        ("init", "{name}", "--name", "ours"),
        ("coverage", "{name}"),
        ("conform", "{name}", "--", "true"),
        ("validate", "--{name}", "x"),
        ("{name}",),
        ("suites", "--pack", "pack", "--out", "{name}"),
        ("verify", "--pack", "pack", "--out", "{name}"),
    ],
    ids=lambda argv: " ".join(argv),
)
def test_no_other_output_prints_hostile_text_raw(hostile: Path, argv: tuple[str, ...]) -> None:
    name = EVIL.replace("/", "_")
    code, text = call(*(word.replace("{name}", name) for word in argv))
    assert code != 5
    clean(text, argv, document=argv[0] in ("generate", "examples", "schema"))


def test_a_dialogue_prints_no_hostile_text_raw(hostile: Path) -> None:
    script = f"show\nwhy stop\ngo\nstop\nfill {json.dumps({'note': EVIL})}\n{EVIL}\nsave {EVIL!r}\nundo\nshow\ndraw\n"
    for more in (("--example",), ("--document", "pack/d/order.json"), ("--document", order_name()), ()):
        code, text = call("step", "thing", "--pack", "pack", *more, stdin=script.encode())
        assert code != 5
        clean(text.replace("\t", " "), more, document=True)


def test_every_command_is_in_these_lists() -> None:
    tried = {"step", "init", "editor", "draw", "explain", "conform", "generate", "examples", "schema"} | {
        one[0] for one in REPORTS
    }
    assert tried == set(COMMANDS)


def test_the_gate_spells_and_removes_nothing() -> None:
    assert escape.terminal("  ::error::x") == r"  \x3a:error::x"
    assert escape.terminal("a ##[group]") == r"a \x23#[group]"
    assert escape.terminal("a::b") == "a::b"
    assert escape.plain("é \u200b\x1b") == r"é \u200b\x1b"
    assert escape.markdown("- a <b>\n1. c") == r"\- a \<b\><br>1\. c"

    for text in (EVIL, "😀 plain", "\ud800"):
        assert json.loads(escape.json_text(text)) == text
        assert json.loads(escape.json_line([text])) == [text]
        assert not FORBIDDEN.search(escape.json_text(text).replace("\n", ""))


def test_what_is_spelled_otherwise_is_the_same_when_it_is_read() -> None:
    text = yaml_writer.written({EVIL: [EVIL, "##[error]x", "::error::x"]})
    assert yaml.safe_load(text) == {EVIL: [EVIL, "##[error]x", "::error::x"]}
    clean(text, "YAML")
    drawn = "<a>\n" + escape.in_entities("  ::error::x ##vso[a]") + "</a>"
    assert ET.fromstring(drawn).text == "\n  ::error::x ##vso[a]"
    clean(drawn, "XML")
