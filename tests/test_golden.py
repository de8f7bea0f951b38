"""
Golden pairs: a tiny pack, order or scenario, and every line that is printed about it.

A folder `golden/CODE-…` holds its input, `expected.txt`, and `command.txt` if the command is not
`check FOLDER`. `COVAGE_GOLDEN=write pytest tests/test_golden.py` writes the outputs anew: read the difference.
"""

from __future__ import annotations

import ast
import io
import json
import os
import re
import shutil
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from mixed import english

from covage_model.api import packs
from covage_model.cli.main import main
from covage_model.ground import codes
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.language import translated

HERE = Path(__file__).parent / "golden"
SOURCES = Path(codes.__file__).parents[2]
CASES = sorted(folder.name for folder in HERE.iterdir() if re.match(r"CM\d{3}", folder.name))
WRITES = os.environ.get("COVAGE_GOLDEN") == "write"
CODE = re.compile(r"CM\d{3}")

# forms that no file in a repository can show: tests/test_hostile.py and tests/ground/test_files.py do
ELSEWHERE = {
    ("CM003", "bytes"): "takes 16 MiB",
    ("CM508", "assuming"): "takes a loop of four hundred moves: tests/behaviour/test_moves.py",
    ("CM003", "line"): "takes a record of 1 MiB",
    ("CM003", "endless"): "takes a record of 16 MiB",
    ("CM003", "document"): "takes a document of 16 MiB",
    ("CM003", "nodes"): "takes a million values",
    ("CM003", "scalar"): "takes a text of a million characters",
    ("CM003", "paths"): "takes pointers of 256 million characters",
    ("CM003", "findings"): "takes ten thousand findings",
    ("CM416", "interrupted"): "takes a Ctrl-C",
    ("CM420", "undecided"): "takes half a million configurations: tests/behaviour/test_became.py",
    ("CM525", "lost"): "takes a process that is killed: tests/quality/test_mutants.py",
    ("CM416", "lost"): "takes a process that is killed",
    ("CM414", "more"): "takes ten thousand findings",
    ("CM311", "limit"): "takes a million configurations",
    ("CM311", "depth"): "takes a thousand types, each of which rests on the next",
    ("CM516", "spent"): "its orders are several documents, and JSON is one: test_uniqueness.py",
    ("CM415", "unfinished"): "takes a full disk",
    ("CM008", "denied"): "git keeps no permissions, and root may read everything",
    ("CM008", "listing"): "git keeps no permissions, and root may list everything",
    ("CM008", "pipe"): "git keeps no pipes",
    ("CM012", "endless"): "takes an event of 16 MiB: tests/behaviour/test_replay.py",
    ("CM011", "value"): "a Parquet file with bytes; tests/api/test_parquet.py shows it",
    ("CM001", "library"): "takes an environment without the library",
    ("CM408", "no-account"): "of one order, from Python: tests/report/test_rules_not_checked.py",
    ("CM408", "unsound-account"): "as above",
    ("CM009", "outside"): "not every checkout has links",
    ("CM009", "broken"): "not every checkout has links",
}


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.chdir(HERE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@cache
def printed(case: str, *more: str) -> tuple[str, int]:
    """Everything that is printed, and the exit code."""
    command = HERE / case / "command.txt"
    argv = command.read_text(encoding="utf-8").split() if command.exists() else ["check", case]
    out = io.StringIO()
    code = main([*argv, *more], out, out)
    return out.getvalue(), code


@cache
def shown(case: str) -> frozenset[tuple[str, str]]:
    """The code and form of each finding."""
    return frozenset(_findings(json.loads(printed(case, "--format", "json")[0])))


def _findings(report: Any) -> Iterator[tuple[str, str]]:
    if isinstance(report, dict) and "form" in report:
        yield report["code"], report["form"]
    elif isinstance(report, dict | list):
        for below in report.values() if isinstance(report, dict) else report:
            yield from _findings(below)


@pytest.mark.parametrize("case", CASES)
def test_what_is_printed_is_what_was_reviewed(case: str) -> None:
    """The text, the code that the folder is named after, and findings in French without an English word."""
    text, code = printed(case)
    expected = HERE / case / "expected.txt"
    if WRITES:
        expected.write_text(f"{text}exit {code}\n", encoding="utf-8", newline="\n")
    assert f"{text}exit {code}\n" == expected.read_text(encoding="utf-8")
    assert case[:5] in {code for code, _ in shown(case)}
    assert f"{case[:5]} " in text
    check_french(case)


@pytest.mark.hard
def test_every_code_and_form_has_a_golden_output() -> None:
    seen = {pair for case in CASES for pair in shown(case)}
    assert sorted(_forms() - seen - set(ELSEWHERE)) == []
    assert sorted(pair for pair in ELSEWHERE if pair in seen or pair not in _forms()) == []


def test_every_page_says_something() -> None:
    for code, page in codes.catalogue().items():
        assert CODE.fullmatch(code)
        assert page.title, code
        assert page.messages, code
        assert page.explanation.endswith((".", ":")), code
        for text in page.messages.values():
            assert not text.endswith("."), text
            assert text[0].islower() or text[0] in "{`" or text.startswith(("YAML", "JSON")), text


def test_bad_files_are_bad_in_any_company(tmp_path: Path) -> None:
    """All spec files with a finding about their own shape, in one pack: each still has one."""
    (tmp_path / "pack.yaml").write_text("pack: all\nformat: 1\nlanguages: [fr, en]\nactors: {carrier: Carrier}\n")
    placed = []
    for case in CASES:
        spec = HERE / case / "spec.yaml"
        if re.match(r"CM(00|10)", case) and f"{case}/spec.yaml" in printed(case)[0]:
            shutil.copy(spec, tmp_path / f"{case}.yaml")
            placed.append(case)
    found = packs.load([str(tmp_path)], cache=False).findings
    files = {Path(finding.location.file).stem for finding in found if finding.code < "CM2"}
    assert files >= set(placed)
    assert len(placed) >= 25


@pytest.mark.parametrize("names", [["base"], ["base", "ok/overlay"], ["ok/minimal"], ["ok/no-status"]])
def test_sound_packs_are_silent(names: list[str]) -> None:
    out = io.StringIO()
    assert main(["check", "--strict", *names], out, out) == 0
    assert not CODE.search(out.getvalue())
    assert not packs.load(names, cache=False).findings


# --- what the source says against the catalogue


def test_no_code_is_spelled_outside_the_catalogue() -> None:
    for path in SOURCES.rglob("*.py"):
        for code in CODE.findall(path.read_text(encoding="utf-8")):
            assert code in codes.catalogue(), f"{code} in {path}"


def test_every_finding_made_has_its_sentence_and_its_fields() -> None:
    made = list(_made())
    assert len(made) > 60
    for where, code, form, given in made:
        assert code in codes.catalogue(), f"{where}: {code}"
        assert form in codes.catalogue()[code].messages, f"{where}: {code} {form}"
        if given is not None:
            wanted = _fields(codes.catalogue()[code].messages[form])
            assert wanted <= given, f"{where}: {code} {form} lacks {wanted - given}"


def _forms() -> set[tuple[str, str]]:
    return {(code, form) for code, page in codes.catalogue().items() for form in page.messages}


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _made() -> Iterator[tuple[str, str, str, set[str] | None]]:
    """Each call with a code and a form: its place, and the names of its arguments if they can be seen."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) > 1:
                code, form = (_text(argument) for argument in node.args[:2])
                if code and form and CODE.fullmatch(code):
                    yield f"{path.name}:{node.lineno}", code, form, _given(node)


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _given(call: ast.Call) -> set[str] | None:
    """The names of the arguments: keywords, or the keys of a mapping written in place; None if unknown."""
    mapping = call.args[2] if len(call.args) > 2 and isinstance(call.args[2], ast.Dict) else None
    if mapping is not None:
        names: list[Any] = [key.value if isinstance(key, ast.Constant) else None for key in mapping.keys]
        return None if None in names else set(names)
    words = {keyword.arg for keyword in call.keywords} or {None}
    direct = isinstance(call.func, ast.Name) and call.func.id == "Diagnostic"
    return None if direct or None in words else {word for word in words if word}


def check_french(case: str) -> None:
    """What the findings quote is left out: names, values and what one types."""
    for finding in _whole(json.loads(printed(case, "--format", "json")[0])):
        arguments = finding["arguments"]
        place = Location("", 1, 1)
        template = codes.page(finding["code"], "fr").messages[finding["form"]]
        data = {name: "X" for name in arguments if f"{{{name}:words}}" not in template}
        counts = {name: value for name, value in arguments.items() if re.search(rf"\{{{name}:[^}}]*\|", template)}
        shown = Diagnostic(finding["code"], finding["form"], arguments | data | counts, place)
        text = codes.message(shown, "fr")
        hint = translated(finding["hint"] or "", "fr")
        for value in sorted(_names(arguments), key=len, reverse=True):
            hint = hint.replace(value, "X")
        assert not english(text), text
        assert not english(re.sub(r" : .*", "", hint)), hint


def _whole(report: Any) -> Iterator[dict[str, Any]]:
    if isinstance(report, dict) and "form" in report:
        yield report
    elif isinstance(report, dict | list):
        for below in report.values() if isinstance(report, dict) else report:
            yield from _whole(below)


def _names(arguments: dict[str, Any]) -> set[str]:
    values = [value for given in arguments.values() for value in (given if isinstance(given, list) else [given])]
    return {value for value in values if isinstance(value, str) and value}
