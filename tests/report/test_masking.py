"""A canary test: personal data, unknown fields and what could not be read are looked for in every output."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from covage_model import load_pack
from covage_model.cli import main as cli
from covage_model.cli.main import main
from covage_model.report import masking, printing
from covage_model.report.masking import Mask

ROOT = Path(__file__).resolve().parents[2]
CANARY = "CANARY"
PACK = {
    "pack.yaml": "pack: p\nformat: 1\nlanguages: [en]\nactors: {us: Us}\n",
    "life.yaml": "lifecycle: life\nstatus: state\nrequests: open\n"
    "states: {open: {initial: true}, shut: {final: success}}\ntransitions: {go: {by: us, from: open, to: shut}}\n",
    "order.yaml": "order: note\nfollows: life\nmatch: {kind: note}\nkey: [who.mail]\nfields:\n"
    "  kind: {type: string}\n  state: {type: string, read_only: true}\n"
    "  size: {type: string, enum: [big, small], required: open}\n"
    "  who:\n    fields:\n"
    "      mail: {type: string, format: email, personal: true}\n"
    "      phone: {type: string, pattern: '^[0-9]{4}$', personal: true}\n"
    "      age: {type: integer, personal: true}\n"
    "      names: {type: array, items: {type: string, maxLength: 3}, personal: true}\n"
    "  free: {type: string, maxLength: 2}\n",
}
ALL = (*printing.names("findings"),)
ORDER: dict[str, Any] = {
    "kind": "note",
    "size": "wrong-size",
    "who": {"mail": "CANARY1", "phone": "CANARY2", "age": "CANARY3", "names": ["CANARY4", "CANARY5"]},
    "unknown": {"deep": "CANARY6", "more": ["CANARY7"]},
    "free": "too-long",
}
FILES = {
    "one.json": json.dumps(ORDER),
    "several.json": json.dumps([ORDER, {**ORDER, "size": {"x": "CANARY8"}}], indent=1),
    "lines.ndjson": f'{json.dumps(ORDER)}\n{{"kind": "note", "who": {{"mail": "CANARY9"}}, "size": "CANARY-10\n'
    f"{json.dumps({'kind': 'CANARY11', 'size': 'big'})}\n",
    "one.yaml": yaml.safe_dump(ORDER),
    "flow.yaml": "{kind: note, size: wrong-size, who: {mail: CANARY12, phone: CANARY13}}\n",
    "broken.yaml": "kind: note\nsize: big\nwho: {mail: CANARY14\n",
    "broken.json": '{"kind": "note", "who": {"mail": "CANARY15"} "CANARY16": CANARY17}',
    "twice.json": '{"kind": "note", "size": "big", "who": {"mail": "CANARY18", "mail": "CANARY19"}}',
    "table.csv": "kind,size,who.mail,who.phone,extra\nnote,wrong-size,CANARY20,CANARY21,CANARY22\nnote,big\n",
    "scalar.yaml": "kind: note\nsize: big\nwho: {mail: a@example.org, phone: 01_234, extra: CANARY23}\n",
    "not.json": "CANARY24",
}


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    Path("pack").mkdir()
    for name, text in PACK.items():
        Path("pack", name).write_text(text, encoding="utf-8")
    Path("in").mkdir()
    for name, text in FILES.items():
        Path("in", name).write_text(text, encoding="utf-8")


def said(*argv: str) -> str:
    out = io.StringIO()
    assert main(["validate", "in", "--pack", "pack", *argv], out, out) in (1, 4)
    return out.getvalue()


def canaries(text: str) -> list[str]:
    return re.findall(rf"[^\n]{{0,60}}{CANARY}[^\n]{{0,30}}", text)


def test_no_machine_format_has_the_canary() -> None:
    for name in ALL:
        text = said("--format", name)
        if name in ("text", "concise"):
            assert canaries(text), name
            assert "<personal" not in text
        else:
            assert canaries(text) == [], name
            assert re.search(r"(<|&lt;|\\<)personal 1(>|&gt;|\\>)", text), name
            assert "wrong-size" in text, name  # what is not personal is still told


def test_several_outputs_are_masked_and_the_terminal_is_not() -> None:
    text = said(*(f"--output={name}=out.{name}" for name in ALL if name != "text"))
    assert text == said()
    for name in ALL:
        if name not in ("text", "concise"):
            assert canaries(Path(f"out.{name}").read_text(encoding="utf-8")) == [], name


@pytest.mark.parametrize("variable", ["CI", "GITHUB_ACTIONS", "TF_BUILD"])
def test_in_ci_text_is_masked_too(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "true")
    text = said()
    assert canaries(text) == []
    assert "'wrong-size' is not one of" in text
    assert canaries(said("--format", "concise")) == []
    assert canaries(said("--reveal"))
    monkeypatch.setenv(variable, "false")
    assert canaries(said())


def test_reveal_shows_everything() -> None:
    assert canaries(said("--format", "json", "--reveal"))


def test_the_same_value_has_the_same_number_in_the_order_of_the_output() -> None:
    text = said("--format", "csv")
    numbers = [int(number) for number in re.findall(r"<personal (\d+)>", text)]
    assert numbers[0] == 1
    firsts = list(dict.fromkeys(numbers))
    messages = [row["message"] for row in csv.DictReader(io.StringIO(text)) if "email" in row["message"]]
    assert len(messages) > len(set(messages))  # the same address in several files
    assert firsts == sorted(firsts)


def test_the_excerpt_keeps_names_and_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "1")
    text = said()
    line, caret = re.findall(r"^( +1 \| \{\"kind\".*)\n( +\^)", text, re.MULTILINE)[0]
    at = next(one for one in re.findall(r"^in/lines.*\n(.*)\n( +\^)", text, re.MULTILINE) if '"wrong-size"' in one[0])
    assert at[0][len(at[1]) - 1 :].startswith('"wrong-size"')
    assert '"who": {"mail": <personal' in line
    assert caret


def test_quarantine_and_baseline_and_cache_have_no_canary() -> None:
    said("--quarantine", "apart", "--baseline", "base.json", "--update-baseline", "--save-coverage", "coverage.json")
    kept = Path("apart")
    findings = next(kept.glob("findings*"))
    assert canaries(findings.read_text(encoding="utf-8")) == []
    for path in (Path("base.json"), Path("coverage.json"), *Path("cache").rglob("*")):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path


def test_masking_changes_neither_codes_nor_places_nor_fingerprints() -> None:
    def shown(*more: str) -> list[tuple[str, ...]]:
        rows = csv.DictReader(io.StringIO(said("--format", "csv", *more)))
        return [(row["code"], row["file"], row["line"], row["column"], row["pointer"]) for row in rows]

    assert shown() == shown("--reveal")
    prints = [
        [item["fingerprint"] for item in json.loads(said("--format", "gitlab", *more))] for more in ((), ("--reveal",))
    ]
    read = [item for item in json.loads(said("--format", "gitlab")) if item["check_name"] > "CM1"]
    assert len(set(prints[0]) & set(prints[1])) >= len({item["fingerprint"] for item in read})


def test_a_crash_says_nothing_of_the_values(monkeypatch: pytest.MonkeyPatch) -> None:
    err = io.StringIO()
    monkeypatch.setenv("CI", "1")
    try:
        int(CANARY)
    except ValueError as error:
        cli._failed(error, err)
    assert CANARY not in err.getvalue()
    assert re.search(r"covage-model failed: ValueError in \S+:\d+", err.getvalue())


def test_a_key_that_is_written_twice_is_named_with_its_places() -> None:
    Path("twice.ndjson").write_text('\n{"kind": "note", "size": "big", "zz": 1, "zz": "CANARY1"}\n', encoding="utf-8")
    out = io.StringIO()
    assert main(["validate", "--pack", "pack", "twice.ndjson", "--format", "junit"], out, out) == 1
    assert "the key &#x27;zz&#x27; is already on line 2, column 33" in out.getvalue().replace("'", "&#x27;")
    assert "CANARY" not in out.getvalue()


def test_the_legal_names_of_fields_are_no_secrets() -> None:
    found = json.loads(said("--format", "json"))["documents"]
    told = [one for document in found for one in document["findings"] if one["code"] == "CM406"]
    assert told
    assert all("<personal" not in name for one in told for name in one["arguments"]["legal"])


def test_a_hint_that_quotes_nothing_is_shown() -> None:
    Path("latin.json").write_bytes(b'{"kind": "CANARY\xe9"}')
    out = io.StringIO()
    assert main(["validate", "--pack", "pack", "latin.json", "--format", "junit"], out, out) == 4
    assert "save the file as UTF-8" in out.getvalue()
    assert "CANARY" not in out.getvalue()


def test_all_that_a_personal_object_or_list_holds_is_hidden(tmp_path: Path) -> None:
    folder = tmp_path / "personal"
    folder.mkdir()
    for name, text in PACK.items():
        (folder / name).write_text(text.replace("  who:\n", "  who:\n    personal: true\n"), encoding="utf-8")
    order = folder / "order.yaml"
    order.write_text(order.read_text(encoding="utf-8").replace(", personal: true", ""), encoding="utf-8")
    patch = Mask(load_pack(folder).judge).patch('{"who": {"age": 3, "names": ["CANARY"]}, "size": "big"}', "note")
    assert json.loads(patch) == {"who": {"age": "<personal 1>", "names": ["<personal 2>"]}, "size": "big"}


def test_the_numbers_of_hidden_values_take_a_limited_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masking, "_KEPT", 4)
    mask = Mask(load_pack().judge)
    numbers = [mask.hidden(f"value {number}") for number in range(100)]
    assert len(set(numbers)) == 100  # no two values share one
    assert numbers[:3] == ["<personal 1>", "<personal 2>", "<personal 3>"]
    assert [mask.hidden(f"value {number}") for number in (99, 98, 96)] == [numbers[99], numbers[98], numbers[96]]
    assert mask.hidden("value 0") == "<personal 101>"  # too many came in between
    assert len(mask._numbers) + len(mask._older) <= 8
    assert mask.hidden(1) == mask.hidden("1")
