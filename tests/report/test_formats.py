"""A format is one file: adding one changes nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

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
    assert printing.names() == ("text", "json", "csv", "markdown")
    assert printing.names("pictures") == ("text", "json", "csv", "markdown", "mermaid")


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
