"""A format is one file: adding one changes nothing else."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from covage_model.cli.main import main
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.report import formats, printing
from covage_model.report.report import Report
from covage_model.report.subjects.check import finding_entries

SHOUT = """
class Shout:
    def head(self): return ["<"]
    def entry(self, entry): return [finding.code.upper() + "!" for finding in entry.findings]
    def foot(self, foot): return [">"]

def printer(report, width): return Shout()
"""
FINDING = Diagnostic("CM101", "key", {"where": "a type", "key": "x"}, Location("a.yaml", 1, 2, "/x"), hint="=y")


def report() -> Report:
    return Report("check", finding_entries([FINDING, FINDING], "en"), lists=("findings",))


def test_a_new_file_is_a_new_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shout.py").write_text(SHOUT, encoding="utf-8")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    assert "shout" in printing.names()
    shouted: list[str] = []
    plain: list[str] = []
    printing.deliver(report(), [("shout", shouted.append), ("text", plain.append)], 80)
    assert "".join(shouted) == "<CM101!CM101!>"
    assert "".join(plain).count("a.yaml:1:2: error CM101 ") == 2
    del sys.modules["covage_model.report.formats.shout"]


def test_formats_are_offered_where_a_report_has_what_they_show() -> None:
    assert printing.names() == ("text", "json", "csv", "html", "markdown")
    assert printing.names("pictures") == ("text", "json", "csv", "html", "markdown", "mermaid")


@pytest.mark.parametrize("name", ["csv", "markdown"])
def test_findings_are_rows_and_items(name: str) -> None:
    parts: list[str] = []
    printing.deliver(report(), [(name, parts.append)], 80)
    text = "".join(parts)
    if name == "csv":
        assert text.splitlines()[0].startswith("severity,code,file,line,column,pointer,message")
        assert ",'=y," in text
    else:
        assert text.startswith("- a.yaml:1:2: error CM101 ")
        assert text.count("  - hint: =y") == 2


TITLED = {
    "pack.yaml": "pack: titled\nformat: 1\nlanguages: [en]\nactors: {clk: Office clerk}\n",
    "types.yaml": "events:\n  evt: {title: It was closed, fields: {a: {type: string}}}\n",
    "order.yaml": "order: note\nfollows: life\nmatch: {kind: note}\n",
    "life.yaml": (
        "lifecycle: life\n"
        "states: {opn: {initial: true, title: Still open}, dne: {final: success, title: All done}}\n"
        "variables: {pyd: {values: [false, true], title: Fully paid}}\n"
        "transitions:\n"
        "  pay: {by: clk, from: opn, guard: {pyd: false}, set: {pyd: true}}\n"
        "  close: {by: clk, from: opn, to: dne, emits: evt}\n"
        "properties:\n"
        "  unpaid: {never: {all: [{state: dne}, {pyd: false}]}}\n"
    ),
    "s.yaml": "scenario: s\ngiven: {order: note}\nsteps: [pay, close]\nexpect: {state: dne}\n",
}


@pytest.mark.parametrize(
    ("argv", "stdin"),
    [
        (("verify",), b""),
        (("run", "--trace"), b""),
        (("why", "pay", "--order", "note", "--after", "pay"), b""),
        (("why", "pay", "--order", "note", "--after", "close"), b""),
        (("step", "note"), b"pay\nclose\nshow\nquit\n"),
    ],
)
def test_what_has_a_title_is_called_by_it(argv: tuple[str, ...], stdin: bytes, tmp_path: Path) -> None:
    """A name stands only in brackets behind its title, in a line of the scenario's own words, or in a path."""
    for name, text in TITLED.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    out = io.StringIO()
    main([argv[0], *argv[1:], "--pack", str(tmp_path)], out, out, io.BytesIO(stdin))
    printed = out.getvalue()
    assert "Still open [opn]" in printed
    bare = re.findall(r"^.*(?<![\[\w])(?:opn|dne|pyd|evt|clk)(?![\]\w]).*$", printed, re.MULTILINE)
    assert bare == []
    assert not re.search(r"\b(?:True|False|None)\b", printed)
