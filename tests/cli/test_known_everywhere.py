"""Baselines, suppressions, `--fail-on`, `--exit-zero` and several outputs for every command that finds things."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from covage_model.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = str(ROOT / "tests" / "packs" / "library")
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))
PACK = {
    "pack.yaml": "pack: p\nformat: 1\nlanguages: [en]\nactors: {us: Us}\nsources: {S: {title: S, statements: {S1: One.}}}\n",
    "life.yaml": "lifecycle: life\nstatus: state\nstates: {new: {initial: true}, shut: {final: success}}\n"
    "transitions: {go: {by: us, from: new, to: shut, emits: gone}}\n"
    "properties:\n  stays: {never: {state: shut}}\n  opens: {sometimes: {state: shut}}\n",
    "events.yaml": "events: {gone: {type: object}}\n",
    "usual.yaml": "profile: usual\ntransitions: {go: {waits: 1 d}}\n",
    "order.yaml": "order: note\nfollows: life\nmatch: {kind: note}\nfields: {kind: {type: string}, state: {type: string}}\n",
}
CALLS = {
    "validate": ["validate", "order.json", "--pack", "pack"],
    "check": ["check", "broken"],
    "run": ["run", "one.scenario.yaml", "--pack", "pack"],
    "verify": ["verify", "--pack", "pack"],
    "conform": ["conform", "suite"],
    "replay": ["replay", "log.ndjson", "--pack", "pack"],
    "fit": ["fit", "short.ndjson", "--pack", "pack"],
    "sources": ["sources", "--pack", "pack", "--check"],
    "simulate": ["simulate", "--pack", "pack", "--count", "20", "--jobs", "1", "--require", "mean(lead_time) <= 1 s"],
}
CALLS["coverage"] = ["coverage", "record.json", "--pack", "pack", "--fail-on", "warning"]
CALLS["mutate"] = ["mutate", "--pack", "pack", "--corpus", "order.json", "--jobs", "1", "--fail-on", "warning"]
CODES = {"validate": "CM406", "check": "CM101", "run": "CM501", "verify": "CM508", "conform": "CM532"}
CODES |= {"replay": "CM551", "fit": "CM554", "sources": "CM507", "simulate": "CM541"}
CODES |= {"coverage": "CM523", "mutate": "CM524"}
# What people read in its place: a list of what was missed, and a page.
SHOWN = {"coverage": "transition  life: go", "mutate": "field-drop: there is no field"}
PAGES = {"coverage": "life: go", "mutate": "there is no field", "simulate": "missed"}
PYTHON = ["--", sys.executable, "-c", "pass"]


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.chdir(tmp_path)
    for folder in ("pack", "broken", "suite"):
        Path(folder).mkdir()
    for name, text in PACK.items():
        Path("pack", name).write_text(text, encoding="utf-8")
        Path("broken", name).write_text(
            text.replace("actors", "actor") if name == "pack.yaml" else text, encoding="utf-8"
        )
    Path("order.json").write_text('{"kind": "note", "odd": 1}', encoding="utf-8")
    Path("one.scenario.yaml").write_text(
        "scenario: one\ngiven: {document: order.json}\nexpect: {findings: []}\n", encoding="utf-8"
    )
    write_suite("one.json")
    write_log("log.ndjson", ("a", "gone"), ("a", "gone"))
    write_log("short.ndjson", ("a", "gone"))


def write_log(name: str, *records: tuple[str, str]) -> None:
    """A log of events, each given by its order and its name."""
    time = "2026-01-05T09:00:00Z"
    each = (
        {"id": number, "order": order, "event": event, "time": time} for number, (order, event) in enumerate(records)
    )
    Path(name).write_text("".join(json.dumps(record) + "\n" for record in each), encoding="utf-8")


def write_suite(*names: str) -> None:
    """A suite of invalid files, which the validator of these tests takes for valid."""
    texts = {name: json.dumps({"kind": "note", "odd": name}) for name in names}
    entry = {"account": None, "order": "note", "role": "request", "status": "new", "usual": True, "verdict": "invalid"}
    entry |= {"severity": "error", "needs_account": False, "codes": ["CM406"], "pointers": ["/odd"], "sources": []}
    entry |= {"findings": [{"code": "CM406", "pointer": "/odd"}], "shows": [], "own": []}
    for name, text in texts.items():
        Path("suite", name).write_text(text, encoding="utf-8")
    digests = {name: f"sha256:{hashlib.sha256(text.encode()).hexdigest()}" for name, text in texts.items()}
    manifest = {"format": 1, "tool": {"name": "covage-model", "version": "0"}, "pack": "p", "digests": digests}
    manifest |= {"files": [{"file": name, **entry} for name in names], "watched": 0, "missed": [], "unshown": []}
    Path("suite", "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def said(name: str, *more: str) -> tuple[int, str]:
    if name == "coverage" and not Path("record.json").exists():
        said("validate", "--save-coverage", "record.json")
    return said_of(CALLS[name], *more, *(PYTHON if name == "conform" else []))


def said_of(argv: list[str], *more: str) -> tuple[int, str]:
    out = io.StringIO()
    code = main([*argv, *more], out, out)
    return code, out.getvalue()


@pytest.mark.parametrize("name", CALLS)
def test_only_what_is_new_fails(name: str) -> None:
    shown = SHOWN.get(name, CODES[name])
    code, text = said(name)
    assert (code in (1, 3), shown in text) == (True, True), text
    code, text = said(name, "--baseline", "base.json", "--update-baseline")
    assert (code, "the baseline has " in text) == (0, True), text
    code, text = said(name, "--baseline", "base.json")
    assert (code, shown in text) == (0, False), text
    code, text = said(name, "--baseline", "base.json", "--format", "json")
    REPORTS.validate(json.loads(text))
    assert json.loads(text)["baseline"]["known"] >= 1
    other = Path("base.json").read_text(encoding="utf-8").replace('"fingerprint": "', '"fingerprint": "0')
    Path("base.json").write_text(other, encoding="utf-8")
    code, text = said(name, "--baseline", "base.json")
    assert (code in (1, 3), shown in text, "gone" in text) == (True, True, True), text


@pytest.mark.parametrize("name", CALLS)
def test_a_suppression_counts_in_every_command(name: str) -> None:
    Path("s.toml").write_text(
        "".join(
            f'[[suppress]]\ncode = "{code}"\nreason = "r"\nuntil = 2999-12-31\n' for code in ("CM102", CODES[name])
        ),
        encoding="utf-8",
    )
    code, text = said(name, "--suppressions", "s.toml")
    assert ("suppressed" in text, f" {SHOWN.get(name, CODES[name])} " in text) == (True, False), text
    assert code == 0 or name == "check"


@pytest.mark.parametrize("name", CALLS)
def test_findings_need_not_fail(name: str) -> None:
    assert said(name, "--exit-zero")[0] == 0


@pytest.mark.parametrize("name", CALLS)
def test_every_format_tells_the_finding_and_several_are_written_at_once(name: str) -> None:
    forms = ("json", "sarif", "junit", "tap", "gitlab", "checkstyle", "rdjson", "ctrf", "markdown", "html", "ndjson")
    code, text = said(name, *(f"--output={form}=out.{form}" for form in forms))
    assert (code in (1, 3), text) == (True, said(name)[1])
    for form in forms:
        told = PAGES.get(name, CODES[name]) if form in ("html", "markdown") else CODES[name]
        assert told in Path(f"out.{form}").read_text(encoding="utf-8"), form
    results = json.loads(Path("out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert CODES[name] in {result["ruleId"] for result in results}
    failed = ET.parse("out.junit").getroot().findall(".//failure")
    assert CODES[name] in {case.get("type") for case in failed}


def test_a_file_of_a_suite_is_known_by_its_content_and_not_by_its_name() -> None:
    said("conform", "--baseline", "base.json", "--update-baseline")
    content = Path("suite", "one.json").read_bytes()
    write_suite("two.json", "three.json")
    Path("suite", "one.json").unlink()
    code, text = said("conform", "--baseline", "base.json")
    assert (code, text.count("error CM532")) == (1, 2)
    Path("suite", "two.json").write_bytes(content)
    manifest = json.loads(Path("suite", "manifest.json").read_text(encoding="utf-8"))
    manifest["digests"]["two.json"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
    Path("suite", "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    code, text = said("conform", "--baseline", "base.json")
    assert (code, text.count("error CM532"), "three.json" in text) == (1, 1, True)


def test_a_finding_about_a_log_is_known_by_its_order_and_not_by_its_place_or_its_message() -> None:
    write_log("log.ndjson", ("a", "gone"), ("a", "gone"), ("b", "odd"))
    said("replay", "--baseline", "base.json", "--update-baseline")
    assert "log.ndjson" not in Path("base.json").read_text(encoding="utf-8")
    write_log("moved.ndjson", ("b", "strange"), ("c", "gone"), ("a", "gone"), ("a", "gone"))
    assert said_of(["replay", "moved.ndjson", "--pack", "pack"], "--baseline", "base.json")[0] == 0
    write_log("moved.ndjson", ("a", "gone"), ("a", "gone"), ("b", "odd"), ("c", "gone"), ("c", "gone"), ("d", "odd"))
    code, text = said_of(["replay", "moved.ndjson", "--pack", "pack"], "--baseline", "base.json")
    assert (code, text.count("error CM551"), text.count("error CM552")) == (1, 1, 1), text


def test_a_finding_about_a_whole_log_is_known_whatever_its_numbers_are() -> None:
    asked = ("--fail-under", "1")
    said("replay", *asked, "--baseline", "base.json", "--update-baseline")
    write_log("log.ndjson", ("a", "gone"), ("a", "gone"), ("b", "gone"), ("b", "gone"), ("c", "gone"))
    code, text = said("replay", *asked, "--baseline", "base.json")
    assert (code, "CM553" in text, "warning CM551" in text) == (0, False, True), text
    write_log("log.ndjson", ("a", "odd"))
    said("replay", "--baseline", "base.json", "--update-baseline")
    write_log("moved.ndjson", ("a", "odd"))
    assert said_of(["replay", "moved.ndjson", "--pack", "pack"], "--baseline", "base.json")[0] == 0


def test_a_suppression_names_an_order_of_a_log_by_its_key() -> None:
    write_log("log.ndjson", ("a", "gone"), ("a", "gone"), ("b", "gone"), ("b", "gone"))
    Path("s.toml").write_text('[[suppress]]\nkey = "a"\nreason = "r"\nuntil = 2999-12-31\n', encoding="utf-8")
    code, text = said("replay", "--suppressions", "s.toml")
    assert (code, text.count("error CM551"), "1 finding is suppressed" in text) == (1, 1, True), text


def test_a_requirement_is_known_whatever_was_sampled_and_is_a_test_of_its_name() -> None:
    said("simulate", "--baseline", "base.json", "--update-baseline")
    code, text = said("simulate", "--seed", "1", "--count", "30", "--baseline", "base.json", "--format", "junit")
    assert (code, "CM541" in text) == (0, False), text
    code, text = said("simulate", "--require", "mean(lead_time) >= 1 s", "--format", "junit")
    assert code == 1
    cases = ET.fromstring(text).findall(".//testcase")
    assert [(case.get("name"), case.find("failure") is not None) for case in cases] == [
        ("mean(lead_time) <= 1 s", True),
        ("mean(lead_time) >= 1 s", False),
    ]


def test_a_baseline_of_sources_needs_the_check() -> None:
    code, text = said_of(["sources", "--pack", "pack", "--baseline", "base.json", "--update-baseline"])
    assert (code, "--baseline means nothing without --check" in text) == (2, True), text


def test_a_share_that_was_asked_for_is_known_whatever_was_measured() -> None:
    asked = ("--fail-under", "90")
    code, text = said("mutate", *asked)
    assert (code, "error CM526 the mutation score is 0.0 %, less than 90 %" in text) == (1, True), text
    said("mutate", *asked, "--baseline", "base.json", "--update-baseline")
    code, text = said("mutate", "--fail-under", "80", "--baseline", "base.json")
    assert (code, "CM526" in text) == (0, False), text


def test_a_part_of_what_can_be_measured_makes_nothing_of_the_rest_be_gone() -> None:
    said("mutate", "--baseline", "base.json", "--update-baseline")
    assert "gone" not in said("mutate", "--operators", "event-drop", "--baseline", "base.json")[1]
    said("coverage", "--baseline", "base.json", "--update-baseline")
    assert "gone" not in said("coverage", "--kind", "state", "--baseline", "base.json")[1]


def test_what_counts_of_what_was_measured_is_a_test_of_its_own() -> None:
    cases = ET.fromstring(said("mutate", "--format", "junit")[1]).findall(".//testcase")
    assert [(case.get("name"), case.find("failure") is not None) for case in cases] == [
        ("event-drop:life.yaml#/transitions/go:gone", True),
        ("field-drop:order.yaml#/fields/kind", True),
    ]


@pytest.mark.parametrize("name", CALLS)
def test_a_baseline_that_is_not_there_is_told(name: str) -> None:
    code, text = said(name, "--baseline", "none.json", "--output", "json=out.json")
    assert (code, "none.json" in text, Path("out.json").exists()) == (2, True, False), text


def test_a_record_makes_no_baseline() -> None:
    code, text = said_of(["run", "--record", "order.json", "--baseline", "base.json", "--update-baseline"])
    assert (code, "--baseline means nothing with --record: remove one of them" in text) == (2, True), text


def test_a_baseline_of_another_command_is_refused_and_not_replaced() -> None:
    said("validate", "--baseline", "base.json", "--update-baseline")
    before = Path("base.json").read_bytes()
    for more in ((), ("--update-baseline",)):
        code, text = said("check", "--baseline", "base.json", *more)
        assert (code, "base.json is a baseline of `validate`: give `check` a file of its own" in text) == (2, True), (
            text
        )
        assert Path("base.json").read_bytes() == before
    assert said("validate", "--baseline", "base.json", "--update-baseline")[0] == 0
    older = json.loads(before)
    del older["command"]  # one that does not say so is taken
    Path("base.json").write_text(json.dumps(older), encoding="utf-8")
    assert said("validate", "--baseline", "base.json")[0] == 0
