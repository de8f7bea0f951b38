"""The command line, in-process: exit codes, streams, options, formats. Hostile values cannot control a terminal."""

from __future__ import annotations

import io
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from covage_model import version
from covage_model.cli import main as command_line
from covage_model.cli.main import COMMANDS, main
from covage_model.ground import codes

HERE = Path(__file__).parent.parent
ROOT = HERE.parent
GOLDEN = HERE / "golden"
LIBRARY = HERE / "packs" / "library"
GOOD = {"kind": "parcel", "tariff": "P1", "speed": "economy", "address": {"street": "Rue Haute"}, "weight": 2}
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def call(*argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = main(argv, out, err, io.BytesIO(stdin))
    return code, out.getvalue(), err.getvalue()


def validate(*argv: str, stdin: bytes = b"") -> tuple[int, str]:
    code, out, err = call("validate", "--pack", str(GOLDEN / "base"), *argv, stdin=stdin)
    assert err == ""
    return code, out


def write(name: str, content: object) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return name


def order(**changes: object) -> dict[str, object]:
    return {name: value for name, value in {**GOOD, **changes}.items() if value is not ...}


# --- help, usage


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_what_it_does(name: str) -> None:
    code, out, err = call(name, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: covage-model {name}")
    assert call(name, "-h")[1] == out


def test_help_lists_every_command_and_the_exit_codes() -> None:
    code, out, _ = call("--help")
    assert code == 0
    assert all(f"  {name} " in out for name in COMMANDS)
    assert "Exit codes" in out
    assert call("--version")[:2] == (0, f"covage-model, version {version.VERSION}\n")


def test_no_command_is_a_usage_error() -> None:
    assert call()[0] == 2


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("validat",), "Did you mean 'validate'?"),
        (("chek", "x"), "Did you mean 'check'?"),
        (("zzz",), "No such command"),
        (("validate",), "Missing argument"),
        (("validate", "--fast", "x"), "No such option"),
        (("validate", "--format", "xml", "x"), "xml"),
        (("validate", "--lang", "de", "x"), "de"),
        (("validate", "--role", "boss", "x"), "boss"),
        (("explain", "CM99"), "there is no code CM99"),
        (("check", "--pack", "nowhere"), "bundled: covage"),
        (("schema", "--pack", str(LIBRARY), "loans"), "did you mean 'loan'"),
        (("schema", "--pack", str(LIBRARY), "loan", "--state", "gone"), "use one of"),
    ],
)
def test_a_usage_error_exits_2_and_says_what_to_type(argv: tuple[str, ...], said: str) -> None:
    code, out, err = call(*argv)
    assert (code, out) == (2, "")
    assert said in err


def test_a_status_that_is_none_is_a_usage_error() -> None:
    code, out, err = call("validate", "--pack", str(GOLDEN / "base"), "--state", "gone", write("a.json", GOOD))
    assert (code, out) == (2, "")
    assert "use one of: accepted, delivered, draft" in err


def test_out_that_cannot_be_written_is_a_usage_error() -> None:
    write("file", "x")
    code, _, err = call("explain", "--out", "file/beneath")
    assert code == 2
    assert "cannot write" in err


# --- exit codes


def test_exit_0_where_all_is_well() -> None:
    code, out = validate(write("a.json", GOOD))
    assert (code, out.splitlines()[-1]) == (0, "1 document, 1 clean")


def test_exit_1_for_a_finding() -> None:
    code, out = validate(write("a.json", order(kind="letter")))
    assert code == 1
    assert out.startswith("a.json:1:10: error CM401 ")


def test_exit_3_where_the_pack_is_broken_and_stdout_stays_empty() -> None:
    write("broken/pack.yaml", "pack: broken\n")
    for argv in (("validate", write("a.json", GOOD)), ("run",), ("schema",), ("draw",)):
        code, out, err = call(*argv, "--pack", "broken")
        assert (code, out) == (3, "")
        assert "CM102" in err


def test_check_exits_1_for_findings_in_the_pack_that_it_checks() -> None:
    write("broken/pack.yaml", "pack: broken\n")
    code, out, err = call("check", "broken")
    assert (code, err) == (1, "")
    assert "CM102" in out


def test_exit_4_for_what_cannot_be_read_and_it_wins_over_1() -> None:
    bad, unreadable = write("bad.json", order(kind="letter")), write("cut.json", "{")
    code, out = validate(bad, unreadable)
    assert code == 4
    assert "CM401" in out
    assert "CM001" in out


def test_exit_5_is_ours_in_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(*_: object) -> int:
        raise RuntimeError("oh")

    monkeypatch.setattr(command_line, "main", fails)
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    assert ended.value.code == 5
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("covage-model failed: RuntimeError: oh\n")
    assert "Traceback" not in shown.err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no file that is always full")
@pytest.mark.parametrize("argv", [("explain", "CM406"), ("--help",)])
@pytest.mark.parametrize("unbuffered", [True, False])
def test_a_full_stdout_is_a_usage_error_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], unbuffered: bool
) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        full.reconfigure(write_through=unbuffered)
        monkeypatch.setattr(sys, "stdout", full)
        assert process(monkeypatch, *argv) == 2
    assert capsys.readouterr().err == "cannot write to stdout: No space left on device\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no file that is always full")
def test_validate_says_what_a_full_disk_left_unreported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pack, lines = ("--pack", str(GOLDEN / "base")), [json.dumps(GOOD), "{", json.dumps(GOOD), json.dumps(GOOD)]
    name = write("a.ndjson", "\n".join(lines))
    full = "No space left on device"
    assert process(monkeypatch, "validate", *pack, name, "--out", "/dev/full") == 2
    assert (
        capsys.readouterr().err == f"Error: cannot write /dev/full: {full}; 3 orders were judged; nothing is reported\n"
    )
    many = write("many.ndjson", "\n".join([*lines, *["{"] * 40, *lines]))
    for orders, form, said in (
        (name, "text", "3 orders were judged"),
        (many, "json", r"3 orders were judged, up to many\.ndjson:[0-9]+, and none after it"),
    ):
        with open("/dev/full", "w", encoding="utf-8") as stdout:
            monkeypatch.setattr(sys, "stdout", stdout)
            assert process(monkeypatch, "validate", *pack, orders, "--format", form) == 2
        expected = f"cannot write to stdout: {full}; {said}; the end of the report is lost\n"
        assert re.fullmatch(expected, capsys.readouterr().err)


def test_a_closed_stdout_is_one_too_where_something_is_to_be_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert process(monkeypatch, "--version") == 2
    assert capsys.readouterr().err == "cannot write to stdout: it is closed\n"
    assert process(monkeypatch, "init", "ours", "--over", "covage", "--unknown") == 2
    assert "it is closed" not in capsys.readouterr().err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no file that is always full")
def test_what_stderr_cannot_take_is_lost_and_the_exit_code_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open("/dev/full", "w", encoding="utf-8", buffering=1) as full:
        monkeypatch.setattr(sys, "stderr", full)
        assert process(monkeypatch, "check", "CM208-pack", here=GOLDEN) == 1
        assert process(monkeypatch, "validate", "--pack", "CM208-pack", "none.json", here=GOLDEN) == 3
    monkeypatch.setattr(sys, "stderr", None)
    assert process(monkeypatch, "validate", "--pack", "nosuch", "none.json") == 2
    assert "Traceback" not in capsys.readouterr().out


def test_a_pipe_that_nobody_reads_ends_a_command_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with open(writes, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert process(monkeypatch, "explain", "CM406") == 141
    assert capsys.readouterr().err == ""


def test_a_pipe_that_nobody_reads_ends_validate_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with open(writes, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert process(monkeypatch, "validate", "--pack", str(GOLDEN / "base"), write("a.json", GOOD)) == 141
    assert capsys.readouterr().err == ""


def process(monkeypatch: pytest.MonkeyPatch, *argv: str, here: Path | None = None) -> object:
    """The exit code of the installed command."""
    monkeypatch.setattr(sys, "argv", ["covage-model", *argv])
    if here is not None:
        monkeypatch.chdir(here)
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    return ended.value.code


def test_a_pattern_is_shown_where_it_is_asked_for() -> None:
    name = write("order.json", {"type": "terminate", "service_ref": "S1"})
    plain, verbose = (call("validate", name, "--lang", "en", *more)[1] for more in ((), ("--verbose",)))
    assert 'does not match "Service reference": S, the date YYMMDD, _, 5 digits\n' in plain
    assert "[0-9]" not in plain
    assert "\n    pattern: ^S[0-9]{6}_[0-9]{5}$\n" in verbose


def test_strict_makes_warnings_and_rules_not_checked_count_and_never_notes() -> None:
    warned = write("warned.json", order(sent_on="2024-02-30"))
    unchecked = write("unchecked.json", order(depot="north"))
    noted = write("noted.json", order(number="N1", status="accepted", colour="red"))
    assert [validate(name)[0] for name in (warned, unchecked, noted)] == [0, 0, 0]
    assert [validate("--strict", name)[0] for name in (warned, unchecked, noted)] == [1, 1, 0]


# --- what is judged


def test_other_files_are_judged_where_one_is_missing() -> None:
    code, out = validate(write("a.json", order(kind="letter")), "gone.json", write("b.json", GOOD))
    assert code == 4
    assert "a.json:1:10: error CM401" in out
    assert "gone.json: error CM008 there is no such file" in out
    assert out.endswith("2 documents, 1 clean: 2 errors\n")


def test_a_folder_is_every_order_file_below_it_in_order_of_names() -> None:
    for name in ("f/b.json", "f/a.yaml", "f/deep/c.yml", "f/readme.md", "f/.hidden.json"):
        write(name, GOOD)
    write("f/d.ndjson", f"{json.dumps(GOOD)}\n{json.dumps(order(kind='x'))}\n")
    code, out = validate("f", "--format", "json")
    assert code == 1
    assert [document["file"] for document in json.loads(out)["documents"]] == [
        "f/a.yaml",
        "f/b.json",
        "f/d.ndjson",
        "f/d.ndjson",
        "f/deep/c.yml",
    ]


def test_stdin_is_judged_under_the_name_given_to_it() -> None:
    text = json.dumps(order(kind="letter")).encode()
    assert validate("-", stdin=text)[1].startswith("-:1:10: error CM401")
    code, out = validate("-", "--stdin-filename", "orders/new.json", stdin=text)
    assert code == 1
    assert out.startswith("orders/new.json:1:10: error CM401")
    assert "a.yaml:1:7: error CM401" in validate("-", "--stdin-filename", "a.yaml", stdin=b"kind: letter\n")[1]
    assert validate("-", stdin=b"")[0] == 4


def test_each_line_of_ndjson_and_each_yaml_document_is_judged_at_its_own_line() -> None:
    lines = [GOOD, order(kind="letter"), order(weight="2")]
    code, out = validate(write("a.ndjson", "\n".join(map(json.dumps, lines)) + "\n\n{\n"), "--format", "json")
    documents = json.loads(out)["documents"]
    assert code == 4
    assert sorted(
        (one["line"] or 0, [found["location"]["line"] for found in one["findings"]]) for one in documents
    ) == [
        (0, [5]),
        (1, []),
        (2, [2]),
        (3, [3]),
    ]
    good = "kind: parcel\ntariff: P1\nspeed: economy\naddress: {street: Rue Haute}\n"
    code, out = validate(write("a.yaml", f"{good}---\n{good}weight: heavy\n---\n{good}"), "--format", "json")
    assert code == 1
    documents = json.loads(out)["documents"]
    assert [[found["location"]["line"] for found in one["findings"]] for one in documents] == [[], [10], []]


def test_state_and_role_are_what_the_caller_says() -> None:
    draft = write("draft.json", order(address=...))
    assert validate(draft)[0] == 1
    assert validate(draft, "--state", "draft")[0] == 0
    record = write("record.json", order(number="N1", status="accepted"))
    assert validate(record)[0] == 0
    assert validate(record, "--role", "record")[0] == 0
    code, out = validate(record, "--role", "request")
    assert code == 1
    assert out.count("CM405") == 2
    code, out = validate(record, "--state", "delivered")
    assert "signed_by is missing, but required in the status delivered" in out


def test_an_account_is_judged_first_and_its_rules_are_checked() -> None:
    mine = write("order.json", order(depot="north"))
    assert validate(mine, "--account", write("good.yaml", "depots: [north]\n"))[0] == 0
    assert "CM407" in validate(mine, "--account", write("other.yaml", "depots: [west]\n"))[1]
    code, out = validate(mine, "--account", write("bad.yaml", "depots: 1\n"))
    assert code == 1
    assert out.index("bad.yaml:1:9: error CM404") < out.index("CM408")
    code, out = validate(mine, "--account", "gone.yaml")
    assert code == 4


# --- formats, languages, --out


def test_json_conforms_to_its_schema_and_says_what_text_says() -> None:
    names = [write("a.json", order(kind="letter")), write("b.json", GOOD), "gone.json"]
    _, text = validate(*names)
    code, out = validate(*names, "--format", "json")
    report = json.loads(out)
    REPORTS.validate(report)
    assert code == 4
    found = [one for document in report["documents"] for one in document["findings"]]
    assert all(one["message"] in text for one in found)


def test_the_packs_texts_are_said_in_the_language_asked_for() -> None:
    glass = write("a.json", order(content="glass"))
    assert "tell the carrier" in validate(glass)[1]
    assert "dites-le au transporteur" in validate(glass, "--lang", "fr")[1]
    assert json.loads(validate(glass, "--lang", "fr", "--format", "json")[1])["documents"][0]["findings"][0][
        "notes"
    ] == ["dites-le au transporteur"]


@pytest.mark.parametrize(
    "argv",
    [
        ("validate", "a.json"),
        ("validate", "a.json", "--format", "json"),
        ("check",),
        ("schema", "parcel/economy"),
        ("draw", "carrying", "--format", "dot"),
    ],
)
def test_out_holds_what_stdout_would_have(argv: tuple[str, ...]) -> None:
    write("a.json", order(kind="letter"))
    code, out, _ = call(*argv, "--pack", str(GOLDEN / "base"))
    assert call(*argv, "--pack", str(GOLDEN / "base"), "--out", "new/folder/report.x") == (code, "", "")
    assert Path("new/folder/report.x").read_bytes() == out.encode()


def test_explain_prints_the_page_of_a_code() -> None:
    code, out, _ = call("explain", "cm403")
    assert code == 0
    assert out.startswith("CM403: missing\n")
    assert call("explain")[1].count("\n") == len(codes.catalogue())
    assert set(json.loads(call("explain", "--format", "json")[1])) == set(codes.catalogue())


@pytest.mark.parametrize("code", list(codes.catalogue()))
def test_every_code_can_be_explained(code: str) -> None:
    done, out, _ = call("explain", code)
    assert done == 0
    assert codes.catalogue()[code].explanation in out
    assert ":bare" not in out
    assert ":value" not in out


def test_a_near_miss_of_a_code_is_named() -> None:
    assert "did you mean CM413?" in call("explain", "CM4I3")[2]


def test_check_says_what_a_pack_holds() -> None:
    code, out, _ = call("check", "--pack", str(LIBRARY))
    assert code == 0
    assert out.startswith("library: 4 order types, 7 variants, ")
    report = json.loads(call("check", str(LIBRARY), "--format", "json")[1])
    REPORTS.validate(report)
    assert report["state_spaces"]["card"]["complete"]


def test_run_plays_the_scenarios_of_a_pack_and_those_given() -> None:
    code, out, _ = call("run", "--pack", str(LIBRARY))
    assert code == 0
    assert out.count("ok   ") > 20
    one = str(LIBRARY / "scenarios" / "run-card.yaml")
    assert "start -> " in call("run", "--pack", str(LIBRARY), one)[1]
    assert "start -> " not in call("run", "--pack", str(LIBRARY), one, "--no-trace")[1]


def test_run_plays_what_is_called_a_scenario_and_what_a_suite_lists_whether_or_not_it_is_one() -> None:
    write("plays/empty.scenario.yaml", "")
    write("plays/typed.scenario.yml", "scenaro: a typing error\n")
    write("plays/a.yaml", "scenario: a card is asked for\ngiven: {order: card}\n")
    write("plays/notes.yaml", "a: note\n")
    Path("plays/gone.yaml").symlink_to("nowhere.yaml")
    lists = [{"file": name} for name in ("lost.scenario.yaml", "a.yaml", "/etc/x", "../x", "a/../../x", "", 3)]
    foreign = [{"command": "suites", "format": 2, "suites": [{"runs": lists}]}, [], {"suites": [{"runs": lists}]}]
    write("plays/sub/suites.json", {"command": "suites", "format": 1, "suites": [3, {"runs": [*lists, 3]}]})
    for number, one in enumerate(foreign):
        write(f"plays/{number}/suites.json", one)
    code, out, _ = call("run", "--pack", str(LIBRARY), "plays", "--format", "json")
    found = {one["file"]: [each["form"] for each in one["findings"]] for one in json.loads(out)["scenarios"]}
    assert code == 4
    assert found == {
        "plays/a.yaml": ["nothing"],
        "plays/empty.scenario.yaml": ["empty"],
        "plays/gone.yaml": ["missing"],
        "plays/typed.scenario.yml": ["none"],
        "plays/sub/a.yaml": ["listed"],
        "plays/sub/lost.scenario.yaml": ["listed"],
    }


def test_run_on_a_folder_without_scenarios_counts_none() -> None:
    write("plays/notes.yaml", "a: note\n")
    code, out, _ = call("run", "--pack", str(LIBRARY), "plays")
    assert (code, out) == (1, "plays: error CM412 no scenario was found in plays\n0 scenarios, 0 failed\n")


# --- the same input gives the same bytes


def test_the_order_of_findings_is_that_of_the_file_whatever_the_order_of_its_keys() -> None:
    names = ["kind", "tariff", "speed", "address", "weight", "content", "terms", "labels", "height"]
    bad = order(weight=99, content="x", terms=False, labels=[], height=0)
    for seed in range(5):
        random.Random(seed).shuffle(names)
        _, out = validate(
            write("a.json", json.dumps({name: bad[name] for name in names}, indent=1)), "--format", "json"
        )
        found = json.loads(out)["documents"][0]["findings"]
        places = [(one["location"]["line"], one["location"]["column"], one["code"]) for one in found]
        assert len(places) == 6
        assert places == sorted(places)


def test_a_pack_is_read_the_same_whatever_its_files_are_called() -> None:
    """The order of findings follows the file names; the messages do not change."""
    texts = {
        name: (GOLDEN / "base" / f"{name}.yaml").read_text(encoding="utf-8")
        for name in ("types", "parcel", "lifecycles")
    }
    texts["types"] = texts["types"].replace("type: street", "type: streat")
    seen = set()
    for prefix in ("a", "z"):
        for name in ("pack", "pickup", "collecting", "events"):
            write(f"{prefix}/{name}.yaml", (GOLDEN / "base" / f"{name}.yaml").read_text(encoding="utf-8"))
        for number, (name, text) in enumerate(sorted(texts.items(), reverse=prefix == "z")):
            write(f"{prefix}/{number}-{name}.yaml", text)
        _, out, _ = call("check", prefix, "--format", "json")
        seen.add(json.dumps([(one["message"], one["location"]["line"]) for one in json.loads(out)["findings"]]))
    assert len(seen) == 1
    assert "streat" in seen.pop()


def test_twice_is_the_same_and_so_is_another_hash_seed() -> None:
    argv = ["validate", "--pack", "base", "--format", "json", *sorted(p.name for p in GOLDEN.glob("CM40*"))]
    checks = ["check", "CM202-type", "CM201-said-twice/first", "CM201-said-twice/second", "--format", "json"]
    said = set()
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")}
        script = f"import sys; from covage_model.cli.main import main; main({argv!r}); main({checks!r}); main(['run', '--pack', 'base', 'CM501-state'])"
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=GOLDEN, env=environment, capture_output=True, check=True
        )
        said.add(done.stdout)
    assert len(said) == 1
    assert len(said.pop()) > 20_000


# --- hostile values in what is printed

_EVIL = "\x1b[31m\x1b]8;;http://x\x07\r\n::error file=a::b\n##[error]c\x9b2J\u2028\u202e\x7f\x00"


def _is_harmless(text: str) -> bool:
    lines = text.split("\n")
    return all(char.isprintable() or char == "\n" for char in text) and not any(
        line.lstrip().startswith(("::", "##[")) for line in lines
    )


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_value_cannot_colour_the_log_nor_forge_a_line_of_it(form: str) -> None:
    evil = [
        order(kind=_EVIL),
        order(speed=_EVIL),
        order(weight=_EVIL),
        order(content=_EVIL, sender_code=_EVIL, sent_on=_EVIL),
        order(**{_EVIL: 1}),
        order(number=_EVIL, status=_EVIL),
        order(labels=[_EVIL, _EVIL]),
        _EVIL,
        [_EVIL],
    ]
    names = [write(f"{number}.json", content) for number, content in enumerate(evil)]
    names.append(write("raw.json", json.dumps(order(kind=_EVIL), ensure_ascii=False)))
    names.append(write("cut.json", '{"a": "' + _EVIL))
    names.append(write("bad.yaml", "kind: \x1b[31m\n"))
    code, out = validate(*names, "--format", form)
    assert code == 4
    assert _is_harmless(out)
    assert "error" in out


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_name_of_a_file_cannot_either(form: str) -> None:
    names = [
        write("::error::a.json", order(kind="x")),
        write("a\nb\x1b[31m.json", order(kind="x")),
        write("::gone", "{"),
    ]
    code, out = validate(*names, "--format", form)
    assert code == 4
    assert _is_harmless(out)


@pytest.mark.parametrize("form", ["text", "json"])
def test_nor_a_spec(form: str) -> None:
    spelled = json.dumps(_EVIL)
    write("p/pack.yaml", f"pack: p\nformat: 1\n{spelled}: 1\n")
    write(
        "p/a.yaml",
        f"types:\n  {spelled}: string\n  b: {{type: string, source: {spelled}, pattern: {spelled}, title: {{fr: {spelled}}}}}\n",
    )
    write("p/b.yaml", f"order: {spelled}\nfollows: {spelled}\n")
    write(
        "p/c.yaml",
        f"lifecycle: l\nstates: {{a: {{initial: true}}}}\nproperties: {{p: {{never: {{state: {spelled}}}}}}}\n",
    )
    code, out, _ = call("check", "p", "--format", form)
    assert code == 1
    assert _is_harmless(out)
    assert out.count("CM") >= 5


def test_a_value_that_is_long_is_cut_in_its_sentence() -> None:
    _, out = validate(write("a.json", order(content="x" * 100_000)))
    assert len(out) < 2_000


# --- check: how far the exploring is


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_check_explores_as_much_as_it_is_told() -> None:
    assert call("check", str(LIBRARY))[0] == 0
    code, out, _ = call("check", str(LIBRARY), "--limit", "3")
    assert code == 0
    assert "CM311" in out
    assert "has more than 3 configurations: the others were not explored" in out
    assert call("check", str(LIBRARY), "--limit", "3", "--strict")[0] == 1
    assert call("check", str(LIBRARY), "--limit", "0")[0] == 2


def test_a_terminal_is_shown_how_far_the_exploring_is_and_a_log_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("covage_model.behaviour.space.explore.STRIDE", 5)
    out, err = io.StringIO(), Terminal()
    assert main(["check", str(LIBRARY)], out, err) == 0
    said = err.getvalue().split("\r\033[K")
    assert re.fullmatch(r"exploring loan/\w+: \d+ configurations", said[1])
    assert said[-1] == ""  # wiped away
    assert call("check", str(LIBRARY)) == (0, out.getvalue(), "")
